"""Names of which no text is to be had: the answer says why, and only as long as that is so."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest

from cleartitle import catalog
from cleartitle.catalog import resolve
from cleartitle.vocabulary.statement import Unclear, Unknown, licenses
from shared import need

LISTED = tomllib.loads((files("cleartitle.catalog") / "unpublished.toml").read_text(encoding="utf-8"))
AMBIGUOUS = tomllib.loads((files("cleartitle.catalog") / "ambiguous.toml").read_text(encoding="utf-8"))["names"]


@pytest.mark.parametrize("said", [*LISTED["names"], *LISTED["links"]])
def test_a_listed_reason_is_given_for_what_is_not_known(said: str) -> None:
    found = resolve.name(said)
    assert isinstance(found, Unknown), "it is known now: take it off the list"
    assert (LISTED["names"] | LISTED["links"])[said] in found.reason
    assert found.settle


@pytest.mark.parametrize("said", ["other", "LICENSE", "LICENSE.md", "unknown", ""])
def test_what_names_no_license_is_said_to_name_none(said: str) -> None:
    found = resolve.name(said)
    assert isinstance(found, Unknown)
    assert "names no license" in found.reason or "no license is named" in found.reason


@pytest.mark.parametrize("said", AMBIGUOUS)
def test_an_ambiguous_name_means_entries_of_the_catalog(said: str) -> None:
    assert all(map(catalog.has, licenses(resolve.name(said))))
    assert isinstance(resolve.name(said), Unclear)


@pytest.mark.parametrize(
    ("said", "license_id"),
    [
        ("Baichuan 2 Model Community License Agreement", "LicenseRef-Baichuan-2-Community"),
        ("Qwen LICENSE", "LicenseRef-Alibaba-Qwen-2024-09-19"),
        ("GNU GPL 3.0", "GPL-3.0-only"),
        ("通义千问许可协议", "LicenseRef-Alibaba-Tongyi-Qianwen-2023-08-03"),
    ],
)
def test_names_of_agreements_as_publishers_write_them(said: str, license_id: str) -> None:
    assert licenses(resolve.name(said)) == (license_id,)


def test_every_value_on_well_known_models_is_accounted_for() -> None:
    models = json.loads(need("facts", "known_models.json").read_text(encoding="utf-8"))["models"]
    fields = [model.get(field) or () for model in models for field in ("license", "license_name")]
    said = {each for field in fields for each in ([field] if isinstance(field, str) else field)}
    said |= {model["license_link"] for model in models if "/" in (model.get("license_link") or "")}
    missed = {each for each in said if isinstance(resolve.name(each), Unknown) and not resolve.why_not(each)}
    assert len(missed) <= 0.005 * len(said), missed
