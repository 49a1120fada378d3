"""``cleartitle explain`` as a user runs it: licenses by whatever name, rules by their id, and what is not known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cleartitle import catalog
from cleartitle.catalog import private
from cleartitle.cli import run
from cleartitle.rules.registry import documents
from cleartitle.serial.schema import schema
from cleartitle.vocabulary.words import LicenseId

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(private.VARIABLE, str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    private.forget()
    yield tmp_path
    private.forget()


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on these arguments; return its exit code, its output and its errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["explain", *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return call


def test_a_license_is_explained_whole(explain: Run) -> None:
    code, out, _ = explain("LicenseRef-Meta-Llama-3.2-Community")
    entry = catalog.get(LicenseId("LicenseRef-Meta-Llama-3.2-Community"))
    assert code == 0
    for said in (entry.name, entry.url or "?", "every clause checked against the text", "What it means", "Openness"):
        assert said in out
    assert "700,000,000" in out
    assert "not EU" in out, "the territory limit stands in the policy only"
    assert "llama3.2" in out


@pytest.mark.parametrize(
    "said", ["llama3.1", "Llama 3.1 Community License Agreement", "LICENSEREF-meta-llama-3.1-community"]
)
def test_any_name_will_do(explain: Run, said: str) -> None:
    assert "LicenseRef-Meta-Llama-3.1-Community" in explain(said)[1]


def test_an_id_is_explained_as_it_stands(explain: Run) -> None:
    _, out, _ = explain("gpl-3.0-or-later")
    assert out.splitlines()[0].endswith("GPL-3.0-or-later")
    assert "a later version may be chosen" in out


def test_a_coarse_answer_says_how_coarse_it_is(explain: Run) -> None:
    _, out, _ = explain("AAL")
    assert "coarse: derived from the SPDX id and its category, nobody read the text" in out


def test_a_name_of_several_licenses_shows_each(explain: Run) -> None:
    code, out, _ = explain("gpl")
    assert code == 0
    assert "may mean several licenses" in out
    assert "GPL-2.0-only" in out
    assert "GPL-3.0-only" in out


@pytest.mark.parametrize("rule", sorted(documents()))
def test_every_rule_is_explained(explain: Run, rule: str) -> None:
    code, out, _ = explain(rule)
    assert code == 0
    assert documents()[rule].title in out
    assert "What to do" in out


def test_the_answer_follows_its_published_schema(explain: Run) -> None:
    for asked in ("mit", "relicensed"):
        Draft202012Validator(schema("explain")).validate(json.loads(explain(asked, "--format", "json")[1]))


def test_what_is_not_known_is_wrong_usage_with_a_guess(explain: Run) -> None:
    code, _, err = explain("lama3.1")
    assert code == 2
    assert "did you mean LicenseRef-Meta-Llama-3.1-Community" in err


def test_a_listed_reason_is_given(explain: Run) -> None:
    code, _, err = explain("fluently-license")
    assert code == 2
    assert "Fluently models" in err


def test_hostile_text_reaches_no_terminal(explain: Run, folder: Path) -> None:
    (folder / "LicenseRef-Bad.toml").write_text(
        'id = "LicenseRef-Bad"\nname = "Bad \\u001b[31m"\nkind = "other"\nfamily = "x"\n'
        'summary = "red \\u001b[31m\\u202e"\nchecked = "knowledge"\nverified = 2026-01-01\n'
        'terms.grants = [{ actions = ["use"], decision = "prohibited", section = "\\u001b]0;x" }]\n',
        encoding="utf-8",
    )
    code, out, _ = explain("LicenseRef-Bad")
    assert code == 0
    assert "\x1b" not in out
    assert "\u202e" not in out
