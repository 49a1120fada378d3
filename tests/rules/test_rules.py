"""What only the lineage as a whole shows, on small repositories of a real server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from cleartitle.lineage.walk import Limits
from cleartitle.pipeline import analyze, check, judge_again
from cleartitle.sources.chain import OFFLINE
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import Fault, FixtureHub
from cleartitle.vocabulary.deployment import Agreement, Deployment
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Verdict
from cleartitle.vocabulary.words import AgreementKind, Channel
from hubs import repository

INTERNAL = Deployment(commercial=True, channels=frozenset({Channel.INTERNAL}))
SHIPPED = Deployment(commercial=True, channels=frozenset({Channel.WEIGHTS}), fine_tunes=True)
Judge = Callable[..., Verdict]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hub"


@pytest.fixture
def judged(root: Path, tmp_path: Path) -> Judge:
    """Judge the internal use of a model of the Hub that the test has written."""

    def run(
        name: str,
        *,
        limits: Limits = Limits(),
        fault: tuple[str, Fault, str] | None = None,
        deployment: Deployment = INTERNAL,
    ) -> Verdict:
        with FixtureHub(root) as server:
            if fault:
                server.fault(fault[0], fault[1], only=fault[2])
            source = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=lambda _: None)
            return judge_again(analyze(name, source=source, limits=limits), deployment).verdict

    return run


def outcomes(verdict: Verdict) -> dict[str, Outcome]:
    return {f.rule: f.outcome for f in verdict.findings}


@pytest.mark.parametrize(
    ("parent", "child", "relicensed"),
    [
        ("apache-2.0", "mit", False),
        ("mit", "cc-by-nc-4.0", False),
        ("llama3.1", "llama3.1", False),
        ("llama3.1", "apache-2.0", True),
        ("gpl-3.0", "mit", True),
        ("cc-by-sa-4.0", "apache-2.0", True),
        ("creativeml-openrail-m", "mit", True),
        ("gemma", "apache-2.0", True),
        ("cc-by-nc-4.0", "mit", True),
    ],
)
def test_a_derivative_may_declare_only_what_the_parent_lets_it(
    root: Path, judged: Judge, parent: str, child: str, *, relicensed: bool
) -> None:
    repository(root, "o/base", f"license: {parent}")
    repository(root, "o/child", f"license: {child}\nbase_model: o/base")
    found = [f for f in judged("o/child").findings if f.rule == "relicensed"]
    assert bool(found) == relicensed
    for finding in found:
        assert finding.severity is Severity.ERROR
        assert [r.short for r in finding.path] == ["o/child", "o/base"]
        assert len(finding.evidence) == 2


def test_a_derivative_of_what_allows_none_is_for_a_person(root: Path, judged: Judge) -> None:
    repository(root, "o/base", "license: cc-by-nd-4.0")
    repository(root, "o/child", "license: mit\nbase_model: o/base")
    assert outcomes(judged("o/child"))["relicensed"] is Outcome.REVIEW


def test_a_missing_base_is_for_a_person(root: Path, judged: Judge) -> None:
    repository(root, "o/child", "license: mit\nbase_model: o/gone")
    assert outcomes(judged("o/child"))["base-missing"] is Outcome.REVIEW


def test_contradicted_bases_are_for_a_person(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: mit")
    repository(root, "o/b", "license: mit")
    config = b'{"base_model_name_or_path": "o/b"}'
    repository(root, "o/lora", "license: mit\nbase_model: o/a", adapter_config__json=config)
    assert outcomes(judged("o/lora"))["base-contradicted"] is Outcome.REVIEW


def test_a_base_on_somebodys_disk_is_for_a_person(root: Path, judged: Judge) -> None:
    repository(root, "o/lora", "license: mit", adapter_config__json=b'{"base_model_name_or_path": "/x/y/z"}')
    assert outcomes(judged("o/lora"))["base-unresolved"] is Outcome.REVIEW


def test_a_merge_of_which_one_part_is_on_somebodys_disk_is_for_a_person(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: mit")
    repository(root, "o/merge", "license: mit\nbase_model: [o/a, ./earlier-stage]")
    assert outcomes(judged("o/merge"))["base-unresolved"] is Outcome.REVIEW


def test_a_lineage_that_was_cut_is_for_a_person(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: mit\nbase_model: o/b")
    repository(root, "o/b", "license: mit\nbase_model: o/c")
    repository(root, "o/c", "license: mit")
    assert judged("o/a").outcome is Outcome.CLEAR
    cut = judged("o/a", limits=Limits(depth=1))
    assert cut.outcome is Outcome.REVIEW
    assert outcomes(cut)["lineage-cut"] is Outcome.REVIEW


def test_an_unread_license_file_is_for_a_person_an_unread_config_is_not(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: mit", LICENSE=b"terms", config__json=b"{}")
    assert (
        outcomes(judged("o/a", fault=("o/a", Fault.ENTRY_NOT_FOUND, "config.json")))["source-unread"] is Outcome.CLEAR
    )
    (root / "o/a/config.json").write_bytes(b"{ }")  # another commit: nothing is kept of it
    unread = judged("o/a", fault=("o/a", Fault.ENTRY_NOT_FOUND, "LICENSE"))
    assert outcomes(unread)["source-unread"] is Outcome.REVIEW


def test_a_gated_model_is_judged_by_its_tag_and_the_gate_is_said(root: Path, judged: Judge) -> None:
    repository(root, "o/gated", "license: mit", hub={"gated": "auto"})
    verdict = judged("o/gated")
    assert outcomes(verdict)["source-gated"] is Outcome.CLEAR
    assert any("gated" in f.message for f in verdict.findings)


APACHE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
"""This project's own license text."""


