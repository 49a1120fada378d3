"""No SPDX id is unknown, and what only a category tells is never taken for more."""

from __future__ import annotations

import json

import pytest

from cleartitle import catalog
from cleartitle.catalog import coarse, resolve, spdx
from cleartitle.errors import DataError
from cleartitle.judgment.sheet import answer
from cleartitle.vocabulary.license import Checked
from cleartitle.vocabulary.statement import Choice, One, Unclear, Unknown, licenses
from cleartitle.vocabulary.words import Action, Decision, LicenseId

IDS = [row.id for row in spdx.every()]
COARSE = [i for i in IDS if catalog.get(i).checked is Checked.CATEGORY]


def test_the_list_is_that_of_spdx() -> None:
    assert len(IDS) > 700
    assert spdx.listed("mit") == spdx.Listed(
        id=LicenseId("MIT"), name="MIT License", category=spdx.Category.PERMISSIVE, osi=True, fsf=True
    )
    assert spdx.listed("no-such-license") is None


@pytest.mark.parametrize("license_id", IDS)
def test_no_spdx_id_is_unknown(license_id: LicenseId) -> None:
    entry = catalog.get(license_id)
    assert entry.id == license_id
    assert entry.summary
    assert licenses(resolve.name(license_id))


@pytest.mark.parametrize("license_id", COARSE)
def test_a_coarse_answer_says_so_and_asks_before_anything_is_handed_on(license_id: LicenseId) -> None:
    entry = catalog.get(license_id)
    row = spdx.listed(license_id)
    assert row
    assert "nobody read" in entry.remarks[0]
    assert all(grant.note for grant in entry.terms.grants if grant.decision is Decision.UNKNOWN)
    if not row.free and not license_id.startswith("CC-"):
        allowed = [g for g in entry.terms.grants if g.decision is Decision.ALLOWED and not g.purposes]
        assert not allowed, "nobody approved it, and nobody read it"
    if not license_id.startswith("CC-"):
        assert answer(entry.terms, Action.REDISTRIBUTE).decision is not Decision.ALLOWED


@pytest.mark.parametrize(
    ("license_id", "commercial", "derivatives"),
    [
        ("CC-BY-NC-2.5", Decision.PROHIBITED, Decision.ALLOWED),
        ("CC-BY-NC-SA-2.0-DE", Decision.PROHIBITED, Decision.ALLOWED),
        ("CC-BY-ND-3.0", Decision.ALLOWED, Decision.PROHIBITED),
        ("CC-BY-3.0-US", Decision.ALLOWED, Decision.ALLOWED),
        ("PolyForm-Noncommercial-1.0.0", Decision.PROHIBITED, Decision.UNKNOWN),
        ("AFL-2.1", Decision.ALLOWED, Decision.CONDITIONAL),
        ("JSON", Decision.UNKNOWN, Decision.UNKNOWN),
        ("SSPL-1.0", Decision.UNKNOWN, Decision.UNKNOWN),
        ("Hippocratic-2.1", Decision.UNKNOWN, Decision.UNKNOWN),
    ],
)
def test_what_follows_from_id_and_category(license_id: str, commercial: Decision, derivatives: Decision) -> None:
    terms = catalog.get(LicenseId(license_id)).terms
    assert answer(terms, Action.USE_COMMERCIALLY).decision is commercial
    assert answer(terms, Action.DISTRIBUTE_DERIVATIVES).decision is derivatives


@pytest.mark.parametrize(
    ("license_id", "entry"),
    [
        ("GPL-3.0-or-later", "GPL-3.0-only"),
        ("GPL-3.0+", "GPL-3.0-only"),
        ("GFDL-1.3-no-invariants-or-later", "GFDL-1.3-only"),
        ("OFL-1.1-RFN", "OFL-1.1"),
        ("MPL-2.0-no-copyleft-exception", "MPL-2.0"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only"),
    ],
)
def test_an_id_that_names_the_same_text_has_its_terms(license_id: str, entry: str) -> None:
    found = catalog.get(LicenseId(license_id))
    assert found.terms == catalog.get(LicenseId(entry)).terms
    assert entry in found.remarks[0]


@pytest.mark.parametrize("said", ["Intel", "fair", "DOC", "Cube"])
def test_a_plain_word_is_not_taken_for_the_license_that_is_called_so(said: str) -> None:
    found = resolve.name(said)
    assert isinstance(found, Unclear)
    assert any(isinstance(each, Unknown) for each in found.of)


def test_in_an_expression_a_word_is_an_id() -> None:
    assert resolve.name("MIT OR Ruby") == Choice(of=(One(license=LicenseId("MIT")), One(license=LicenseId("Ruby"))))


@pytest.mark.parametrize("said", ["Attribution Assurance License", "https://spdx.org/licenses/AAL.html"])
def test_names_and_pages_of_spdx_are_known(said: str) -> None:
    assert licenses(resolve.name(said)) == ("AAL",)


def test_the_maintenance_command_keeps_ids_flags_and_categories() -> None:
    rows = [
        {"licenseId": "Zlib", "name": "zlib License", "isOsiApproved": True, "isDeprecatedLicenseId": False},
        {"licenseId": "New-1.0", "name": "New", "isFsfLibre": True},
    ]
    made = json.loads(spdx.made({"licenseListVersion": "9", "releaseDate": "2030-01-02T00:00:00Z", "licenses": rows}))
    assert made == {
        "version": "9",
        "date": "2030-01-02",
        "licenses": {
            "New-1.0": {"name": "New", "fsf": True},
            "Zlib": {"name": "zlib License", "category": "Permissive", "osi": True},
        },
    }


@pytest.mark.parametrize("published", [[], {}, {"licenses": {}}])
def test_a_file_of_another_shape_is_refused(published: object) -> None:
    with pytest.raises(DataError):
        spdx.made(published)


def test_without_a_category_only_approval_counts() -> None:
    unread = coarse.coarse(spdx.Listed(id=LicenseId("New-1.0"), name="New"))
    approved = coarse.coarse(spdx.Listed(id=LicenseId("New-1.0"), name="New", osi=True))
    assert answer(unread.terms, Action.USE).decision is Decision.UNKNOWN
    assert answer(approved.terms, Action.USE).decision is Decision.ALLOWED
    assert answer(approved.terms, Action.HOST).decision is Decision.UNKNOWN
