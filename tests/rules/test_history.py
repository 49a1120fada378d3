"""A license that was another when a derivative was made, read from the commits of a real server."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.lineage.walk import Limits
from cleartitle.pipeline import analyze, judge_again
from cleartitle.sources.chain import Chain
from cleartitle.sources.folder import Folder
from cleartitle.sources.hub import Hub
from cleartitle.sources.shared import Shared
from cleartitle.sources.store import Store
from cleartitle.testing.hub import Fault, FixtureHub
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.verdict import Finding
from hubs import repository

OLD, FIRST = "a" * 40, "b" * 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hub"


def family(root: Path, *, then: str = "apache-2.0", now: str = "cc-by-nc-4.0", made: str = "2024-05-05") -> None:
    """Write a base that was under *then* until June 2024, and a child."""
    files = {"README.md": f"---\nlicense: {then}\n---\n"}
    revisions = {
        OLD: {"kind": "commit", "date": "2024-04-01T10:00:00.000Z", "files": files},
        FIRST: {"kind": "commit", "date": "2024-02-01T10:00:00.000Z", "files": {"README.md": None}},
    }
    days = {"created_at": "2024-02-01T10:00:00.000Z", "last_modified": "2024-06-01T10:00:00.000Z"}
    repository(root, "o/base", f"license: {now}", hub={**days, "revisions": revisions})
    days = {"created_at": f"{made}T10:00:00.000Z", "last_modified": "2024-07-07T10:00:00.000Z"}
    repository(root, "o/child", "license: apache-2.0\nbase_model: o/base", hub=days)


def look(server: FixtureHub, tmp_path: Path, *, history: bool = True) -> Analysis:
    hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=lambda _: None)
    return analyze("o/child", source=Shared(Chain(hub=hub)), limits=Limits(history=history))


def changed(analysis: Analysis) -> tuple[Finding, ...]:
    found = judge_again(analysis, Deployment(commercial=True)).verdict.findings
    return tuple(f for f in found if f.rule == "license-changed")


def test_the_license_of_the_day_is_found_and_the_revision_named(root: Path, tmp_path: Path) -> None:
    family(root)
    with FixtureHub(root) as server:
        (finding,) = changed(look(server, tmp_path))
    assert finding.outcome is Outcome.REVIEW
    assert "was under Apache-2.0 when o/child was made from it (2024-05-05)" in finding.message
    assert "under CC-BY-NC-4.0 now" in finding.message
    assert f"o/base@{OLD}" in finding.advice
    assert [ref.short for ref in finding.path] == ["o/child", "o/base"]
    assert {e.quote for e in finding.evidence} == {"apache-2.0", "cc-by-nc-4.0"}


@pytest.mark.parametrize(
    ("then", "now", "was"),
    [
        ("other\nlicense_name: house-rules", "mit", "unknown (house-rules)"),
        ("[apache-2.0, cc-by-nc-4.0]", "apache-2.0", "Apache-2.0"),
    ],
)
def test_what_was_not_known_then_or_held_beside_it_is_a_change_too(
    root: Path, tmp_path: Path, then: str, now: str, was: str
) -> None:
    family(root, then=then, now=now)
    with FixtureHub(root) as server:
        (finding,) = changed(look(server, tmp_path))
    assert finding.message.startswith(f"o/base was under {was}")


def test_a_source_that_knows_no_history_says_so(root: Path) -> None:
    family(root)
    found = analyze(str(root / "o" / "child"), source=Folder(), limits=Limits(history=True))
    assert any("history" in cut for cut in found.lineage.cuts)


@pytest.mark.parametrize(
    ("then", "now", "made"),
    [
        ("cc-by-nc-4.0", "cc-by-nc-4.0", "2024-05-05"),  # other things changed
        ("apache-2.0", "cc-by-nc-4.0", "2024-06-02"),  # made after the change
        ("apache-2.0", "cc-by-nc-4.0", "2024-01-01"),  # older than the base: nobody knows what it was made from
        ("apache-2.0", "cc-by-nc-4.0", "2024-02-02"),  # no license was declared yet
    ],
)
def test_what_did_not_change_since_is_no_finding(root: Path, tmp_path: Path, then: str, now: str, made: str) -> None:
    family(root, then=then, now=now, made=made)
    with FixtureHub(root) as server:
        assert not changed(look(server, tmp_path))


def test_it_is_asked_only_on_demand_and_only_once(root: Path, tmp_path: Path) -> None:
    family(root)
    with FixtureHub(root) as server:
        assert not changed(look(server, tmp_path, history=False))
        assert not any("/commits/" in request.path for request in server.requests)
        look(server, tmp_path)
        asked = [request.path for request in server.requests if "/commits/" in request.path]
        assert asked == ["/api/models/o/base/commits/main"]


def test_a_history_that_cannot_be_read_is_said(root: Path, tmp_path: Path) -> None:
    family(root)
    with FixtureHub(root) as server:
        server.fault("o/base", Fault.SERVER_ERROR, only="/commits/")
        found = judge_again(look(server, tmp_path), Deployment(commercial=True)).verdict
    (finding,) = [f for f in found.findings if f.rule == "source-unread"]
    assert "2024-05-05" in finding.message
    assert found.outcome is not Outcome.CLEAR


def test_a_history_of_many_pages_is_followed(root: Path, tmp_path: Path) -> None:
    family(root)
    with FixtureHub(root, page_size=1) as server:
        assert changed(look(server, tmp_path))
        assert sum("/commits/" in request.path for request in server.requests) == 2
