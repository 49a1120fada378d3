"""Countries and the groups of them that licenses name.

Countries are codes of ISO 3166-1; the members of the groups are what the European Union and EFTA say of themselves, on
the day and at the addresses in ``groups.toml``.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.words import EMBARGOED, WORLD, Region

_PLAIN = {"UK": "GB", "EUROPEANUNION": "EU", "WORLDWIDE": "WORLD", "EVERYWHERE": "WORLD"}


def parse(text: str) -> Region:
    """Return the region that a person means: a code, a group, a country's name, or ``WORLD``.

    >>> parse("de"), parse("Brazil"), parse("UK"), parse("EU")
    ('DE', 'BR', 'GB', 'EU')

    Raises:
        DataError: *text* is none of these.

    """
    key = "".join(text.upper().split())
    key = _PLAIN.get(key, key)
    if key in codes() or key in groups() or key in (WORLD, EMBARGOED):
        return Region(key)
    import pycountry

    try:
        found = pycountry.countries.lookup(text.strip() if len(key) != 2 else key)
    except LookupError:
        raise DataError(
            f"{text!r} is not a country, {', '.join(sorted(groups()))} or WORLD",
            advice="use an ISO 3166-1 code such as DE, or the English name of the country",
        ) from None
    return Region(found.alpha_2)


def country(text: str) -> Region:
    """Return the one country that a person means; a group is refused.

    >>> country("France")
    'FR'

    Raises:
        DataError: *text* is no country, or a group of them.

    """
    region = parse(text)
    if region in groups() or region == WORLD:
        raise DataError(f"{text!r} is not one country", advice="use an ISO 3166-1 code such as DE")
    return region


@functools.cache
def codes() -> frozenset[Region]:
    """Return the alpha-2 codes of all countries in ISO 3166-1.

    >>> Region("DE") in codes(), Region("EU") in codes()
    (True, False)
    """
    listed = _data()["codes"]
    return frozenset(Region(str(code)) for code in listed) if isinstance(listed, list) else frozenset()


@functools.cache
def groups() -> dict[Region, frozenset[Region]]:
    """Return the groups (``EU``, ``EEA``, ``EFTA``), each spelled out in countries.

    >>> len(groups()[Region("EU")]), Region("NO") in groups()[Region("EEA")]
    (27, True)
    """
    table = mapping(_data()["groups"], where="groups")
    listed = {
        Region(name): frozenset(map(Region, map(str, codes)))
        for name, codes in table.items()
        if isinstance(codes, list)
    }
    return {name: frozenset(c for code in codes for c in listed.get(code, {code})) for name, codes in listed.items()}


def spell_out(regions: Iterable[Region]) -> frozenset[Region]:
    """Return *regions* with every group replaced by its countries; ``WORLD`` and ``EMBARGOED`` stay.

    >>> sorted(spell_out({Region("EFTA"), Region("KR")}))
    ['CH', 'IS', 'KR', 'LI', 'NO']
    """
    return frozenset(country for region in regions for country in groups().get(region, {region}))


def listed(regions: Iterable[Region]) -> tuple[str, ...]:
    """Return *regions* as people read them, in order: codes, then the places that sanctions lists name.

    >>> listed({EMBARGOED, Region("KR"), Region("EU")})
    ('EU', 'KR', 'embargoed places')
    """
    named = set(regions)
    return (*sorted(named - {EMBARGOED}), *(("embargoed places",) if EMBARGOED in named else ()))


@functools.cache
def _data() -> Mapping[str, object]:
    text = (files("cleartitle.territory") / "groups.toml").read_text(encoding="utf-8")
    return mapping(tomllib.loads(text), where="groups.toml")
