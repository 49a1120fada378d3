"""The walks of the contributing page work as they are written, in a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r'^```\w+ (?:title="(?P<path>[^"]+)"|no-run (?P<walk>walk))\n(?P<code>.*?)^```', re.DOTALL | re.MULTILINE
)
WALKS = {
    section.splitlines()[0]: [(found["path"], found["code"]) for found in _BLOCK.finditer(section)]
    for section in PAGE.split("\n## ")[1:]
}


def test_each_walk_has_a_place() -> None:
    assert [name for name, steps in WALKS.items() if steps] == ["A clue", "A clause pattern", "A report format"]
    assert {"A license", "A rule", "A source"} <= set(WALKS)


@pytest.mark.parametrize("name", [name for name, steps in WALKS.items() if steps])
def test_a_walk_works_as_it_is_written(name: str, tmp_path: Path) -> None:
    left_out = shutil.ignore_patterns("__pycache__", ".*", "goldens", "data")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=left_out)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, code in WALKS[name]:
        if path:
            with (tmp_path / path).open("a", encoding="utf-8") as file:
                file.write(code)
            continue
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))},
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(tmp_path / "src"),
            "HF_HOME": str(tmp_path / "hf"),
        }
        done = subprocess.run(
            ["bash", "-euc", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
