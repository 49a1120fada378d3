"""Licenses of one's own: TOML files in a folder of the user, beside the entries that ship with the package.

The folder is what ``CLEARTITLE_LICENSES`` names, else ``cleartitle/licenses`` in the user's configuration folder. A
private file adds a license and never changes one that ships: neither its id nor its names.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from cleartitle import catalog
from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.words import LicenseId

VARIABLE = "CLEARTITLE_LICENSES"
MAX_FILES = 1000
MAX_BYTES = 1_000_000
"""Of a file; a longer one is refused."""


class BadPrivateLicenses(ManyDataErrors):
    """The folder of private licenses has mistakes in it."""

    advice = "see `cleartitle licenses check`"


@frozen(kw_only=True)
class Looked:
    """A private file: the license in it, or what is wrong with it."""

    path: Path
    license: License | None = None
    mistakes: tuple[DataError, ...] = ()


def folder() -> Path:
    """Return the folder of private licenses; it need not exist."""
    if said := os.environ.get(VARIABLE, "").strip():
        return Path(said).expanduser()
    home = os.environ.get("XDG_CONFIG_HOME", "").strip() or "~/.config"
    return Path(home).expanduser() / "cleartitle" / "licenses"


def entries() -> Mapping[LicenseId, License]:
    """Return the private licenses by id; :exc:`BadPrivateLicenses` names every mistake."""
    return _entries(folder())


def named() -> Mapping[str, tuple[LicenseId, ...]]:
    """Return the private licenses by their folded names."""
    return {catalog.fold(said): (entry.id,) for entry in entries().values() for said in _names(entry)}


def linked() -> Mapping[str, tuple[LicenseId, ...]]:
    """Return the private licenses by their folded addresses."""
    from cleartitle.catalog import addresses

    return {addresses.fold(address): (entry.id,) for entry in entries().values() for address in _links(entry)}


def forget() -> None:
    """Read the folder again when it is next asked for."""
    _entries.cache_clear()
    catalog.get.cache_clear()
    catalog.whole.cache_clear()


def look(where: Path) -> tuple[Looked, ...]:
    """Return what is in the folder *where*, each file with every mistake in it."""
    try:
        paths = sorted(path for path in where.iterdir() if path.suffix == ".toml") if where.is_dir() else []
    except OSError as error:
        raise DataError(f"cannot read {where}: {error.strerror}", advice="check the permissions") from error
    if len(paths) > MAX_FILES:
        raise DataError(f"{where} has more than {MAX_FILES:,} files")
    found = [_read(path) for path in paths]
    taken: dict[str, LicenseId] = {}
    return tuple(_apart(each, taken) for each in found)


@functools.lru_cache(maxsize=8)
def _entries(where: Path) -> Mapping[LicenseId, License]:
    looked = look(where)
    wrong = [error.within(each.path.name) for each in looked for error in each.mistakes]
    if wrong:
        raise BadPrivateLicenses(wrong, where=str(where))
    return {each.license.id: each.license for each in looked if each.license}


def _read(path: Path) -> Looked:
    from cleartitle.catalog import checks

    try:
        if not path.is_file():
            return Looked(path=path, mistakes=(DataError("is no file"),))
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return Looked(path=path, mistakes=(DataError(f"longer than {MAX_BYTES:,} bytes"),))
        entry = catalog.parse(data.decode("utf-8"), where=path.name)
    except (OSError, UnicodeDecodeError) as error:
        return Looked(path=path, mistakes=(DataError(f"cannot be read: {error}"),))
    except ManyDataErrors as error:
        return Looked(path=path, mistakes=error.errors)
    except DataError as error:
        return Looked(path=path, mistakes=(error,))
    wrong = (*_identity(path, entry), *checks.mistakes(entry), *_beside(path, entry))
    return Looked(path=path, license=entry, mistakes=tuple(map(DataError, wrong)))


def _identity(path: Path, entry: License) -> Iterator[str]:
    """Yield where *entry* claims to be what it is not."""
    if not entry.id.startswith("LicenseRef-"):
        yield f"the id {entry.id!r} must begin with LicenseRef-: other ids are SPDX's to give"
    if entry.id != path.name.removesuffix(".toml"):
        yield f"the file must be called {entry.id}.toml"
    if entry.id in catalog.ids():
        yield f"the catalog ships {entry.id}: a private license cannot replace it"
    if entry.hub:
        yield "hub must be empty: the Hub's ids mean what ships with the package"
    if entry.checked is Checked.CATEGORY:
        yield "checked must be 'text' or 'knowledge'"
    if entry.text or entry.copies:
        yield "text and copies must be left out: put the text beside the file, with the ending .txt"


def _beside(path: Path, entry: License) -> Iterator[str]:
    """Yield which anchors are not found in the text that lies beside the file, if there is one."""
    from cleartitle.catalog import checks

    text = path.with_name(f"{path.name.removesuffix('.toml')}.txt")
    if not text.is_file():
        if entry.checked is Checked.TEXT:
            yield f"checked is 'text', but there is no {text.name} beside it"
        return
    with text.open("rb") as stream:
        yield from checks.unfound(entry, stream.read(MAX_BYTES).decode("utf-8", errors="replace"))


def _apart(each: Looked, taken: dict[str, LicenseId]) -> Looked:
    """Return *each* with the names and addresses that mean another license already as mistakes."""
    from attrs import evolve

    if each.license is None:
        return each
    wrong = [DataError(said) for said in _taken(each.license, taken)]
    return evolve(each, mistakes=(*each.mistakes, *wrong))


def _taken(entry: License, taken: dict[str, LicenseId]) -> Iterator[str]:
    from cleartitle.catalog import addresses, resolve
    from cleartitle.vocabulary.statement import render

    for said in _names(entry):
        shipped = resolve.shipped(said)
        if not resolve.names_something(said):
            yield f"{said!r} names no license, so that it cannot be an alias"
        elif shipped is not None:
            yield f"the name {said!r} means {render(shipped)} already"
        elif taken.setdefault(catalog.fold(said), entry.id) != entry.id:
            yield f"the name {said!r} means {taken[catalog.fold(said)]} already"
    for address in _links(entry):
        key = addresses.fold(address)
        if resolve.shipped_link(address) is not None:
            yield f"the address {address} means another license already"
        elif taken.setdefault(key, entry.id) != entry.id:
            yield f"the address {address} means {taken[key]} already"


def _names(entry: License) -> tuple[str, ...]:
    return tuple(dict.fromkeys((entry.id, entry.id.removeprefix("LicenseRef-"), entry.name, *entry.aliases)))


def _links(entry: License) -> tuple[str, ...]:
    return tuple(address for address in dict.fromkeys((entry.url, *entry.links)) if address)
