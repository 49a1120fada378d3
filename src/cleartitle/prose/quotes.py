"""Quotes: the words of the original behind a sentence."""

from __future__ import annotations

from cleartitle.prose.markdown import Layout
from cleartitle.prose.plain import Plain
from cleartitle.vocabulary.evidence import Evidence, Method, Span

MAX_QUOTE = 240
"""Characters of a quote."""


def quote(layout: Layout, words: Plain, start: int = 0, end: int | None = None) -> Evidence:
    """Return the evidence for a sentence, cut so that ``words.text[start:end]`` stays in it."""
    stop = len(words.text) if end is None else end
    begin, close = words.begin, words.close
    first, last = words.origin(start, stop)
    if close - begin > MAX_QUOTE:
        begin = max(begin, min(first, last - MAX_QUOTE)) if last - begin > MAX_QUOTE else begin
        close = min(close, begin + MAX_QUOTE)
    return exactly(layout, begin, close)


def exactly(layout: Layout, start: int, end: int) -> Evidence:
    """Return the evidence for ``text[start:end]``."""
    return Evidence(method=Method.PROSE, span=Span.of(layout.text, start, end), quote=layout.text[start:end])
