"""What cards say in words of the models they come from: each wording shows what it finds, and what not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.prose.mentions import addressed, known
from cleartitle.prose.parents import MAX_PARENTS, Wording, parents, wordings
from cleartitle.vocabulary.relations import Relation

OWN = "owner/child"
LINK = "[Base](https://huggingface.co/a/Base-1)"


@pytest.mark.parametrize("wording", wordings(), ids=lambda w: w.name)
def test_a_wording_finds_the_parent_it_shows_and_no_other(wording: Wording) -> None:
    assert [s for s in wording.yes if [p.name for p in parents(s, OWN)] != ["owner/Base-1"]] == []
    assert [s for s in wording.no if parents(s, OWN)] == []


def found(text: str) -> list[tuple[str, Relation | None]]:
    return [(p.name, p.relation) for p in parents(text, OWN)]


def test_all_parts_of_a_whole_are_named() -> None:
    text = (
        "Poet-8B consists of [a/Eye-1](https://hf.co/a/Eye-1), a projector, and [b/Mouth-7B](https://hf.co/b/Mouth-7B)."
    )
    assert found(text) == [("a/Eye-1", Relation.COMPONENT), ("b/Mouth-7B", Relation.COMPONENT)]
    both = "It is based on [One](https://hf.co/a/One-7B) and uses [Two](https://hf.co/b/Two-1) as vision backbone."
    assert found(both) == [("a/One-7B", None), ("b/Two-1", Relation.COMPONENT)]


def test_a_list_of_merged_models_is_read_as_one() -> None:
    listed = "The following models were included in the merge:\n* me/One-7B\n* you/Two-7B\n"
    text = f"### Models Merged\n\n{listed}\n## Other\n* they/No-7B\n"
    assert found(text) == [("me/One-7B", Relation.MERGE), ("you/Two-7B", Relation.MERGE)]


@pytest.mark.parametrize(
    "text",
    [
        "# Citation\nThis model is a fine-tuned version of aa/Base-1.",
        "If you want, start from a fine-tuned version of aa/Base-1.",
        "It is finetuned from a model that is itself a fine-tuned version of aa/Base-1.",
        "[Other](https://hf.co/b/Other-1) is a fine-tuned version of aa/Base-1.",
        "```\nfine-tuned version of a/Base-1\n```",
        "A fine-tuned version of [data](https://huggingface.co/datasets/a/Base-1).",
        "A fine-tuned version of [code](https://github.com/a/Base-1).",
        "Fine-tuned from ./models/base-1 and path/to.json and/or input/output.",
        "It is based on the t5-base architecture.",
        "To download a quantized model ([poet](https://huggingface.co/aa/Base-1)), run this.",
    ],
)
def test_what_speaks_of_something_else_names_no_parent(text: str) -> None:
    assert found(text) == []


def test_this_model_is_not_its_own_parent() -> None:
    assert found("[owner/child](https://huggingface.co/Owner/Child) fine-tuned on texts") == []


def test_an_id_in_full_outweighs_a_name_that_the_atlas_knows() -> None:
    assert found("A merge of Mistral-7B-v0.1") == [("mistralai/Mistral-7B-v0.1", Relation.MERGE)]
    text = "A finetune of Mistral-7B-v0.1.\n\nIt was fine-tuned from me/Mistral-7B-v0.1."
    assert found(text) == [("me/Mistral-7B-v0.1", Relation.FINETUNE)]


def test_the_place_is_the_sentence() -> None:
    text = f"# Poet\n\nSome words. It is fine-tuned from {LINK}. More words.\n"
    (one,) = parents(text, OWN)
    assert one.evidence.span is not None
    assert one.evidence.quote == f"It is fine-tuned from {LINK}."
    assert text[one.evidence.span.start : one.evidence.span.end] == one.evidence.quote


def test_addresses_of_other_pages_are_no_models() -> None:
    for path in ("datasets/a/b", "spaces/a/b", "blog/a", "a", "a/b/c/d", "models", "papers/1234.5678"):
        assert addressed(f"https://huggingface.co/{path}") is None
    assert addressed("https://huggingface.co/a/b/blob/main/README.md") == "a/b"
    assert addressed("https://example.org/a/b") is None


def test_a_name_is_known_only_if_one_repository_has_it() -> None:
    assert known("BERT-base-uncased") == "bert-base-uncased"
    assert known("model-7b") is None


@given(st.text(max_size=300) | st.text(alphabet="[]()a/b-1 :|*#\nfine-tuned version of", max_size=300))
def test_nothing_that_is_written_raises(text: str) -> None:
    for parent in parents(text, OWN):
        assert parent.name.casefold() != OWN


@pytest.mark.parametrize(
    "unit",
    [
        "quantized " + "a " * 700,
        "merge of " * 150,
        "aa/b-1, " * 180,
        "fine-tuned " * 130,
        "[x](https://hf.co/a/b-1) and " * 50,
        "distilled a a a a a a from " * 50,
        "the base model " * 90,
    ],
)
def test_long_repeats_take_no_time(unit: str) -> None:
    start = time.perf_counter()
    assert len(parents(f"{unit}.\n\n" * 100, OWN)) <= MAX_PARENTS
    assert time.perf_counter() - start < 20
