"""Where a license does not reach: by name, by group, by what, for which part."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.clauses.places import jurisdiction, regions
from cleartitle.vocabulary.terms import Territory
from cleartitle.vocabulary.words import Part, Role, TerritoryBasis

GRANT = "We grant you a license to use the model. "


def territories(text: str) -> tuple[Territory, ...]:
    return read(GRANT + text).terms.territories


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the European Union, the United Kingdom and South Korea", {"EU", "GB", "KR"}),
        ("the EEA and Switzerland", {"EEA", "CH"}),
        ("outside the People's Republic of China", {"CN"}),
        ("Cuba, Iran, North Korea and Syria", {"CU", "IR", "KP", "SY"}),
        ("欧盟、英国和韩国", {"EU", "GB", "KR"}),
        ("中华人民共和国大陆地区", {"CN"}),
    ],
)
def test_regions(text: str, codes: set[str]) -> None:
    assert regions(text.lower()) == codes


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the laws of the state of california", "US-CA"),
        ("french law", "FR"),
        ("the laws of the hong kong special administrative region of the people's republic of china", "HK"),
        ("中华人民共和国法律", "CN"),
        ("the laws of nowhere", None),
    ],
)
def test_jurisdictions(text: str, place: str | None) -> None:
    assert jurisdiction(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "“Territory” means the world, excluding the European Union and the United Kingdom.",
        "You may not use the model in the European Union or the United Kingdom.",
        "The rights are not granted to you if you are domiciled in the European Union or the United Kingdom.",
        "This license does not extend to use in the European Union or the United Kingdom.",
        "本许可不适用于欧盟和英国境内的使用。",
        "您不得在欧盟、英国境内使用本模型。",
        "本许可在全球范围内有效，但不包括欧盟和英国。",
    ],
)
def test_excluded(text: str) -> None:
    assert {code for t in territories(text) for code in t.excluded} == {"EU", "GB"}


@pytest.mark.parametrize(
    "text",
    [
        "This agreement is governed by the laws of Norway.",
        "Acme Ireland Limited is the contracting party if you are located in the European Union.",
        "The directive of the European Union on databases applies.",
        "本协议受中华人民共和国法律（仅为本协议目的，不包括香港、澳门和台湾）管辖。",
    ],
)
def test_a_place_that_is_named_is_not_excluded(text: str) -> None:
    assert not territories(text)


def test_allowed_only() -> None:
    (one,) = territories("You may use the model only within Norway.")
    assert one.allowed == {"NO"}
    assert not one.excluded


def test_sanctions_stay_symbolic() -> None:
    (one,) = territories("You represent that you are not located in a comprehensively sanctioned jurisdiction.")
    assert one.excluded == {"EMBARGOED"}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The rights are not granted to you if you are domiciled in Norway.", TerritoryBasis.DOMICILE),
        ("You may not use the model in Norway.", TerritoryBasis.PLACE_OF_USE),
    ],
)
def test_by_what_it_is_measured(text: str, by: TerritoryBasis) -> None:
    (one,) = territories(text)
    assert one.by == {by}


def test_multimodal_models_only_and_end_users_exempt() -> None:
    text = (
        "With respect to any multimodal models, the rights granted here are not being granted to you if you are an"
        " individual domiciled in Norway. This does not apply to end users of a product with one inside."
    )
    (one,) = territories(text)
    assert one.part is Part.MULTIMODAL
    assert one.exempt == {Role.END_USER}
