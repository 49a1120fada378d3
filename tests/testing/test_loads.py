"""Which models a program loads is seen where it opens files of the cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleartitle.testing.loads import Loads

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40


@pytest.fixture
def loads() -> Loads:
    made = Loads()
    made.start()
    return made


def put(root: Path, *parts: str) -> Path:
    path = root.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"{}")
    return path


@pytest.mark.parametrize("way", ["path", "text", "bytes", "descriptor"])
def test_an_opened_file_of_a_snapshot_is_a_load_at_its_commit(way: str, loads: Loads, tmp_path: Path) -> None:
    with loads.paused():
        path = put(tmp_path, "models--lab--poet-1.5", "snapshots", COMMIT, "config.json")
    if way == "descriptor":
        os.close(os.open(path, os.O_RDONLY))
    else:
        ways: dict[str, Path | str | bytes] = {"path": path, "text": str(path), "bytes": os.fsencode(path)}
        with open(ways[way], "rb"):  # noqa: PTH123 - how it is named is what is tested
            pass
    assert loads.models == (f"lab/poet-1.5@{COMMIT}",)


def test_names_without_owner_and_files_without_commit_count_too(loads: Loads, tmp_path: Path) -> None:
    for parts in (("models--gpt2", "refs", "main"), ("models--lab--a--b", "blobs", "12ab")):
        put(tmp_path, *parts)
    assert loads.models == ("gpt2", "lab/a--b")


def test_two_commits_of_a_model_are_two_loads(loads: Loads, tmp_path: Path) -> None:
    for commit in (OTHER, COMMIT, COMMIT):
        put(tmp_path, "models--lab--poet", "snapshots", commit, "config.json")
    assert loads.models == (f"lab/poet@{COMMIT}", f"lab/poet@{OTHER}")


def test_other_files_are_none(loads: Loads, tmp_path: Path) -> None:
    for parts in (("models.txt",), ("models--lab--poet", "notes.txt"), ("datasets--lab--texts", "refs", "main")):
        put(tmp_path, *parts)
    assert loads.models == ()


def test_what_is_opened_while_paused_does_not_count(loads: Loads, tmp_path: Path) -> None:
    with loads.paused(), loads.paused():
        put(tmp_path, "models--lab--poet", "refs", "main")
    assert not loads.models
    put(tmp_path, "models--lab--poet", "refs", "main")
    assert loads.models == ("lab/poet",)


def test_who_was_never_started_sees_nothing(tmp_path: Path) -> None:
    silent = Loads()
    put(tmp_path, "models--lab--poet", "refs", "main")
    assert silent.models == ()


def test_what_was_seen_elsewhere_is_taken_over() -> None:
    here, there = Loads(), Loads()
    there.add([f"lab/poet@{COMMIT}", "gpt2"])
    here.add([*there.models, f"lab/poet@{OTHER}"])
    assert here.models == ("gpt2", f"lab/poet@{COMMIT}", f"lab/poet@{OTHER}")
