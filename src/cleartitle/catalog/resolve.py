"""From what people write to a license: ids, names, addresses, SPDX expressions, lists."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import TypeAlias

from attrs import frozen

from cleartitle import catalog
from cleartitle.catalog import addresses, expressions, private, spdx
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.words import LicenseId

Ids: TypeAlias = tuple[LicenseId, ...]
_NOTHING = frozenset(
    {"", "other", "unknown", "license", "licensemd", "licensetxt", "none", "na", "tbd", "todo", "null"}
    | {"proprietary", "custom"}
)
_DRESS = re.compile(
    r"^(?:the\s+|license\s*:\s*)|[\s_-]*\b(?:licen[sc]e)(?:[\s_-]+agreement|[\s_-]+terms)?$|\s*(?:使用|开源)?(?:许可证|许可协议|协议|许可)$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"[\s,_-]+\(?or[\s_-]+(?:\(at your option\)\s+)?(?:any[\s_-]+)?later(?:[\s_-]+versions?)?\)?$", re.IGNORECASE
)
MAX_NAME = 300
"""A longer value is a text, not the name of a license."""


@frozen(kw_only=True)
class _Shared:
    """A name of several licenses."""

    means: Ids
    why: str
    others: bool
    """Whether further licenses are called so, of which nothing is known."""

    def meant(self, said: str) -> Unclear:
        reason = f"{said!r} may mean several licenses: {self.why}"
        known = tuple(One(license=each) for each in self.means)
        another = Unknown(reason=f"other licenses are called {said!r} too", said=said, settle="the text of the license")
        return Unclear(of=(*known, another) if self.others else known, reason=reason)


def name(text: str) -> Expression:
    """Return the license that *text* names: an SPDX id, a Hub tag, a name or an expression of them.

    A single word that is an SPDX id by chance (``Intel``, ``Fair``) may mean something else, and says so.

    >>> name("Apache License 2.0")
    One(license='Apache-2.0')
    >>> name("MIT OR Apache-2.0")
    Choice(of=(One(license='MIT'), One(license='Apache-2.0')))
    """
    said = text.strip()[:MAX_NAME]
    if not names_something(said):
        return Unknown(reason=f"{said!r} names no license" if said else "no license is named", said=said)
    single = known(said) or _plain_word(said) or _undressed(said)
    if single is not None:
        return single
    if addresses.is_address(said):
        return link(said)
    return _unpublished(said) or _sure(expressions.read(said, _entry).expression)


def names_something(text: str) -> bool:
    """Return whether *text* could name a license at all: ``other`` and blanks do not.

    >>> names_something("mit"), names_something("other")
    (True, False)
    """
    return catalog.fold(text) not in _NOTHING


def link(address: str) -> Expression:
    """Return the license whose official (or well-known) address this is.

    >>> link("https://www.apache.org/licenses/LICENSE-2.0")
    One(license='Apache-2.0')
    """
    found = shipped_link(address) or _any(private.linked().get(addresses.fold(address)), "") or _of_model(address)
    if found is not None:
        return found
    reason = why_not(address) or f"the catalog does not know the license at {address}"
    return Unknown(reason=reason, said=address, settle=f"read {address}")


def shipped_link(address: str) -> Expression | None:
    """Return the license of an address that the package ships; None for any other.

    >>> shipped_link("https://opensource.org/licenses/MIT"), shipped_link("https://example.com/terms")
    (One(license='MIT'), None)
    """
    means = _table("links").get(addresses.fold(address))
    return _any(means, f"several licenses are published at {address}") or _listed_at(address)


def several(texts: Iterable[str]) -> Expression:
    """Return the license that a list without an operator means: nobody said whether all or any hold.

    >>> several(["mit", "apache-2.0"]).reason
    'several licenses are listed, and whether all or any of them hold is not said'
    """
    found = tuple(dict.fromkeys(map(name, texts)))
    if len(found) == 1:
        return found[0]
    return Unclear(of=found, reason="several licenses are listed, and whether all or any of them hold is not said")


def _entry(said: str) -> Expression:
    """Return the license of a single name inside an expression: there, a bare SPDX id means what SPDX says."""
    row = spdx.listed(said)
    found = known(said) or (One(license=row.id) if row else None)
    if found is not None:
        return found
    return Unknown(reason=f"the catalog knows no license {said!r}", said=said, settle=f"the text of {said!r}")


def known(said: str) -> Expression | None:
    """Return the license of a name that the catalog has, written in whatever way; None for any other.

    >>> known("Apache License, Version 2.0"), known("a license")
    (One(license='Apache-2.0'), None)
    """
    return shipped(said) or _any(private.named().get(catalog.fold(said)), "")


def shipped(said: str) -> Expression | None:
    """Return the license of a name that the package ships; None for any other.

    >>> shipped("llama3.1"), shipped("a license")
    (One(license='LicenseRef-Meta-Llama-3.1-Community'), None)
    """
    if said.strip().casefold() in _words():
        return None
    key = catalog.fold(said)
    shared = _ambiguous().get(key)
    if shared:
        return shared.meant(said)
    means = _table("names").get(key)
    return _any(means, f"{said!r} may mean several licenses: each of them is called so") or _any(_of_spdx(said), "")


def why_not(said: str) -> str | None:
    """Return why no license can be known by a name or an address, where that is known; None for any other.

    >>> why_not("other")
    "'other' names no license"
    """
    if not names_something(said):
        return f"{said!r} names no license"
    for table, key in (("names", catalog.fold(said)), ("links", addresses.fold(said))):
        if reason := _reasons(table).get(key):
            return f"{said}: {reason}"
    return None


def _unpublished(said: str) -> Expression | None:
    reason = why_not(said)
    return Unknown(reason=reason, said=said, settle=f"the text of {said!r}") if reason else None


def spellings() -> Mapping[str, Ids]:
    """Return the folded names of all entries, and what each may mean.

    >>> spellings()[catalog.fold("Apache License 2.0")]
    ('Apache-2.0',)
    """
    return _table("names")


def _of_spdx(said: str) -> Ids | None:
    """Return the SPDX license of this id or name; words and short names that could mean other things do not count."""
    row = spdx.listed(said.strip())
    if row is not None and not row.id.isalpha() and not row.deprecated:
        return (row.id,)
    return _spdx_names().get(catalog.fold(said))


def _plain_word(said: str) -> Expression | None:
    row = spdx.listed(said)
    if row is None or not row.id.isalpha():
        return None
    reason = f"{said!r} is an SPDX id, but also a plain word or a name"
    other = Unknown(reason=reason, said=said, settle=f"whether {said!r} means the SPDX license {row.id} ({row.name})")
    return Unclear(of=(One(license=row.id), other), reason=reason)


def _undressed(said: str) -> Expression | None:
    """Return the license of a name with words around it that every license could have: ``the ... license``.

    ``or later`` leaves the choice of the version that is named; only the licenses of SPDX's list have such versions.
    """
    plain = _DRESS.sub("", said.strip(" \"'《》"))
    bare = _LATER.sub("", plain)
    if not bare or bare == said or not names_something(bare):
        return None
    found = known(bare)
    versioned = isinstance(found, One) and spdx.listed(found.license) is not None
    return found if bare == plain or versioned else None


def _sure(found: Expression) -> Expression:
    """Return *found*, but no choice between a license and mere words: ``MIT or similar`` leaves nothing to choose."""
    match found:
        case Every(of=of):
            return Every(of=tuple(map(_sure, of)))
        case Choice(of=of) if any(isinstance(each, Unknown) and not _is_ref(each.said) for each in of):
            return Unclear(of=of, reason="not all of the licenses that are said to be a choice are known")
        case _:
            return found


def _is_ref(said: str) -> bool:
    return "LicenseRef-" in said and expressions.spell(said) is not None


def _listed_at(address: str) -> Expression | None:
    """Return the license that the address of a list of licenses (SPDX, OSI, GNU, Creative Commons) spells out."""
    said = addresses.named(address)
    row = spdx.listed(said) if said else None
    if row:
        return expressions.read(row.id, _entry).expression
    return (shipped(said) or _undressed(said.replace("-", " "))) if said else None


def _of_model(address: str) -> Expression | None:
    """Return what a well-known model declares, where *address* is that of its license file."""
    declared = addresses.of_model(address)
    if declared is None:
        return None
    said = [each for each in declared.license if names_something(each)] or [declared.license_name or ""]
    found = several(said) if all(map(known, said)) else None
    return found or shipped_link(declared.license_link or "")


def _any(ids: Ids | None, reason: str) -> Expression | None:
    if not ids:
        return None
    known = tuple(One(license=each) for each in ids)
    return known[0] if len(known) == 1 else Unclear(of=known, reason=reason)


@functools.cache
def _spdx_names() -> dict[str, Ids]:
    """Return the licenses of the SPDX list by their names, as far as those are names and no common words."""
    today = (row for row in spdx.every() if not row.deprecated)
    telling = (row for row in today if len(row.name.split()) >= 3 or any(c.isdigit() for c in row.name))
    found: dict[str, Ids] = {}
    for row in telling:
        key = catalog.fold(row.name)
        found[key] = (*found.get(key, ()), row.id)
    return found


@functools.cache
def _table(which: str) -> dict[str, Ids]:
    data = json.loads((files("cleartitle.catalog") / "names.json").read_text(encoding="utf-8"))
    return {key: _ids(value) for key, value in mapping(data[which], where=which).items()}


def _ids(listed: object) -> Ids:
    return tuple(map(LicenseId, _said(listed)))


def _said(listed: object) -> tuple[str, ...]:
    return tuple(map(str, listed)) if isinstance(listed, list) else ()


@functools.cache
def _reasons(which: str) -> dict[str, str]:
    fold = catalog.fold if which == "names" else addresses.fold
    return {fold(key): str(reason) for key, reason in _unnamed(which).items()}


@functools.cache
def _words() -> frozenset[str]:
    return frozenset(key.casefold() for key in _unnamed("names"))


def _unnamed(which: str) -> Mapping[str, object]:
    data = tomllib.loads((files("cleartitle.catalog") / "unpublished.toml").read_text(encoding="utf-8"))
    return mapping(data[which], where=which)


@functools.cache
def _ambiguous() -> dict[str, _Shared]:
    data = tomllib.loads((files("cleartitle.catalog") / "ambiguous.toml").read_text(encoding="utf-8"))
    listed = data["names"]
    rows = [mapping(each, where="ambiguous.toml") for each in listed] if isinstance(listed, list) else []
    return {
        catalog.fold(name): _Shared(means=_ids(row["means"]), why=str(row["why"]), others=bool(row.get("others")))
        for row in rows
        for name in _said(row["called"])
    }
