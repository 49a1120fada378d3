"""The cache of the Hub's client as a whole: which repositories are in it, and what is there of each."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import frozen

from cleartitle.errors import BadReference
from cleartitle.sources.cache import HubCache, location
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.reference import ModelRef

MAX_REPOSITORIES = 10_000
MAX_COMMITS = 100
"""Commits and names of revisions that are listed of one repository."""


@frozen(kw_only=True)
class Cached:
    """A repository in the cache."""

    ref: ModelRef
    """Without a revision."""
    commits: tuple[str, ...]
    """Those of which files are there."""
    revisions: tuple[str, ...] = ()
    """Branches and tags that point to a commit there."""


class WholeCache:
    """Lists what the cache holds, and reads it."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root

    def repositories(self) -> tuple[Cached, ...]:
        """Return the models of which there are files, by name; none where there is no cache."""
        root = self._root or location()
        try:
            with os.scandir(root) as entries:
                names = sorted(e.name for e in entries if e.name.startswith("models--"))[:MAX_REPOSITORIES]
        except OSError:
            return ()
        return tuple(found for name in names if (found := _cached(root / name)))

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what the cache holds of *ref*, or raise `NotFound`."""
        return HubCache(self._root).fetch(ref)


def _cached(folder: Path) -> Cached | None:
    commits = _names(folder / "snapshots")
    try:
        ref = ModelRef.hub(folder.name.removeprefix("models--").replace("--", "/"))
    except BadReference:
        return None
    if not commits:
        return None
    pointers = (r for r in _names(folder / "refs") if _points(folder / "refs" / r, commits))
    return Cached(ref=ref, commits=commits, revisions=tuple(pointers))


def _points(pointer: Path, commits: tuple[str, ...]) -> bool:
    try:
        with pointer.open("rb") as stream:
            return stream.read(100).decode("ascii", errors="replace").strip() in commits
    except OSError:
        return False


def _names(folder: Path) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted(entry.name for entry in entries)[:MAX_COMMITS])
    except OSError:
        return ()
