"""The command as a user runs it: output, exit codes, errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleartitle.cli import run
from cleartitle.testing.hub import Fault, FixtureHub
from hubs import repository

KNOWN = "Qwen/Qwen2.5-72B-Instruct-AWQ"
HOSTED = ("--commercial", "--channel", "hosted")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with an empty home of the Hub's client."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[FixtureHub]:
    root = tmp_path / "hub"
    repository(root, "a/mit", "license: mit")
    repository(root, "a/nc", "license: cc-by-nc-4.0")
    repository(root, "a/nothing")
    repository(root, "a/evil", 'license: other\nlicense_name: "x\\e[31m\\u202e]8;;http://evil"')
    with FixtureHub(root) as server:
        yield server


def online(hub: FixtureHub, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own: the Hub's client reads its environment once."""
    variables = {**os.environ, "HF_HUB_OFFLINE": "", "HF_ENDPOINT": hub.endpoint, "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}
    variables.update(environment)
    command = [sys.executable, "-m", "cleartitle", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("microsoft/phi-2", "--channel", "internal"), 0),
        (("microsoft/phi-2", "--channel", "weights"), 0),
        (("facebook/nllb-200-distilled-600M", *HOSTED), 1),
        ((KNOWN, *HOSTED), 3),
        ((KNOWN, *HOSTED, "--users", "1M"), 0),
        ((KNOWN, *HOSTED, "--product-users", "200M"), 1),
        (("nobody/has-this",), 4),
        (("not a name",), 2),
        (("microsoft/phi-2", "facebook/nllb-200-distilled-600M", KNOWN, *HOSTED), 1),
        (("microsoft/phi-2", KNOWN, *HOSTED), 3),
        (("microsoft/phi-2", "nobody/has-this", "--channel", "internal"), 4),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_exit_codes_are_the_same_in_every_format(
    arguments: tuple[str, ...], code: int, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--offline", "--format", form, *arguments]) == code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert (code in (2, 4)) == bool(captured.err)


def test_the_answer_shows_verdict_evidence_lineage_and_duties(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--offline", KNOWN, *HOSTED, "--users", "1M"])
    shown = capsys.readouterr().out
    for part in ("DUTIES", "quantized from", "Qwen/Qwen2.5-72B", "Qwen License Agreement", "hand on the license"):
        assert part in shown
    assert not any(line.endswith(" ") for line in shown.splitlines())
    assert "\x1b" not in shown


def test_json_is_one_document_with_versions_first(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--offline", "--format", "json", KNOWN])
    document = json.loads(capsys.readouterr().out)
    assert [*document][:2] == ["schema_version", "tool"]
    assert document["verdict"]["outcome"] == "review"
    run(["check", "--offline", "--format", "json", KNOWN, "microsoft/phi-2"])
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_a_review_names_the_fact_and_the_flag(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--offline", KNOWN, *HOSTED])
    shown = capsys.readouterr().out
    assert "monthly active users of the product" in shown
    assert "--product-users" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--domicile", "Atlantis"), "not a country"),
        (("--users", "many"), "not a figure"),
        (("--agreement", "handshake:llama3.1"), "states no agreement"),
        (("--figure", "cats/house=3"), "states no figure"),
        (("--policy", "no-such-policy"), "no policy"),
        (("--config", "missing.toml"), "cannot read"),
        (("--users", "1M", "--users", "2M"), "two different figures"),
    ],
)
def test_wrong_usage_is_one_clear_line(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--offline", "microsoft/phi-2", *arguments]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1


def test_facts_and_policy_come_from_the_file_under_the_flags(capsys: pytest.CaptureFixture[str]) -> None:
    facts = '[deployment]\ncommercial = true\nchannel = ["hosted"]\nusers = "200M"\n'
    Path("cleartitle.toml").write_text(facts, encoding="utf-8")
    assert run(["check", "--offline", KNOWN]) == 1
    assert run(["check", "--offline", KNOWN, "--users", "1M"]) == 0
    Path("cleartitle.toml").write_text(
        facts + '[policy]\nname = "ours"\ndeny_kinds = ["community"]\n', encoding="utf-8"
    )
    assert run(["check", "--offline", KNOWN, "--users", "1M"]) == 1
    assert "the policy 'ours' refuses community licenses" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[deployment]\nusres = 3\n", "usres"),
        ("[policy]\ndeny_kinds = ['copylefty']\n", "deny_kinds[0]"),
        ("[polcy]\n", "polcy"),
        ("not toml", "not TOML"),
    ],
)
def test_a_wrong_file_names_the_key(text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("cleartitle.toml").write_text(text, encoding="utf-8")
    assert run(["check", "--offline", KNOWN]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["no-copyleft", "permissive-only"])
def test_shipped_policies_block(name: str) -> None:
    assert run(["check", "--offline", "--policy", name, "CausalLM/8x7B-MoE-test-NOT-MIXTRAL", *HOSTED]) == 1


def test_trace_shows_the_tree_and_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", "--offline", KNOWN]) == 0
    shown = capsys.readouterr().out
    assert shown.index(KNOWN) < shown.index("Qwen/Qwen2.5-72B-Instruct ") < shown.index("Qwen/Qwen2.5-72B ")
    assert run(["trace", "--offline", "--format", "json", KNOWN]) == 0
    lineage = json.loads(capsys.readouterr().out)["lineage"]
    assert [e["relation"] for e in lineage["edges"]] == ["quantized", "finetune"]


@pytest.mark.parametrize("ref", ["LicenseRef-Meta-Llama-3.2-Community", "llama3.2", KNOWN, "file"])
def test_terms_are_shown_for_a_model_a_text_and_an_id(ref: str, capsys: pytest.CaptureFixture[str]) -> None:
    if ref == "file":
        ref = str(Path(__file__).parents[2] / "LICENSE")
    assert run(["terms", "--offline", ref]) == 0
    shown = capsys.readouterr().out
    assert "use commercially" in shown
    assert run(["terms", "--offline", "--format", "json", ref]) == 0
    assert json.loads(capsys.readouterr().out)["licenses"]


def test_terms_of_an_unknown_text_are_not_invented(capsys: pytest.CaptureFixture[str]) -> None:
    Path("TERMS.txt").write_text("You may do as I say.", encoding="utf-8")
    assert run(["terms", "TERMS.txt"]) == 3
    assert "says nothing that a license says" in capsys.readouterr().err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for word in ("check", "terms", "trace", "no legal advice", "Exit codes"):
        assert word in " ".join(shown.split())


def test_a_hub_on_the_wire(hub: FixtureHub) -> None:
    answer = online(hub, "check", "a/mit", "--channel", "internal")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "from live" in answer.stdout
    assert online(hub, "check", "a/nc", *HOSTED).returncode == 1
    assert online(hub, "check", "a/nothing", *HOSTED).returncode == 3


def test_a_failing_hub_is_exit_4_and_one_line(hub: FixtureHub) -> None:
    hub.fault("a/mit", Fault.REPO_NOT_FOUND)
    answer = online(hub, "check", "a/mit")
    assert answer.returncode == 4
    assert answer.stderr.count("\n") == 1
    assert "HF_TOKEN" in answer.stderr


def test_hf_hub_offline_keeps_off_the_network(hub: FixtureHub) -> None:
    before = len(hub.requests)
    answer = online(hub, "check", "microsoft/phi-2", "--channel", "internal", HF_HUB_OFFLINE="1")
    assert answer.returncode == 0
    assert "atlas" in answer.stdout
    assert len(hub.requests) == before


def test_without_a_network_the_atlas_is_at_best_a_review() -> None:
    environment = {**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9"}
    environment.pop("HF_HUB_OFFLINE", None)
    command = [sys.executable, "-m", "cleartitle", "check", "microsoft/phi-2", "--channel", "internal"]
    answer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert answer.returncode == 3
    assert "not verified live" in answer.stdout


def test_hostile_text_does_not_reach_the_terminal(hub: FixtureHub) -> None:
    answer = online(hub, "check", "a/evil")
    assert answer.returncode == 3
    for bad in ("\x1b", "\u202e", "\x07"):
        assert bad not in answer.stdout + answer.stderr
