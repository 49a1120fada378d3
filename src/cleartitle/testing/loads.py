"""Which models a program loads: seen where it opens their files in the cache of the Hub's client."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

_FILE = re.compile(
    r"[\\/]models--(?P<name>[\w.-]{1,200})[\\/](?:snapshots[\\/](?P<commit>[0-9a-f]{40})|refs|blobs)[\\/]"
)
_MARK = "models--"


class Loads:
    """Watches this process from `start` on; it never sees child processes, nor files that no Python code opens."""

    def __init__(self) -> None:
        self._seen: dict[str, set[str]] = {}
        self._watching = False

    def start(self) -> None:
        """Begin to watch. Python takes no audit hook back: what was watched once costs a glance at each event."""
        sys.addaudithook(self._hear)
        self._watching = True

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Look away: what is opened meanwhile does not count."""
        before, self._watching = self._watching, False
        try:
            yield
        finally:
            self._watching = before

    def add(self, models: Iterable[str]) -> None:
        """Take over what was seen elsewhere, as `models` gives it."""
        for name, _, commit in (model.partition("@") for model in models):
            self._seen.setdefault(name, set()).update({commit} if commit else ())

    @property
    def models(self) -> tuple[str, ...]:
        """The models of which files were opened, with the commits, in order."""
        return tuple(
            f"{name}@{commit}" if commit else name
            for name, commits in sorted(self._seen.items())
            for commit in sorted(commits) or [""]
        )

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._watching or event != "open":
            return
        path = _path(arguments[0])
        found = _FILE.search(path) if _MARK in path else None
        if found:
            name, commit = found["name"].replace("--", "/", 1), found["commit"]
            self._seen.setdefault(name, set()).update({commit} if commit else ())


def _path(opened: object) -> str:
    if isinstance(opened, str):
        return opened
    if isinstance(opened, (bytes, os.PathLike)):
        return os.fsdecode(opened)
    return ""
