"""``cleartitle licenses`` as a user runs it: filters, the export, and the check of private licenses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleartitle import catalog
from cleartitle.catalog import private
from cleartitle.cli import run
from cleartitle.serial.schema import schema

Run = Callable[..., tuple[int, str, str]]
ENTRY = """
id = "LicenseRef-Acme"
name = "Acme License"
kind = "proprietary"
family = "Acme"
summary = "Ask first."
checked = "knowledge"
verified = 2020-01-31

[[terms.grants]]
actions = ["use"]
decision = "unknown"
note = "the contract was not read"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(private.VARIABLE, str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    private.forget()
    yield tmp_path
    private.forget()


@pytest.fixture
def licenses(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on these arguments; return its exit code, its output and its errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["licenses", *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return call


def ids(licenses: Run, *arguments: str) -> set[str]:
    code, out, _ = licenses(*arguments, "--format", "json")
    assert code == 0
    return {entry["license"]["id"] for entry in json.loads(out)["licenses"]}


def test_all_of_the_catalog_is_listed(licenses: Run) -> None:
    code, out, _ = licenses()
    assert code == 0
    assert {line.split()[0] for line in out.splitlines()[:-1]} == set(catalog.ids())
    assert out.splitlines()[-1] == f"{len(catalog.ids())} licenses"


def test_in_a_pipe_a_license_is_one_line(licenses: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    _, out, _ = licenses()
    assert [line.split()[0] for line in out.splitlines()[:-1]] == sorted(catalog.ids())


def test_the_export_follows_its_published_schema(licenses: Run) -> None:
    _, out, _ = licenses("--kind", "community", "--format", "json")
    answer: dict[str, Any] = json.loads(out)
    Draft202012Validator(schema("licenses")).validate(answer)
    assert list(answer)[:2] == ["schema_version", "tool"]
    assert {entry["license"]["kind"] for entry in answer["licenses"]} == {"community"}


def test_commercial_use_in_germany(licenses: Run) -> None:
    found = ids(licenses, "--commercial", "allowed", "--region", "DE")
    assert {"MIT", "Apache-2.0", "LicenseRef-Google-Gemma-Terms-2025-03-24"} <= found
    assert not found & {"CC-BY-NC-4.0", "LicenseRef-Meta-Llama-3.2-Community"}


def test_a_region_that_an_agreement_leaves_out(licenses: Run) -> None:
    hunyuan = {"LicenseRef-Tencent-HunyuanVideo-Community"}
    assert hunyuan <= ids(licenses, "--region", "US")
    for region in ("DE", "EU", "UK", "KR", "WORLD"):
        assert not hunyuan & ids(licenses, "--region", region), region


@pytest.mark.parametrize(
    ("arguments", "inside", "outside"),
    [
        (["--family", "llama"], "LicenseRef-Meta-Llama-3.1-Community", "MIT"),
        (["--publisher", "alibaba"], "LicenseRef-Alibaba-Qwen-2024-09-19", "MIT"),
        (["--openness", "research-only"], "LicenseRef-Mistral-AI-Research", "MIT"),
        (["--duty", "share-alike"], "GPL-3.0-only", "MIT"),
        (["--restriction", "research-only"], "LicenseRef-Mistral-AI-Research", "MIT"),
        (["--without", "license-copy"], "MIT-0", "MIT"),
        (["--derivatives", "prohibited"], "CC-BY-ND-4.0", "MIT"),
        (["--host", "allowed"], "MIT", "LicenseRef-MOV-AI-1.0"),
        (["--sublicense", "prohibited"], "GPL-3.0-only", "MIT"),
    ],
)
def test_filters(licenses: Run, arguments: list[str], inside: str, outside: str) -> None:
    found = ids(licenses, *arguments)
    assert inside in found
    assert outside not in found


def test_coarse_answers_are_listed_only_when_asked_for_and_marked(licenses: Run) -> None:
    assert "AAL" not in ids(licenses)
    _, out, _ = licenses("--spdx", "--family", "AAL")
    assert out.splitlines()[0].split()[0] == "AAL"
    assert "coarse" in out


def test_an_unknown_word_is_wrong_usage(licenses: Run) -> None:
    assert licenses("--commercial", "perhaps")[0] == 2
    assert licenses("--region", "Atlantis")[0] == 2


def test_private_licenses_are_checked_and_listed(licenses: Run, folder: Path) -> None:
    (folder / "LicenseRef-Acme.toml").write_text(ENTRY, encoding="utf-8")
    code, out, _ = licenses("check")
    assert code == 0
    assert "LicenseRef-Acme.toml: sound (verified long ago" in out
    _, listed, _ = licenses("--family", "Acme")
    assert "private, stale, unchecked" in listed


def test_every_mistake_is_said_at_once_and_the_code_says_so(licenses: Run, folder: Path) -> None:
    (folder / "LicenseRef-Acme.toml").write_text(ENTRY.replace('"Ask first."', '""'), encoding="utf-8")
    (folder / "Mine.toml").write_text(ENTRY.replace("LicenseRef-Acme", "MIT"), encoding="utf-8")
    code, out, _ = licenses("check", str(folder))
    assert code == 2
    for said in ("summary is missing", "must begin with LicenseRef-", "must be called MIT.toml", "2 with mistakes"):
        assert said in out


def test_a_command_that_meets_a_broken_private_license_says_where_to_look(licenses: Run, folder: Path) -> None:
    (folder / "LicenseRef-Acme.toml").write_text("id = 1", encoding="utf-8")
    code, _, err = licenses()
    assert code == 2
    assert "LicenseRef-Acme.toml" in err
    assert "cleartitle licenses check" in err


def test_a_folder_that_is_not_there_is_wrong_usage(licenses: Run, folder: Path) -> None:
    code, _, err = licenses("check", str(folder / "no"))
    assert code == 2
    assert "is no folder" in err
