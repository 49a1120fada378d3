"""Snapshots: what was read comes back as it was, failures too; what was altered is refused."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cleartitle.errors import AccessDenied, DataError, NotFound, SourceError
from cleartitle.lineage.walk import trace
from cleartitle.sources.snapshot import Recorder, Replay, render
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, TextFile
from cleartitle.vocabulary.reference import ModelRef

DAY = dt.date(2026, 1, 1)
CHILD, BASE, GONE = (ModelRef.hub(name) for name in ("o/child", "o/base", "o/gone"))
CARD = b"---\nbase_model: [o/base, o/gone]\n---\n"


class Shelf:
    """A source with three answers, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self, ref: ModelRef) -> Artifact:
        self.asked += 1
        if ref == GONE:
            raise AccessDenied("nobody may see it", advice="ask somebody")
        card = CARD if ref == CHILD else b"\xff\x00 not text"
        texts = (TextFile(path="README.md", data=card), TextFile(path="LICENSE", data=bytes(range(256))))
        return Artifact(ref=ref.at("0" * 40), origin=Origin.LIVE, files=(FileEntry(path="a.bin"),), texts=texts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    recorder = Recorder(Shelf())
    trace(CHILD, recorder)
    (tmp_path / "snap.json").write_text(render(recorder.snapshot(["o/child"], made=DAY)), encoding="utf-8")
    return tmp_path / "snap.json"


def test_a_lineage_comes_out_the_same(path: Path) -> None:
    replay = Replay.of(path)
    assert trace(CHILD, replay) == trace(CHILD, Shelf())
    assert replay.fetch(BASE) == Shelf().fetch(BASE)
    with pytest.raises(AccessDenied, match="nobody may see it") as caught:
        replay.fetch(GONE)
    assert caught.value.advice == "ask somebody"


def test_what_was_not_recorded_is_not_found(path: Path) -> None:
    with pytest.raises(NotFound, match="not in the snapshot"):
        Replay.of(path).fetch(ModelRef.hub("o/other"))


def test_the_same_answers_make_the_same_file(path: Path) -> None:
    again = Recorder(Replay.of(path))
    trace(CHILD, again)
    assert render(again.snapshot(["o/child"], made=DAY)) == path.read_text(encoding="utf-8")


def test_each_file_has_its_hash(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))["recorded"]
    child = next(each for each in recorded if each["asked"]["name"] == "o/child")
    assert [each["path"] for each in child["files"]] == ["README.md", "LICENSE"]
    assert child["files"][1]["sha256"] == "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880"


def test_an_altered_snapshot_is_refused(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"path": "a.bin"', '"path": "b.bin"'), encoding="utf-8")
    with pytest.raises(DataError, match="altered"):
        Replay.of(path)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b"[" * 100_000, b"\xff\xfe", b'{"made": "x"}', b'{"schema_version": 99}']
)
def test_what_is_no_snapshot_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(DataError):
        Replay.of(tmp_path / "x")
    with pytest.raises(DataError):
        Replay.of(tmp_path / "none")


def test_every_kind_of_failure_comes_back_as_itself() -> None:
    for kind in SourceError.__subclasses__():

        class Failing:
            def fetch(self, ref: ModelRef, kind: type[SourceError] = kind) -> Artifact:
                raise kind(f"no {ref.short}")

        recorder = Recorder(Failing())
        with pytest.raises(kind):
            recorder.fetch(BASE)
        with pytest.raises(kind):
            Replay(recorder.snapshot([], made=DAY)).fetch(BASE)
