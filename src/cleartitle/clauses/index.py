"""Where in a text the words stand that patterns need, so that these are looked for nowhere else.

Passages are numbered, and a set of them is an integer with a bit for each: to combine two sets costs next to nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from cleartitle.clauses.layout import Passage
from cleartitle.clauses.needs import Clause, Needs, has_any
from cleartitle.clauses.patterns import Way, needed, ways

MAX_PASSAGES = 1000
"""Passages in one index: more make one set so large that the cost no longer grows with the text alone."""
_MAX_TOKEN = 40
_HEAD = 2
_RUN = re.compile("[!-~]+")


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
        clauses, known = _vocabulary().clauses, self._clauses
        for word, passages in (*self._latin(), *self._other()):
            for clause in clauses[word]:
                known[clause] = known.get(clause, 0) | passages

    def _latin(self) -> Iterator[tuple[str, int]]:
        """Yield the words in Latin letters that the text has, with their passages."""
        vocabulary = _vocabulary()
        parts = self._parts()
        for part, passages in parts.items():
            if part in vocabulary.clauses:
                yield part, passages
            for word, others in vocabulary.rows.get(part, ()):
                found = passages
                for other in others:
                    found &= parts.get(other, 0)
                if found and (found := self._where(word, found)):
                    yield word, found

    def _other(self) -> Iterator[tuple[str, int]]:
        """Yield what is not in Latin letters and stands in the text, with its passages."""
        odd = [number for number, text in enumerate(self._texts) if not text.isascii()]
        joined = "\n".join(self._texts[number] for number in odd)
        everywhere = sum(1 << number for number in odd)
        for first in set(joined) & _vocabulary().others.keys():
            for word in _vocabulary().others[first]:
                if word in joined:
                    yield word, self._where(word, everywhere)
        for word in _vocabulary().signs:
            yield word, self._where(word, self._every)

    def _where(self, word: str, among: int) -> int:
        """Return those of some passages that hold *word*."""
        found, texts = 0, self._texts
        while among:  # as `numbers` does, without what that costs
            lowest = among & -among
            if word in texts[lowest.bit_length() - 1]:
                found |= lowest
            among ^= lowest
        return found

    def _parts(self) -> dict[str, int]:
        """Return the passages of each part of a word that patterns need."""
        where: dict[str, int] = {}
        for number, text in enumerate(self._texts):
            bit = 1 << number
            for token in set(text.split(" ") if text.isascii() else _RUN.findall(text)):
                where[token] = where.get(token, 0) | bit
        found: dict[str, int] = {}
        for token, passages in where.items():
            for part in _held(token) if len(token) <= _MAX_TOKEN else _held.__wrapped__(token):
                found[part] = found.get(part, 0) | passages
        return found


@frozen(kw_only=True)
class _Vocabulary:
    """All that patterns need, by how it is looked for."""

    clauses: Mapping[str, tuple[Clause, ...]]
    """The clauses of each word."""
    heads: Mapping[str, tuple[str, ...]]
    """The parts that stand inside one word of a text, by their first letters."""
    rows: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Words in a row, by their longest part; the other parts."""
    others: Mapping[str, tuple[str, ...]]
    """What is not in Latin letters, by its first character."""
    signs: tuple[str, ...]
    """What is too short for all that."""


@functools.cache
def _vocabulary() -> _Vocabulary:
    clauses: dict[str, list[Clause]] = {}
    for clause in needed():
        for word in clause.words:
            clauses.setdefault(word, []).append(clause)
    rows: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    others: dict[str, list[str]] = {}
    parts: set[str] = set()
    signs = []
    for word in clauses:
        inside = [part for part in word.split(" ") if len(part) >= _HEAD]
        if not word.isascii():
            others.setdefault(word[0], []).append(word)
        elif not inside:
            signs.append(word)
        else:
            parts.update(inside)
            longest = max(inside, key=len)
            if inside != [word]:
                rows.setdefault(longest, []).append((word, tuple(part for part in inside if part != longest)))
    heads: dict[str, list[str]] = {}
    for part in sorted(parts):
        heads.setdefault(part[:_HEAD], []).append(part)
    return _Vocabulary(
        clauses={word: tuple(found) for word, found in clauses.items()},
        heads={head: tuple(found) for head, found in heads.items()},
        rows={part: tuple(found) for part, found in rows.items()},
        others={first: tuple(found) for first, found in others.items()},
        signs=tuple(signs),
    )


@functools.lru_cache(maxsize=20_000)
def _held(token: str) -> tuple[str, ...]:
    """Return the needed parts that *token* holds."""
    heads = _vocabulary().heads
    found: set[str] = set()
    for place in range(len(token) - _HEAD + 1):
        parts = heads.get(token[place : place + _HEAD])
        if parts:
            found.update(part for part in parts if token.startswith(part, place))
    return tuple(found)
