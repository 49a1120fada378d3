"""SPDX 3.0.1 against its official JSON schema, and read back with SPDX's own model, which refuses missing values."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import spdx_python_model
from jsonschema import Draft202012Validator

from cleartitle.report.interface import Report
from cleartitle.report.spdx import render
from report.samples import ATTACK, COPY, LLAMA, REPORTS

ALL = {**REPORTS, "attack": ATTACK}
SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "spdx-3.0.1.schema.json"
OFFICIAL = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def graph(report: Report) -> list[dict[str, Any]]:
    elements: list[dict[str, Any]] = json.loads(render(report))["@graph"]
    return elements


def of(report: Report, kind: str) -> list[dict[str, Any]]:
    return [element for element in graph(report) if element["type"] == kind]


def steps(report: Report, kind: str) -> set[tuple[str, str]]:
    """Return the relationships of a kind, by the names of what they join."""
    names = {e.get("spdxId", ""): _name(e) for e in graph(report)}
    found = [r for r in of(report, "Relationship") if r["relationshipType"] == kind]
    return {(names[r["from"]], names.get(to, to)) for r in found for to in r["to"]}


def _name(element: dict[str, Any]) -> str:
    name: str = element.get("simplelicensing_licenseExpression") or element.get("name", "")
    return name


@pytest.mark.parametrize("name", ALL)
def test_the_official_schema_accepts_it(name: str) -> None:
    assert [error.message[:300] for error in OFFICIAL.iter_errors(json.loads(render(ALL[name])))] == []


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("ai_AIPackage", "software_primaryPurpose", "brain"),
        ("ai_AIPackage", "ai_unheardOf", "x"),
        ("Relationship", "relationshipType", "cousinOf"),
        ("SpdxDocument", "profileConformance", ["astrology"]),
    ],
)
def test_the_official_schema_is_one_that_refuses(kind: str, key: str, value: object) -> None:
    document = json.loads(render(REPORTS["several"]))
    next(element for element in document["@graph"] if element["type"] == kind)[key] = value
    assert not OFFICIAL.is_valid(document)


@pytest.mark.parametrize("name", ALL)
def test_the_model_reads_it_and_nothing_is_left_hanging(name: str) -> None:
    model, objects = spdx_python_model.load_data(json.loads(render(ALL[name])))
    assert model is spdx_python_model.v3_0_1
    assert objects.missing_ids == set()
    for each in objects.foreach():
        assert not any(True for _ in each.property_keys() if _ is None)
    again = model.JSONLDSerializer().serialize_data(objects, force_at_graph=True)
    assert len(again["@graph"]) == len(graph(ALL[name]))


def test_ancestors_data_and_licenses_are_related() -> None:
    report = REPORTS["blocked"]
    assert steps(report, "ancestorOf") == {("maker/poet", "small/poet-GGUF"), ("base/verse-nc", "maker/poet")}
    assert steps(report, "trainedOn") == {("maker/poet", "data/sonnets")}
    assert steps(report, "hasDeclaredLicense") >= {("base/verse-nc", "CC-BY-NC-4.0"), ("maker/poet", "Apache-2.0")}
    assert ("data/sonnets", "MIT OR Apache-2.0") in steps(report, "hasConcludedLicense")


def test_every_artifact_has_exactly_one_declared_and_one_concluded_license() -> None:
    for report in ALL.values():
        packages = [*of(report, "ai_AIPackage"), *of(report, "dataset_DatasetPackage")]
        for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
            said = [r["from"] for r in of(report, "Relationship") if r["relationshipType"] == kind]
            assert sorted(said) == sorted(p["spdxId"] for p in packages)


def test_an_adapter_depends_on_its_base() -> None:
    assert steps(REPORTS["several"], "dependsOn") == {("own/Llama-poet-lora", "meta-llama/Llama-3.1-8B")}


def test_a_license_that_spdx_does_not_list_is_explained() -> None:
    report = REPORTS["several"]
    (text,) = of(report, "simplelicensing_SimpleLicensingText")
    (expression,) = [e for e in of(report, "simplelicensing_LicenseExpression") if LLAMA in _name(e)]
    (entry,) = expression["simplelicensing_customIdToUri"]
    assert entry["key"] == LLAMA
    assert entry["value"] == text["spdxId"]
    assert "https://www.llama.com/" in text["simplelicensing_licenseText"]


def test_the_text_of_a_license_is_known_by_its_digest() -> None:
    comments = [r.get("comment", "") for r in of(REPORTS["several"], "Relationship")]
    assert any(hashlib.sha256(COPY.encode()).hexdigest() in comment for comment in comments)


def test_an_unknown_license_is_named_as_it_was_said() -> None:
    texts = [e["simplelicensing_licenseText"] for e in of(ATTACK, "simplelicensing_SimpleLicensingText")]
    assert any("<script>alert(1)</script>" in text for text in texts)


def test_nothing_is_asserted_of_what_could_not_be_read() -> None:
    nothing = "expandedlicensing_NoAssertionLicense"
    assert ("gone/base", nothing) in steps(ATTACK, "hasConcludedLicense")
    assert ("no/body", nothing) in steps(REPORTS["several"], "hasDeclaredLicense")
