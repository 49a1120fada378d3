"""The Hub cache as a whole: what is in it, and each repository with the heads of its weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.errors import NotFound
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.sources.hubcache import WholeCache
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.reference import ModelRef
from formats.writers import gguf

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def cached(root: Path, name: str, *, commit: str = COMMIT, **files: bytes) -> Path:
    """Lay out a repository as the Hub's client does: blobs, links to them, a pointer to the commit."""
    repository = root / f"models--{name.replace('/', '--')}"
    snapshot = repository / "snapshots" / commit
    for folder in (snapshot, repository / "blobs", repository / "refs"):
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (repository / "blobs" / path).write_bytes(data)
        (snapshot / path.replace("__", ".")).symlink_to(f"../../blobs/{path}")
    (repository / "refs" / "main").write_text(commit, encoding="ascii")
    return repository


def test_every_model_is_listed_and_nothing_else(tmp_path: Path) -> None:
    cached(tmp_path, "owner/poet", README__md=b"# Poet")
    cached(tmp_path, "gpt2", README__md=b"# Old")
    (tmp_path / "models--no--files" / "blobs").mkdir(parents=True)
    (tmp_path / "models--a----b--c" / "snapshots" / COMMIT).mkdir(parents=True)
    (tmp_path / "datasets--owner--texts" / "snapshots" / COMMIT).mkdir(parents=True)
    (tmp_path / "version.txt").write_text("1", encoding="ascii")
    found = WholeCache(tmp_path).repositories()
    assert [c.ref.name for c in found] == ["gpt2", "owner/poet"]
    assert {c.commits for c in found} == {(COMMIT,)}
    assert {c.revisions for c in found} == {("main",)}


def test_each_that_is_listed_can_be_read_with_the_heads_of_its_weights(tmp_path: Path) -> None:
    cached(tmp_path, "owner/poet", README__md=b"# Poet", poet__gguf=gguf({"general.license": "mit"}, bytes(200_000)))
    cache = WholeCache(tmp_path)
    for listed in cache.repositories():
        found = cache.fetch(listed.ref)
        assert (found.origin, found.ref.revision) == (Origin.CACHE, COMMIT)
        assert [t.path for t in found.texts] == ["README.md", "poet.gguf"]
        assert read_gguf(over(found.texts[1].data)).text("general.license") == "mit"


def test_pointers_to_what_is_not_there_are_not_listed(tmp_path: Path) -> None:
    repository = cached(tmp_path, "owner/poet", README__md=b"# Poet")
    (repository / "refs" / "gone").write_text("f" * 40, encoding="ascii")
    (repository / "refs" / "pr").mkdir()
    (repository / "refs" / "bad").write_bytes(b"\xff" * 10_000)
    assert [c.revisions for c in WholeCache(tmp_path).repositories()] == [("main",)]


def test_no_cache_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert WholeCache(tmp_path / "none").repositories() == ()
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    cached(tmp_path, "owner/poet", README__md=b"# Poet")
    assert [c.ref.name for c in WholeCache().repositories()] == ["owner/poet"]
    with pytest.raises(NotFound):
        WholeCache(tmp_path).fetch(ModelRef.hub("owner/other"))
