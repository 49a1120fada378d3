"""From what people write to a license: ids, names, addresses, SPDX expressions, lists."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import TypeAlias

from cleartitle import catalog
from cleartitle.catalog import expressions
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.statement import Expression, One, Unclear, Unknown
from cleartitle.vocabulary.words import LicenseId

Ids: TypeAlias = tuple[LicenseId, ...]
_NOTHING = frozenset({"", "other", "unknown", "license", "none", "na", "tbd", "todo", "null", "proprietary", "custom"})
MAX_NAME = 300
"""A longer value is a text, not the name of a license."""


def name(text: str) -> Expression:
    """Return the license that *text* names: an SPDX id, a Hub tag, a name or an expression of them.

    >>> name("Apache License 2.0")
    One(license='Apache-2.0')
    >>> name("MIT OR Apache-2.0")
    Choice(of=(One(license='MIT'), One(license='Apache-2.0')))
    """
    said = text.strip()[:MAX_NAME]
    if not names_something(said):
        return Unknown(reason=f"{said!r} names no license" if said else "no license is named", said=said)
    single = _entry(said)
    if not isinstance(single, Unknown):
        return single
    if said.startswith(("http://", "https://")):
        return link(said)
    return expressions.read(said, _entry).expression


def names_something(text: str) -> bool:
    """Return whether *text* could name a license at all: ``other`` and blanks do not."""
    return catalog.fold(text) not in _NOTHING


def link(address: str) -> Expression:
    """Return the license whose official (or well-known) address this is.

    >>> link("https://www.apache.org/licenses/LICENSE-2.0")
    One(license='Apache-2.0')
    """
    found = _table("links").get(fold_link(address))
    if found:
        return _any_of(found, f"several licenses are published at {address}")
    return Unknown(reason=f"the catalog does not know the license at {address}", said=address, settle=f"read {address}")


def several(texts: Iterable[str]) -> Expression:
    """Return the license that a list without an operator means: nobody said whether all or any hold."""
    found = tuple(dict.fromkeys(map(name, texts)))
    if len(found) == 1:
        return found[0]
    return Unclear(of=found, reason="several licenses are listed, and whether all or any of them hold is not said")


def fold_link(address: str) -> str:
    """Return an address without what makes no difference, for comparison.

    >>> fold_link("http://www.apache.org/licenses/LICENSE-2.0.txt/") == fold_link("apache.org/licenses/license-2.0")
    True
    """
    text = re.sub(r"^[a-z]+://", "", address.strip().casefold()).removeprefix("www.")
    text = text.partition("#")[0].partition("?")[0].rstrip("/")
    text = re.sub(r"/(?:blob|raw|resolve|tree)/(?:main|master)/", "/blob/main/", text)
    return re.sub(r"\.(?:txt|md|html?|php)$", "", text)


def _entry(said: str) -> Expression:
    """Return the license of a single name inside an expression."""
    found = known(said)
    if found is not None:
        return found
    return Unknown(reason=f"the catalog knows no license {said!r}", said=said, settle=f"the text of {said!r}")


def known(said: str) -> Expression | None:
    """Return the license of a name that the catalog has, written in whatever way; None for any other.

    >>> known("Apache License, Version 2.0"), known("a license")
    (One(license='Apache-2.0'), None)
    """
    key = catalog.fold(said)
    means, why = _ambiguous().get(key) or (_table("names").get(key), "each of them is called so")
    return _any_of(means, f"{said!r} may mean several licenses: {why}") if means else None


def _any_of(ids: Ids, reason: str) -> Expression:
    known = tuple(One(license=each) for each in ids)
    return known[0] if len(known) == 1 else Unclear(of=known, reason=reason)


@functools.cache
def _table(which: str) -> dict[str, Ids]:
    data = json.loads((files("cleartitle.catalog") / "names.json").read_text(encoding="utf-8"))
    return {key: _ids(value) for key, value in mapping(data[which], where=which).items()}


def _ids(listed: object) -> Ids:
    return tuple(LicenseId(str(each)) for each in listed) if isinstance(listed, list) else ()


@functools.cache
def _ambiguous() -> dict[str, tuple[Ids, str]]:
    data = tomllib.loads((files("cleartitle.catalog") / "ambiguous.toml").read_text(encoding="utf-8"))
    rows = {key: mapping(entry, where=key) for key, entry in mapping(data["names"], where="names").items()}
    return {catalog.fold(key): (_ids(row["means"]), str(row["why"])) for key, row in rows.items()}
