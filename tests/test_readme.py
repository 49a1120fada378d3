"""The README shows real output: what it shows is what the commands print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
_PAIR = re.compile(r"```(sh|python)\n((?:(?!```).)*?)```\n\n```text\n(.*?)```", re.DOTALL)
PAIRS = _PAIR.findall(README.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "code", "shown"), PAIRS, ids=[kind for kind, _, _ in PAIRS])
def test_the_shown_output_is_what_is_printed(kind: str, code: str, shown: str, tmp_path: Path) -> None:
    if kind == "python":
        command = [sys.executable, "-c", code]
    else:
        words = shlex.split(code.strip().rpartition("&&")[2])
        command = [sys.executable, "-m", "cleartitle", *words[1:]]
    environment = {**os.environ, "COLUMNS": "100", "HF_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert done.stdout.strip() == shown.strip(), done.stderr


def test_both_kinds_of_output_are_shown() -> None:
    assert [kind for kind, _, _ in PAIRS] == ["sh", "python"]
