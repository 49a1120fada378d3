"""``cleartitle scan`` as a user runs it: verdicts, formats, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker

from cleartitle.cli import run
from cleartitle.errors import SourceError
from cleartitle.pipeline import check
from cleartitle.report.interface import FORMATS
from cleartitle.serial.convert import read
from cleartitle.serial.schema import schema
from cleartitle.sources.chain import OFFLINE
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.discovery import ScanAnswer
from cleartitle.vocabulary.words import Channel
from discovery.projects import assistant
from hubs import repository

IMPORT = "from transformers import AutoModel\n"
HOSTED = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
FLAGS = ("--commercial", "--channel", "hosted")
SARIF = Path(__file__).parents[1] / "data" / "schemas" / "sarif-schema-2.1.0.json"
Scan = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def scan(capsys: pytest.CaptureFixture[str]) -> Scan:
    """Run the command offline on these arguments; return its exit code, its output and its errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["scan", "--offline", *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return call


def uses(folder: Path, *models: str) -> str:
    (folder / "app.py").write_text(IMPORT + "".join(f"AutoModel.from_pretrained({m!r})\n" for m in models))
    return str(folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


@pytest.mark.parametrize(
    ("models", "code"),
    [
        ((), 0),
        (("microsoft/phi-2",), 0),
        (("facebook/nllb-200-distilled-600M",), 1),
        (("microsoft/phi-2", "Qwen/Qwen2.5-72B-Instruct"), 3),
        (("facebook/nllb-200-distilled-600M", "Qwen/Qwen2.5-72B-Instruct"), 1),
        (("facebook/nllb-200-distilled-600M", "nobody/has-this"), 4),
        (("microsoft/phi-2", "./missing"), 3),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown", "junit"])
def test_exit_codes_are_the_same_in_every_format(
    models: tuple[str, ...], code: int, form: str, project: Path, scan: Scan
) -> None:
    assert scan(uses(project, *models), "--format", form, *FLAGS)[0] == code


def test_a_file_that_cannot_be_read_is_never_clear(project: Path, scan: Scan) -> None:
    (project / "old.py").write_text(f"{IMPORT}print 'x'\nAutoModel.from_pretrained('a/b')")
    code, shown, _ = scan(uses(project, "microsoft/phi-2"), *FLAGS)
    assert code == 3
    assert "old.py" in shown


def test_each_model_has_its_own_verdict(tmp_path: Path, scan: Scan) -> None:
    _, shown, _ = scan(str(assistant(tmp_path / "assistant")), "--format", "json", *FLAGS)
    models = json.loads(shown)["models"]
    assert len(models) > 45
    outcomes = set()
    for model in models:
        revision = model.get("ref", {}).get("revision")
        ref = model["model"] + (f"@{revision}" if revision else "")
        if "failed" in model:
            with pytest.raises(SourceError):
                check(ref, HOSTED, source=OFFLINE)
            continue
        expected = check(ref, HOSTED, source=OFFLINE)
        verdict = model["check"]["verdict"]
        assert verdict["outcome"] == expected.verdict.outcome
        assert len(verdict.get("findings", [])) == len(expected.verdict.findings)
        outcomes.add(verdict["outcome"])
    assert outcomes == {"clear", "duties", "review", "blocked"}


def test_the_json_has_a_schema_and_can_be_read_back(tmp_path: Path, scan: Scan) -> None:
    root = str(assistant(tmp_path / "assistant"))
    for arguments in ((), ("--list",)):
        _, shown, _ = scan(root, "--format", "json", *FLAGS, *arguments)
        written = json.loads(shown)
        Draft202012Validator(schema("scan"), format_checker=FormatChecker(("date",))).validate(written)
        assert list(written)[:2] == ["schema_version", "tool"]
        assert len(read(written, ScanAnswer, where="answer").models) == len(written["models"])


def test_the_list_checks_nothing_and_passes(project: Path, scan: Scan) -> None:
    code, shown, _ = scan(uses(project, "facebook/nllb-200-distilled-600M", "nobody/has-this"), "--list")
    assert code == 0
    assert [line.split() for line in shown.splitlines()[:2]] == [
        ["facebook/nllb-200-distilled-600M", "app.py:2", "no"],
        ["nobody/has-this", "app.py:3", "no"],
    ]
    assert "blocked" not in shown


def test_the_text_shows_verdict_place_pin_and_the_worst_first(project: Path, scan: Scan) -> None:
    (project / "run.sh").write_text(f"hf download microsoft/phi-2 --revision {'0' * 40}\nvllm serve $MODEL\n")
    _, shown, _ = scan(uses(project, "microsoft/phi-2", "facebook/nllb-200-distilled-600M"), *FLAGS)
    lines = [line.split() for line in shown.splitlines()]
    assert lines[0] == ["blocked", "facebook/nllb-200-distilled-600M", "app.py:3", "no"]
    assert ["review", f"microsoft/phi-2@{'0' * 40}", "run.sh:1", "yes"] in lines  # nobody could read that revision
    assert any(line[:3] == ["run.sh:2", "vllm:", "$MODEL"] for line in lines)
    assert "3 models in 2 files, 1 pinned to a commit: 1 blocked, 1 review, 1 clear" in shown


def results(shown: str) -> list[tuple[str, str, int]]:
    found: list[dict[str, Any]] = json.loads(shown)["runs"][0]["results"]
    places = [(each["ruleId"], each["locations"][0]["physicalLocation"]) for each in found]
    return [(rule, place["artifactLocation"]["uri"], place["region"]["startLine"]) for rule, place in places]


def test_sarif_points_at_the_line_of_the_project(project: Path, scan: Scan) -> None:
    (project / "run it.sh").write_text("vllm serve $MODEL\n")
    _, shown, _ = scan(uses(project, "x/y", "facebook/nllb-200-distilled-600M"), "--format", "sarif", *FLAGS)
    Draft7Validator(json.loads(SARIF.read_text(encoding="utf-8"))).validate(json.loads(shown))
    found = results(shown)
    assert {(file, line) for rule, file, line in found if rule != "model-unresolved"} == {("app.py", 3)}
    assert ("model-unresolved", "run%20it.sh", 1) in found
    run_ = json.loads(shown)["runs"][0]
    rules = [rule["id"] for rule in run_["tool"]["driver"]["rules"]]
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run_["results"])


def test_annotations_stand_at_the_line_and_cannot_be_forged(project: Path, scan: Scan) -> None:
    (project / "evil\n::error::x.py").write_text(f"{IMPORT}AutoModel.from_pretrained('./a\\n::error::forged')\n")
    _, shown, _ = scan(uses(project, "facebook/nllb-200-distilled-600M"), "--format", "github", *FLAGS)
    lines = shown.splitlines()
    assert lines[0].startswith("::error file=app.py,line=2,title=facebook/nllb-200-distilled-600M")
    assert all(line.startswith(("::error file=app.py", "::warning file=", "::notice file=")) for line in lines)


def test_the_comment_lists_the_places(project: Path, scan: Scan) -> None:
    _, shown, _ = scan(uses(project, "microsoft/phi-2"), "--format", "markdown", *FLAGS)
    assert "| microsoft/phi-2 | clear | app.py:2 | no |" in shown


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_check_is_there(form: str, project: Path, tmp_path: Path, scan: Scan) -> None:
    written = tmp_path / "out"
    scan(uses(project, "microsoft/phi-2"), "--format", form, "-o", str(written), *FLAGS)
    assert "phi-2" in written.read_text(encoding="utf-8")


def test_a_terminal_is_not_steered_by_a_name(project: Path, scan: Scan) -> None:
    (project / "a\x1b[31m.py").write_text(f"{IMPORT}AutoModel.from_pretrained('./\\x1b]8;;http://evil')\n")
    _, shown, _ = scan(str(project), *FLAGS)
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("nowhere",), "there is no nowhere"), ((".", "--list", "--format", "sarif"), "--list has no sarif format")],
)
def test_wrong_usage_is_said_in_a_line(arguments: tuple[str, ...], said: str, scan: Scan) -> None:
    code, shown, errors = scan(*arguments)
    assert (code, shown) == (2, "")
    assert said in errors
    assert errors.count("\n") == 1


