"""The same answer through a mirror that others made, except for what the mirror drops; and the answer says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleartitle.testing.hub import FixtureHub
from hubs import repository
from testing.olah_mirror import VARIABLE, olah_mirror

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name the mirror's command"),
]


def answer(endpoint: str, home: Path) -> dict[str, Any]:
    environment = {**os.environ, "HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_OFFLINE": ""}
    command = [sys.executable, "-m", "cleartitle", "check", "--format", "json", "q/poet-GGUF", "--commercial"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=home)
    found: dict[str, Any] = json.loads(done.stdout)
    found["code"] = done.returncode
    return found


def test_check_gives_the_same_answer_through_the_mirror(tmp_path: Path) -> None:
    root = tmp_path / "hub"
    repository(root, "m/Llama", "license: llama3.1", LICENSE=b"Some terms that nobody knows")
    repository(root, "t/poet", "license: apache-2.0\nbase_model: m/Llama")
    repository(root, "q/poet-GGUF", "license: apache-2.0\nbase_model: t/poet\nbase_model_relation: quantized")
    for home in ("direct", "mirrored"):
        (tmp_path / home).mkdir()
    with FixtureHub(root) as hub, olah_mirror(hub.endpoint, tmp_path / "olah") as mirror:
        direct = answer(hub.endpoint, tmp_path / "direct")
        mirrored = answer(mirror, tmp_path / "mirrored")
    assert direct["code"] == mirrored["code"] == 3
    assert direct["verdict"]["outcome"] == mirrored["verdict"]["outcome"] == "review"
    for part in ("duties", "settles", "assumed"):
        assert direct["verdict"].get(part) == mirrored["verdict"].get(part)
    rules = [{(f["rule"], f["message"]) for f in a["verdict"]["findings"]} for a in (direct, mirrored)]
    only_mirrored = rules[1] - rules[0]
    assert rules[0] <= rules[1]
    assert {rule for rule, _ in only_mirrored} == {"source-dropped"}
    assert all("mirror ignores" in message for _, message in only_mirrored)
    lineages = [
        [(e["child"]["name"], e["parent"]["name"], e["relation"]) for e in a["analysis"]["lineage"]["edges"]]
        for a in (direct, mirrored)
    ]
    assert lineages[0] == lineages[1]
