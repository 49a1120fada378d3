"""Finding a clause in a copy of a text by a few of its words."""

from __future__ import annotations

import functools
import re

from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.reference import ModelRef

MAX_QUOTE = 600
_FOLDS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " ", "‑": "-"})
_END = re.compile(r"[.;。；](?=\s|$)|[。；]|\n\s*\n")


def find(anchor: str, text: str) -> Span | None:
    r"""Return where *anchor* stands in *text*, or None: white space, case and the shape of quotes do not count.

    >>> find("shall  retain", "You shall\nRETAIN all notices.")
    Span(line=1, end_line=2, start=4, end=16)
    """
    found = _pattern(anchor).search(text.translate(_FOLDS))
    return Span.of(text, found.start(), found.end()) if found else None


def quote(anchor: str, text: str, *, artifact: ModelRef | None, path: str) -> Evidence | None:
    """Return the sentence of *text* around *anchor*, verbatim, as evidence; None where the anchor is not found."""
    hit = find(anchor, text)
    if hit is None:
        return None
    before = [m.end() for m in _END.finditer(text, max(0, hit.start - MAX_QUOTE), hit.start)]
    after = _END.search(text, hit.end, hit.end + MAX_QUOTE)
    start = before[-1] if before else max(0, text.rfind("\n", 0, hit.start) + 1)
    end = after.end() if after else min(len(text), hit.end + MAX_QUOTE)
    start += len(text[start:]) - len(text[start:].lstrip())
    return Evidence(
        method=Method.LICENSE_TEXT, artifact=artifact, path=path, span=Span.of(text, start, end), quote=text[start:end]
    )


@functools.lru_cache(maxsize=4096)
def _pattern(anchor: str) -> re.Pattern[str]:
    words = anchor.translate(_FOLDS).split()
    return re.compile(r"[\s*_>#]+".join(map(re.escape, words)), re.IGNORECASE)
