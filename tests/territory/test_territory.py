"""Countries and groups."""

from __future__ import annotations

import pycountry
import pytest

from cleartitle import territory
from cleartitle.errors import DataError
from cleartitle.vocabulary.words import Region


def test_the_codes_are_those_of_iso_3166() -> None:
    assert territory.codes() == {Region(c.alpha_2) for c in pycountry.countries}


def test_groups_hold_countries_only() -> None:
    for name, members in territory.groups().items():
        assert members <= territory.codes(), name
    assert len(territory.groups()[Region("EU")]) == 27
    assert territory.groups()[Region("EEA")] >= territory.groups()[Region("EU")]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("de", "DE"),
        ("Germany", "DE"),
        ("UK", "GB"),
        ("european union", "EU"),
        ("South Korea", "KR"),
        ("world", "WORLD"),
    ],
)
def test_a_region_is_read_as_people_write_it(said: str, code: str) -> None:
    assert territory.parse(said) == code


@pytest.mark.parametrize("said", ["Atlantis", "XX", "", "EUU"])
def test_what_is_no_region_is_said(said: str) -> None:
    with pytest.raises(DataError):
        territory.parse(said)


def test_a_domicile_is_one_country() -> None:
    assert territory.country("fr") == "FR"
    for group in ("EU", "WORLD"):
        with pytest.raises(DataError):
            territory.country(group)
