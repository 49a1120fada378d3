"""Which words of a text are which words of a license: runs of the same words, in order, and what lies between."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from cleartitle.identification.index import BRIEF, GRAM, UNKNOWN, sampled

MAX_CELLS = 6_000
"""Of the table by which one gap is compared word by word; a larger gap is a replacement as a whole."""
MAX_RUNS = 600


class Run(NamedTuple):
    """*size* words from *at* in the text are those from *of* in the license."""

    at: int
    of: int
    size: int


class Gap(NamedTuple):
    """The words from *at* to *at_end* of the text stand where the license has those from *of* to *of_end*."""

    at: int
    at_end: int
    of: int
    of_end: int


class Places:
    """Where the grams of a stretch of a text stand, first and last; of a long stretch, those of some grams."""

    __slots__ = ("_first", "_last", "high", "low", "row", "sampled")

    def __init__(self, row: bytes, low: int, high: int) -> None:
        """Take the numbers of all words of a text, and the stretch to look at."""
        self.row, self.low, self.high = row, low, high
        self.sampled = high - low > BRIEF
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}
        phases = [_phase(row, low + phase, high) for phase in range(GRAM)]
        for at in sampled(row, low, high) if self.sampled else range(low, high - GRAM + 1):
            gram = phases[(at - low) % GRAM][(at - low) // GRAM]
            if gram in self._first:
                self._last[gram] = at
            else:
                self._first[gram] = at

    def grams(self) -> list[int]:
        """Return the grams whose places are known."""
        return list(self._first)

    def runs(self, other: bytes, grams: Iterable[tuple[int, int]]) -> list[Run]:
        """Return the longest runs that a license shares with the stretch, in the order of the license.

        *grams* are those of the license that may be known here, and where they begin.
        """
        found: list[Run] = []
        first, last = self._first, self._last
        done = 0
        for gram, of in grams:
            if of < done or gram not in first:
                continue
            run = self._run(first[gram], other, of, done)
            if gram in last:
                run = max(run, self._run(last[gram], other, of, done), key=_size)
            found.append(run)
            done = run.of + run.size
        return found

    def _run(self, at: int, other: bytes, of: int, done: int) -> Run:
        """Return the run that *at* and *of* are in; in the license it begins at *done* or later."""
        back = 0
        row = self.row
        while at - back > self.low and of - back > done:
            n, m = 2 * (at - back), 2 * (of - back)
            if row[n - 2 : n] != other[m - 2 : m]:
                break
            back += 1
        return Run(at - back, of - back, self._length(at, other, of) + back)

    def _length(self, at: int, other: bytes, of: int) -> int:
        """Return how many words from *at* and *of* are the same."""
        row = self.row
        here, there = 2 * at, 2 * of
        most = min(2 * self.high - here, len(other) - there)
        done, step = 0, 2 * GRAM
        while (
            done + step <= most and row[here + done : here + done + step] == other[there + done : there + done + step]
        ):
            done += step
            step *= 2
        while step >= 2:
            if (
                done + step <= most
                and row[here + done : here + done + step] == other[there + done : there + done + step]
            ):
                done += step
            step //= 2
        return done // 2


def _phase(row: bytes, low: int, high: int) -> memoryview:
    """Return the grams that begin at *low* and at every fourth word after it."""
    count = max(0, high - low) // GRAM
    return memoryview(row)[2 * low : 2 * low + 8 * count].cast("Q")


def _size(run: Run) -> int:
    return run.size


def chain(runs: list[Run]) -> list[Run]:
    """Return the runs in order in both texts that share most words; what overlaps is cut."""
    if len(runs) > MAX_RUNS:
        runs = sorted(sorted(runs, key=lambda r: -r.size)[:MAX_RUNS], key=lambda r: r.of)
    if all(one.at + one.size <= two.at for one, two in pairwise(runs)):
        return runs
    best: list[int] = []
    before: list[int] = []
    highest: list[int] = []
    for n, run in enumerate(runs):
        top, link = 0, -1
        for m in range(n - 1, -1, -1):
            if highest[m] <= top:
                break
            other = runs[m]
            if other.at < run.at and other.at + other.size < run.at + run.size:
                total = best[m] - max(0, other.at + other.size - run.at)
                if total > top:
                    top, link = total, m
        best.append(top + run.size)
        before.append(link)
        highest.append(max(highest[-1] if highest else 0, best[-1]))
    picked: list[Run] = []
    at = max(range(len(runs)), key=best.__getitem__) if runs else -1
    while at >= 0:
        picked.append(runs[at])
        at = before[at]
    return _cut(picked[::-1])


def _cut(runs: list[Run]) -> list[Run]:
    kept: list[Run] = []
    for run in runs:
        over = kept[-1].at + kept[-1].size - run.at if kept else 0
        kept.append(Run(run.at + over, run.of + over, run.size - over) if over > 0 else run)
    return kept


def trimmed(runs: list[Run]) -> list[Run]:
    """Return *runs* without stray ones at either end, far from the others and small."""
    runs = list(runs)
    for end in (0, -1):
        while len(runs) > 1:
            one, two = (runs[0], runs[1]) if end == 0 else (runs[-2], runs[-1])
            between = two.at - one.at - one.size - (two.of - one.of - one.size)
            if between <= 4 * runs[end].size + 20:
                break
            del runs[end]
    return runs


def refine(row: bytes, other: bytes, gap: Gap) -> list[Run]:
    """Return the words that both sides of *gap* share, in order, where the gap is small enough to look."""
    here, there = _numbers(row, gap.at, gap.at_end), _numbers(other, gap.of, gap.of_end)
    runs: list[Run] = []
    head = 0
    while head < min(len(here), len(there)) and _same(here[head], there[head]):
        head += 1
    tail = 0
    while tail < min(len(here), len(there)) - head and _same(here[-1 - tail], there[-1 - tail]):
        tail += 1
    if head:
        runs.append(Run(gap.at, gap.of, head))
    mine, theirs = here[head : len(here) - tail], there[head : len(there) - tail]
    if mine and theirs and len(mine) * len(theirs) <= MAX_CELLS:
        runs += [Run(gap.at + head + a, gap.of + head + b, 1) for a, b in _common(mine, theirs)]
    if tail:
        runs.append(Run(gap.at_end - tail, gap.of_end - tail, tail))
    return runs


def _common(one: list[int], two: list[int]) -> list[tuple[int, int]]:
    """Return a longest common subsequence: the usual table, a row of it in the bits of one number (Hyyrö 2004).

    Row ``a`` has a zero for each word of *two*, first word highest, by which the longest one with ``one[a:]`` grows.
    """
    if not set(one) & set(two):
        return []
    width = len(two)
    masks: dict[int, int] = {}
    for b, number in enumerate(two):
        masks[number] = masks.get(number, 0) | 1 << (width - 1 - b)
    masks.pop(UNKNOWN, None)
    full = (1 << width) - 1
    rows = [full]
    for number in reversed(one):
        row = rows[-1]
        both = row & masks.get(number, 0)
        rows.append((row + both | row - both) & full)
    rows.reverse()
    return _walked(one, two, rows)


def _walked(one: list[int], two: list[int], rows: list[int]) -> list[tuple[int, int]]:
    """Return the pairs on the way through the table, from its beginning; a word of *one* is passed over first."""
    pairs: list[tuple[int, int]] = []
    a = b = 0
    rest = len(two)
    while a < len(one) and rest:
        if _same(one[a], two[b]):
            pairs.append((a, b))
            a, b, rest = a + 1, b + 1, rest - 1
            continue
        low = (1 << rest) - 1
        if not ~rows[a] & low:
            break
        if (rows[a + 1] & low).bit_count() <= (rows[a] & low).bit_count():
            a += 1
        else:
            b, rest = b + 1, rest - 1
    return pairs


def _same(one: int, two: int) -> bool:
    return one == two != UNKNOWN


def _numbers(row: bytes, start: int, end: int) -> list[int]:
    return array("H", row[2 * start : 2 * end]).tolist()


def joined(runs: list[Run]) -> list[Run]:
    """Return the same words in as few runs as can be."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].at + found[-1].size == run.at and found[-1].of + found[-1].size == run.of:
            found[-1] = Run(found[-1].at, found[-1].of, found[-1].size + run.size)
        else:
            found.append(run)
    return found


def gaps(runs: list[Run], low: int, high: int, size: int) -> list[Gap]:
    """Return what lies between the runs, and before and after them: from *low* to *high*, and 0 to *size*."""
    found: list[Gap] = []
    at, of = low, 0
    for run in [*runs, Run(high, size, 0)]:
        if run.at > at or run.of > of:
            found.append(Gap(at, run.at, of, run.of))
        at, of = run.at + run.size, run.of + run.size
    return found
