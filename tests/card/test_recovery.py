"""What is recovered line by line from front matter that is not YAML."""

from __future__ import annotations

import pytest

from cleartitle.card import Card, ListNode, RepairKind, Scalar, read_card
from cleartitle.card.keys import MANY, PROMPT, SINGLE

BROKEN = "widget: [never closed\n"


def read(yaml: str) -> Card:
    card = read_card(f"---\n{BROKEN}{yaml}\n---\nBody.\n".encode())
    assert RepairKind.INVALID_YAML in {repair.kind for repair in card.repairs}
    return card


@pytest.mark.parametrize(
    ("yaml", "licenses"),
    [
        ("license: MIT", ["MIT"]),
        ("license: 'mit' # yes", ["mit"]),
        ("license: [mit, other]", ["mit", "other"]),
        ("license:\n- mit\n- other\ntags:", ["mit", "other"]),
        ("license:\n- mit\n- other # two\n- [\ntags:", ["mit", "other", "["]),
        ("license: mit\n- stray", ["mit"]),
        ('license: "mit"tags:', ['"mit"tags:']),
        ("license : mit", ["mit"]),
        ("license:mit", ["mit"]),
        ("license:\u00a0mit", ["mit"]),
        ("license: 'mit' \n[", ["mit"]),
        ("license:\n[", []),
        ("license: gpl\nlicense: mit", ["mit"]),
        ("  license: mit", []),
        ("my license: mit", []),
    ],
)
def test_license(yaml: str, licenses: list[str]) -> None:
    assert [value.text for value in read(yaml).license] == licenses


def test_the_keys_that_matter() -> None:
    names = [*SINGLE, *MANY, PROMPT, "extra_gated_heading", "licence"]
    card = read("\n".join(f"{name}: value\nother_{name}: value" for name in names))
    assert [field.name for field in card.fields] == names


def test_places() -> None:
    card = read("license:\n- mit\n- 'other'\n[\ntags: a\nbase_model: x\n[")
    assert [value.span.line for value in card.license] == [4, 5]
    for scalar in (*card.license, *card.tags, *card.base_models):
        assert card.text[scalar.span.start : scalar.span.end] == scalar.text
    value = card.fields[0].value
    assert isinstance(value, ListNode)
    assert (value.span.line, value.span.end_line) == (4, 5)


def test_a_block_that_is_not_indented() -> None:
    card = read("extra_gated_prompt: |-\nYou agree.\n\nTo all of it.\nlicense: mit")
    assert card.gated_prompt is not None
    assert card.gated_prompt.text == "You agree.\n\nTo all of it."
    assert (card.gated_prompt.span.line, card.gated_prompt.span.end_line) == (4, 6)


def test_the_body_is_whole_where_its_beginning_is_unclear() -> None:
    card = read_card(b"---\nlicense: mit\n\n# A model\n\nIts license is: another.\n\n---\nThe end.\n")
    assert [value.text for value in card.license] == ["mit"]
    assert "Its license is: another." in card.body


def test_tabs_too() -> None:
    card = read("tags:\n\t- a\n\t- b\nlicense:\tmit")
    assert [value.text for value in card.tags] == ["a", "b"]
    assert [value.text for value in card.license] == ["mit"]


def test_long_values_are_cut() -> None:
    card = read("license: " + "x" * 10_000 + "\n[")
    value = card.license[0]
    assert isinstance(value, Scalar)
    assert len(value.text) < 10_000
