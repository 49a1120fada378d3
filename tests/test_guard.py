"""``cleartitle.require``: what is not clear raises, with all there is to know, before anything is downloaded."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import cleartitle
from cleartitle import OFFLINE, ClearTitleError, Deployment, NotClear, Outcome
from cleartitle.errors import NotFound
from cleartitle.facts import Channel
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from hubs import repository

HOSTED = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
FREE = "microsoft/phi-2"
LIMITED = "Qwen/Qwen2.5-72B-Instruct-AWQ"
FORBIDDEN = "facebook/nllb-200-distilled-600M"


def test_what_is_clear_passes_with_its_verdict() -> None:
    assert cleartitle.require(FREE, HOSTED, source=OFFLINE).verdict.outcome is Outcome.CLEAR


@pytest.mark.parametrize(("model", "outcome", "code"), [(FORBIDDEN, Outcome.BLOCKED, 1), (LIMITED, Outcome.REVIEW, 3)])
def test_what_is_not_raises_with_the_check_and_the_findings(model: str, outcome: Outcome, code: int) -> None:
    with pytest.raises(NotClear, match=model) as caught:
        cleartitle.require(model, HOSTED, source=OFFLINE)
    error = caught.value
    assert isinstance(error, ClearTitleError)
    assert error.check.verdict.outcome is outcome
    assert error.exit_code == code
    assert error.findings[0].outcome is outcome
    assert {finding.outcome for finding in error.findings} <= {Outcome.BLOCKED, Outcome.REVIEW}
    assert error.findings[0].message in str(error)
    assert error.advice


def test_a_person_may_accept_what_needs_review_but_nobody_what_is_blocked() -> None:
    accepted = cleartitle.require(LIMITED, HOSTED, accept=Outcome.REVIEW, source=OFFLINE)
    assert accepted.verdict.outcome is Outcome.REVIEW
    with pytest.raises(NotClear):
        cleartitle.require(FORBIDDEN, HOSTED, accept=Outcome.REVIEW, source=OFFLINE)


def test_who_wants_no_duties_says_so(tmp_path: Path) -> None:
    repository(tmp_path / "hub", "lab/poet", "license: apache-2.0")
    shipped = Deployment(channels=frozenset({Channel.WEIGHTS}))
    with FixtureHub(tmp_path / "hub") as hub:
        source = Hub(endpoint=hub.endpoint, token=False, store=Store(tmp_path / "store"))
        assert cleartitle.require("lab/poet", shipped, source=source).verdict.outcome is Outcome.DUTIES
        with pytest.raises(NotClear, match="its duties are met"):
            cleartitle.require("lab/poet", shipped, accept=Outcome.CLEAR, source=source)


def test_no_weights_are_loaded_to_find_out(tmp_path: Path) -> None:
    repository(tmp_path / "hub", "lab/poet", "license: cc-by-nc-4.0", model__bin=b"weights" * 1000)
    with FixtureHub(tmp_path / "hub") as hub:
        source = Hub(endpoint=hub.endpoint, token=False, store=Store(tmp_path / "store"))
        with pytest.raises(NotClear):
            cleartitle.require("lab/poet", HOSTED, source=source)
        assert not any("model.bin" in request.path for request in hub.requests)


def test_a_model_that_cannot_be_read_does_not_pass() -> None:
    with pytest.raises(NotFound):
        cleartitle.require("nobody/has-this", HOSTED, accept=Outcome.REVIEW, source=OFFLINE)


def test_the_error_can_be_sent_to_another_process() -> None:
    with pytest.raises(NotClear) as caught:
        cleartitle.require(FORBIDDEN, HOSTED, source=OFFLINE)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (str(again), again.check, again.exit_code) == (str(caught.value), caught.value.check, 1)
