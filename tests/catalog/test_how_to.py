"""The walk "add a license" works as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleartitle.catalog import private
from cleartitle.cli import run

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-license.md").read_text(encoding="utf-8")
FILES = re.findall(r'```\w+ title="(.+?)"\n(.*?)```', PAGE, re.DOTALL)
COMMANDS = re.findall(r"^\$ (cleartitle .+)\n((?:(?!\$|```).+\n)*)", PAGE, re.MULTILINE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(private.VARIABLE, "licenses")
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "licenses").mkdir()
    for path, content in FILES:
        (tmp_path / path).write_text(content, encoding="utf-8")
    private.forget()
    yield
    private.forget()


def test_the_walk_has_its_files_and_commands() -> None:
    assert [Path(path).suffix for path, _ in FILES] == [".txt", ".toml"]
    assert len(COMMANDS) == 3


@pytest.mark.parametrize(("command", "shown"), COMMANDS)
def test_every_command_prints_what_the_page_shows(command: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [said.strip('"') for said in re.findall(r'".+?"|\S+', command)][1:]
    assert run(arguments) == 0
    out = capsys.readouterr().out
    assert out
    if shown:
        assert out == shown
