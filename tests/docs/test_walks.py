"""The walks for those who contribute work as they are written, in a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "contributing.md").read_text(encoding="utf-8")
RULE = (DOCS / "how-to" / "add-a-rule.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r'^```\w+ (?:title="(?P<path>[^"]+)"|no-run (?P<walk>walk))\n(?P<code>.*?)^```', re.DOTALL | re.MULTILINE
)
SECTIONS = {part.splitlines()[0]: part for part in PAGE.split("\n## ")[1:]}
WALKS = {
    name: [(found["path"], found["code"]) for found in _BLOCK.finditer(RULE if name == "A rule" else section)]
    for name, section in SECTIONS.items()
}


def test_each_walk_has_a_place() -> None:
    tried = [name for name, steps in WALKS.items() if steps]
    assert tried == ["A rule", "A clue", "A clause pattern", "A report format"]
    assert {"A license", "A source"} <= set(WALKS), "these two are tried elsewhere: tests/catalog, tests/examples.py"


@pytest.mark.parametrize("name", [name for name, steps in WALKS.items() if steps])
def test_a_walk_works_as_it_is_written(name: str, tmp_path: Path) -> None:
    left_out = shutil.ignore_patterns("__pycache__", ".*", "goldens", "data")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=left_out)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=left_out)
    for name_of_file in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name_of_file, tmp_path)
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
