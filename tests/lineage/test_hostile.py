"""Hostile repositories cost bounded time and end in something that is said."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest

from cleartitle.lineage.walk import Limits, trace
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from hubs import repository

SECONDS = 40
NAME = "a/one"


def traced(root: Path, place: Path) -> tuple[Lineage, int]:
    with FixtureHub(root) as server:
        source = Hub(endpoint=server.endpoint, token=False, store=Store(place / "store"), wait=lambda _: None)
        start = time.perf_counter()
        found = trace(ModelRef.hub(NAME), source, limits=Limits(nodes=40))
        assert time.perf_counter() - start < SECONDS
        return found, len(server.requests)


def problems(lineage: Lineage) -> list[tuple[str, str]]:
    artifact = lineage.nodes[0].artifact
    assert artifact is not None
    return [(p.what, p.message) for p in artifact.problems]


@pytest.mark.parametrize("count", [1 << 60, (1 << 64) - 1, 70_000])
def test_a_gguf_header_that_claims_too_much(tmp_path: Path, count: int) -> None:
    data = b"GGUF" + struct.pack("<IQQ", 3, count, count) + bytes(10_000)
    repository(tmp_path / "hub", NAME, "license: mit", q4__gguf=data)
    lineage, asked = traced(tmp_path / "hub", tmp_path)
    assert asked <= 4
    assert [(what, "claims" in message) for what, message in problems(lineage)] == [("header", True)]


def test_a_string_that_is_longer_than_the_file(tmp_path: Path) -> None:
    data = b"GGUF" + struct.pack("<IQQQ", 3, 1, 1, 1 << 62) + b"general.name"
    repository(tmp_path / "hub", NAME, "license: mit", q4__gguf=data)
    lineage, _ = traced(tmp_path / "hub", tmp_path)
    assert lineage.edges == ()


def test_a_merge_of_ten_thousand_models(tmp_path: Path) -> None:
    listed = "".join(f"  - model: b/model-{n}\n" for n in range(10_000))
    recipe = f"merge_method: ties\nmodels:\n{listed}".encode()
    repository(tmp_path / "hub", NAME, "license: mit", mergekit_config__yml=recipe)
    lineage, asked = traced(tmp_path / "hub", tmp_path)
    assert len(lineage.nodes) == 40
    assert asked < 100
    assert "more than 40 artifacts" in lineage.cuts[0]
    assert any("only the first 500 of at least 10,000" in message for _, message in problems(lineage))


def test_a_circle_through_three_owners(tmp_path: Path) -> None:
    for name, base in ((NAME, "b/two"), ("b/two", "c/three"), ("c/three", NAME)):
        repository(tmp_path / "hub", name, f"license: mit\nbase_model: {base}")
    lineage, _ = traced(tmp_path / "hub", tmp_path)
    assert len(lineage.nodes) == len(lineage.edges) == 3
    assert lineage.cuts == (
        "the lineage leads in a circle: a/one was made from b/two was made from c/three was made from a/one",
    )


def test_a_readme_of_fifty_megabytes(tmp_path: Path) -> None:
    folder = repository(tmp_path / "hub", NAME, "license: mit")
    words = b"This model is a fine-tuned version of [Base](https://huggingface.co/b/Base-1). "
    (folder / "README.md").write_bytes(b"---\nlicense: mit\n---\n" + words * (50 * (1 << 20) // len(words)))
    lineage, asked = traced(tmp_path / "hub", tmp_path)
    assert asked <= 5
    assert "too-large" in [what for what, _ in problems(lineage)]


@pytest.mark.parametrize(
    "front", ["base_model:\n" + "- b/x\n" * 20_000, "base_model: [" * 5_000, "base_model: " + "a/" * 9_000]
)
def test_front_matter_that_names_too_much(tmp_path: Path, front: str) -> None:
    repository(tmp_path / "hub", NAME, front)
    lineage, asked = traced(tmp_path / "hub", tmp_path)
    assert len(lineage.nodes) <= 2
    assert asked < 10
