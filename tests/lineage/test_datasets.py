"""What models were trained on: edges to datasets, with their licenses, where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.lineage.walk import Limits, trace
from cleartitle.pipeline import analyze, judge_again
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from cleartitle.vocabulary.statement import render
from hubs import repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "hub"
    repository(root / "datasets", "d/texts", "license: cc-by-nc-4.0\ndatasets: [d/older]")
    repository(root, "o/base", "license: mit\ndatasets: [d/texts]")
    repository(
        root, "o/child", "license: mit\nbase_model: o/base\ndatasets:\n- https://huggingface.co/datasets/d/texts\n- x y"
    )
    return root


def traced(root: Path, limits: Limits) -> tuple[Lineage, list[str]]:
    with FixtureHub(root) as server:
        source = Hub(endpoint=server.endpoint, token=False, store=Store(root.parent / "store"), wait=lambda _: None)
        return trace(ModelRef.hub("o/child"), source, limits=limits), [r.path for r in server.requests]


def test_datasets_are_parents_with_licenses(root: Path) -> None:
    lineage, asked = traced(root, Limits(datasets=True))
    texts = ModelRef.dataset("d/texts")
    edges = [e for e in lineage.edges if e.parent == texts]
    assert [(e.child.name, e.relation, e.standing) for e in edges] == [
        ("o/child", Relation.TRAINED_ON, Standing.DECLARED),
        ("o/base", Relation.TRAINED_ON, Standing.DECLARED),
    ]
    assert render(lineage.node(texts).statements.concluded) == "CC-BY-NC-4.0"
    assert sum(path.startswith("/api/datasets/") for path in asked) == 1
    assert lineage.parents(lineage.root)[0].relation is Relation.FINETUNE
    assert lineage.parents(texts) == ()
    assert lineage.node(lineage.root).unresolved == ()


def test_nothing_is_asked_of_datasets_unless_that_is_wanted(root: Path) -> None:
    lineage, asked = traced(root, Limits())
    assert [n.ref.name for n in lineage.nodes] == ["o/child", "o/base"]
    assert not any("datasets" in path for path in asked)


def test_a_dataset_that_cannot_be_read_says_why(root: Path) -> None:
    repository(root, "o/other", "license: mit\ndatasets: [d/gone]")
    with FixtureHub(root) as server:
        source = Hub(endpoint=server.endpoint, token=False, store=Store(root.parent / "store"), wait=lambda _: None)
        lineage = trace(ModelRef.hub("o/other"), source, limits=Limits(datasets=True))
    assert lineage.nodes[1].missing


def test_data_is_no_base(root: Path) -> None:
    repository(root / "datasets", "d/llama-2-13b-texts", "license: mit")
    repository(root, "o/poet-13b", "license: mit\ndatasets: [d/llama-2-13b-texts]")
    with FixtureHub(root) as server:
        source = Hub(endpoint=server.endpoint, token=False, store=Store(root.parent / "store"), wait=lambda _: None)
        analysis = analyze("o/poet-13b", source=source, limits=Limits(datasets=True))
    findings = judge_again(analysis, Deployment(commercial=True)).verdict.findings
    told = [f.path[-1].name for f in findings if f.rule in ("base-undeclared", "named-after-family")]
    assert told == ["o/poet-13b"]


def test_requests_are_bounded_and_that_is_said(root: Path) -> None:
    lineage, _ = traced(root, Limits(requests=1))
    assert [n.ref.name for n in lineage.nodes] == ["o/child"]
    assert lineage.cuts == ("1 ancestors were left out: more than 1 requests",)
