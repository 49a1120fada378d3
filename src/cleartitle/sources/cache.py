"""The local cache of the Hub's client: what was downloaded before, read without any network."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve

from cleartitle.errors import NotFound
from cleartitle.sources.folder import read_folder
from cleartitle.sources.store import home
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.reference import ModelRef


def location() -> Path:
    """Return where the cache is, by the client's own rules: HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME."""
    if os.environ.get("HF_HUB_CACHE"):
        return Path(os.environ["HF_HUB_CACHE"]).expanduser()
    return home() / "hub"


class HubCache:
    """Reads repositories from the cache; which of their files are there is chance."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what the cache holds of *ref*, or raise `NotFound`."""
        repository = (self._root or location()) / f"models--{ref.name.replace('/', '--')}"
        commit = _commit(repository, ref.revision or "main")
        snapshot = repository / "snapshots" / commit
        if not commit or not snapshot.is_dir():
            raise NotFound(f"{ref.short} is not in the local cache")
        found = read_folder(snapshot, ref.at(commit), Origin.CACHE, follow=repository)
        return evolve(found, complete=False, source=str(snapshot))


def _commit(repository: Path, revision: str) -> str:
    pointer = repository / "refs" / revision
    try:
        if pointer.resolve().is_relative_to(repository.resolve()) and pointer.is_file():
            return pointer.read_text(encoding="ascii").strip()[:64]
        matches = [p.name for p in (repository / "snapshots").iterdir() if p.name.startswith(revision)]
    except (OSError, UnicodeDecodeError):
        return ""
    return matches[0] if len(matches) == 1 else ""
