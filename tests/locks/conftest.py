"""A small Hub that changes, and what a lock says before and after."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from cleartitle.locking.record import lock, record
from cleartitle.pipeline import analyze, check, judge_again
from cleartitle.sources.hub import Hub
from cleartitle.sources.interface import Source
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.lock import Lock
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.words import Channel
from hubs import repository

MODEL = "u/poet-tuned"
HOSTED = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
APACHE = (Path(__file__).parents[2] / "LICENSE").read_bytes()
FREE = "license: apache-2.0"
TUNED = f"{FREE}\nbase_model: lab/poet\nbase_model_relation: finetune"


class World:
    """The repositories of a Hub, and what cleartitle makes of them."""

    def __init__(self, root: Path, endpoint: str, store: Path) -> None:
        self._root, self.endpoint, self._store = root, endpoint, store

    def publish(self, name: str, front: str, *, hub: Mapping[str, object] | None = None, **files: bytes) -> None:
        """Put a repository in the place of what was there."""
        shutil.rmtree(self._root / name, ignore_errors=True)
        repository(self._root, name, front, hub=hub, **files)

    def withdraw(self, name: str) -> None:
        """Take a repository away."""
        shutil.rmtree(self._root / name)

    @property
    def source(self) -> Source:
        """The Hub as it is."""
        return Hub(endpoint=self.endpoint, token=False, store=Store(self._store), wait=lambda _: None)

    def check(self, deployment: Deployment = HOSTED, policy: Policy = Policy(), model: str = MODEL) -> Check:
        """Return the verdict on a model as it is now."""
        return check(model, deployment, policy=policy, source=self.source)

    def lock(
        self, deployment: Deployment = HOSTED, policy: Policy = Policy(), model: str = MODEL, by: str = ""
    ) -> Lock:
        """Return the lock of a model as it is now."""
        answer = judge_again(analyze(model, source=self.source), deployment, policy=policy)
        return lock([record(ModelRef.parse(model), answer, approved_by=by)], policy)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return a Hub with a fine-tune of a model under the same license."""
    root = tmp_path / "hub"
    repository(root, "lab/poet", FREE, LICENSE=APACHE)
    repository(root, MODEL, TUNED, LICENSE=APACHE)
    with FixtureHub(root) as hub:
        yield World(root, hub.endpoint, tmp_path / "store")


Publish = Callable[[World], None]
