"""What an ordinary card says, and where."""

from __future__ import annotations

import pytest

from cleartitle.card import Card, MapNode, RepairKind, Scalar, read_card
from cleartitle.vocabulary.evidence import Span

FULL = """---
license: other
license_name: a-community-license
license_link: LICENSE.md
license_details: see the file
language:
- no
- 'en'
tags: [merge, "text-generation"]
datasets: owner/texts
base_model:
  - owner/One-7B
  - https://huggingface.co/owner/two
base_model_relation: merge
library_name: transformers
pipeline_tag: text-generation
new_version: owner/Three
quantized_by: someone
model_version: 1.0
extra_gated_prompt: |-
  You agree to
  the terms.
extra_gated_fields:
  Company: text
---
# A model

It is made of two.
"""


@pytest.fixture(scope="module")
def card() -> Card:
    return read_card(FULL.encode())


def said(values: tuple[Scalar, ...]) -> list[str]:
    return [value.text for value in values]


def written(card: Card, span: Span) -> str:
    return card.text[span.start : span.end]


def test_values_are_kept_as_written(card: Card) -> None:
    assert said(card.license) == ["other"]
    assert said(card.languages) == ["no", "en"]
    assert said(card.tags) == ["merge", "text-generation"]
    assert said(card.datasets) == ["owner/texts"]
    assert said(card.base_models) == ["owner/One-7B", "https://huggingface.co/owner/two"]
    version = card.field("model_version")
    assert version is not None
    assert version.value == Scalar(text="1.0", span=Span.of(FULL, FULL.index("1.0"), FULL.index("1.0") + 3))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("license_name", "a-community-license"),
        ("license_link", "LICENSE.md"),
        ("license_details", "see the file"),
        ("base_model_relation", "merge"),
        ("library_name", "transformers"),
        ("pipeline_tag", "text-generation"),
        ("new_version", "owner/Three"),
        ("quantized_by", "someone"),
        ("gated_prompt", "You agree to\nthe terms."),
    ],
)
def test_single_values(card: Card, name: str, value: str) -> None:
    found = getattr(card, name)
    assert isinstance(found, Scalar)
    assert found.text == value


def test_places(card: Card) -> None:
    assert card.license[0].span.line == 2
    assert [value.span.line for value in card.base_models] == [12, 13]
    assert [written(card, value.span) for value in card.tags] == ["merge", "text-generation"]
    assert card.gated_prompt is not None
    assert (card.gated_prompt.span.line, card.gated_prompt.span.end_line) == (21, 22)
    assert [field.key.span.line for field in card.fields][:6] == [2, 3, 4, 5, 6, 9]


def test_gate(card: Card) -> None:
    assert [field.name for field in card.gated] == ["extra_gated_fields"]
    value = card.gated[0].value
    assert isinstance(value, MapNode)
    assert value.get("Company") == Scalar(
        text="text", span=Span.of(FULL, FULL.index(": text\n") + 2, FULL.index(": text\n") + 6)
    )
    assert value.get("Country") is None


def test_body_keeps_the_places_of_the_text(card: Card) -> None:
    assert card.body.strip() == "# A model\n\nIt is made of two."
    assert card.body.index("made") == card.text.index("made")
    assert card.body.count("\n") == card.text.count("\n")
    assert card.front_matter == Span.of(card.text, 0, card.text.index("# A model"))


def test_nothing_odd_but_norwegian(card: Card) -> None:
    assert [repair.kind for repair in card.repairs] == [RepairKind.BOOLEAN_WORD]


