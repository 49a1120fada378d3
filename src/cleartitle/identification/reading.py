"""A text under identification: its words, their numbers and, where they are asked for, their places."""

from __future__ import annotations

import functools
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence

from cleartitle.identification import zones
from cleartitle.identification.index import Index
from cleartitle.identification.tokens import end_of, is_word, places, prepare, words
from cleartitle.vocabulary.evidence import Span

_BEFORE = 300
"""Characters before a passage where a copyright line that reaches into it can begin."""
_AFTER = 60
_BLANK_LINE = re.compile(r"\n[^\w\n]*\n")


class Reading:
    """One text. Its words are read at once, all else when it is needed."""

    def __init__(self, text: str) -> None:
        """Read the words of *text*."""
        self.text = text
        self.prepared = prepare(text)
        self.words = words(self.prepared)

    def row(self, index: Index) -> bytes:
        """Return the numbers of the words, two bytes each."""
        return array("H", map(index.numbers.__getitem__, self.words)).tobytes()

    def span(self, first: int, end: int) -> Span:
        """Return the place of the words from *first* up to *end*; of no words, where they would stand."""
        start, stop = self._between(first, end)
        return Span.of(self.text, start, stop)

    def raw(self, first: int, end: int) -> str:
        """Return the characters of the words from *first* up to *end*."""
        start, stop = self._between(first, end)
        return self.prepared[start:stop]

    def whole(self) -> Span:
        """Return the place of the text without white space around it."""
        text = self.text
        end = len(text.rstrip())
        return Span.of(text, min(len(text) - len(text.lstrip()), end), end)

    def breaks_off(self, end: int) -> bool:
        """Return whether the text ends with the word before *end* and nothing after it: perhaps inside the word."""
        return 0 < end == len(self.words) and is_word(self.prepared.rstrip()[-1:])

    def begins_line(self, word: int) -> bool:
        """Return whether no other word stands before this one on its line."""
        start = self.starts[word]
        return not any(c.isalnum() for c in self.prepared[self.prepared.rfind("\n", 0, start) + 1 : start])

    def paragraphs(self, first: int, end: int) -> list[tuple[int, int]]:
        """Return the words from *first* up to *end* by paragraph."""
        found: list[tuple[int, int]] = []
        at = first
        while at < end:
            blank = _BLANK_LINE.search(self.prepared, self.starts[at])
            stop = bisect_left(self.starts, blank.start()) if blank else end
            found.append((at, min(max(stop, at + 1), end)))
            at = found[-1][1]
        return found

    @functools.cached_property
    def starts(self) -> list[int]:
        """Where each word starts."""
        return places(self.prepared, len(self.words))

    def formal(self, first: int, end: int) -> frozenset[int]:
        """Return which of the words from *first* up to *end* are copyright lines, list marks, link targets or tags."""
        if first >= end:
            return frozenset()
        return self._inside(first, end, (zones.holder_lines, zones.marks, zones.asides))

    def named(self, first: int, end: int) -> frozenset[int]:
        """Return which of the words from *first* up to *end* are copyright lines, link targets or tags."""
        return self._inside(first, end, (zones.holder_lines, zones.asides)) if first < end else frozenset()

    def _inside(
        self, first: int, end: int, finders: Sequence[Callable[[str], list[tuple[int, int]]]]
    ) -> frozenset[int]:
        start, stop = self._between(first, end)
        low = max(self.prepared.rfind("\n", 0, max(0, start - _BEFORE)) + 1, start - 2 * _BEFORE, 0)
        window = self.prepared[low : min(len(self.prepared), stop + _AFTER)]
        found: set[int] = set()
        for finder in finders:
            for one, two in finder(window):
                if low + two > start and low + one < stop:
                    found.update(
                        range(
                            bisect_left(self.starts, low + one, first, end),
                            bisect_left(self.starts, low + two, first, end),
                        )
                    )
        return frozenset(found)

    def _between(self, first: int, end: int) -> tuple[int, int]:
        starts = self.starts
        if first < end:
            return starts[first], end_of(self.prepared, starts[end - 1])
        at = starts[first] if first < len(starts) else (end_of(self.prepared, starts[-1]) if starts else 0)
        return at, at
