"""The cache of the Hub's client: the repositories in it, each at the commits of which there are files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from cleartitle.discovery.sighting import Sighting, Spot
from cleartitle.vocabulary.discovery import How, UseKind

MAX_COMMITS = 20
_COMMIT = re.compile(r"[0-9a-f]{40}")


def read_cache(repository: Path) -> Iterator[Sighting]:
    """Yield the model or dataset whose folder in the cache this is, once for each commit."""
    kind, _, name = repository.name.partition("--")
    if kind not in ("models", "datasets") or not name:
        return
    said = name.replace("--", "/", 1)
    for commit in _commits(repository / "snapshots"):
        yield Sighting(
            said=said,
            spot=Spot(line=1),
            how=How.CACHE,
            by="snapshots",
            kind=UseKind.DATASET if kind == "datasets" else UseKind.MODEL,
            revision=commit,
        )


def _commits(folder: Path) -> list[str]:
    try:
        return sorted(e.name for e in os.scandir(folder) if _COMMIT.fullmatch(e.name))[:MAX_COMMITS]
    except OSError:
        return []
