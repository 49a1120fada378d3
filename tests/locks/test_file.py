"""The lock as a file: the same for the same, read within bounds, every mistake named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.locking.file import MAX_BYTES, load, render
from cleartitle.serial.convert import plain, read
from cleartitle.vocabulary.lock import Lock
from locks.conftest import World
from strategies import of


@given(lock=of(Lock))
@settings(max_examples=60)
def test_what_is_written_is_json_and_reads_back_equal(lock: Lock) -> None:
    written = render(lock)
    assert json.loads(written) == plain(lock)
    assert read(json.loads(written), Lock, where="lock") == lock


def test_the_same_repositories_give_the_same_bytes(world: World) -> None:
    assert render(world.lock()) == render(world.lock())


def test_a_fact_stands_on_a_line_of_its_own(world: World) -> None:
    lines = [line.strip().rstrip(",") for line in render(world.lock()).splitlines()]
    assert '{"key": "license", "values": ["apache-2.0"]}' in lines
    assert '{"model": "hf:lab/poet", "relation": "finetune"}' in lines
    assert all(len(line) < 250 for line in lines)


def test_text_of_strangers_is_written_in_ascii(world: World) -> None:
    world.publish("lab/poet", 'license: other\nlicense_name: "po\u202eet"')
    assert render(world.lock()).isascii()


def test_no_lock_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no lock") as caught:
        load(tmp_path / "cleartitle.lock")
    assert "cleartitle lock" in caught.value.advice


@pytest.mark.parametrize("text", ["", "not json", "[", "[" * 100_000, "\x00"])
def test_what_is_no_json_is_one_clear_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "cleartitle.lock"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"is not JSON|expected a table|deep"):
        load(path)


def test_every_mistake_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cleartitle.lock"
    path.write_text('{"policy": {"name": 1, "sha256": "x"}, "models": [{"model": "hf:a/b"}], "by": "me"}')
    with pytest.raises(ManyDataErrors) as caught:
        load(path)
    paths = [error.path for error in caught.value.errors]
    assert "policy.name" in paths
    assert any(path.startswith("models[0]") for path in paths)
    assert "unknown field: by" in str(caught.value)


def test_a_lock_of_another_schema_version_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "cleartitle.lock"
    path.write_text(render(world.lock()).replace('"schema_version": 1', '"schema_version": 2'))
    with pytest.raises(DataError, match="schema_version"):
        load(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "cleartitle.lock"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(DataError, match="larger than"):
        load(path)
