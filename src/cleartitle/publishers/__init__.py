"""Publishers of models: which legal entity stands behind a handle, and where it has its seat.

The data is one TOML file for each country (``CN.toml``), since that is how such facts are reviewed; ``unknown.toml``
has the publishers whose seat is not known for certain. To add a publisher, add a table to the file of its country;
``tests/publishers`` walks them all.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from attrs import evolve, field, fields, frozen
from attrs.validators import min_len

from cleartitle import territory
from cleartitle.errors import DataError
from cleartitle.serial.convert import read
from cleartitle.vocabulary.publisher import Publisher
from cleartitle.vocabulary.words import Region

UNKNOWN = "unknown"
"""The name of the file for publishers of unknown seat."""


@frozen(kw_only=True)
class Entry(Publisher):
    """A publisher with the handles it goes by.

    >>> next(each for each in every() if each.entity == "Mistral AI").handles
    (('hf', 'mistralai'), ('github', 'mistralai'))
    """

    hub: tuple[str, ...] = ()
    """On the Hugging Face Hub."""
    modelscope: tuple[str, ...] = ()
    github: tuple[str, ...] = ()

    @property
    def handles(self) -> tuple[tuple[str, str], ...]:
        """The handles, each with the scheme it belongs to: ``hf``, ``ms`` or ``github``."""
        named = (("hf", self.hub), ("ms", self.modelscope), ("github", self.github))
        return tuple((scheme, handle) for scheme, listed in named for handle in listed)


@frozen(kw_only=True)
class _File:
    publisher: tuple[Entry, ...] = field(validator=min_len(1))


def of(scheme: str, handle: str) -> Publisher | None:
    """Return who stands behind *handle* on ``hf``, ``ms`` (ModelScope) or ``github``, or None; case does not count.

    >>> found = of("hf", "Qwen")
    >>> found.entity, found.country
    ('Alibaba Cloud', 'CN')
    >>> of("hf", "nobody-knows") is None
    True
    """
    folded = handle.casefold()
    for stem, text in _texts().items():
        if f'"{folded}"' in text:  # most files are never parsed: a command that asks for three handles starts faster
            found = _table(stem).get((scheme, folded))
            if found:
                return found
    return None


def every() -> Iterator[Entry]:
    """Yield all publishers, file by file.

    >>> any(each.country is None for each in every())
    True
    """
    for stem in _texts():
        yield from _file(stem)


def parse(text: str, *, stem: str, trusted: bool = False) -> tuple[Entry, ...]:
    """Return the publishers of a data file; *stem*, the file's name, is their country or ``unknown``.

    *trusted* data is our own, tested as a whole, and read faster.

    >>> parse("[[publisher]]", stem="Atlantis")
    Traceback (most recent call last):
    ...
    cleartitle.errors.DataError: Atlantis.toml is named neither by the ISO code of a country nor 'unknown'

    Raises:
        DataError: *text* is not TOML, or says what is not known here; *stem* is no country.

    """
    where = f"{stem}.toml"
    if stem != UNKNOWN and stem not in territory.codes():
        raise DataError(f"{where} is named neither by the ISO code of a country nor {UNKNOWN!r}")
    try:
        listed = read(tomllib.loads(text), _File, where=where, trusted=trusted).publisher
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where} is not TOML: {error}") from error
    if any(each.country for each in listed):
        raise DataError(f"{where}: the name of the file says the country, not its entries")
    return tuple(evolve(each, country=None if stem == UNKNOWN else Region(stem)) for each in listed)


@functools.cache
def _texts() -> dict[str, str]:
    """Return the text of each file, case folded, by the file's stem."""
    places = sorted(files("cleartitle.publishers").iterdir(), key=lambda entry: entry.name)
    toml = (place for place in places if place.name.endswith(".toml"))
    return {place.name.removesuffix(".toml"): place.read_text(encoding="utf-8").casefold() for place in toml}


@functools.cache
def _file(stem: str) -> tuple[Entry, ...]:
    place = files("cleartitle.publishers") / f"{stem}.toml"
    return parse(place.read_text(encoding="utf-8"), stem=stem, trusted=True)


@functools.cache
def _table(stem: str) -> dict[tuple[str, str], Publisher]:
    return {(scheme, handle.casefold()): _plain(each) for each in _file(stem) for scheme, handle in each.handles}


def _plain(entry: Entry) -> Publisher:
    return Publisher(**{f.name: getattr(entry, f.name) for f in fields(Publisher)})
