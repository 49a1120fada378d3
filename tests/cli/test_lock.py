"""``cleartitle lock``, ``check --locked`` and ``diff`` as a user runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleartitle.cli import run
from cleartitle.serial.schema import schema
from cleartitle.testing.hub import Fault, FixtureHub
from hubs import repository

FREE = "microsoft/phi-2"
LIMITED = "Qwen/Qwen2.5-72B-Instruct-AWQ"
FORBIDDEN = "facebook/nllb-200-distilled-600M"
HOSTED = ("--commercial", "--channel", "hosted")
LOCK = Path("cleartitle.lock")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with an empty home of the Hub's client."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("COLUMNS", "120")


class Shop:
    """A Hub whose repositories change, and the command before it."""

    def __init__(self, root: Path, hub: FixtureHub) -> None:
        self.root, self.hub = root, hub

    def publish(self, name: str, front: str) -> None:
        """Put a repository in the place of what was there."""
        shutil.rmtree(self.root / name, ignore_errors=True)
        repository(self.root, name, front)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command in a process of its own: the Hub's client reads its environment once."""
        variables = {**os.environ, "HF_HUB_OFFLINE": "", "HF_ENDPOINT": self.hub.endpoint}
        command = [sys.executable, "-m", "cleartitle", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=variables, check=False)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    root = tmp_path / "hub"
    repository(root, "lab/poet", "license: mit")
    repository(root, "lab/poet-tuned", "license: mit\nbase_model: lab/poet\nbase_model_relation: finetune")
    with FixtureHub(root) as hub:
        yield Shop(root, hub)


def locked() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(LOCK.read_text(encoding="utf-8"))
    return found


def test_what_is_clear_is_locked_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lock", "--offline", FREE, LIMITED, *HOSTED, "--users", "1M"]) == 0
    assert capsys.readouterr().out == "cleartitle.lock: 2 models, 4 artifacts, 2 licenses\n"
    Draft202012Validator(schema("lock")).validate(locked())
    assert run(["check", "--locked", "--offline"]) == 0
    shown = capsys.readouterr().out
    assert FREE in shown
    assert LIMITED in shown


@pytest.mark.parametrize(
    ("refs", "code", "said"),
    [
        ((FREE, FORBIDDEN), 1, "is not locked, it is blocked"),
        ((FREE, LIMITED), 3, "is not locked, it is for a person to look at"),
        ((FREE, "nobody/has-this"), 4, "nobody/has-this"),
        ((), 2, "there is nothing to lock"),
        (("not a name",), 2, "not the name of a Hub repository"),
    ],
)
def test_nothing_is_written_unless_all_can_be_locked(
    refs: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lock", "--offline", *refs, *HOSTED]) == code
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
    assert not LOCK.exists()


def test_a_person_can_approve_what_needs_review_but_not_what_is_blocked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lock", "--offline", LIMITED, *HOSTED, "--approved-by", "Jane Doe"]) == 0
    (model,) = locked()["models"]
    assert (model["outcome"], model["approved_by"]) == ("review", "Jane Doe")
    assert run(["check", "--offline", LIMITED, *HOSTED]) == 3
    assert run(["check", "--offline", "--locked"]) == 0
    assert "Waived" in capsys.readouterr().out
    assert run(["lock", "--offline", FORBIDDEN, *HOSTED, "--approved-by", "Jane Doe"]) == 1


def test_the_deployment_on_record_holds_unless_another_is_stated(capsys: pytest.CaptureFixture[str]) -> None:
    run(["lock", "--offline", LIMITED, *HOSTED, "--users", "1M"])
    assert run(["check", "--offline", "--locked"]) == 0
    assert run(["check", "--offline", "--locked", *HOSTED, "--users", "2M"]) == 3
    assert "the deployment is not the one that was approved: figures" in capsys.readouterr().out
    assert run(["check", "--offline", "--locked", *HOSTED, "--users", "200M"]) == 1


def test_without_names_the_same_models_are_locked_anew() -> None:
    run(["lock", "--offline", LIMITED, *HOSTED, "--users", "1M"])
    before = LOCK.read_bytes()
    assert run(["lock", "--offline"]) == 0
    assert LOCK.read_bytes() == before


def test_the_models_of_a_project_are_locked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text(f'from transformers import pipeline\n\nrun = pipeline(model="{FREE}")\n')
    assert run(["lock", "--offline", "--scan", ".", *HOSTED]) == 0
    assert [model["model"] for model in locked()["models"]] == [f"hf:{FREE}"]
    LOCK.unlink()
    Path("app.py").write_text(
        "import os\nfrom transformers import AutoModel as A\n\nrun = A.from_pretrained(os.environ['M'])\n"
    )
    assert run(["lock", "--offline", "--scan", ".", *HOSTED]) == 2
    assert "cannot be told" in capsys.readouterr().err
    assert not LOCK.exists()


def test_a_model_that_is_not_in_the_lock_is_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    run(["lock", "--offline", FREE, *HOSTED])
    assert run(["check", "--offline", LIMITED, "--locked", *HOSTED, "--users", "1M"]) == 3
    assert "nobody has approved it" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "sarif", "github", "junit", "markdown"])
