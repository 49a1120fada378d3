"""What sets a text apart from a license, and what of that is form only."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleartitle.identification import align
from cleartitle.identification.align import Gap, Places, Run
from cleartitle.identification.index import UNKNOWN, Index, Text, Zone, digest
from cleartitle.identification.reading import Reading

MAX_FILLED = 14
"""Words that may stand where a license leaves a blank."""
MAX_HEADING = 30
"""Words that may stand above the terms."""
_SAYS = re.compile(
    r"\b(?:may|must|shall|should|not|only|except\w*|unless|provided|conditions?|prohibit\w*|restrict\w*|requir\w*|permi\w+|commercial\w*|"
    r"grant\w*|revenue|purposes?|fees?|royalt\w+|limit\w*|subject|obtain|notwithstanding|additional|modified|written|"
    r"terminat\w*|allowed|forbidden|research|academic|personal|military|government|warrant\w*|liab\w*|if|however|agree|you|applies|apply|"
    r"without|under|use|used|cannot|no|non|exclud\w+|certain|portions?|some|parts?)\b|noncommercial|forbid|仅供|研究|学术|商用|非商|不得|必须|禁止|商业|仅|除外|限制|应当|允许",
    re.IGNORECASE,
)
"""Words by which a passage says something, where a title or a name does not."""
_DIGITS = re.compile(rb"[0-9]+")


class Comparison(NamedTuple):
    """A text, or a stretch of it, beside one license."""

    text: Text
    runs: list[Run]
    found: int
    """Words of the license that are there."""
    real: list[Gap]
    """Differences that say something, without what is missing at the edges."""
    cut: list[Gap]
    """What is missing at the beginning or end."""
    missing: int
    """Words of the license that are not there and should be."""
    lost: int
    """Those of them that are missing at the edges."""
    added: int
    """Words that should not be there."""
    formal: int
    """Words that differ in form only."""

    @property
    def first(self) -> int:
        """The first word of the text that is the license's."""
        return self.runs[0].at

    @property
    def end(self) -> int:
        """After the last word of the text that is the license's."""
        return self.runs[-1].at + self.runs[-1].size

    @property
    def is_clean(self) -> bool:
        """Whether nothing differs but the form."""
        return not self.real and not self.cut

    @property
    def distance(self) -> int:
        """Words that differ, but for what is missing at the edges."""
        return sum(max(gap.at_end - gap.at, gap.of_end - gap.of) for gap in self.real)


