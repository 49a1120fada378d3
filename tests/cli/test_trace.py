"""``trace``: its formats, and what was made from a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle.cli import run
from cleartitle.sources.chain import Chain
from cleartitle.sources.hub import Hub
from cleartitle.sources.hubcache import WholeCache
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation
from hubs import repository

BASE = "Qwen/Qwen2.5-72B-Instruct"


@pytest.mark.parametrize(
    ("form", "begins"), [("mermaid", "flowchart TD"), ("dot", "digraph lineage"), ("svg", "<svg "), ("json", "{")]
)
def test_every_format_is_written_to_a_file_or_shown(
    form: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trace", "--offline", BASE, "--format", form]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(begins)
    assert run(["trace", "--offline", BASE, "--format", form, "-o", str(tmp_path / "x")]) == 0
    assert (tmp_path / "x").read_text(encoding="utf-8") == shown


def test_down_shows_what_was_made_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", "--offline", "--down", BASE]) == 0
    assert f"{BASE}-AWQ  quantized" in capsys.readouterr().out
    assert run(["trace", "--offline", "--down", BASE, "--format", "json"]) == 0
    children = json.loads(capsys.readouterr().out)["children"]
    assert {"scheme": "hf", "name": f"{BASE}-AWQ"} in [child["ref"] for child in children["models"]]
    assert run(["trace", "--offline", BASE, "--format", "json"]) == 0
    assert "children" not in json.loads(capsys.readouterr().out)


def test_loose_ends_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    circle = "---\nbase_model: /data/base\n---\nA fine-tuned version of nobody/dream-7.\n"
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "README.md").write_text(circle, encoding="utf-8")
    assert run(["trace", "--offline", str(tmp_path / "model")]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "names '/data/base' as its base" in shown
    assert "names 'nobody/dream-7' as its base" in shown


def test_the_hub_knows_the_children_with_relation_and_license(tmp_path: Path) -> None:
    root = tmp_path / "hub"
    repository(root, "o/base", "license: mit")
    repository(root, "p/tuned", "license: llama3\nbase_model: o/base")
    repository(root, "q/files", "license: mit\nbase_model: o/base\nbase_model_relation: quantized")
    repository(root, "q/other", "license: mit\nbase_model: p/tuned")
    with FixtureHub(root) as server:
        hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"))
        found = hub.children(ModelRef.hub("o/base"), 10)
        few = hub.children(ModelRef.hub("o/base"), 1)
    assert {(c.ref.name, c.relation, c.license) for c in found.models} == {
        ("p/tuned", Relation.FINETUNE, ("llama3",)),
        ("q/files", Relation.QUANTIZED, ("mit",)),
    }
    assert (found.more, few.more, len(few.models)) == (False, True, 1)


def test_without_the_hub_the_atlas_knows_some_and_that_is_said(tmp_path: Path) -> None:
    nobody = Hub(endpoint="http://127.0.0.1:9", token=False, store=Store(tmp_path), wait=lambda _: None)
    found = Chain(hub=nobody, cache=WholeCache(tmp_path)).children(ModelRef.hub(BASE), 5)
    assert found.models
    assert "the atlas, since the Hub cannot be reached" in found.source
    assert Chain().children(ModelRef.ollama("llama3"), 5).models == ()


@pytest.mark.parametrize("command", ["trace", "check"])
def test_history_is_not_asked_for_where_nobody_knows_it(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "-q", "--offline", "--history", "microsoft/phi-2"]) == 2
    assert "--history" in capsys.readouterr().err
