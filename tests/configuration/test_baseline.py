"""The baseline file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle import catalog
from cleartitle.configuration import baseline
from cleartitle.errors import DataError
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.verdict import fingerprint
from cleartitle.vocabulary.words import LicenseId
from laws.worlds import alone

VERDICT = alone(catalog.whole(LicenseId("LicenseRef-Meta-Llama-3.1-Community"))).verdict(Deployment())


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(baseline.render([VERDICT, VERDICT]), encoding="utf-8")
    known = baseline.load(path)
    asked = {fingerprint(f) for f in VERDICT.findings if f.outcome.rank() >= Outcome.REVIEW.rank()}
    assert asked
    assert {k.fingerprint for k in known} == asked
    assert len(known) == len(asked)
    assert all(k.message and k.rule and k.model == "hf:owner/model-0" for k in known)


def test_it_is_the_same_whatever_the_order() -> None:
    other = alone(catalog.whole(LicenseId("GPL-3.0-only"))).verdict(Deployment())
    assert baseline.render([VERDICT, other]) == baseline.render([other, VERDICT])


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"known": [{}]}', '{"schema_version": 99}', '{"known": [{"fingerprint": "", "outcome": "x"}]}'],
)
def test_what_is_no_baseline_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        baseline.load(path)


def test_a_missing_one_says_how_to_write_it(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        baseline.load(tmp_path / "gone.json")
    assert "--write-baseline" in caught.value.advice


def test_an_empty_one_says_its_version() -> None:
    assert json.loads(baseline.render([]))["schema_version"] == 1
