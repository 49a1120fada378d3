"""Declared lineage over a real server: every way of naming a base, and every shape of graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cleartitle.errors import NotFound
from cleartitle.lineage.walk import Limits, trace
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality, Relation, Standing
from hubs import repository

Tracer = Callable[..., Lineage]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hub"


@pytest.fixture
def traced(root: Path, tmp_path: Path) -> Tracer:
    """Trace a model of the Hub that the test has written."""

    def run(name: str, limits: Limits = Limits()) -> Lineage:
        with FixtureHub(root) as server:
            source = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=lambda _: None)
            return trace(ModelRef.hub(name), source, limits=limits)

    return run


def shape(lineage: Lineage) -> set[tuple[str, str, Relation]]:
    return {(e.child.short, e.parent.short, e.relation) for e in lineage.edges}


@pytest.mark.parametrize(
    "said",
    [
        "o/base",
        "[o/base]",
        "https://huggingface.co/o/base",
        "https://huggingface.co/o/base/tree/main",
        '"o/base@main"',
        "O/Base",
    ],
)
def test_a_base_is_found_however_it_is_named(root: Path, traced: Tracer, said: str) -> None:
    repository(root, "o/base", "license: mit")
    repository(root, "o/child", f"license: mit\nbase_model: {said}")
    lineage = traced("o/child")
    assert shape(lineage) == {("o/child", "o/base", Relation.FINETUNE)}
    assert [n.ref.short for n in lineage.nodes] == ["o/child", "o/base"]
    assert lineage.edges[0].evidence[0].span is not None


def test_a_revision_is_kept(root: Path, traced: Tracer) -> None:
    repository(root, "o/base", "license: mit", hub={"revisions": {"v1": {"files": {"README.md": "old"}}}})
    repository(root, "o/child", "base_model: o/base@v1")
    assert traced("o/child").edges[0].parent.revision == "v1"


@pytest.mark.parametrize("word", ["finetune", "adapter", "merge", "quantized"])
def test_the_declared_relation_counts(root: Path, traced: Tracer, word: str) -> None:
    repository(root, "o/base")
    repository(root, "o/child", f"base_model: o/base\nbase_model_relation: {word}")
    assert shape(traced("o/child")) == {("o/child", "o/base", Relation(word))}


def test_the_hubs_inference_fills_in_the_relation(root: Path, traced: Tracer) -> None:
    repository(root, "o/base")
    repository(root, "o/child-GGUF", "base_model: o/base", model__gguf=b"GGUF")
    assert shape(traced("o/child-GGUF")) == {("o/child-GGUF", "o/base", Relation.QUANTIZED)}


def test_an_adapter_without_card_is_traced_by_its_configuration(root: Path, traced: Tracer) -> None:
    repository(root, "o/base")
    repository(root, "o/lora", adapter_config__json=b'{"base_model_name_or_path": "o/base"}')
    lineage = traced("o/lora")
    assert shape(lineage) == {("o/lora", "o/base", Relation.ADAPTER)}
    assert lineage.edges[0].evidence[0].path == "adapter_config.json"


def test_card_and_configuration_corroborate_or_contradict(root: Path, traced: Tracer) -> None:
    repository(root, "o/base")
    repository(root, "o/other")
    same, differs = b'{"base_model_name_or_path": "o/base"}', b'{"base_model_name_or_path": "o/other"}'
    repository(root, "o/same", "base_model: o/base", adapter_config__json=same)
    repository(root, "o/differs", "base_model: o/base", adapter_config__json=differs)
    assert [e.standing for e in traced("o/same").edges] == [Standing.CORROBORATED]
    assert {e.standing for e in traced("o/differs").edges} == {Standing.CONTRADICTED}


def test_a_local_path_is_no_parent_and_is_kept(root: Path, traced: Tracer) -> None:
    repository(root, "o/lora", adapter_config__json=b'{"base_model_name_or_path": "/data/models/x"}')
    lineage = traced("o/lora")
    assert lineage.edges == ()
    assert [c.said for c in lineage.node(lineage.root).unresolved] == ["/data/models/x"]


def test_a_merge_has_all_its_parents(root: Path, traced: Tracer) -> None:
    repository(root, "o/a")
    repository(root, "o/b")
    repository(root, "o/merge", "base_model:\n- o/a\n- o/b")
    assert shape(traced("o/merge")) == {("o/merge", "o/a", Relation.MERGE), ("o/merge", "o/b", Relation.MERGE)}


def test_a_diamond_reads_each_ancestor_once(root: Path, traced: Tracer) -> None:
    repository(root, "o/top")
    repository(root, "o/left", "base_model: o/top")
    repository(root, "o/right", "base_model: O/TOP")
    repository(root, "o/bottom", "base_model: [o/left, o/right]")
    lineage = traced("o/bottom")
    assert [n.ref.short for n in lineage.nodes] == ["o/bottom", "o/left", "o/right", "o/top"]
    assert len(lineage.edges) == 4
    assert {e.parent for e in lineage.edges} <= {n.ref for n in lineage.nodes}


def test_a_cycle_ends(root: Path, traced: Tracer) -> None:
    repository(root, "a/one", "base_model: b/two")
    repository(root, "b/two", "base_model: c/three")
    repository(root, "c/three", "base_model: a/one")
    lineage = traced("a/one")
    assert len(lineage.nodes) == len(lineage.edges) == 3
    assert len(lineage.cuts) == 1  # nothing is made from itself


def test_a_model_is_not_its_own_base(root: Path, traced: Tracer) -> None:
    repository(root, "o/self", "base_model: O/Self")
    assert traced("o/self").edges == ()


def test_a_missing_base_is_a_node_that_says_why(root: Path, traced: Tracer) -> None:
    repository(root, "o/child", "base_model: o/gone")
    lineage = traced("o/child")
    assert lineage.nodes[1].artifact is None
    assert "o/gone" in lineage.nodes[1].missing


def test_a_renamed_base_is_one_node_under_its_new_name(root: Path, traced: Tracer) -> None:
    repository(root, "o/new", "license: mit", hub={"renamed_from": ["o/old"]})
    repository(root, "o/left", "base_model: o/old")
    repository(root, "o/bottom", "base_model: [o/left, o/new]")
    lineage = traced("o/bottom")
    assert [n.ref.short for n in lineage.nodes] == ["o/bottom", "o/left", "o/new"]
    assert ("o/left", "o/new", Relation.FINETUNE) in shape(lineage)


def test_depth_and_number_are_bounded_and_said(root: Path, traced: Tracer) -> None:
    for n in range(6):
        repository(root, f"o/m{n}", f"base_model: o/m{n + 1}")
    repository(root, "o/m6")
    deep = traced("o/m0", Limits(depth=3))
    assert [n.ref.short for n in deep.nodes] == ["o/m0", "o/m1", "o/m2", "o/m3"]
    assert "more than 3 generations" in deep.cuts[0]
    few = traced("o/m0", Limits(nodes=2))
    assert len(few.nodes) == 2
    assert few.cuts
    assert traced("o/m0").cuts == ()


def test_modality_is_inherited_where_all_agree(root: Path, traced: Tracer) -> None:
    repository(root, "o/text", "pipeline_tag: text-generation", hub={"pipeline_tag": "text-generation"})
    repository(root, "o/child", "base_model: o/text")
    lineage = traced("o/child")
    child = lineage.node(lineage.root).artifact
    assert child is not None
    assert child.modality is Modality.TEXT


def test_a_root_that_is_not_there_is_an_error(root: Path, traced: Tracer) -> None:
    repository(root, "o/any")
    with pytest.raises(NotFound):
        traced("o/none")