class Comparer:
    """Compares one text with licenses."""

    def __init__(self, reading: Reading, row: bytes, index: Index) -> None:
        """Take the text and the numbers of its words."""
        self.reading, self.row, self.index = reading, row, index

    def compare(self, text: Text, runs: list[Run], low: int, high: int) -> Comparison | None:
        """Return the comparison for the *runs* that the stretch from *low* to *high* shares with *text*."""
        runs = align.trimmed(runs)
        size = text.size
        runs = self._refined(text, runs, low, high, size)
        if not runs:
            return None
        start = max(low, runs[0].at - min(runs[0].of, 40)) if runs[0].of else runs[0].at
        end = min(high, runs[-1].at + runs[-1].size + min(size - runs[-1].of - runs[-1].size, 40))
        gaps = align.gaps(runs, start, end, size)
        real: list[Gap] = []
        cut: list[Gap] = []
        missing = lost = added = formal = 0
        lead = _lead_end(runs, text)
        for gap in gaps:
            theirs, mine = self._weigh(gap, text, runs, lead)
            edge = gap.of == 0 or gap.of_end == size
            formal += gap.of_end - gap.of - theirs + gap.at_end - gap.at - mine
            if not theirs and not mine:
                continue
            missing += theirs
            if edge and theirs and (self._outside(gap, mine, runs) or self._breaks_off(gap)):
                cut.append(gap)
                lost += theirs
            elif edge and not theirs and (gap.at_end <= runs[0].at or gap.at >= runs[-1].at + runs[-1].size):
                continue
            else:
                added += mine
                real.append(gap)
        found = sum(run.size for run in runs)
        return Comparison(text, runs, found, real, cut, missing, lost, added, formal)

    def same(self, comparison: Comparison) -> bool:
        """Return whether the words of the text that are the license's are all of its core, by their digest."""
        words, core = self.reading.words, comparison.text.core
        kept: list[bytes] = []
        n = 0
        for run in comparison.runs:
            while n < len(core) and core[n][0] < run.of + run.size:
                low, high = max(core[n][0], run.of), min(core[n][1], run.of + run.size)
                kept += words[run.at + low - run.of : run.at + high - run.of] if low < high else []
                if core[n][1] > run.of + run.size:
                    break
                n += 1
        return digest(kept) == comparison.text.core_digest

    def _refined(self, text: Text, runs: list[Run], low: int, high: int, size: int) -> list[Run]:
        found: list[Run] = []
        start = max(low, runs[0].at - runs[0].of - 20)
        end = min(high, runs[-1].at + runs[-1].size + size - runs[-1].of - runs[-1].size + 20)
        for gap in align.gaps(runs, start, end, size):
            mine, theirs = gap.at_end - gap.at, gap.of_end - gap.of
            cut = (gap.of == 0 or gap.of_end == size) and 4 * mine < theirs
            if mine and theirs and mine + theirs > 2 and not cut:
                found += align.refine(self.row, text.row, gap)
        return align.joined(sorted([*runs, *found])) if found else runs

    def _outside(self, gap: Gap, mine: int, runs: list[Run]) -> bool:
        """Return whether a gap at the edge of the license is one at the edge of what was found."""
        return gap.at_end <= runs[0].at or (gap.at >= runs[-1].at + runs[-1].size) or not mine

    def _breaks_off(self, gap: Gap) -> bool:
        """Return whether the text ends inside a word here, so that the word is no other than the license's."""
        return gap.at_end == gap.at + 1 and gap.of_end - gap.of > 1 and self.reading.breaks_off(gap.at_end)

    def _weigh(self, gap: Gap, text: Text, runs: list[Run], lead: int) -> tuple[int, int]:
        """Return how many words of the license are really missing in *gap*, and how many are really new."""
        theirs = range(gap.of, gap.of_end)
        mine = range(gap.at, gap.at_end)
        words, numbers, numerals = self.reading.words, text.numbers, self.index.numerals
        digits_gone = [n for n in theirs if numbers[n] in numerals]
        digits_new = [n for n in mine if words[n].isdigit()]
        if gap.of < lead:
            return self._weigh_lead(gap, text, digits_gone, digits_new, runs)
        if theirs and len(digits_gone) == len(theirs) and mine and len(digits_new) == len(mine):
            return (0, 0) if self._may_change(gap, text, runs) else (len(theirs), len(mine))
        if len(theirs) == 1 and len(mine) > 1 and self._hyphenated(gap, text):
            return 0, 0
        zones = text.zones
        gone = [n for n in theirs if n not in zones]
        tail = [n for n in theirs if zones.get(n) == 1 << Zone.TAIL] if len(gone) < len(theirs) else []
        if tail and (self._new(mine) or (digits_gone and not mine and len(theirs) <= 3)):
            gone = sorted({*gone, *tail})
        if gone:
            return len(gone), len(mine)
        blank = len(mine) <= MAX_FILLED and any(text.has(n, Zone.BLANK) for n in theirs)
        if blank and not _says(self.reading.raw(gap.at, gap.at_end)):
            return 0, 0
        new = self._new(mine)
        if digits_gone and digits_new and all(text.has(n, Zone.MARK) for n in digits_gone):
            new = sorted({*new, *digits_new})
        return len(gone), len(new)

    def _new(self, mine: range) -> list[int]:
        formal = self.reading.formal(mine.start, mine.stop)
        return [n for n in mine if n not in formal]

    def _weigh_lead(
        self, gap: Gap, text: Text, digits_gone: list[int], digits_new: list[int], runs: list[Run]
    ) -> tuple[int, int]:
        """Weigh a difference above the terms: titles may come and go, their numbers may not change."""
        gone = [n for n in range(gap.of, gap.of_end) if n not in text.zones]
        new = self._new(range(gap.at, gap.at_end))
        titled = [n for n in digits_gone if text.has(n, Zone.TITLE) and not text.has(n, Zone.HOLDER)]
        held = [n for n in digits_gone if text.has(n, Zone.HOLDER) and not text.has(n, Zone.BLANK)]
        if held and digits_new and gap.of_end - gap.of == len(digits_gone) and gap.at_end - gap.at == len(digits_new):
            return (0, 0) if self._may_change(gap, text, runs) else (len(held), len(digits_new))
        near = any(
            run.of <= n + 4 and run.of + run.size > n - 4 for n in titled for run in runs if _in_title(run, text)
        )
        numbers = [n for n in digits_new if n in new]
        if titled and (numbers or near):
            return len(gone) + len(titled), max(1, len(new)) if new else 0
        known = {text.numbers[n] for n in range(min(len(text.numbers), 200)) if self._is_numeral(text.numbers[n])}
        if any(self.index.numbers[self.reading.words[n]] not in known for n in numbers):
            return len(gone), len(new)
        heading = len(new) <= MAX_HEADING and not _says(" ".join(self.reading.raw(n, n + 1) for n in new))
        return len(gone), 0 if heading else len(new)

    def _may_change(self, gap: Gap, text: Text, runs: list[Run]) -> bool:
        """Return whether numbers may differ here: in a blank, or in a copyright line whose holder differs too."""
        if all(text.has(n, Zone.BLANK) for n in range(gap.of, gap.of_end)):
            return True
        line = next((each for each in text.holders if each[0] <= gap.of < each[1]), None)
        if line is None:
            return False
        there = {n for run in runs for n in range(max(run.of, line[0]), min(run.of + run.size, line[1]))}
        names = [n for n in range(line[0], line[1]) if not self._is_numeral(text.numbers[n])]
        return bool(names) and not all(n in there for n in names)

    def _hyphenated(self, gap: Gap, text: Text) -> bool:
        word = b"".join(self.reading.words[gap.at : gap.at_end])
        return text.numbers[gap.of] == self.index.numbers[word] != UNKNOWN and not _DIGITS.search(word)

    def _is_numeral(self, number: int) -> bool:
        return number in self.index.numerals


def _lead_end(runs: list[Run], text: Text) -> int:
    """Return the first word of the terms proper that was found."""
    return next(
        (
            max(low, run.of)
            for run in runs
            for low, high in text.core
            if max(low, run.of) < min(high, run.of + run.size)
        ),
        0,
    )


def _in_title(run: Run, text: Text) -> bool:
    return text.has(run.of, Zone.TITLE) and text.zones.get(run.of) != 1 << Zone.HOLDER


def _says(passage: str) -> bool:
    return bool(_SAYS.search(passage))


def says(passage: str) -> bool:
    """Return whether *passage* says something, as a title, a name or a date does not.

    >>> says("My Project, by Ann"), says("For research only")
    (False, True)
    """
    return _says(passage)


def seeds(row: bytes, low: int, high: int) -> Places:
    """Return where the grams of a stretch stand."""
    return Places(row, low, high)
