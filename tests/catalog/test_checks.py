"""What must hold for an entry, and when it has grown old."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from cleartitle import catalog
from cleartitle.catalog import checks
from cleartitle.vocabulary.terms import Grant, Terms
from cleartitle.vocabulary.words import LicenseId

MIT = catalog.get(LicenseId("MIT"))


@pytest.mark.parametrize("license_id", catalog.ids())
def test_every_shipped_entry_is_sound(license_id: LicenseId) -> None:
    assert list(checks.mistakes(catalog.get(license_id))) == []


def test_the_entry_of_a_vendor_license_grows_old() -> None:
    entry = evolve(MIT, id=LicenseId("LicenseRef-Ours"), verified=dt.date(2026, 1, 1))
    assert not checks.stale(entry, dt.date(2026, 12, 31))
    assert checks.stale(entry, dt.date(2027, 6, 1))
    assert not checks.stale(MIT, dt.date(2040, 1, 1)), "the texts that SPDX lists do not change"


def test_a_clause_that_does_not_stand_in_the_text_is_named() -> None:
    text = "permission to deal in the Software without restriction"
    found = list(checks.unfound(MIT, text))
    assert found
    assert not any("deal in the Software" in each for each in found)
    assert "has no anchor" in next(checks.unfound(evolve(MIT, terms=Terms(grants=(_bare(),))), text))


def _bare() -> Grant:
    return evolve(MIT.terms.grants[0], anchor="")
