"""Places named in a text: regions for territory limits, jurisdictions for law and courts."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from cleartitle.serial.convert import mapping
from cleartitle.territory import codes
from cleartitle.vocabulary.words import Region


def regions(text: str) -> frozenset[Region]:
    """Return the regions that *text* names.

    >>> sorted(regions("the european union, the united kingdom and south korea"))
    ['EU', 'GB', 'KR']
    """
    return frozenset(Region(code) for code, _ in _named(text, cities=False) if "-" not in code)


def jurisdiction(text: str) -> str | None:
    """Return the first place of *text* whose law or courts these are: a country, or ``US-CA`` for a state.

    >>> jurisdiction("the laws of the united states and the state of california")
    'US-CA'
    """
    found = [code for code, _ in _named(text, cities=True)]
    named = [code for code in found if code.startswith("US-") or (len(code) == 2 and code != "EU")]
    if not named:
        return None
    states = [code for code in named if code.startswith("US-")]
    if named[0] == "US" and states:
        return states[0]
    return "HK" if named[0] == "CN" and "HK" in named else named[0]


def _named(text: str, *, cities: bool) -> list[tuple[str, int]]:
    shape, table = _names(cities)
    return [(table[m[0]], m.start()) for m in shape.finditer(text)]


@functools.cache
def _names(cities: bool) -> tuple[re.Pattern[str], dict[str, str]]:  # noqa: FBT001 - the key of the cache
    data = tomllib.loads((files("cleartitle.clauses") / "places.toml").read_text(encoding="utf-8"))
    table = {
        str(name): code for code, names in mapping(data["regions"], where="places").items() for name in _list(names)
    }
    if cities:
        table |= {str(n): code for code, names in mapping(data["seats"], where="places").items() for n in _list(names)}
    unknown = {c for c in table.values() if len(c) == 2} - set(codes()) - {"EU"}
    if unknown:
        raise ValueError(f"places.toml: no such code: {sorted(unknown)}")
    ordered = sorted(table, key=len, reverse=True)
    latin = _by_first([n for n in ordered if n.isascii()])
    other = _by_first([n for n in ordered if not n.isascii()])
    return re.compile(rf"(?<![\w.])(?:{latin})(?![\w])|(?:{other})"), table


def _by_first(names: Iterable[str]) -> str:
    """Return an expression for *names*, the longer first: what begins alike stands together, since that is fast."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))


def _list(names: object) -> Iterable[object]:
    return names if isinstance(names, list) else ()
