"""Places named in a text: regions for territory limits, jurisdictions for law and courts."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation

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
    """Return the places that *text* names and where: of names that overlap, the first and the longest."""
    automaton, codes_of = _names(cities)
    standing = [
        (start, -end, codes_of[name])
        for name, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        if _is_whole(text, start, end)
    ]
    found, after = list[tuple[str, int]](), 0
    for start, end, code in sorted(standing):
        if start >= after:
            found.append((code, start))
            after = -end
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether what stands there is no part of a longer word; Chinese has no words to be part of."""
    if not text[start].isascii():
        return True
    before, behind = text[start - 1 : start], text[end : end + 1]
    return not (before in {".", "_"} or before.isalnum() or behind == "_" or behind.isalnum())


@functools.cache
def _names(cities: bool) -> tuple[AhoCorasick, list[str]]:  # noqa: FBT001 - the key of the cache
    """Return what finds the names of places, and the code of each."""
    data = tomllib.loads((files("cleartitle.clauses") / "places.toml").read_text(encoding="utf-8"))
    table = {
        str(name): code for code, names in mapping(data["regions"], where="places").items() for name in _list(names)
    }
    if cities:
        table |= {str(n): code for code, names in mapping(data["seats"], where="places").items() for n in _list(names)}
    unknown = {c for c in table.values() if len(c) == 2} - set(codes()) - {"EU"}
    if unknown:
        raise ValueError(f"places.toml: no such code: {sorted(unknown)}")
    return AhoCorasick(table, implementation=Implementation.ContiguousNFA), list(table.values())


def _list(names: object) -> Iterable[object]:
    return names if isinstance(names, list) else ()
