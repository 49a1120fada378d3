"""The catalog of licenses: one TOML file each in ``licenses/``, written in our own words.

To add a license, add a file; ``tests/catalog`` walks them all.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from cleartitle.errors import DataError
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.words import LicenseId

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,120}")


Lookup: TypeAlias = Callable[[LicenseId], License]
"""How judgments come from an id to the license: `whole`, or licenses of one's own."""


class UnknownLicense(DataError):
    """No entry of the catalog has this id.

    >>> get(LicenseId("Nobody-1.0"))
    Traceback (most recent call last):
    ...
    cleartitle.catalog.UnknownLicense: the catalog has no license 'Nobody-1.0'
    """

    advice = "see the known ids in cleartitle/catalog/licenses"


@functools.cache
def get(license_id: LicenseId) -> License:
    """Return the license with exactly this id.

    Entries come first, then the private ones, then what follows from an SPDX id: that is coarse, and says so.

    >>> get(LicenseId("MIT")).kind, get(LicenseId("AAL")).checked
    (<Kind.PERMISSIVE: 'permissive'>, <Checked.CATEGORY: 'category'>)

    Raises:
        UnknownLicense: no entry has this id, and SPDX does not know it.

    """
    from cleartitle.catalog import private

    if not _ID.fullmatch(license_id):
        raise UnknownLicense(f"{license_id!r} is not a license id")
    found = shipped(license_id) or private.entries().get(license_id) or _by_spdx(license_id)
    if found is None:
        raise UnknownLicense(f"the catalog has no license {license_id!r}")
    return found


def has(license_id: LicenseId) -> bool:
    """Return whether the catalog knows *license_id*: as an entry, a private license or an SPDX id.

    >>> has(LicenseId("MIT")), has(LicenseId("AAL")), has(LicenseId("LicenseRef-Nobody"))
    (True, True, False)
    """
    try:
        get(license_id)
    except UnknownLicense:
        return False
    return True


def shipped(license_id: LicenseId) -> License | None:
    """Return the entry with exactly this id that the package ships, or None.

    >>> shipped(LicenseId("MIT")).name, shipped(LicenseId("AAL"))
    ('MIT License', None)
    """
    path = _folder() / f"{license_id}.toml"
    if not _ID.fullmatch(license_id) or not path.is_file():
        return None
    return parse(path.read_text(encoding="utf-8"), where=path.name, trusted=True)


def _by_spdx(license_id: LicenseId) -> License | None:
    from cleartitle.catalog import coarse, spdx

    row = spdx.listed(license_id)
    if row is None or row.id != license_id:
        return None
    other = coarse.stands_for(license_id)
    entry = shipped(other) if other else None
    return coarse.same_text(row, entry) if entry else coarse.coarse(row)


@functools.cache
def whole(license_id: LicenseId) -> License:
    """Return the entry with the terms of the policies that it makes part of itself.

    >>> llama = whole(LicenseId("LicenseRef-Meta-Llama-3.2-Community"))
    >>> [sorted(t.excluded) for t in llama.terms.territories]
    [['EU']]

    Raises:
        UnknownLicense: the catalog does not know the id.

    """
    entry = get(license_id)
    terms = entry.terms
    for policy in map(get, entry.includes):
        terms = terms.merge(policy.terms.under(policy.name))
    return evolve(entry, terms=terms)


def parse(text: str, *, where: str, trusted: bool = False) -> License:
    """Return the license that a catalog file describes; every mistake in it is named at once.

    >>> parse("id =", where="mine.toml")
    Traceback (most recent call last):
    ...
    cleartitle.errors.DataError: mine.toml is not TOML: ...

    Raises:
        DataError: *text* is not TOML, or no license; `ManyDataErrors` has every mistake with its key.

    """
    from cleartitle.serial.convert import read

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where} is not TOML: {error}") from error
    return read(data, License, where=where, trusted=trusted)


def ids() -> tuple[LicenseId, ...]:
    """Return the ids of all entries, sorted.

    >>> LicenseId("Apache-2.0") in ids()
    True
    """
    names = (entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(LicenseId(name.removesuffix(".toml")) for name in names))


def every() -> Iterator[License]:
    """Yield all entries, in the order of their ids.

    >>> sum(entry.publisher == "Meta" for entry in every()) > 3
    True
    """
    return map(get, ids())


def fold(name: str) -> str:
    """Return *name* without case, space and punctuation, as names are compared.

    >>> fold("Llama 3.1 Community License") == fold("llama-3.1-community-license")
    True
    """
    return "".join(c for c in name.casefold() if c.isalnum() or c == "+")


@functools.cache
def _folder() -> Traversable:
    return files("cleartitle.catalog") / "licenses"
