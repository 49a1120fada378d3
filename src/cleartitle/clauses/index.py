"""Where in a text the words stand that patterns need, so that these are looked for nowhere else.

Passages are numbered, and a set of them is an integer with a bit for each: to combine two sets costs next to nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation

from cleartitle.clauses.layout import Passage
from cleartitle.clauses.needs import Clause, Needs, has_any
from cleartitle.clauses.patterns import Way, needed, ways

MAX_PASSAGES = 1000
"""Passages in one index: more make one set so large that the cost no longer grows with the text alone."""


def indexes(passages: Iterable[Passage]) -> Iterator[Index]:
    """Yield the indexes of a text, each of some of its passages in order; of identical ones only the first is there."""
    seen: dict[tuple[str, str], Passage] = {}
    for passage in passages:
        seen.setdefault((passage.lead, passage.text), passage)
    found = tuple(seen.values())
    banning: dict[str, bool] = {"": False}
    for start in range(0, len(found), MAX_PASSAGES):
        yield Index(found[start : start + MAX_PASSAGES], banning)


def numbers(passages: int) -> Iterator[int]:
    """Yield the numbers in a set of passages.

    >>> list(numbers(0b1010))
    [1, 3]
    """
    while passages:
        lowest = passages & -passages
        yield lowest.bit_length() - 1
        passages ^= lowest


def union(likely: Iterable[tuple[int, Way]]) -> int:
    """Return all passages that hold the words of any of some ways."""
    found = 0
    for passages, _ in likely:
        found |= passages
    return found


def says(said: str, text: str, *, chinese: bool) -> bool:
    """Tell whether an expression matches in a text of which there is no index."""
    for way in ways(said):
        if _holds(way.needs, text):
            form = way.words.form(chinese=chinese)
            if form and form.search(text):
                return True
    return False


def _holds(needs: Needs, text: str) -> bool:
    for branch in needs:
        for clause in branch:
            if not has_any(clause.words, text):
                break
        else:
            return True
    return False


Starts = dict[Clause | None, list[tuple[int, Way, tuple[Clause, ...]]]]
"""Ways by the rarest words that they need, each with the number of its pattern and what else it needs."""


def starts(listed: Iterable[Iterable[Way]]) -> Starts:
    """Return the ways of several patterns by what they need first: where that is missing, they are not looked at."""
    found: Starts = {}
    for place, of_one in enumerate(listed):
        for way in of_one:
            for branch in way.needs:
                found.setdefault(branch[0] if branch else None, []).append((place, way, branch[1:]))
    return found


class Index:
    """Passages, and which of them hold what patterns need."""

    def __init__(self, passages: tuple[Passage, ...], banning: dict[str, bool]) -> None:
        self.passages = passages
        self.banning = banning
        """Whether words that introduce a list forbid, for those that were asked about."""
        self.led = sum(1 << number for number, passage in enumerate(passages) if passage.lead)
        """The passages that something introduces."""
        self._every = (1 << len(passages)) - 1
        self._texts = [passage.text for passage in passages]
        self._clauses: dict[Clause, int] = {}
        self._fill()
        self._said: dict[tuple[str, bool], tuple[int, list[tuple[int, Way]]]] = {}
        self._answers: dict[tuple[str, bool], tuple[int, int]] = {}

    def likely(self, ways: Iterable[Way]) -> list[tuple[int, Way]]:
        """Return the ways whose words the text has, each with the passages that hold them."""
        known, likely = self._clauses, []
        for way in ways:
            found = 0
            for branch in way.needs:
                some = self._every
                for clause in branch:
                    some &= known.get(clause, 0)
                    if not some:
                        break
                found |= some
            if found:
                likely.append((found, way))
        return likely

    def candidates(self, starts: Starts) -> dict[int, list[tuple[int, Way]]]:
        """Return, by the number of a pattern, those of its ways whose words the text has, with the passages."""
        known = self._clauses
        found: dict[int, dict[Way, int]] = {place: {way: self._every} for place, way, _ in starts.get(None, ())}
        for first, passages in known.items():
            for place, way, others in starts.get(first, ()):
                some = passages
                for clause in others:
                    some &= known.get(clause, 0)
                    if not some:
                        break
                else:
                    ways = found.setdefault(place, {})
                    ways[way] = ways.get(way, 0) | some
        return {place: [(passages, way) for way, passages in ways.items()] for place, ways in found.items()}

    def may(self, said: str, *, alone: bool = False) -> int:
        """Return the passages that hold the words that an expression needs."""
        return self._likely(said, alone=alone)[0]

    def says(self, said: str, number: int, text: str) -> bool:
        """Tell whether an expression matches in *text*, a part of a passage."""
        chinese = self.passages[number].chinese
        for passages, way in self._likely(said)[1]:
            if passages >> number & 1:
                form = way.words.form(chinese=chinese)
                if form and form.search(text):
                    return True
        return False

    def saying(self, said: str, among: int, *, alone: bool = False) -> int:
        """Return those of some passages in which an expression matches."""
        asked, found = self._answers.get((said, alone), (0, 0))
        left = among & ~asked
        if left:
            for passages, way in self._likely(said, alone=alone)[1]:
                for number in numbers(passages & left & ~found):
                    form = way.words.form(chinese=self.passages[number].chinese)
                    if form and form.search(self._texts[number]):
                        found |= 1 << number
            self._answers[said, alone] = asked | left, found
        return found & among

    def _likely(self, said: str, *, alone: bool = False) -> tuple[int, list[tuple[int, Way]]]:
        """Return where an expression may match, and its alternatives that may, each with the passages where."""
        known = self._said.get((said, alone))
        if known is None:
            likely = self.likely(ways(said, alone=alone))
            known = self._said[said, alone] = union(likely), likely
        return known

    def _fill(self) -> None:
        """Find the passages of every clause that holds anywhere."""
        automaton, clauses = _vocabulary()
        where: dict[int, int] = {}
        for number, text in enumerate(self._texts):
            bit = 1 << number
            for word in {found[0] for found in automaton.find_matches_as_indexes(text, overlapping=True)}:
                where[word] = where.get(word, 0) | bit
        known = self._clauses
        for word, passages in where.items():
            for clause in clauses[word]:
                known[clause] = known.get(clause, 0) | passages


@functools.cache
def _vocabulary() -> tuple[AhoCorasick, tuple[tuple[Clause, ...], ...]]:
    """Return what finds all words that patterns need, and the clauses of each word, by its number."""
    clauses: dict[str, list[Clause]] = {}
    for clause in needed():
        for word in clause.words:
            clauses.setdefault(word, []).append(clause)
    return AhoCorasick(clauses, implementation=Implementation.ContiguousNFA), tuple(map(tuple, clauses.values()))
