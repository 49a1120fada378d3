"""The files of a project within bounds: no link that leads out, nothing that git ignores, nothing that is installed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen
from pathspec import GitIgnoreSpec

MAX_FILES = 100_000
MAX_DEPTH = 24
MAX_BYTES = 2_000_000
"""Bytes of a file that are read; a longer one is named as left out."""
MAX_NOTEBOOK = 20_000_000
MAX_IGNORE = 200_000
MAX_PATTERNS = 2_000
MAX_STARS = 3
"""Wildcards in a pattern that is obeyed; matching takes time to the power of their number."""
_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", ".venv", "venv", "site-packages", "dist-packages", "__pycache__", ".tox"}
    | {".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".ipynb_checkpoints", ".terraform", ".eggs", ".idea"}
)
_CACHED = ("models--", "datasets--", "spaces--")


class NotText(Exception):
    """A file that cannot be read as text; says why."""


class TooLong(NotText):
    """A file that is longer than what is read."""


@frozen(kw_only=True)
class File:
    """A file to look at."""

    path: Path
    name: str
    """Relative to the project, with ``/``."""


class Walk:
    """The files below a folder, or one file; what was left out is noted."""

    def __init__(self, root: Path, exclude: Iterable[str] = ()) -> None:
        self.root = root if root.is_dir() else root.parent
        self._only = None if root.is_dir() else root
        self._excluded = spec(exclude)
        self.left_out: list[str] = []
        self.caches: list[Path] = []
        """Repositories in a cache of the Hub's client (``models--owner--name``)."""
        self._real = Path(os.path.realpath(self.root))

    def __iter__(self) -> Iterator[File]:
        if self._only is not None:
            yield File(path=self._only, name=self._only.name)
            return
        for count, file in enumerate(self._files()):
            if count == MAX_FILES:
                self.left_out.append(f"only the first {MAX_FILES:,} files were looked at")
                return
            yield file

    def _files(self) -> Iterator[File]:
        if self._is_cache(self.root):
            return
        pending: list[tuple[str, int, tuple[tuple[str, GitIgnoreSpec], ...]]] = [("", 0, ())]
        while pending:
            folder, depth, ignored = pending.pop()
            try:
                entries = sorted(os.scandir(self.root / folder), key=lambda e: e.name)
            except OSError as error:
                self.left_out.append(f"{printable(folder)} cannot be read: {error.strerror}")
                continue
            here = _ignore(self.root / folder, entries)
            ignored = (*ignored, (folder, here)) if here is not None else ignored
            folders: list[str] = []
            for entry in entries:
                name = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if self._wanted(entry, name, ignored):
                        folders.append(f"{name}/")
                elif self._is_file(entry) and not self._hidden(name, ignored):
                    yield File(path=Path(entry.path), name=printable(name))
            if folders and depth >= MAX_DEPTH:
                self.left_out.append(f"{printable(folder)} has folders more than {MAX_DEPTH} levels down")
            else:
                pending += [(each, depth + 1, ignored) for each in reversed(folders)]

    def _wanted(self, entry: os.DirEntry[str], name: str, ignored: tuple[tuple[str, GitIgnoreSpec], ...]) -> bool:
        if entry.name in _SKIPPED or self._is_cache(Path(entry.path)):
            return False
        if os.path.lexists(os.path.join(entry.path, "pyvenv.cfg")):  # noqa: PTH118 - of every folder
            return False
        return not self._hidden(f"{name}/", ignored)

    def _is_cache(self, path: Path) -> bool:
        if path.name.startswith(_CACHED):
            self.caches.append(path)
            return True
        return False

    def _hidden(self, name: str, ignored: tuple[tuple[str, GitIgnoreSpec], ...]) -> bool:
        """Return whether a path is excluded, or ignored by git; ``.env`` is read all the same: it says what runs."""
        if self._excluded.match_file(name):
            return True
        if is_environment(name.rpartition("/")[2]):
            return False
        for folder, patterns in reversed(ignored):
            found = patterns.check_file(name[len(folder) :]).include
            if found is not None:
                return found
        return False

    def _is_file(self, entry: os.DirEntry[str]) -> bool:
        try:
            if entry.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(self._real):
                return False
            return entry.is_file()
        except OSError:
            return False


def read(path: Path, limit: int = MAX_BYTES) -> str:
    """Return a file as text, or raise `NotText`; a pipe or a device is refused without waiting for it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotText("it is no regular file")
            data = stream.read(limit + 1)
    except OSError as error:
        raise NotText(error.strerror or str(error)) from None
    if len(data) > limit:
        raise TooLong(f"it is longer than {limit:,} bytes")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").replace("\r\n", "\n")
    if b"\0" in data[:8192]:
        raise NotText("it is no text")
    return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def is_environment(name: str) -> bool:
    """Return whether a file is named like one with environment variables.

    >>> [is_environment(n) for n in (".env", ".env.production", "prod.env", ".envrc", "environment.yml")]
    [True, True, True, True, False]
    """
    return name in (".env", ".envrc") or name.startswith(".env.") or name.endswith(".env")


def spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    """Return patterns in the way of ``.gitignore``; those with too many wildcards are left out."""
    kept = [p for p in patterns if p.count("*") - p.count("**") <= MAX_STARS and p.count("**") <= MAX_STARS]
    fine: list[str] = []
    for pattern in kept[:MAX_PATTERNS]:
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            continue
        fine.append(pattern)
    return GitIgnoreSpec.from_lines(fine)


def printable(path: str) -> str:
    """Return a path as text, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _ignore(folder: Path, entries: list[os.DirEntry[str]]) -> GitIgnoreSpec | None:
    if not any(entry.name == ".gitignore" for entry in entries):
        return None
    try:
        return spec(read(folder / ".gitignore", MAX_IGNORE).splitlines())
    except NotText:
        return None
