"""Names of which no text is to be had: the answer says why, and only as long as that is so."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle import catalog
from cleartitle.card import read_card
from cleartitle.catalog import resolve
from cleartitle.vocabulary.statement import Choice, One, Unclear, Unknown, licenses
from cleartitle.vocabulary.words import LicenseId
from shared import need

LISTED = tomllib.loads((files("cleartitle.catalog") / "unpublished.toml").read_text(encoding="utf-8"))
_TABLES = tomllib.loads((files("cleartitle.catalog") / "ambiguous.toml").read_text(encoding="utf-8"))["names"]
AMBIGUOUS = [name for table in _TABLES for name in table["called"]]


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


@pytest.mark.parametrize(
    ("said", "license_id"),
    [
        ("MIT许可证", "MIT"),
        ("The Apache 2.0 license", "Apache-2.0"),
        ("Apache License Version 2.0, January 2004", "Apache-2.0"),
        ("Apache 2.0 开源协议", "Apache-2.0"),
        ("百川2社区许可协议", "LicenseRef-Baichuan-2-Community"),
        ("通义千问研究许可协议", "LicenseRef-Alibaba-Tongyi-Qianwen-Research"),
        ("tongyi-qianwen", "LicenseRef-Alibaba-Tongyi-Qianwen-2023-08-03"),
        ("GPLv2 or later", "GPL-2.0-only"),
        ("GPL-3.0 or any later version", "GPL-3.0-only"),
        ("choosealicense.com/licenses/mit", "MIT"),
        ("c-uda", "C-UDA-1.0"),
    ],
)
def test_names_with_words_around_them(said: str, license_id: str) -> None:
    assert resolve.name(said) == One(license=LicenseId(license_id))


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ("qwen-research", "LicenseRef-Alibaba-Qwen-Research-2024-09-19"),
        ("Modified MIT License", "LicenseRef-MiniMax-Modified-MIT-M2"),
        ("Llama license", "LicenseRef-Meta-Llama-3.1-Community"),
        ("cc-by-nc", "CC-BY-NC-2.5"),
        ("GNU General Public License", "GPL-2.0-only"),
        ("ChatGLM3-6B", "LicenseRef-THUDM-ChatGLM3-6B-2023-10"),
        ("腾讯混元社区许可协议", "LicenseRef-Tencent-Hunyuan-A13B-Community"),
        ("MIT/X11", "X11"),
    ],
)
def test_a_name_of_several_licenses_says_so(said: str, among: str) -> None:
    found = resolve.name(said)
    assert isinstance(found, Unclear)
    assert among in licenses(found)


@pytest.mark.parametrize("said", ["openrail", "modified-mit", "rail", "NVIDIA License", "Falcon LLM"])
def test_a_name_that_others_use_too_leaves_something_unknown(said: str) -> None:
    found = resolve.name(said)
    assert isinstance(found, Unclear)
    assert licenses(found)
    assert isinstance(found.of[-1], Unknown)
    assert found.of[-1].settle


TRAPS = (
    *("MIT-like", "MIT-style license", "X-MIT", "non-MIT license", "MIT 2.0", "MIT for research only", "see MIT"),
    *("non-commercial MIT", "MIT (non-commercial)", "MIT, but no commercial use", "MIT/non-commercial"),
    *("MIT; CC-BY-NC-4.0", "Apache-2.0-NC", "Apache 2.0 + Commons Clause", "Apache-2.1", "modified Apache 2.0"),
    *("Apache License 2.0 (modified)", "Apache 2.0 (code only)", "apache-2.0-like", "Apache-3.0", "GPL-4.0"),
    *("llama3-modified", "based on Llama 3", "llama 3.5", "llama3.11", "Llama 2 Community License + non commercial"),
    *("gemma-derived", "qwen-modified", "CreativeML OpenRAIL-M Addendum", "Fair AI Public License 1.0-SD-NC"),
    *("CC-BY-4.0 + NC", "CC-BY-5.0", "cc-by-nc-4.0-modified", "BSD-3-Clause-NC", "openrail++-modified"),
    *("CUDA", "CUDA license", "unlicensed", "no license"),
)
BESIDE = (
    *("Apache-2.0 with Commons Clause", "Apache-2.0 WITH Commons-Clause", "MIT with restrictions"),
    *("MIT and non-commercial", "MIT or similar", "MIT or custom", "Apache-2.0 or more restrictive"),
    *("GPL-3.0 OR proprietary", "mit or apache", "Llama 2 license or later"),
)
CHANGES = (
    *("modified {}", "{} modified", "{}-modified", "{}-like", "{} style", "non {}", "not {}", "{} derived", "{}x"),
    *("{} with Commons Clause", "{} or similar", "{} and more", "{} + NC", "{}, research only", "{}/other"),
    *("{} (altered)", "based on {}", "{} except military", "my {}", "custom {}", "{} 99", "{}-99.9"),
)


@pytest.mark.parametrize("said", TRAPS)
def test_what_is_near_a_license_but_not_it_is_unknown(said: str) -> None:
    assert isinstance(resolve.name(said), Unknown)


@pytest.mark.parametrize("said", BESIDE)
def test_words_beside_a_license_leave_something_unknown(said: str) -> None:
    found = resolve.name(said)
    assert not isinstance(found, (One, Choice)), "nobody can choose between a license and mere words"
    assert any(isinstance(each, Unknown) for each in getattr(found, "of", ()))


@given(name=st.sampled_from(sorted(resolve.spellings())), words=st.sampled_from(CHANGES))
def test_a_name_with_words_that_change_it_never_means_the_same(name: str, words: str) -> None:
    found = resolve.name(words.format(name))
    assert not isinstance(found, Choice)
    if isinstance(found, One):
        assert found.license not in resolve.spellings()[name]


def test_every_value_on_real_cards_is_accounted_for() -> None:
    cards = [read_card(path.read_bytes()) for path in sorted(need("corpus", "cards").iterdir())]
    values = [value for card in cards for value in (*card.license, card.license_name, card.license_link) if value]
    said = {value.text for value in values if "license" not in value.text.lower() or "/" in value.text}
    missed = {each for each in said if isinstance(resolve.name(each), Unknown) and not resolve.why_not(each)}
    assert not missed, "give an entry the name or link, or say in unpublished.toml why there is none"


def test_every_value_on_well_known_models_is_accounted_for() -> None:
    models = json.loads(need("facts", "known_models.json").read_text(encoding="utf-8"))["models"]
    fields = [model.get(field) or () for model in models for field in ("license", "license_name")]
    said = {each for field in fields for each in ([field] if isinstance(field, str) else field)}
    said |= {model["license_link"] for model in models if "/" in (model.get("license_link") or "")}
    missed = {each for each in said if isinstance(resolve.name(each), Unknown) and not resolve.why_not(each)}
    assert len(missed) <= 0.005 * len(said), missed
