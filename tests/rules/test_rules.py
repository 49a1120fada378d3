"""What only the lineage as a whole shows, on small repositories of a real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cleartitle.lineage.walk import Limits
from cleartitle.pipeline import analyze, judge_again
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import Fault, FixtureHub
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Verdict
from cleartitle.vocabulary.words import Channel
from hubs import repository

INTERNAL = Deployment(commercial=True, channels=frozenset({Channel.INTERNAL}))
Judge = Callable[..., Verdict]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hub"


@pytest.fixture
def judged(root: Path, tmp_path: Path) -> Judge:
    """Judge the internal use of a model of the Hub that the test has written."""

    def run(name: str, *, limits: Limits = Limits(), fault: tuple[str, Fault, str] | None = None) -> Verdict:
        with FixtureHub(root) as server:
            if fault:
                server.fault(fault[0], fault[1], only=fault[2])
            source = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=lambda _: None)
            return judge_again(analyze(name, source=source, limits=limits), INTERNAL).verdict

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
