"""Parents that nobody declares: what words and hints name becomes one only if it exists, and nothing better does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cleartitle.lineage.walk import trace
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.evidence import Confidence, Method
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from hubs import repository

Tracer = Callable[[str], Lineage]
WEIGHTS = bytes(range(256)) * 8192


@pytest.fixture
def root(tmp_path: Path) -> Path:
    repository(tmp_path / "hub", "some/base-1", "license: mit")
    repository(tmp_path / "hub", "some/base-2", "license: mit")
    return tmp_path / "hub"


@pytest.fixture
def traced(root: Path, tmp_path: Path) -> Tracer:
    """Trace a model of the Hub that the test has written."""

    def run(name: str) -> Lineage:
        with FixtureHub(root) as server:
            source = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=lambda _: None)
            return trace(ModelRef.hub(name), source)

    return run


def card(root: Path, name: str, text: str, **files: bytes) -> None:
    folder = repository(root, name, "", hub=None, **files)
    (folder / "README.md").write_text(text, encoding="utf-8")


def found(lineage: Lineage) -> list[tuple[str, Relation, Standing]]:
    return [(e.parent.name, e.relation, e.standing) for e in lineage.edges]


def test_words_name_a_parent_that_exists(root: Path, traced: Tracer) -> None:
    card(root, "me/child", "# Child\n\nThis is a fine-tuned version of some/base-1.\n")
    lineage = traced("me/child")
    assert found(lineage) == [("some/base-1", Relation.FINETUNE, Standing.INFERRED)]
    (evidence,) = lineage.edges[0].evidence
    assert (evidence.method, evidence.confidence) == (Method.PROSE, Confidence.MEDIUM)
    assert "fine-tuned version of some/base-1" in evidence.quote


def test_words_that_name_nothing_that_exists_make_no_parent(root: Path, traced: Tracer) -> None:
    card(root, "me/child", "This is a fine-tuned version of some/dream-1 and a merge of some/base-2.\n")
    lineage = traced("me/child")
    assert [e.parent.name for e in lineage.edges] == ["some/base-2"]
    assert [n.ref.name for n in lineage.nodes] == ["me/child", "some/base-2"]
    assert [c.said for c in lineage.nodes[0].unresolved] == ["some/dream-1"]


def test_what_is_declared_need_not_exist(root: Path, traced: Tracer) -> None:
    card(root, "me/child", "---\nbase_model: some/gone\n---\nThis is a fine-tuned version of some/dream-1.\n")
    lineage = traced("me/child")
    assert [(e.parent.name, e.standing) for e in lineage.edges] == [("some/gone", Standing.DECLARED)]
    assert lineage.nodes[1].missing


def test_words_that_name_another_base_contradict_the_declared_one(root: Path, traced: Tracer) -> None:
    card(root, "me/child", "---\nbase_model: some/base-1\n---\nThis is a fine-tuned version of some/base-2.\n")
    assert {(e.parent.name, e.standing) for e in traced("me/child").edges} == {
        ("some/base-1", Standing.CONTRADICTED),
        ("some/base-2", Standing.CONTRADICTED),
    }


def test_two_links_of_one_chain_are_no_contradiction(root: Path, traced: Tracer) -> None:
    repository(root, "some/tuned-7", "license: mit\nbase_model: some/base-1")
    card(root, "me/files-GGUF", "---\nbase_model: some/base-1\n---\nQuantized version of some/tuned-7.\n")
    card(root, "me/chat", "---\nbase_model: some/tuned-7\n---\nThis model is based on some/base-1.\n")
    adapter = b'{"base_model_name_or_path": "some/tuned-7"}'
    repository(root, "me/lora", "base_model: some/base-1", adapter_config__json=adapter)
    assert {(e.parent.name, e.standing) for e in traced("me/files-GGUF").parents(ModelRef.hub("me/files-GGUF"))} == {
        ("some/base-1", Standing.DECLARED),
        ("some/tuned-7", Standing.INFERRED),
    }
    assert [e.parent.name for e in traced("me/chat").parents(ModelRef.hub("me/chat"))] == ["some/tuned-7"]
    assert Standing.CONTRADICTED not in {e.standing for e in traced("me/lora").edges}


def test_the_same_model_before_its_tuning_is_no_other_base(root: Path, traced: Tracer) -> None:
    repository(root, "some/base-1-Instruct", "license: mit")
    card(root, "me/child", "---\nbase_model: some/base-1-Instruct\n---\nThis model is based on some/base-1.\n")
    assert [(e.parent.name, e.standing) for e in traced("me/child").edges] == [
        ("some/base-1-Instruct", Standing.DECLARED)
    ]


def test_the_teacher_is_named_beside_the_base(root: Path, traced: Tracer) -> None:
    card(root, "me/child", "---\nbase_model: some/base-1\n---\nIt was distilled from some/base-2.\n")
    assert found(traced("me/child")) == [
        ("some/base-1", Relation.FINETUNE, Standing.DECLARED),
        ("some/base-2", Relation.DISTILLED, Standing.INFERRED),
    ]


def test_the_configuration_of_a_resave_is_a_hint_and_never_beats_a_card(root: Path, traced: Tracer) -> None:
    saved = b'{"_name_or_path": "some/base-1"}'
    card(root, "me/silent", "# Silent\n", config__json=saved)
    card(root, "me/worded", "A finetuned version of some/base-2.\n", config__json=saved)
    card(root, "me/local", "# Local\n", config__json=b'{"_name_or_path": "/data/base-1"}')
    (edge,) = traced("me/silent").edges
    assert (edge.parent.name, edge.standing, edge.confidence) == ("some/base-1", Standing.INFERRED, Confidence.LOW)
    assert [e.parent.name for e in traced("me/worded").edges] == ["some/base-2"]
    assert traced("me/local").edges == ()


def test_a_quantized_configuration_and_a_name_tell_the_relation(root: Path, traced: Tracer) -> None:
    quantized = b'{"quantization_config": {"bits": 4}}'
    repository(root, "me/child", "base_model: some/base-1", hub={"base_model": None}, config__json=quantized)
    card(root, "me/base-1-AWQ", '```python\nmodel = load("some/base-1")\n```\n')
    assert [e.relation for e in traced("me/child").edges] == [Relation.QUANTIZED]
    assert found(traced("me/base-1-AWQ")) == [("some/base-1", Relation.QUANTIZED, Standing.INFERRED)]


def test_the_card_of_a_conversion_speaks_of_its_source(root: Path, traced: Tracer) -> None:
    text = "Quantized version of some/base-1.\n\n## Original card\n\nThis is a fine-tuned version of some/base-2.\n"
    recipe = "```yaml\nmerge_method: slerp\nmodels:\n- model: some/base-2\n```\n"
    card(root, "me/files-GGUF", text + recipe, q4__gguf=b"GGUF")
    assert found(traced("me/files-GGUF")) == [("some/base-1", Relation.QUANTIZED, Standing.INFERRED)]


def test_code_that_attaches_an_adapter_names_its_base(root: Path, traced: Tracer) -> None:
    code = 'base = AutoModel.from_pretrained("some/base-1")\nmodel = PeftModel.from_pretrained(base, "me/lora")\n'
    card(root, "me/lora", f"```python\n{code}```\n")
    card(root, "me/plain", '```python\nmodel = AutoModel.from_pretrained("some/base-1")\n```\n')
    assert found(traced("me/lora")) == [("some/base-1", Relation.ADAPTER, Standing.INFERRED)]
    assert traced("me/plain").edges == ()


def test_equal_hashes_prove_a_copy(root: Path, traced: Tracer) -> None:
    repository(root, "some/origin", "license: mit", model__bin=WEIGHTS)
    repository(root, "me/copy", "license: mit\nbase_model: some/origin", model__bin=WEIGHTS)
    repository(root, "me/tuned", "license: mit\nbase_model: some/origin", model__bin=WEIGHTS[::-1])
    (copy,) = traced("me/copy").edges
    assert (copy.relation, copy.standing) == (Relation.COPY, Standing.CORROBORATED)
    assert copy.evidence[-1].method is Method.HASH
    assert [e.relation for e in traced("me/tuned").edges] == [Relation.FINETUNE]


def test_a_base_in_another_format_does_not_contradict_the_card(root: Path, traced: Tracer) -> None:
    repository(root, "other/base-1-bnb-4bit", "license: mit\nbase_model: some/base-1")
    adapter = b'{"base_model_name_or_path": "other/base-1-bnb-4bit"}'
    repository(root, "me/lora", "base_model: some/base-1", adapter_config__json=adapter)
    assert Standing.CONTRADICTED not in {e.standing for e in traced("me/lora").edges}


def test_a_model_that_was_renamed_is_not_its_own_parent(root: Path, traced: Tracer) -> None:
    repository(root, "me/new", "license: mit\nbase_model: me/old", hub={"renamed_from": ["me/old"]})
    assert traced("me/new").edges == ()
