"""Licenses in the rows of tables: one beside its part, one in its own column, several with their parts in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleartitle.prose.covers import DIGIT_NAME
from cleartitle.prose.names import Mention, mentions
from cleartitle.prose.patterns import expression
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.sections import Section
from cleartitle.prose.subjects import about, subjects
from cleartitle.prose.values import free_name
from cleartitle.vocabulary.prose import Subject

Told = tuple[Mention, tuple[Subject, ...]]
"""A license, and what it is said to be for."""
MAX_CELLS = 12
_LICENSE_KEY = expression(r"{license-word}")
_IN_BRACKETS = re.compile(r"[\"')\]]{0,2}(?: licen[sc]e)? ?\((?:for )?(?:the )?(?P<part>[^()]{2,40})\)")


def row(said: Plain, place: Place) -> list[Told]:
    """Return the licenses that a row of a table tells."""
    cells = [c for c in re.split(r"\s*\|\s*", said.text.strip().strip("|")) if c.strip()]
    if not 2 <= len(cells) <= MAX_CELLS:
        return []
    head = cells[0].lower()
    is_key = bool(_LICENSE_KEY.search(head)) and len(head.split()) <= 4
    if not is_key and place.section is not Section.LICENSE:
        return _in_column(said, place, cells) if place.models else []
    if is_key and len(cells) != 2:
        return [*_across(said, place, cells)][::-1]
    inside = len(said.text) - len(said.text.lstrip(" |")) + len(cells[0])
    told = [m for m in mentions(said, keyed=is_key) if m.start >= inside and m.named]
    if is_key and (apart := in_parts(said, told)):
        return apart
    covers = _part(head)
    if not covers and not is_key and DIGIT_NAME.search(cells[0]):
        covers = (Subject.WEIGHTS,)
    if told:
        return [(told[0], covers)]
    start = said.text.find(cells[1]) if is_key and place.columns else -1  # else the head of the table
    named = free_name(said, start) if start >= 0 else None
    return [(named, covers)] if named else []


def in_parts(said: Plain, told: Sequence[Mention]) -> list[Told]:
    """Return several licenses, each with the part that stands in brackets behind it: ``MIT (code), Fox (weights)``."""
    found = [(m, _IN_BRACKETS.match(said.low, m.end)) for m in told]
    parts = [(m, _part(behind["part"])) for m, behind in found if behind]
    return parts if len(told) > 1 and len(parts) == len(told) and all(covers for _, covers in parts) else []


def _in_column(said: Plain, place: Place, cells: Sequence[str]) -> list[Told]:
    """Return the license of a released model: what stands in the column for it."""
    at = next((n for n, head in enumerate(place.columns) if n and _LICENSE_KEY.search(head)), 0)
    if not at or len(cells) != len(place.columns):
        return []
    start = 0
    for cell in cells[: at + 1]:
        start = said.text.find(cell, start)
    end = start + len(cells[at])
    told = [m for m in mentions(said, keyed=True) if start <= m.start < end and m.named]
    return [(told[0], (Subject.WEIGHTS,))] if told else []


def _across(said: Plain, place: Place, cells: Sequence[str]) -> Iterator[Told]:
    """Yield the licenses of a row whose key is the license, in a table with a column for each part."""
    told = mentions(said, keyed=True)
    end = len(said.text)
    for cell, head in zip(reversed(cells[1:]), reversed(place.columns), strict=False):
        end = said.text.rfind(cell, 0, end)
        named = [m for m in told if end <= m.start < end + len(cell) and m.named]
        covers = _part(head)
        if named and covers:
            yield named[0], covers


def _part(low: str) -> tuple[Subject, ...]:
    return about([w for w in subjects(low) if w.subject is not Subject.PROJECT], low)