def test_what_is_excluded_is_not_looked_at(project: Path, scan: Scan) -> None:
    (project / "tests").mkdir()
    uses(project / "tests", "facebook/nllb-200-distilled-600M")
    assert scan(uses(project, "microsoft/phi-2"), *FLAGS)[0] == 1
    assert scan(str(project), "--exclude", "tests/", *FLAGS)[0] == 0


def test_a_hub_is_asked_for_each_and_a_model_it_lacks_fails(project: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    repository(root, "a/mit", "license: mit", LICENSE=b"MIT License\n\nCopyright (c) 2024 A\n")
    repository(root, "a/nc", "license: cc-by-nc-4.0")
    repository(root, "b/nc", "license: cc-by-nc-4.0\nbase_model: a/nc")
    with FixtureHub(root) as hub:
        variables = {
            **os.environ,
            "HF_HUB_OFFLINE": "",
            "HF_ENDPOINT": hub.endpoint,
            "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        }
        command = [sys.executable, "-m", "cleartitle", "scan", uses(project, "a/mit", "a/nc", "b/nc"), *FLAGS]
        done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False)
        lacking = subprocess.run(
            [*command[:-4], uses(project, "a/lacks")], capture_output=True, env=variables, check=False
        )
    assert done.returncode == 1, done.stderr
    assert [line.split()[:3] for line in done.stdout.splitlines() if "app.py" in line][:2] == [
        ["blocked", "a/nc", "app.py:3"],
        ["blocked", "b/nc", "app.py:4"],
    ]
    assert lacking.returncode == 4


def test_facts_and_policy_of_the_configuration_hold(project: Path, scan: Scan) -> None:
    root = uses(project, "facebook/nllb-200-distilled-600M")
    assert scan(root)[0] == 3
    Path("cleartitle.toml").write_text('[deployment]\ncommercial = true\nchannel = ["hosted"]\n')
    assert scan(root)[0] == 1


def test_a_dataset_that_cannot_be_told_is_listed_and_judged_by_nobody(project: Path, scan: Scan) -> None:
    (project / "data.py").write_text("from datasets import load_dataset\ndef f(d):\n    load_dataset(d)\n")
    code, shown, _ = scan(uses(project, "microsoft/phi-2"), *FLAGS)
    assert code == 0
    assert "data.py:3" in shown


def test_a_guess_that_no_source_knows_is_no_failed_source(project: Path, scan: Scan) -> None:
    (project / "app.py").write_text("MODEL_NAME = 'nobody/has-this'\n")
    code, shown, _ = scan(str(project), *FLAGS)
    assert code == 3
    assert "nobody/has-this" in shown
