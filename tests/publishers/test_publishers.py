"""Walks over every publisher."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from cleartitle import publishers, territory
from cleartitle.errors import DataError
from cleartitle.vocabulary.publisher import PublisherKind
from cleartitle.vocabulary.reference import repo_id
from shared import need

EVERY = tuple(publishers.every())
GOOD = """
[[publisher]]
entity = "Acme"
kind = "company"
hub = ["acme"]
source = "https://acme.example"
checked = "knowledge"
"""


def test_there_are_enough_with_a_known_seat() -> None:
    assert sum(p.country is not None for p in EVERY) >= 220


def test_a_handle_belongs_to_one_publisher() -> None:
    counted = Counter((scheme, handle.casefold()) for each in EVERY for scheme, handle in each.handles)
    assert [key for key, count in counted.items() if count > 1] == []


def test_a_publisher_is_named_once() -> None:
    assert [name for name, count in Counter(p.entity for p in EVERY).items() if count > 1] == []


@pytest.mark.parametrize("each", EVERY, ids=lambda p: p.entity)
def test_an_entry_is_complete(each: publishers.Entry) -> None:
    assert each.handles
    assert each.source
    for country in (each.country, each.incorporated):
        assert country is None or country in territory.codes()
    assert each.incorporated is None or each.incorporated != each.country
    assert each.kind is not PublisherKind.INDIVIDUAL or each.country is None, "where people live is not our business"
    for scheme, handle in each.handles:
        repo_id(f"{handle}/model")
        found = publishers.of(scheme, handle.upper())
        assert found
        assert (found.entity, found.country) == (each.entity, each.country)


@pytest.mark.parametrize(
    ("scheme", "handle", "country"),
    [
        ("hf", "baidu", "CN"),
        ("hf", "Qwen", "CN"),
        ("ms", "qwen", "CN"),
        ("hf", "tencent", "CN"),
        ("hf", "nvidia", "US"),
        ("hf", "mistralai", "FR"),
        ("github", "facebookresearch", "US"),
        ("hf", "LGAI-EXAONE", "KR"),
        ("hf", "bigscience", None),
    ],
)
def test_the_makers_people_ask_for(scheme: str, handle: str, country: str | None) -> None:
    found = publishers.of(scheme, handle)
    assert found
    assert found.country == country


def test_a_handle_of_one_hub_is_none_of_another() -> None:
    assert publishers.of("hf", "THUDM")
    assert publishers.of("ms", "facebookresearch") is None
    assert publishers.of("hf", "nobody-of-this-name") is None


def test_the_owners_of_base_models_are_mostly_known() -> None:
    models = json.loads(need("facts", "known_models.json").read_text(encoding="utf-8"))["models"]
    owners = [base.partition("/")[0] for m in models for base in m["base_models"] if "/" in base]
    known = [owner for owner in owners if publishers.of("hf", owner)]
    assert len(known) / len(owners) > 0.88


@pytest.mark.parametrize(
    ("stem", "text", "said"),
    [
        ("XX", GOOD, "ISO"),
        ("us", GOOD, "ISO"),
        ("US", "[[publisher]", "not TOML"),
        ("US", "", "publisher"),
        ("US", GOOD + 'country = "DE"\n', "name of the file"),
        ("US", GOOD.replace("company", "firm"), "firm"),
        ("US", GOOD.replace("hub", "hubs"), "hubs"),
    ],
)
def test_a_mistake_is_named(stem: str, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        publishers.parse(text, stem=stem)


def test_the_name_of_the_file_is_the_country() -> None:
    (found,) = publishers.parse(GOOD, stem="DE")
    assert found.country == "DE"
    (found,) = publishers.parse(GOOD, stem="unknown")
    assert found.country is None
