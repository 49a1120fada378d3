"""CycloneDX 1.6 and 1.7 against the schemas that the format's own library ships."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_supported_id
from cyclonedx.validation.json import JsonStrictValidator

from cleartitle import catalog
from cleartitle.catalog import spdx
from cleartitle.report import bill
from cleartitle.report.cyclonedx import NEWER
from cleartitle.report.interface import Report, renderer
from report.samples import ATTACK, COMMIT, COPY, LLAMA, REPORTS

VERSIONS = {"cyclonedx": SchemaVersion.V1_6, "cyclonedx-1.7": SchemaVersion.V1_7}
ALL = {**REPORTS, "attack": ATTACK, "nothing": Report(checks=())}


def read(report: Report, form: str = "cyclonedx") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(renderer(form)(report))
    return document


def components(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every component, at whatever depth."""
    if isinstance(part, list):
        for each in part:
            yield from components(each)
    elif isinstance(part, dict):
        if "type" in part and "name" in part:
            yield part
        for value in part.values():
            yield from components(value)


@pytest.mark.parametrize("form", VERSIONS)
@pytest.mark.parametrize("name", ALL)
def test_it_is_valid(name: str, form: str) -> None:
    assert JsonStrictValidator(VERSIONS[form]).validate_str(renderer(form)(ALL[name])) is None


def test_the_schema_knows_every_spdx_id_that_is_written_as_one() -> None:
    written = {row.id for row in spdx.every()} | {i for i in catalog.ids() if not i.startswith("LicenseRef-")}
    assert {license_id for license_id in written if not is_supported_id(license_id)} == NEWER


@pytest.mark.parametrize("form", VERSIONS)
def test_the_pedigree_goes_over_all_hops(form: str) -> None:
    (root, data) = read(REPORTS["blocked"], form)["components"]
    (parent,) = root["pedigree"]["ancestors"]
    (grandparent,) = parent["pedigree"]["ancestors"]
    assert [c["name"] for c in (root, parent, grandparent)] == ["poet-GGUF", "poet", "verse-nc"]
    assert grandparent["licenses"][0]["license"] == {
        "id": "CC-BY-NC-4.0",
        "acknowledgement": "declared",
        "url": bill.url("CC-BY-NC-4.0"),
    }
    assert parent["modelCard"]["modelParameters"]["datasets"] == [{"ref": data["bom-ref"]}]
    assert data["type"] == "data"
    assert root["purl"] == f"pkg:huggingface/small/poet-GGUF@{COMMIT}"
    assert root["components"][0]["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]


@pytest.mark.parametrize("form", VERSIONS)
def test_an_adapter_depends_on_its_base(form: str) -> None:
    dependencies = read(REPORTS["several"], form)["dependencies"]
    assert dependencies == [{"ref": "1:hf:own/Llama-poet-lora", "dependsOn": ["1:hf:meta-llama/Llama-3.1-8B"]}]


def test_a_license_of_a_vendor_is_a_named_one_with_its_address() -> None:
    first = read(REPORTS["several"])["components"][0]
    concluded = next(e["license"] for e in first["licenses"] if e["license"]["acknowledgement"] == "concluded")
    assert concluded["name"] == LLAMA
    assert concluded["url"].startswith("https://www.llama.com/")


@pytest.mark.parametrize("form", VERSIONS)
def test_the_text_of_a_license_is_known_by_its_digest(form: str) -> None:
    first = read(REPORTS["several"], form)["components"][0]
    for entry in first["licenses"]:
        said = {each["name"]: each["value"] for each in entry["license"]["properties"]}
        assert said["cleartitle:text-sha256"] == hashlib.sha256(COPY.encode()).hexdigest()
        assert said["cleartitle:text-file"] == "LICENSE"


def test_a_choice_is_an_expression_where_the_version_lets_it_be_one() -> None:
    by_version = {form: read(REPORTS["blocked"], form)["components"][1]["licenses"] for form in VERSIONS}
    assert by_version["cyclonedx"][0]["license"]["name"] == "MIT OR Apache-2.0"
    assert by_version["cyclonedx-1.7"][0]["expression"] == "MIT OR Apache-2.0"


@pytest.mark.parametrize("name", ALL)
def test_every_reference_is_named_once(name: str) -> None:
    refs = [c["bom-ref"] for c in components(read(ALL[name])["components"]) if "bom-ref" in c]
    assert len(refs) == len(set(refs))


def test_what_is_not_known_is_not_asserted() -> None:
    document = read(ATTACK)
    (root, *_rest) = document["components"]
    assert document["compositions"][0]["aggregate"] == "incomplete"
    (gone,) = [c for c in components(document) if c.get("name") == "base"]
    assert "licenses" not in gone
    assert root["licenses"][0]["license"]["name"].startswith("LicenseRef-unknown-")
