"""One answer for all who ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from cleartitle.errors import NotFound
from cleartitle.sources.pinned import Pinned, key
from cleartitle.sources.shared import Shared
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.reference import ModelRef

POET = ModelRef.hub("lab/poet")


class Counting:
    """A source that counts, and waits until it may answer."""

    def __init__(self) -> None:
        self.asked: list[ModelRef] = []
        self.may_answer = Event()
        self.may_answer.set()

    def fetch(self, ref: ModelRef) -> Artifact:
        self.asked.append(ref)
        assert self.may_answer.wait(10)
        if ref.name == "lab/none":
            raise NotFound("no such model")
        return Artifact(ref=ref, origin=Origin.LIVE)


def test_the_second_who_asks_gets_the_same_answer() -> None:
    source = Counting()
    shared = Shared(source)
    assert shared.fetch(POET) is shared.fetch(POET)
    assert source.asked == [POET]


def test_who_asks_meanwhile_waits_for_the_answer() -> None:
    source = Counting()
    shared = Shared(source)
    source.may_answer.clear()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(shared.fetch, POET) for _ in range(4)]
        source.may_answer.set()
        assert len({id(each.result(10)) for each in asked}) == 1
    assert source.asked == [POET]


def test_a_failure_is_remembered_too() -> None:
    source = Counting()
    shared = Shared(source)
    for _ in range(2):
        with pytest.raises(NotFound):
            shared.fetch(ModelRef.hub("lab/none"))
    assert len(source.asked) == 1


def test_what_is_on_record_is_read_at_its_commit_and_the_rest_as_asked() -> None:
    source = Counting()
    pinned = Pinned(source=source, commits={key(POET): "a" * 40})
    for ref in (ModelRef.hub("Lab/Poet"), ModelRef.hub("lab/poet", "v1"), ModelRef.hub("lab/other")):
        pinned.fetch(ref)
    assert [ref.revision for ref in source.asked] == ["a" * 40, "v1", None]
