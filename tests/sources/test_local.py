"""Folders, the Hub client's cache, the atlas, and the chain of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.errors import NotFound, Unreachable
from cleartitle.sources.cache import HubCache, location
from cleartitle.sources.chain import Chain
from cleartitle.sources.folder import Folder
from cleartitle.sources.hub import Hub
from cleartitle.sources.interface import MAX_TEXT
from cleartitle.sources.store import Store
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.reference import ModelRef

COMMIT = "0123456789abcdef0123456789abcdef01234567"
KNOWN = ModelRef.hub("Qwen/Qwen2.5-72B-Instruct")
UNKNOWN = ModelRef.hub("nobody/knows-this")


def nobody(tmp_path: Path) -> Hub:
    return Hub(endpoint="http://127.0.0.1:9", token=False, store=Store(tmp_path / "none"), wait=lambda _: None)


def cached(root: Path, name: str) -> HubCache:
    """Lay out a cache as the Hub's client does: blobs, links to them, a pointer to the commit."""
    repository = root / f"models--{name.replace('/', '--')}"
    snapshot = repository / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir()
    (repository / "blobs" / "abc").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    (snapshot / "README.md").symlink_to("../../blobs/abc")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT, encoding="ascii")
    return HubCache(root)


def test_a_folder_is_read_without_leaving_it(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("LICENSE to nobody", encoding="utf-8")
    model = tmp_path / "model"
    (model / "sub").mkdir(parents=True)
    (model / "licence.TXT").write_text("terms", encoding="utf-8")
    (model / "sub" / "COPYING").write_text("more terms", encoding="utf-8")
    (model / "LICENSE").symlink_to(tmp_path / "secret.txt")
    found = Folder().fetch(ModelRef.folder(model))
    assert [t.path for t in found.texts] == ["licence.TXT", "sub/COPYING"]
    assert found.origin is Origin.FOLDER


def test_a_huge_file_in_a_folder_is_cut_and_said(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_bytes(b"a" * (MAX_TEXT + 10))
    found = Folder().fetch(ModelRef.folder(tmp_path))
    assert [p.what for p in found.problems] == ["too-large"]
    assert found.texts[0].cut


def test_a_missing_folder_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Folder().fetch(ModelRef.folder(tmp_path / "none"))


def test_the_cache_gives_the_commit_and_the_files(tmp_path: Path) -> None:
    cache = cached(tmp_path, "owner/model")
    for revision in (None, "main", COMMIT, COMMIT[:8]):
        found = cache.fetch(ModelRef.hub("owner/model", revision))
        assert found.ref.revision == COMMIT
        assert [t.path for t in found.texts] == ["README.md"]
        assert not found.complete
    for revision in ("other", "../../../etc"):
        with pytest.raises(NotFound):
            cache.fetch(ModelRef.hub("owner/model", revision))


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"HF_HUB_CACHE": "/a/b"}, "/a/b"),
        ({"HF_HOME": "/home/hf"}, "/home/hf/hub"),
        ({"XDG_CACHE_HOME": "/xdg"}, "/xdg/huggingface/hub"),
    ],
)
def test_the_cache_is_where_the_client_puts_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], place: str
) -> None:
    for name in ("HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert location() == Path(place)


def test_offline_asks_the_cache_then_the_atlas(tmp_path: Path) -> None:
    chain = Chain(offline=True, hub=nobody(tmp_path), cache=cached(tmp_path, KNOWN.name))
    assert chain.fetch(KNOWN).origin is Origin.CACHE
    atlas_only = Chain(offline=True, hub=nobody(tmp_path), cache=HubCache(tmp_path / "empty"))
    assert atlas_only.fetch(KNOWN).origin is Origin.ATLAS
    with pytest.raises(NotFound):
        atlas_only.fetch(UNKNOWN)


def test_a_hub_that_fails_is_stood_in_for_and_that_is_said(tmp_path: Path) -> None:
    chain = Chain(hub=nobody(tmp_path), cache=HubCache(tmp_path / "empty"))
    found = chain.fetch(KNOWN)
    assert found.origin is Origin.ATLAS
    assert [p.what for p in found.problems] == ["no-network"]
    with pytest.raises(Unreachable):
        chain.fetch(UNKNOWN)
