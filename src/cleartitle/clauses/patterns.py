"""Clause patterns: data in ``patterns/*.toml``, one file for each family of terms.

A pattern says which words mean a term, and shows it: every ``yes`` sentence must match and no ``no`` sentence may
(``tests/clauses`` walks them all). In ``any``, ``...`` is a gap of up to 80 characters, ``....`` one of up to 240, and
``{name}`` a word list of ``words.toml``; the rest is a regular expression over lower-case text with single spaces and
folded punctuation (Chinese text has no spaces). ``needs.json`` holds, for each entry of ``any``, words one of which
stands wherever it matches; ``benchmarks/clause_needs.py`` writes it, and an entry without any falls back on ``needs``.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.clauses.language import Expression, alternatives, both, toml
from cleartitle.errors import DataError
from cleartitle.serial.convert import read
from cleartitle.vocabulary.words import Place, Trigger

_TABLES = ("shapes.toml", "words.toml")


@frozen(kw_only=True)
class Pattern:
    """One way of saying a term."""

    name: str
    term: str
    """What it says: ``duty.notice``, ``restriction.no-compete``, ``signal.commerce-banned``, ..."""
    needs: tuple[str, ...] = field(validator=min_len(1))
    """At least one of these stands in every sentence that matches: looked for first, since that is fast."""
    any: tuple[str, ...] = field(validator=min_len(1))
    banned: bool = False
    """Whether a prohibition must lead to the words: in the sentence or in what introduces it."""
    after: str = ""
    """What must be read before the words, in the sentence or in what introduces it."""
    unless: str = ""
    """With this anywhere in the sentence, it does not match."""
    beside: str = ""
    """Without this anywhere in the sentence, it does not match."""
    around: str = ""
    """With this near the words (60 characters before, 100 after), these words do not count."""
    on: tuple[Trigger, ...] = ()
    """For a duty: when it is owed, if the sentence does not say."""
    place: Place | None = None
    note: str = ""
    yes: tuple[str, ...] = field(validator=min_len(1))
    no: tuple[str, ...] = ()


@frozen(kw_only=True)
class Way:
    """One alternative of a pattern, and words one of which stands wherever it matches; of *also* one too."""

    needs: tuple[str, ...]
    also: tuple[str, ...]
    words: Expression


@frozen(kw_only=True)
class Compiled:
    """A pattern made ready."""

    pattern: Pattern
    ways: tuple[Way, ...]
    matches: Expression
    after: Expression | None
    unless: Expression | None
    beside: Expression | None
    around: Expression | None


@functools.cache
def patterns() -> tuple[Compiled, ...]:
    """Return all patterns, file by file."""
    folder = files("cleartitle.clauses") / "patterns"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(compiled(p) for name in names if name not in _TABLES for p in load(name))


def load(name: str) -> tuple[Pattern, ...]:
    """Return the patterns of one file of ``patterns/``."""
    listed = toml(name).get("patterns")
    if not isinstance(listed, list):
        raise DataError(f"{name} has no patterns")
    return tuple(read(one, Pattern, where=name, trusted=True) for one in listed)


def compiled(pattern: Pattern) -> Compiled:
    """Return *pattern* made ready; a mistake in it is a `DataError` that names it."""
    try:
        return Compiled(
            pattern=pattern,
            ways=tuple(_way(each, pattern) for each in said_by(pattern)),
            matches=both("(?<![a-z])(?:" + "|".join(pattern.any) + ")"),
            after=both(pattern.after) if pattern.after else None,
            unless=both(pattern.unless) if pattern.unless else None,
            beside=both(pattern.beside) if pattern.beside else None,
            around=both(pattern.around) if pattern.around else None,
        )
    except re.error as error:
        raise DataError(f"pattern {pattern.name}: {error}") from error


def said_by(pattern: Pattern) -> tuple[str, ...]:
    """Return the ways in which *pattern* says its term; a word list alone is as many ways as it has entries."""
    return tuple(part for way in pattern.any for part in alternatives(way))


def _way(way: str, pattern: Pattern) -> Way:
    needs, also = [*_needed().get(key(way), (pattern.needs,)), ()][:2]
    return Way(needs=needs, also=also, words=both(_alone(way)))


def _alone(way: str) -> str:
    return f"(?<![a-z])(?:{way})"


def said(way: str) -> str:
    """Return a way of saying as the regular expression it stands for."""
    return both(_alone(way)).every


def key(way: str) -> str:
    """Return what stands for a way of saying, with its word lists, in ``needs.json``."""
    return hashlib.blake2b(said(way).encode(), digest_size=6).hexdigest()


@functools.cache
def _needed() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the words that ways of saying need; ``benchmarks/clause_needs.py`` works them out."""
    text = (files("cleartitle.clauses") / "patterns" / "needs.json").read_text(encoding="utf-8")
    return read(json.loads(text), dict[str, tuple[tuple[str, ...], ...]], where="needs.json", trusted=True)


def prepare() -> None:
    """Make every regular expression ready, which else happens when one is first needed: some tenths of a second."""
    for each in patterns():
        for part in (*(way.words for way in each.ways), each.after, each.unless, each.beside, each.around):
            if part is not None:
                part.form(chinese=False)
                part.form(chinese=True)
