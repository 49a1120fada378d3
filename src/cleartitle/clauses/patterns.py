"""Clause patterns: data in ``patterns/*.toml``, one file for each family of terms.

A pattern says which words mean a term, and shows it: every ``yes`` sentence must match and no ``no`` sentence may
(``tests/clauses`` walks them all). In ``any``, ``...`` is a gap of up to 80 characters, ``....`` one of up to 240, and
``{name}`` a word list of ``words.toml``; the rest is a regular expression over lower-case text with single spaces and
folded punctuation (Chinese text has no spaces). ``needs.json`` holds, for each way of saying something, words that
stand wherever it matches; ``benchmarks/clause_needs.py`` writes it. A way that is not in there is looked for where the
``needs`` of its pattern stand.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib.resources import files

from attrs import field, fields, frozen
from attrs.validators import min_len

from cleartitle.clauses import language
from cleartitle.clauses.language import Expression, alternatives, both, entries, key, toml
from cleartitle.clauses.needs import ALWAYS, Clause, Needs, clause, stored
from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping
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


@frozen(kw_only=True, eq=False)
class Way:
    """One of several ways to say something."""

    needs: Needs
    words: Expression


@frozen(kw_only=True, eq=False)
class Compiled:
    """A pattern made ready."""

    pattern: Pattern
    ways: tuple[Way, ...]
    matches: Expression
    after: Expression | None
    unless: Expression | None
    beside: Expression | None
    around: Expression | None
    first: bool
    """Whether the words begin what they stand in, so that only what introduces it is before them."""


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
    return tuple(_pattern(mapping(one, where=name), name) for one in listed)


def _pattern(table: Mapping[str, object], where: str) -> Pattern:
    """Return a table as a pattern: by hand, since the general reader takes longer for these than a text does."""
    unknown = table.keys() - {each.name for each in fields(Pattern)}
    if unknown:
        raise DataError(f"{where}: unknown field: {', '.join(sorted(unknown))}")
    place = _text(table, "place")
    try:
        return Pattern(
            name=_text(table, "name"),
            term=_text(table, "term"),
            needs=_texts(table, "needs"),
            any=_texts(table, "any"),
            banned=table.get("banned") is True,
            after=_text(table, "after"),
            unless=_text(table, "unless"),
            beside=_text(table, "beside"),
            around=_text(table, "around"),
            on=tuple(map(Trigger, _texts(table, "on"))),
            place=Place(place) if place else None,
            note=_text(table, "note"),
            yes=_texts(table, "yes"),
            no=_texts(table, "no"),
        )
    except ValueError as error:
        raise DataError(f"{where}: pattern {table.get('name')}: {error}") from error


def _text(table: Mapping[str, object], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise DataError(f"not a string: {name} = {value!r}")
    return value


def _texts(table: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list):
        raise DataError(f"not a list: {name} = {value!r}")
    return tuple(map(str, value))


def compiled(pattern: Pattern) -> Compiled:
    """Return *pattern* made ready; a mistake in it is a `DataError` that names it."""
    own: Needs = ((clause(pattern.needs),),)
    try:
        return Compiled(
            pattern=pattern,
            ways=tuple(_way(each, own) for each in said_by(pattern)),
            matches=both(_alone("|".join(pattern.any))),
            after=both(pattern.after) if pattern.after else None,
            unless=both(pattern.unless) if pattern.unless else None,
            beside=both(pattern.beside) if pattern.beside else None,
            around=both(pattern.around) if pattern.around else None,
            first=all(way.startswith("^") for way in pattern.any),
        )
    except re.error as error:
        raise DataError(f"pattern {pattern.name}: {error}") from error


def said_by(pattern: Pattern) -> tuple[str, ...]:
    """Return the ways in which *pattern* says its term; a word list alone is as many ways as it has entries."""
    return tuple(part for way in pattern.any for part in entries(way))


@functools.lru_cache(maxsize=2000)
def ways(said: str, *, alone: bool = False) -> tuple[Way, ...]:
    """Return the alternatives of *said*, each to be looked for by itself; *alone* if no letter may stand before."""
    return tuple(_way(part, ALWAYS, alone=alone) for part in alternatives(said))


def _way(way: str, unknown: Needs, *, alone: bool = True) -> Way:
    return Way(needs=stored("indexed").get(key(way), unknown), words=both(_alone(way) if alone else way))


def _alone(way: str) -> str:
    return f"(?<![a-z](?=[ -~]))(?:{way})"


def said(way: str) -> str:
    """Return a way of saying as the regular expression it stands for."""
    return both(_alone(way)).every


def needed() -> frozenset[Clause]:
    """Return the clauses that any way of saying needs."""
    known = [one for needs in stored("indexed").values() for branch in needs for one in branch]
    known += [one for each in patterns() for way in each.ways for branch in way.needs for one in branch]
    return frozenset(known)


def prepare() -> None:
    """Make every regular expression ready, which else happens when one is first needed: some tenths of a second."""
    language.prepare()
    for each in patterns():
        more = (each.after, each.unless, each.beside, each.around)
        listed = (way for part in more if part is not None for way in (*ways(part.said), Way(needs=ALWAYS, words=part)))
        for way in (*each.ways, *listed):
            way.words.form(chinese=False)
            way.words.form(chinese=True)