@pytest.mark.parametrize(
    ("value", "normals"),
    [
        ("MIT", ["mit"]),
        ("Apache-2.0", ["apache-2.0"]),
        ("Academic Free License v3.0", ["academic free license v3.0"]),
        ("[llama2, Other]", ["llama2", "other"]),
        ("\n- cc-by-4.0\n- mit", ["cc-by-4.0", "mit"]),
        ("mit  # Example: apache-2.0", ["mit"]),
        ("'mit'", ["mit"]),
        ("'null'", ["null"]),
        ("null", []),
        ("~", []),
        ("", []),
        ("[]", []),
        ("[mit, '']", ["mit"]),
        ("???", []),
        ("{{ license }}", []),
        ("TODO", []),
    ],
)
def test_licenses_in_the_form_of_the_hub(value: str, normals: list[str]) -> None:
    card = read_card(f"---\nlanguage: en\nlicense: {value}\n---\n".encode())
    assert [license_.normal for license_ in card.license] == normals


def test_of_duplicates_the_last_holds_and_all_are_kept() -> None:
    card = read_card(b"---\nlicense: mit\ntags: a\nlicense: other\n---\n")
    assert said(card.license) == ["other"]
    assert [field.name for field in card.fields] == ["license", "tags", "license"]
    assert card.field("license") == card.fields[2]
    assert card.field("datasets") is None


@pytest.mark.parametrize(
    ("key", "strays"), [("licence", ["mit"]), ("License", ["mit"]), ("licenses", ["mit"]), ("license_type", [])]
)
def test_keys_that_the_hub_does_not_read(key: str, strays: list[str]) -> None:
    card = read_card(f"---\n{key}: mit\ntags: a\n---\n".encode())
    assert card.license == ()
    assert said(card.stray_licenses) == strays


def test_a_dummy_is_no_license() -> None:
    card = read_card(b"---\nlicence: license\nbase_model: owner/base\n---\n")
    assert card.license == card.stray_licenses == ()
    assert [repair.kind for repair in card.repairs] == [RepairKind.DUMMY_VALUE]


def test_a_second_front_matter_is_not_used_but_told() -> None:
    card = read_card(b"---\ntags: a\n---\n# A model\n---\nlicense: cc-by-nc-4.0\n---\n")
    assert card.license == ()
    assert [(v.text, v.span.line) for v in card.stray_licenses] == [("cc-by-nc-4.0", 6)]


def test_a_license_text_in_the_gate() -> None:
    terms = "Community License\n\n1. Grant. You may use it.\n2. Limits: none # of them"
    indented = terms.replace("\n", "\n  ").replace("  \n", "\n")
    card = read_card(f"---\nextra_gated_prompt: |\n  {indented}\nlicense: other\n---\n".encode())
    assert card.gated_prompt is not None
    assert card.gated_prompt.text == terms + "\n"
    assert (card.gated_prompt.span.line, card.gated_prompt.span.end_line) == (3, 6)
    assert written(card, card.gated_prompt.span).split() == terms.split()


def test_text_before_and_after_the_front_matter_is_the_body() -> None:
    card = read_card(b"# A model\n\n---\nlicense: mit\n---\nMore.\n")
    assert said(card.license) == ["mit"]
    assert card.body.split() == ["#", "A", "model", "More."]


def test_two_rulers_are_no_front_matter() -> None:
    card = read_card(b"# A model\n\n---\nSome words: not keys.\n\n---\nlicense: mit\n")
    assert card.license == ()
    assert card.body == card.text


def test_a_recipe_in_the_body_is_no_front_matter() -> None:
    card = read_card(b"Made with:\n```yaml\n---\nbase_model: owner/a\ndatasets: [b]\n---\nmodels: []\n```\n")
    assert card.base_models == ()
    assert card.front_matter is None


def test_prose_between_rulers_stays_in_the_body() -> None:
    card = read_card(b"---\nA model, with a license.\n---\nIts text.\n")
    assert "A model, with a license." in card.body


def test_aliases_are_followed() -> None:
    card = read_card(b"---\nbase_model: &bases\n- owner/a\ntags: *bases\n---\n")
    assert said(card.tags) == ["owner/a"]
    assert card.tags[0].span.line == 3
