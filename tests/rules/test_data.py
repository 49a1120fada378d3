"""The data that rules go by: families, datasets, licenses that go together."""

from __future__ import annotations

import pytest

from cleartitle import catalog
from cleartitle.rules import datasets, incompatible
from cleartitle.rules.families import Family, families
from cleartitle.vocabulary.words import LicenseId

NAMES = {name for entry in catalog.every() for name in (entry.id, entry.family)}


@pytest.mark.parametrize("family", families(), ids=lambda f: f.title)
def test_a_family_is_under_what_the_catalog_knows(family: Family) -> None:
    assert set(family.under) <= NAMES


@pytest.mark.parametrize("family", families(), ids=lambda f: f.title)
def test_a_family_finds_the_names_it_should_and_no_others(family: Family) -> None:
    assert [name for name in family.called if not family.named(name)] == []
    assert [name for name in family.otherwise if family.named(name)] == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Llama-2-13b-chat-GGUF", "Llama 2"),
        ("llama2_7b_merge", "Llama 2"),
        ("CodeLlama2-7b", "Llama 2"),
        ("Meta-Llama-3-8B-poet", "Llama 3"),
        ("llama-3.1-8b-poet", "Llama 3"),
        ("Llama-3_3-poet", "Llama 3"),
        ("Llama-4-Scout-poet", "Llama 4"),
        ("llama-7b-poet", "LLaMA"),
        ("fin-llama-33b", "LLaMA"),
        ("vicuna-13b-v1.5", "Vicuna, a derivative of LLaMA,"),
        ("gemma-2b-poet", "Gemma"),
        ("poet-gemma2-9B", "Gemma"),
        ("codegemma-7b", "Gemma"),
        ("c4ai-command-r-v01-poet", "Command R or Aya"),
        ("stable-diffusion-v1-5-poet", "Stable Diffusion"),
        ("open_llama_7b", None),
        ("open-llama-13b", None),
        ("TinyLlama-1.1B", None),
        ("llama-160m", None),
        ("Llama-3B-from-scratch", None),
        ("gemma-4-27b", None),
        ("gemmatron-7b", None),
        ("commander-7b", None),
        ("stable-diffusion-3-medium", "Stable Diffusion 3"),
        ("blossom-v3-baichuan2-7b", "Baichuan"),
        ("deepseek-distill-llama-8b", "Llama 3"),
        ("Qwen2.5-7B-poet", None),
    ],
)
def test_a_name_tells_its_family(name: str, title: str | None) -> None:
    assert next((f.title for f in families() if f.binding and f.named(name)), None) == title


def test_a_long_name_takes_no_time() -> None:
    assert not any(f.named("llama-" * 100_000) for f in families())


def test_datasets_are_under_what_the_catalog_knows() -> None:
    for each in datasets.known().values():
        for license_id in (each.license, each.terms):
            assert license_id is None or license_id in catalog.ids()
        assert bool(each.terms) == bool(each.outputs_of)
        assert each.license or each.terms


def test_what_goes_together_is_known_to_the_catalog() -> None:
    for name in {name for pair in incompatible.pairs() for name in (pair.under, pair.also)}:
        assert any(exists(LicenseId(name + end)) for end in ("", "-only")), name


def exists(license_id: LicenseId) -> bool:
    try:
        return bool(catalog.get(license_id))
    except catalog.UnknownLicense:
        return False


def test_what_goes_together_goes_both_ways_and_with_itself() -> None:
    sa, gpl = LicenseId("CC-BY-SA-4.0"), LicenseId("GPL-3.0-only")
    assert incompatible.compatible(sa, gpl)
    assert incompatible.compatible(gpl, sa)
    assert incompatible.compatible(gpl, gpl)
    assert not incompatible.compatible(gpl, LicenseId("GPL-2.0-only"))
