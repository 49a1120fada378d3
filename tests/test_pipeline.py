"""Many models at once, and analyses that are kept: what was fetched is not fetched again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import cleartitle
from cleartitle import OFFLINE, Deployment, Outcome
from cleartitle.errors import BadReference, DataError, NotFound, RateLimited, UsageError
from cleartitle.facts import Channel
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import Fault, FixtureHub
from cleartitle.vocabulary.analysis import Check
from hubs import repository

HOSTED = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
INTERNAL = Deployment(commercial=False, research=True, channels=frozenset({Channel.INTERNAL}))


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[FixtureHub]:
    root = tmp_path / "hub"
    repository(root, "lab/base", "license: cc-by-nc-4.0")
    for name in ("one", "two", "three", "four"):
        repository(root, f"u/{name}", "license: mit\nbase_model: lab/base")
    with FixtureHub(root) as running:
        yield running


def source(hub: FixtureHub, tmp_path: Path) -> Hub:
    """Return the Hub with a store that keeps nothing: what is asked is asked of the Hub."""
    (tmp_path / "no-folder").touch()
    return Hub(endpoint=hub.endpoint, token=False, store=Store(tmp_path / "no-folder"), wait=lambda _: None)


def test_what_models_have_in_common_is_fetched_once(hub: FixtureHub, tmp_path: Path) -> None:
    names = ("u/one", "u/two", "u/three", "u/four", "u/one")
    answers = cleartitle.check_all(names, HOSTED, source=source(hub, tmp_path))
    assert [isinstance(each, Check) and each.analysis.lineage.root.short for each in answers] == list(names)
    asked = [request.path for request in hub.requests if request.path.startswith("/api/models/lab/base/revision/main")]
    assert len(asked) == len(set(asked))
    cards = [request.path for request in hub.requests if request.path.endswith("README.md")]
    assert len(cards) == 5


def test_one_at_a_time_gives_the_same_answers(hub: FixtureHub, tmp_path: Path) -> None:
    names = ("u/one", "lab/base")
    together = cleartitle.check_all(names, HOSTED, source=source(hub, tmp_path))
    assert together == tuple(cleartitle.check(name, HOSTED, source=source(hub, tmp_path)) for name in names)


def test_a_model_that_fails_fails_alone_and_in_its_place(hub: FixtureHub, tmp_path: Path) -> None:
    hub.fault("u/two", Fault.RATE_LIMITED, retry_after=3600)
    one, two, none = cleartitle.check_all(["u/one", "u/two", "u/none"], HOSTED, source=source(hub, tmp_path))
    assert isinstance(one, Check)
    assert isinstance(two, RateLimited)
    assert isinstance(none, NotFound)


def test_a_name_that_is_none_is_said_before_anything_is_fetched(hub: FixtureHub, tmp_path: Path) -> None:
    with pytest.raises(BadReference):
        cleartitle.check_all(["u/one", "not a name"], HOSTED, source=source(hub, tmp_path))
    assert hub.requests == ()


def test_no_models_are_no_answers() -> None:
    assert cleartitle.check_all([], HOSTED, source=OFFLINE) == ()


def test_a_saved_analysis_is_judged_again_without_the_hub(hub: FixtureHub, tmp_path: Path) -> None:
    found = cleartitle.analyze("u/one", source=source(hub, tmp_path))
    before = len(hub.requests)
    cleartitle.save(found, tmp_path / "one.json")
    again = cleartitle.load(tmp_path / "one.json")
    assert again == found
    outcomes = {cleartitle.judge_again(again, each).verdict.outcome for each in (HOSTED, INTERNAL)}
    assert Outcome.BLOCKED in outcomes
    assert len(outcomes) == 2
    assert len(hub.requests) == before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"lineage": 3}', "[" * 100_000])
def test_a_file_that_is_no_analysis_is_one_clear_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        cleartitle.load(path)


def test_what_cannot_be_read_or_written_is_an_error_of_ours(tmp_path: Path) -> None:
    found = cleartitle.analyze("microsoft/phi-2", source=OFFLINE)
    with pytest.raises(UsageError, match="cannot write"):
        cleartitle.save(found, tmp_path / "no" / "such" / "folder.json")
    with pytest.raises(DataError, match="cannot read"):
        cleartitle.load(tmp_path / "missing.json")
    cleartitle.save(found, tmp_path / "saved.json")
    assert [path.name for path in tmp_path.iterdir()] == ["saved.json"]
