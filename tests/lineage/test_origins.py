"""Where a model and its ancestors were made, from a lineage alone."""

from __future__ import annotations

import pytest

from cleartitle.lineage.origins import countries, origins
from cleartitle.report.origins import line
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue, Edge, Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from cleartitle.vocabulary.statement import Statements, Unknown

NOTHING = Statements(concluded=Unknown(reason="nothing is said", settle="the license"))


def node(name: str, *, missing: str = "", unresolved: tuple[str, ...] = ()) -> Node:
    evidence = Evidence(method=Method.FRONT_MATTER, artifact=None)
    clues = tuple(Clue(parent=None, said=said, relation=None, evidence=evidence) for said in unresolved)
    return Node(ref=ModelRef.parse(name), artifact=None, statements=NOTHING, missing=missing, unresolved=clues)


def edge(child: str, parent: str) -> Edge:
    return Edge(
        child=ModelRef.parse(child),
        parent=ModelRef.parse(parent),
        relation=Relation.FINETUNE,
        standing=Standing.DECLARED,
        confidence=Confidence.HIGH,
        evidence=(),
    )


def lineage(*nodes: Node, edges: tuple[Edge, ...] = (), cuts: tuple[str, ...] = ()) -> Lineage:
    return Lineage(root=nodes[0].ref, nodes=nodes, edges=edges, cuts=cuts)


def test_every_ancestor_counts() -> None:
    found = origins(
        lineage(node("mistralai/Mistral-7B-v0.1"), node("Qwen/Qwen2.5-7B"), node("meta-llama/Llama-3.1-8B"))
    )
    assert list(countries(found)) == ["FR", "CN", "US"]
    assert line(found) == "FR (Mistral AI), CN (Alibaba Cloud), US (Meta Platforms, Inc.)"
    assert found.gaps == ()


def test_a_country_is_named_once_with_all_its_publishers() -> None:
    found = origins(lineage(node("Qwen/a"), node("deepseek-ai/b"), node("Qwen/c")))
    assert line(found) == "CN (Alibaba Cloud; DeepSeek)"


def test_what_is_unknown_is_named_by_artifact_and_comes_last() -> None:
    found = origins(lineage(node("TheBloke/a-GGUF"), node("nobody-known/b"), node("google/gemma-2-9b")))
    assert list(countries(found)) == ["US", None]
    assert line(found) == (
        "US (Google LLC); unknown: TheBloke/a-GGUF (TheBloke, individual), nobody-known/b (publisher not known)"
    )


@pytest.mark.parametrize("name", ["gpt2", "./models/qwen", "/data/Qwen/Qwen2.5-7B"])
def test_a_name_without_an_owner_has_no_publisher(name: str) -> None:
    (made,) = origins(lineage(node(name))).made
    assert made.publisher is None


def test_a_revision_changes_no_origin() -> None:
    found = origins(lineage(node("Qwen/Qwen2.5-7B@main"), node("Qwen/Qwen2.5-7B")))
    assert [m.artifact.short for m in found.made] == ["Qwen/Qwen2.5-7B"]


def test_an_ancestor_that_was_left_out_is_an_origin_and_a_gap() -> None:
    graph = lineage(node("x/y"), edges=(edge("x/y", "baidu/ERNIE-4.5-0.3B-PT"),), cuts=("3 ancestors were left out",))
    found = origins(graph)
    assert "CN (Baidu, Inc.)" in line(found)
    assert found.gaps[0] == "3 ancestors were left out"
    assert "baidu/ERNIE-4.5-0.3B-PT could not be read" in found.gaps[1]


def test_an_ancestor_that_could_not_be_read_or_looked_up_is_a_gap() -> None:
    found = origins(
        lineage(node("x/y", unresolved=("/mnt/base", "/mnt/base")), node("google/gone", missing="not found"))
    )
    assert len(found.gaps) == 2
    assert "google/gone" in found.gaps[0]
    assert "/mnt/base" in found.gaps[1]
