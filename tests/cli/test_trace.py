"""``cleartitle trace``: where a model and its ancestors were made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle.cli import run

GGUF = "TheBloke/Llama-2-7B-GGUF"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with an empty home of the Hub's client."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("COLUMNS", "120")


def test_the_origins_stand_below_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", "--offline", GGUF]) == 0
    shown = capsys.readouterr().out
    said = "Origins: US (Meta Platforms, Inc.); unknown: TheBloke/Llama-2-7B-GGUF (TheBloke, individual)"
    assert said in " ".join(shown.split())
    assert shown.index("quantized from") < shown.index("Origins:")


def test_the_json_has_the_publisher_of_each_artifact(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", "--offline", "--format", "json", GGUF]) == 0
    made = json.loads(capsys.readouterr().out)["origins"]["made"]
    assert [m["artifact"]["name"] for m in made] == [GGUF, "meta-llama/Llama-2-7b-hf"]
    assert [m["publisher"].get("country") for m in made] == [None, "US"]
    assert all(m["publisher"]["source"] for m in made)
