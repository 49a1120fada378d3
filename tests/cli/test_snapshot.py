"""``snapshot``, and every command on one: the same answer, and nobody is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleartitle.cli import run
from cleartitle.testing.hub import FixtureHub
from hubs import repository

LICENSE = (Path(__file__).parents[2] / "LICENSE").read_bytes()
COMMANDS = (
    ("check", "--commercial", "--format", "json"),
    ("check", "--commercial"),
    ("trace", "--format", "json"),
    ("trace",),
    ("terms", "--format", "json"),
    ("notice",),
)


def command(endpoint: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_OFFLINE": "", "COLUMNS": "120"}
    called = [sys.executable, "-m", "cleartitle", *arguments]
    return subprocess.run(called, capture_output=True, text=True, env=environment, check=False, cwd=home)


def test_a_snapshot_gives_every_command_the_same_answer_without_a_network(tmp_path: Path) -> None:
    root = tmp_path / "hub"
    repository(root, "o/base", "license: apache-2.0", LICENSE=LICENSE)
    repository(root, "o/child", "license: mit\nbase_model: [o/base, o/gone]")
    (tmp_path / "home").mkdir()
    (tmp_path / "other").mkdir()
    path = str(tmp_path / "snap.json")
    with FixtureHub(root) as hub:
        made = command(hub.endpoint, tmp_path / "home", "snapshot", "o/child", "-o", path)
        online = [command(hub.endpoint, tmp_path / "home", *c, "o/child") for c in COMMANDS]
    assert (made.returncode, made.stderr) == (0, "")
    assert "3 repositories, 3 files" in made.stdout
    nowhere = "http://127.0.0.1:9"
    offline = [command(nowhere, tmp_path / "other", *c, "o/child", "--snapshot", path) for c in COMMANDS]
    for before, after in zip(online, offline, strict=True):
        assert (before.returncode, before.stdout, before.stderr) == (after.returncode, after.stdout, after.stderr)
    assert json.loads(offline[0].stdout)["analysis"]["lineage"]["edges"]


def test_a_model_that_is_not_in_it_is_a_failure_of_the_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["snapshot", "Qwen/Qwen2.5-72B-Instruct", "--offline", "-o", "snap.json"]) == 0
    assert run(["trace", "Qwen/Qwen2.5-72B-Instruct", "--snapshot", "snap.json"]) == 0
    assert run(["trace", "google/gemma-2b", "--snapshot", "snap.json"]) == 4
    assert "not in the snapshot" in capsys.readouterr().err
    assert run(["trace", "google/gemma-2b", "--snapshot", "none.json"]) == 2
