"""Passages as evidence: the words of the text, verbatim, with their lines."""

from __future__ import annotations

from cleartitle.clauses.layout import Document, Passage
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span

MAX_QUOTE = 600


def evidence(document: Document, passage: Passage, start: int = 0, end: int | None = None) -> Evidence:
    """Return the passage as evidence, verbatim; of a long one, the part around *start* to *end* of its text."""
    first, last = passage.start, passage.end
    if last - first > MAX_QUOTE:
        stop = len(passage.text) if end is None else end
        first, last = _around(document, passage, start, stop)
    quote = document.original[first:last]
    span = Span.of(document.original, first, last)
    return Evidence(method=Method.LICENSE_TEXT, span=span, quote=quote, confidence=Confidence.MEDIUM)


def _around(document: Document, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Return the offsets in the original of the sentence part around a match, cut at words."""
    folded = document.folded
    hit = _offset(folded, passage, start)
    stop = max(_offset(folded, passage, end), hit + 1)
    first = max(passage.start, stop - MAX_QUOTE if stop - hit > MAX_QUOTE // 2 else hit - MAX_QUOTE // 4)
    first = min(first, hit)
    last = min(passage.end, max(stop, first + MAX_QUOTE // 2))
    while first > passage.start and not folded[first - 1].isspace() and folded[first].isascii():
        first -= 1
    while last < passage.end and not folded[last - 1].isspace() and folded[last - 1].isascii():
        last += 1
    while last > first and folded[last - 1].isspace():
        last -= 1
    return first, last


def _offset(folded: str, passage: Passage, place: int) -> int:
    """Return where the character at *place* of the passage's text stands in the original: only spaces differ."""
    wanted = sum(not c.isspace() for c in passage.text[:place])
    for offset in range(passage.start, passage.end):
        if not folded[offset].isspace():
            if wanted == 0:
                return offset
            wanted -= 1
    return passage.end