def test_a_difference_is_in_every_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["lock", "--offline", FREE, *HOSTED])
    capsys.readouterr()
    run(["check", "--offline", "--locked", "--policy", "no-copyleft", "--format", form])
    assert "differs-from-lock" in capsys.readouterr().out


def test_a_project_that_uses_no_model_or_is_not_there_locks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lock", "--offline", "--scan", "."]) == 2
    assert "no model is used" in capsys.readouterr().err
    assert run(["lock", "--offline", "--scan", "missing"]) == 2
    assert "there is no missing" in capsys.readouterr().err


def test_an_empty_lock_verifies_nothing_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    run(["lock", "--offline", FREE, *HOSTED])
    LOCK.write_text(json.dumps(locked() | {"models": []}))
    assert run(["check", "--locked", "--offline"]) == 2
    assert "locks no model" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_diff_under_another_policy_says_so_in_every_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["lock", "--offline", FREE, *HOSTED])
    capsys.readouterr()
    assert run(["diff", "--offline", "--format", form]) == 0
    assert run(["diff", "--offline", "--format", form, "--policy", "no-copyleft"]) == 3
    assert "the policy is" in capsys.readouterr().out


def test_diff_of_a_model_that_can_no_longer_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    run(["lock", "--offline", FREE, *HOSTED])
    LOCK.write_text(LOCK.read_text().replace(FREE, "nobody/has-this"))
    assert run(["diff", "--offline"]) == 3
    assert "nobody/has-this can no longer be read" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("check", "--locked"), ("diff",)])
@pytest.mark.parametrize(("text", "said"), [(None, "there is no lock"), ("{", "is not JSON"), ("{}", "policy")])
def test_a_lock_that_cannot_be_read_is_wrong_usage(
    command: tuple[str, ...], text: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        LOCK.write_text(text)
    assert run([*command, "--offline"]) == 2
    assert said in capsys.readouterr().err


def test_nothing_asked_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--offline"]) == 2
    assert "REF" in capsys.readouterr().err


def test_the_locked_commits_are_read_whatever_happens_upstream(shop: Shop, tmp_path: Path) -> None:
    assert shop.run("lock", "lab/poet-tuned", *HOSTED).returncode == 0
    older = locked()["models"][0]["artifacts"][1]["revision"]
    old = shop.root / "lab" / "poet"
    shutil.copytree(old, tmp_path / "older")
    shop.publish("lab/poet", "license: cc-by-nc-4.0")
    shutil.copytree(tmp_path / "older", old / "revisions")
    revisions = {older: {"kind": "commit", "folder": "revisions"}}
    (old / ".hub.json").write_text(json.dumps({"revisions": revisions}))
    done = shop.run("check", "--locked")
    assert (done.returncode, done.stderr) == (0, "")
    assert "differs-from-lock" not in done.stdout
    changed = shop.run("diff")
    assert changed.returncode == 1
    assert "the license of lab/poet was MIT, and is CC-BY-NC-4.0 now" in changed.stdout


def test_diff_says_nothing_as_long_as_nothing_changes(shop: Shop) -> None:
    shop.run("lock", "lab/poet-tuned", *HOSTED)
    done = shop.run("diff")
    assert (done.returncode, done.stdout) == (0, "cleartitle.lock: nothing has changed (1 model)\n")


def test_diff_in_every_format_and_within_minutes_of_the_change(shop: Shop) -> None:
    shop.run("lock", "lab/poet-tuned", *HOSTED)
    shop.publish("lab/poet", 'license: other\nlicense_name: "<script>::error::@octocat"')
    done = {form: shop.run("diff", "--format", form) for form in ("text", "json", "markdown")}
    assert {each.returncode for each in done.values()} == {3}
    answer = json.loads(done["json"].stdout)
    Draft202012Validator(schema("diff")).validate(answer)
    assert {"field", "concluded", "verdict"} <= {each["subject"] for each in answer["differences"]}
    assert "the card of lab/poet states license_name now" in done["text"].stdout
    assert done["markdown"].stdout.startswith("<!-- cleartitle diff -->\n")
    for each in ("text", "markdown"):
        assert "::error" not in done[each].stdout
    for hostile in ("<script>", "@octocat"):
        assert hostile not in done["markdown"].stdout


def test_of_a_model_locked_by_its_commit_diff_reads_the_main_branch(shop: Shop) -> None:
    shop.run("lock", "lab/poet", *HOSTED)
    commit = locked()["models"][0]["artifacts"][0]["revision"]
    assert shop.run("lock", f"lab/poet@{commit}", *HOSTED).returncode == 0
    assert shop.run("diff").returncode == 0
    shop.publish("lab/poet", "license: gpl-3.0")
    done = shop.run("diff")
    assert done.returncode == 3
    assert "the license of lab/poet was MIT" in done.stdout


def test_a_repository_that_is_gone_is_a_change_and_a_hub_that_fails_is_not(shop: Shop) -> None:
    shop.run("lock", "lab/poet", "lab/poet-tuned", *HOSTED)
    shop.hub.fault("lab/poet-tuned", Fault.RATE_LIMITED, retry_after=3600)
    shutil.rmtree(shop.root / "lab" / "poet")
    done = shop.run("diff")
    assert done.returncode == 4
    assert "lab/poet can no longer be read" in done.stdout
    assert "not compared" in done.stdout
    shop.hub.clear_faults()
    assert shop.run("diff").returncode == 3
