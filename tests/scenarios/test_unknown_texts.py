"""A model under a license text that nobody knows: what can be read in it counts against a deployment, never for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.pipeline import check, judge_again
from cleartitle.serial.convert import plain, read
from cleartitle.sources.chain import OFFLINE
from cleartitle.vocabulary.analysis import Analysis, Check
from cleartitle.vocabulary.deployment import Deployment, Figure
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.words import Channel, Metric

GRANT = "1. You may use, copy, modify and distribute the Model and its derivatives, also commercially."
LIMIT = "2. If your products have more than 5 million monthly active users, you must request a license from us."
DUTY = "3. You must display “Built with Lantern” wherever the Model is used or hosted."
BAN = "4. Commercial use of the Model is not permitted."


def verdict(folder: Path, *clauses: str, users: int = 1000) -> Check:
    (folder / "README.md").write_text("---\nlicense: other\nlicense_name: lantern\n---\n# Lantern\n", encoding="utf-8")
    (folder / "LICENSE").write_text("\n\n".join(("Lantern Model License", *clauses)), encoding="utf-8")
    figures = Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, users)
    hosted = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}), figures=figures, fine_tunes=False)
    return check(str(folder), hosted, source=OFFLINE)


@pytest.mark.parametrize(
    ("clauses", "users", "outcome"),
    [
        ((GRANT,), 1000, Outcome.REVIEW),
        ((GRANT, LIMIT), 1000, Outcome.REVIEW),
        ((GRANT, LIMIT), 6_000_000, Outcome.BLOCKED),
        ((BAN,), 1000, Outcome.BLOCKED),
        ((GRANT, BAN), 1000, Outcome.BLOCKED),
    ],
)
def test_a_text_that_nobody_has_checked_is_never_clear_and_its_bans_count(
    tmp_path: Path, clauses: tuple[str, ...], users: int, outcome: Outcome
) -> None:
    answer = verdict(tmp_path, *clauses, users=users).verdict
    assert answer.outcome is outcome
    unknown = next(f for f in answer.findings if f.rule == "license-unknown")
    assert "read by machine" in unknown.message


def test_what_blocks_is_quoted_with_its_line(tmp_path: Path) -> None:
    answer = verdict(tmp_path, GRANT, BAN).verdict
    blocking = next(f for f in answer.findings if f.outcome is Outcome.BLOCKED)
    evidence = blocking.evidence[0]
    assert (evidence.path, evidence.span and evidence.span.line) == ("LICENSE", 5)
    assert "not permitted" in evidence.quote


def test_its_duties_are_listed(tmp_path: Path) -> None:
    owed = verdict(tmp_path, GRANT, DUTY).verdict.duties
    assert any("Built with Lantern" in words for each in owed for words in each.duty.words)


def test_a_saved_analysis_still_knows_what_was_read(tmp_path: Path) -> None:
    answer = verdict(tmp_path, GRANT, LIMIT)
    kept = read(plain(answer.analysis.slim()), Analysis, where="analysis")
    many = Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, 6_000_000)
    deployment = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}), figures=many, fine_tunes=False)
    assert judge_again(kept, deployment).verdict.outcome is Outcome.BLOCKED
