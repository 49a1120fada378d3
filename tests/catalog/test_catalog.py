"""Walks over every entry of the catalog."""

from __future__ import annotations

import json
import re

import pytest
from labels import record

from cleartitle import catalog
from cleartitle.catalog import anchors, build, checks, resolve
from cleartitle.judgment.sheet import agreements
from cleartitle.vocabulary.license import Checked
from cleartitle.vocabulary.statement import One, Unclear, licenses
from cleartitle.vocabulary.words import Action, AgreementKind, Decision, DutyKind, Kind, LicenseId
from shared import SHARED, need

IDS = catalog.ids()
SIX_HARDEST = (
    "LicenseRef-Meta-Llama-3.2-Community",
    "LicenseRef-Tencent-Hunyuan-Large-Community",
    "LicenseRef-Alibaba-Tongyi-Qianwen-2023-08-03",
    "LicenseRef-Stability-AI-Community-2024-07-05",
    "LicenseRef-Lightricks-LTX-2.x-Community",
    "LicenseRef-BigScience-BLOOM-RAIL-1.0",
)
LABELED = sorted(p.stem for p in (SHARED / "corpus" / "labels").glob("*.json"))


@pytest.mark.parametrize("license_id", IDS)
def test_an_entry_is_complete(license_id: LicenseId) -> None:
    entry = catalog.get(license_id)
    assert entry.id == license_id
    assert re.fullmatch(r"[A-Za-z0-9.+-]+", license_id)
    assert entry.summary
    assert entry.advice, "say in plain words what a deployer does about it"
    assert entry.url
    assert entry.publisher
    assert bool(entry.published) != bool(entry.dated), "give the day, or else what is known of the date"
    assert entry.kind is Kind.ACCEPTABLE_USE_POLICY or entry.terms.grants
    assert (entry.checked is Checked.TEXT) == bool(entry.text)
    for included in entry.includes:
        assert catalog.get(included).kind is Kind.ACCEPTABLE_USE_POLICY
    for clause in entry.terms.clauses():
        assert len(clause.anchor.split()) <= 12, clause.anchor
        assert len(clause.anchor) <= 120, clause.anchor
    for grant in entry.terms.grants:
        assert grant.note or grant.decision is not Decision.UNKNOWN, "an unknown says why"


@pytest.mark.parametrize("license_id", [i for i in IDS if catalog.get(i).text])
def test_every_anchor_is_found_in_the_text_it_belongs_to(license_id: LicenseId) -> None:
    entry = catalog.get(license_id)
    text = need("corpus", "texts", f"{entry.text}.txt").read_text(encoding="utf-8")
    for clause in entry.terms.clauses():
        assert clause.anchor, f"a clause of section {clause.section!r} has no anchor"
        span = anchors.find(clause.anchor, text)
        assert span, clause.anchor
        quoted = anchors.quote(clause.anchor, text, artifact=None, path="LICENSE")
        assert quoted
        assert quoted.span
        assert text[quoted.span.start : quoted.span.end] == quoted.quote
        assert quoted.span.start <= span.start < span.end <= quoted.span.end


COPIES = [(entry.id, key) for entry in catalog.every() for key in entry.copies]


@pytest.mark.parametrize(("license_id", "key"), COPIES)
def test_every_clause_stands_in_the_near_copies_too(license_id: LicenseId, key: str) -> None:
    text = need("corpus", "texts", f"{key}.txt").read_text(encoding="utf-8")
    assert list(checks.unfound(catalog.get(license_id), text)) == []


@pytest.mark.parametrize("key", LABELED)
def test_an_entry_agrees_with_its_label_field_by_field(key: str) -> None:
    label = json.loads(need("corpus", "labels", f"{key}.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in catalog.every() if entry.text == key)
    for field, value in record(entry).items():
        assert _comparable(value) == _comparable(label.get(field)), field


def _comparable(value: object) -> object:
    if not isinstance(value, list):
        return value
    rows = [v for v in value if isinstance(v, dict)]
    if rows:
        return sorted(str([r["kind"], r["comparator"], r["value"], r["currency"]]) for r in rows)
    return sorted(map(str, value))


@pytest.mark.parametrize("license_id", SIX_HARDEST)
def test_the_six_hardest_texts_are_held(license_id: str) -> None:
    entry = catalog.whole(LicenseId(license_id))
    assert len(entry.terms.clauses()) >= 15
    assert not any(Action.USE in g.actions and g.decision is Decision.UNKNOWN for g in entry.terms.grants)


@pytest.mark.parametrize("license_id", IDS)
def test_whoever_asks_for_registration_has_it_as_a_duty(license_id: LicenseId) -> None:
    """The judge takes a registration for something to do, so it must be among the duties."""
    terms = catalog.get(license_id).terms
    conditions = [*terms.conditions, *(c for g in terms.grants for c in g.conditions)]
    asked = {kind for c in conditions for a in agreements(c.when) for kind in a.agreements}
    assert AgreementKind.REGISTRATION not in asked or DutyKind.NOTIFY_LICENSOR in {d.kind for d in terms.duties}


def test_the_name_index_is_current() -> None:
    kept = (build.HERE / "names.json").read_text(encoding="utf-8")
    assert kept == build.names(), "run python -m cleartitle.catalog.build"


@pytest.mark.parametrize("license_id", IDS)
def test_every_name_of_an_entry_leads_to_it(license_id: LicenseId) -> None:
    entry = catalog.get(license_id)
    for name in (entry.id, entry.name, *entry.hub, *entry.aliases):
        assert license_id in licenses(resolve.name(name)), name
    for address in filter(None, (entry.url, *entry.links)):
        assert license_id in licenses(resolve.link(address)), address


@pytest.mark.parametrize(
    ("said", "license_id"),
    [
        ("MIT", "MIT"),
        ("apache-2.0", "Apache-2.0"),
        ("Apache License 2.0", "Apache-2.0"),
        ("llama3.1", "LicenseRef-Meta-Llama-3.1-Community"),
        ("Llama 3.1 Community License", "LicenseRef-Meta-Llama-3.1-Community"),
        ("gemma", "LicenseRef-Google-Gemma-Terms-2025-03-24"),
    ],
)
def test_people_write_it_so(said: str, license_id: str) -> None:
    assert resolve.name(said) == One(license=LicenseId(license_id))


@pytest.mark.parametrize("said", ["limited", "permitted", "submit", "mi", "license mit or so", "apache"])
def test_a_part_of_a_name_is_no_name(said: str) -> None:
    assert LicenseId("MIT") not in licenses(resolve.name(said))
    assert LicenseId("Apache-2.0") not in licenses(resolve.name(said))


def test_a_family_without_version_is_several_possible() -> None:
    assert isinstance(resolve.name("gpl"), Unclear)


def test_an_expression_keeps_its_operators() -> None:
    assert licenses(resolve.name("MIT AND (Apache-2.0 OR BSD-3-Clause)")) == ("MIT", "Apache-2.0", "BSD-3-Clause")


def test_an_unknown_id_is_said_to_be_unknown() -> None:
    with pytest.raises(catalog.UnknownLicense):
        catalog.get(LicenseId("No-Such-License"))
    with pytest.raises(catalog.UnknownLicense):
        catalog.get(LicenseId("../../../etc/passwd"))
