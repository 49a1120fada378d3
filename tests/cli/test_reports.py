"""``check --format`` and ``notice`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle.cli import run
from cleartitle.report.interface import FORMATS

KNOWN = "Qwen/Qwen2.5-72B-Instruct-AWQ"
FREE = "microsoft/phi-2"
FORBIDDEN = "facebook/nllb-200-distilled-600M"
HOSTED = ("--commercial", "--channel", "hosted")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with an empty home of the Hub's client."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.parametrize("form", ["text", "json", *FORMATS])
@pytest.mark.parametrize(
    ("refs", "code"),
    [
        ((FREE,), 0),
        ((FORBIDDEN,), 1),
        ((KNOWN,), 3),
        (("nobody/has-this",), 4),
        ((FREE, FORBIDDEN, KNOWN), 1),
        ((FREE, "nobody/has-this"), 4),
    ],
)
def test_the_exit_code_is_the_same_in_every_format(
    refs: tuple[str, ...], code: int, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--offline", "--format", form, *refs, *HOSTED]) == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json", *FORMATS])
def test_several_models_are_one_document_that_names_each(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--offline", "--format", form, FREE, KNOWN, *HOSTED])
    shown = capsys.readouterr().out
    assert "phi-2" in shown
    assert "Qwen2.5-72B-Instruct-AWQ" in shown
    if form in ("json", "sarif", "cyclonedx", "cyclonedx-1.7", "spdx"):
        json.loads(shown)


@pytest.mark.parametrize("form", FORMATS)
def test_a_model_that_could_not_be_read_is_in_the_document(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--offline", "--format", form, FREE, "nobody/has-this", *HOSTED])
    assert "nobody/has-this" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "json", *FORMATS])
def test_a_file_gets_what_would_be_printed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "--offline", "--format", form, KNOWN, *HOSTED]
    assert run(arguments) == 3
    printed = capsys.readouterr().out
    assert run([*arguments, "--output", "report.out"]) == 3
    assert capsys.readouterr().out == ""
    assert Path("report.out").read_text(encoding="utf-8") == printed


def test_a_file_that_cannot_be_written_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--offline", FREE, "-o", "no/such/folder/report"]) == 2
    message = capsys.readouterr().err
    assert "cannot write no/such/folder/report" in message
    assert message.count("\n") == 1


def test_the_notices_of_a_model_and_its_ancestors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "--offline", KNOWN]) == 0
    shown = capsys.readouterr().out
    assert "Qwen/Qwen2.5-72B-Instruct: fine-tuned from this" in shown
    assert "Built with Qwen" in shown
    assert run(["notice", "--offline", KNOWN, "-o", "NOTICE"]) == 0
    assert Path("NOTICE").read_text(encoding="utf-8") == shown


def test_notices_that_are_not_complete_say_so_and_end_with_their_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "--offline", FREE, "nobody/has-this"]) == 4
    assert "nobody/has-this could not be read" in capsys.readouterr().out
    Path("bare").mkdir()
    Path("bare/README.md").write_text("# bare\n", encoding="utf-8")
    assert run(["notice", "--offline", "./bare"]) == 3
    assert "NOT COMPLETE\n- the license of bare is not known" in capsys.readouterr().out