def findings(verdict: Verdict, rule: str) -> list[Finding]:
    return [f for f in verdict.findings if f.rule == rule]


def test_an_altered_license_text_is_quoted_with_its_lines(root: Path, judged: Judge) -> None:
    added = "You may not use the Work in a product with more than 1000 users.\n"
    head, mark, tail = APACHE.partition("   3. Grant of Patent License.")
    repository(root, "o/a", "license: apache-2.0", LICENSE=f"{head}{added}\n{mark}{tail}".encode())
    (altered,) = findings(judged("o/a"), "license-altered")
    assert altered.outcome is Outcome.REVIEW
    quoted = altered.evidence[0]
    assert "1000 users" in quoted.quote
    assert quoted.span is not None
    assert quoted.span.line == head.count("\n") + 1
    assert quoted.path == "LICENSE"


def test_the_license_as_it_is_is_not_altered(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: apache-2.0", LICENSE=APACHE.encode())
    assert not findings(judged("o/a"), "license-altered")


def test_a_license_file_against_the_card_is_shown_with_both(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: cc-by-nc-4.0", LICENSE=APACHE.encode())
    (found,) = findings(judged("o/a"), "licenses-disagree")
    assert found.outcome is Outcome.REVIEW
    assert {e.path for e in found.evidence} == {"LICENSE", "README.md"}


def test_the_code_that_must_run_has_its_say(root: Path, judged: Judge) -> None:
    config = b'{"auto_map": {"AutoModel": "modeling.Poet"}}'
    files = {"LICENSE-MODEL": APACHE.encode(), "LICENSE-CODE": b"Ask me first."}
    folder = repository(root, "o/a", "license: apache-2.0", config__json=config)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    verdict = judged("o/a")
    assert outcomes(verdict)["license-unknown"] is Outcome.REVIEW
    assert findings(verdict, "custom-code")[0].outcome is Outcome.CLEAR


def test_code_that_need_not_run_has_none(root: Path, judged: Judge) -> None:
    folder = repository(root, "o/a", "license: apache-2.0", config__json=b"{}")
    (folder / "LICENSE-MODEL").write_bytes(APACHE.encode())
    (folder / "LICENSE-CODE").write_bytes(b"Ask me first.")
    assert judged("o/a").outcome is Outcome.CLEAR


def test_a_model_that_declares_another_license_than_the_atlas_knows(root: Path, judged: Judge) -> None:
    known = "microsoft/phi-2"
    repository(root, known, "license: cc-by-nc-4.0")
    repository(root, "o/child", f"license: mit\nbase_model: {known}")
    assert outcomes(judged(known))["license-changed"] is Outcome.CLEAR
    assert outcomes(judged("o/child"))["license-changed"] is Outcome.REVIEW
    (root / known / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    assert "license-changed" not in outcomes(judged(known))


def test_a_commit_is_a_pin_and_a_branch_is_none(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: mit")
    (hint,) = findings(judged("o/a"), "revision-unpinned")
    pinned = hint.advice.removeprefix("load ")
    assert not findings(judged(pinned), "revision-unpinned")
    assert findings(judged("o/a@main"), "revision-unpinned")


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("gpl-3.0", "cc-by-sa-3.0", Outcome.BLOCKED),
        ("gpl-3.0", "cc-by-nc-4.0", Outcome.REVIEW),
        ("gpl-3.0", "agpl-3.0", None),
        ("gpl-3.0", "cc-by-sa-4.0", None),
        ("gpl-3.0", "apache-2.0", None),
        ("mpl-2.0", "llama3.1", None),
        ("other\nlicense_name: LicenseRef-LG-EXAONE-NC-1.2", "llama3.1", Outcome.BLOCKED),
        ("llama3", "llama3.1", None),  # a name that begins with the one begins with the other
        ("MIT OR GPL-3.0-only", "cc-by-sa-3.0", None),
    ],
)
def test_a_merge_of_what_cannot_be_met_together_is_not_handed_on(
    root: Path, judged: Judge, one: str, other: str, outcome: Outcome | None
) -> None:
    repository(root, "o/one", f"license: {one}")
    repository(root, "o/other", f"license: {other}")
    repository(root, "o/merge", "license: mit\nbase_model: [o/one, o/other]\nbase_model_relation: merge")
    assert outcomes(judged("o/merge", deployment=SHIPPED)).get("incompatible-licenses") is outcome
    assert "incompatible-licenses" not in outcomes(judged("o/merge"))


def test_share_alike_on_an_adapter_may_not_reach_its_base(root: Path, judged: Judge) -> None:
    repository(root, "o/base", "license: cc-by-sa-3.0")
    repository(root, "o/lora", "license: gpl-3.0\nbase_model: o/base\nbase_model_relation: adapter")
    assert outcomes(judged("o/lora", deployment=SHIPPED))["incompatible-licenses"] is Outcome.REVIEW


def test_an_acceptance_older_than_the_license_settles_no_gate(root: Path, judged: Judge) -> None:
    repository(root, "o/gated", "license: llama3.1", hub={"gated": "manual"})

    def accepted(about: str, on: dt.date) -> Outcome:
        record = Agreement(kind=AgreementKind.ACCEPTANCE, license=about, by="Jane Doe", on=on)
        return outcomes(judged("o/gated", deployment=evolve(INTERNAL, agreements=(record,))))["gate-acceptance"]

    assert accepted("LicenseRef-Meta-Llama-3.1-Community", dt.date(2024, 9, 1)) is Outcome.CLEAR
    assert accepted("LicenseRef-Meta-Llama-3.1-Community", dt.date(2023, 9, 1)) is Outcome.DUTIES
    assert accepted("o/gated", dt.date(2024, 9, 1)) is Outcome.CLEAR
    assert accepted("o/other", dt.date(2024, 9, 1)) is Outcome.DUTIES
    unknown = judged("o/gated", deployment=evolve(INTERNAL, agreements=None))
    assert outcomes(unknown)["gate-acceptance"] is Outcome.REVIEW
    assert "agreements" in {s.fact for s in unknown.settles}


def test_the_gate_of_an_adapters_base_is_asked_for_and_that_of_a_fine_tuned_one_is_not(
    root: Path, judged: Judge
) -> None:
    repository(root, "o/base", "license: mit", hub={"gated": "auto"})
    repository(root, "o/lora", "license: mit\nbase_model: o/base\nbase_model_relation: adapter")
    repository(root, "o/tune", "license: mit\nbase_model: o/base\nbase_model_relation: finetune")
    assert "gate-acceptance" in outcomes(judged("o/lora"))
    assert "gate-acceptance" not in outcomes(judged("o/tune"))


def test_what_comes_by_an_unsure_step_is_no_surer(root: Path, judged: Judge) -> None:
    repository(root, "o/a", "license: cc-by-nc-4.0")
    repository(root, "o/b", "license: cc-by-nc-4.0")
    config = b'{"base_model_name_or_path": "o/b"}'
    repository(root, "o/lora", "license: mit\nbase_model: o/a", adapter_config__json=config)
    contradicted = findings(judged("o/lora"), "action-not-granted")
    assert {f.confidence for f in contradicted} == {Confidence.LOW}
    repository(root, "o/tune", "license: mit\nbase_model: o/a")
    assert {f.confidence for f in findings(judged("o/tune"), "action-not-granted")} == {Confidence.HIGH}


def test_the_atlas_does_not_speak_for_a_revision() -> None:
    asked = check("tiiuae/falcon-7b@" + "0" * 40, Deployment(), source=OFFLINE).verdict
    (finding,) = (f for f in asked.findings if f.rule == "revision-not-read")
    assert asked.outcome is Outcome.REVIEW
    assert "tiiuae/falcon-7b" in finding.settles[0].ask
    for unasked in ("tiiuae/falcon-7b", "tiiuae/falcon-7b@main"):
        found = check(unasked, Deployment(), source=OFFLINE).verdict.findings
        assert not [f for f in found if f.rule == "revision-not-read"]


def test_an_adapter_by_its_name_needs_a_base_whoever_made_it() -> None:
    answer = check("tloen/alpaca-lora-7b", Deployment(), source=OFFLINE).verdict
    assert answer.outcome is Outcome.REVIEW
    assert "base-undeclared" in {f.rule for f in answer.findings}
