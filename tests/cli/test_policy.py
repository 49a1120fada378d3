"""``cleartitle policy``, and what policy and baseline do to ``cleartitle check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle import policies
from cleartitle.cli import run

LLAMA = "meta-llama/Llama-3.1-8B"
REVIEWED = ["check", "--offline", LLAMA]
"""A check for which facts are missing."""
WAIVER = """
[[waiver]]
model = "{model}"
rule = "{rule}"
reason = "decided by counsel"
owner = "Jane Doe"
expires = {expires}
"""


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def configure(text: str) -> None:
    Path("cleartitle.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", policies.names())
def test_every_preset_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "explain", name]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Policy {name}: ")
    assert "for a person to look at (review)" in shown


def test_the_policy_of_the_folder_is_explained_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    configure(
        '[policy]\nname = "ours"\nallow_kinds = ["permissive"]\nallow_licenses = ["llama3.1"]\n'
        'deny_publishers = ["Acme"]\nreview_origins = ["CN", "RU"]\nunknown = "blocked"\n'
        '[deployment]\ncommercial = true\n[[model]]\nname = "lab/*"\nchannel = "internal"\n'
        + WAIVER.format(model="lab/*", rule="relicensed", expires="2020-01-31")
    )
    assert run(["policy", "explain"]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Only permissive licenses and Llama 3.1 Community License Agreement (LicenseRef-Meta-Llama-3.1-Community).",
        "Acme are not accepted as publishers.",
        "What was published from CN and RU is for a person to look at.",
        "is refused until somebody has settled it (blocked).",
        "commercial: yes",
        "For lab/*",
        "relicensed for lab/*, ENDED on 2020-01-31, counts no more: decided by counsel (Jane Doe)",
    ):
        assert words in shown


def test_a_policy_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "explain", "no-copyleft", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["deny_kinds"] == ["copyleft", "weak-copyleft"]


def test_the_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "list"]) == 0
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == list(policies.names())


def test_a_configuration_is_checked_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    configure("[policy]\ndeny_kinds = ['copylefty']\n[deployment]\nusres = 3\n")
    assert run(["policy", "check"]) == 2
    said = capsys.readouterr().err
    assert "deny_kinds[0]" in said
    assert "usres" in said
    configure(
        "[policy]\ndeny_kinds = ['copyleft']\n" + WAIVER.format(model="a/b", rule="relicensed", expires="2020-01-31")
    )
    assert run(["policy", "check"]) == 0
    shown = capsys.readouterr().out
    assert "ended on 2020-01-31" in shown
    assert "cleartitle.toml is right" in shown


def test_without_a_configuration_it_says_where_one_could_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "explain"]) == 2
    assert "pyproject.toml" in capsys.readouterr().err


def test_what_is_in_the_baseline_is_shown_and_counts_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--offline", LLAMA, "--commercial", "--write-baseline", "known.json"]) == 3
    capsys.readouterr()
    assert run(["check", "--offline", LLAMA, "--commercial", "--baseline", "known.json"]) == 0
    assert "known from the baseline" in capsys.readouterr().out
    configure('baseline = "known.json"\n')
    assert run(["check", "--offline", LLAMA, "--commercial"]) == 0
    assert run(["check", "--offline", LLAMA, "--commercial", "--domicile", "DE", "--purpose", "spam"]) == 1


def test_a_baseline_written_over_itself_forgets_nothing() -> None:
    run([*REVIEWED, "--write-baseline", "known.json"])
    before = Path("known.json").read_bytes()
    assert run([*REVIEWED, "--baseline", "known.json", "--write-baseline", "known.json"]) == 0
    assert Path("known.json").read_bytes() == before


def test_a_waived_finding_is_shown_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    refused = (
        "[policy]\ndeny_kinds = ['community']\n[deployment]\ncommercial = true\nchannel = 'hosted'\nusers = '1M'\n"
    )
    configure(refused)
    assert run(REVIEWED) == 1
    configure(refused + WAIVER.format(model=LLAMA, rule="policy-denied", expires="2099-01-31"))
    capsys.readouterr()
    assert run(REVIEWED) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "refuses community licenses" in shown
    assert "until 2099-01-31: decided by counsel (Jane Doe)" in shown


def test_loose_ends_are_shown_to_the_strict_and_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["check", "--offline", "1bitLLM/bitnet_b1_58-3B"]
    code = run(command)
    assert "nothing is known of who published" not in capsys.readouterr().out
    assert run([*command, "--strict"]) == code
    assert "nothing is known of who published 1bitLLM" in capsys.readouterr().out


def test_a_model_has_a_deployment_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text(
        "[tool.cleartitle.deployment]\ncommercial = true\nchannel = 'hosted'\nusers = '900M'\n"
        f"[[tool.cleartitle.model]]\nname = '{LLAMA}'\nusers = '1M'\n",
        encoding="utf-8",
    )
    assert run(["check", "--offline", "--format", "json", LLAMA, "meta-llama/Llama-3.1-70B"]) == 1
    one, other = json.loads(capsys.readouterr().out)
    assert (one["verdict"]["outcome"], other["verdict"]["outcome"]) == ("duties", "blocked")
    assert run(["check", "--offline", LLAMA, "--users", "900M"]) == 1
