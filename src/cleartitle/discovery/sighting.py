"""What a reader of one file finds, before it is known what it means."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from cleartitle.vocabulary.discovery import How, UseKind
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.reference import Scheme

MAX_SAID = 400
"""Characters of a name or an expression that are kept."""


@frozen(kw_only=True)
class Spot:
    """A place in some file; *file* is empty for the one that is being read."""

    line: int
    column: int = 1
    file: str = ""
    cell: int | None = None


@frozen(kw_only=True)
class Sighting:
    """Something in a file that names a model, or looks like it."""

    said: str
    """The name as written; with a *problem*, the expression that could not be resolved."""
    spot: Spot
    used: Spot | None = None
    how: How
    by: str
    kind: UseKind = UseKind.MODEL
    scheme: Scheme = Scheme.HF
    revision: str = ""
    bare: str = ""
    """What a name without an owner means, with ``{}`` for the name; empty where it means itself."""
    confidence: Confidence = Confidence.HIGH
    problem: str = ""


class Lines:
    r"""Turns offsets of a text into lines and columns.

    >>> Lines("one\ntwo").spot(5)
    Spot(line=2, column=2, file='', cell=None)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer(r"\n", text))]

    def spot(self, offset: int) -> Spot:
        """Return the place of an offset.r"""
        line = bisect.bisect_right(self._starts, offset)
        return Spot(line=line, column=offset - self._starts[line - 1] + 1)


_STATED = re.compile(r"(?:#|//)[ \t]{0,4}cleartitle:[ \t]{0,4}(?P<said>[\w.:@/-]{1,400})[ \t]*$", re.MULTILINE)
MAX_STATED = 1_000


def stated(text: str) -> Iterator[Sighting]:
    """Yield what comments say of a line that names no model itself: ``# cleartitle: owner/name``.

    >>> [s.said for s in stated("load(name)  # cleartitle: Qwen/Qwen2.5-7B@main")]
    ['Qwen/Qwen2.5-7B@main']
    """
    if "cleartitle:" not in text:
        return
    lines = Lines(text)
    for found in islice(_STATED.finditer(text), MAX_STATED):
        spot = lines.spot(found.start("said"))
        yield Sighting(said=found["said"], spot=spot, how=How.STATED, by="comment")
