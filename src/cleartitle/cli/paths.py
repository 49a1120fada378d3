"""Files and folders that the user names, read within bounds: nothing that is no file is opened for long."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen

from cleartitle.files import is_legal

MAX_BYTES = 1_000_000
"""Bytes read of a license text; no license is longer."""
HEAD = 32 * 1024
"""Bytes read of another file, for its SPDX line."""
MAX_FILES = 20_000
MAX_DEPTH = 16
_SKIPPED = frozenset({".git", ".hg", ".svn", ".cache", "__pycache__", "node_modules", ".venv", ".tox"})
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@frozen(kw_only=True)
class Found:
    """A file to look at."""

    path: Path
    whole: bool
    """Whether it is read as a license text, or only its head for an SPDX line."""


@frozen(kw_only=True)
class Content:
    """What was read of a file."""

    data: bytes
    size: int
    """Bytes of the whole file."""

    @property
    def cut(self) -> bool:
        """Whether there is more than was read."""
        return self.size > len(self.data)


class NoFile(Exception):
    """What is there is no regular file; says what it is."""


def read(found: Found) -> Content:
    """Return the beginning of a file; a pipe or a device is refused without waiting for it."""
    descriptor = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            kind = _KINDS.get(stat.S_IFMT(about.st_mode), "no regular file")
            raise NoFile(f"it is {kind}")
        data = stream.read(MAX_BYTES if found.whole else HEAD)
    return Content(data=data, size=max(about.st_size, len(data)))


class Walk:
    """The files below a folder: license texts whole, all others for their head. What was left out is noted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.left_out: list[str] = []
        self.unread: list[tuple[Path, str]] = []

    def __iter__(self) -> Iterator[Found]:
        count = 0
        inside = _inside(_real(self.root))
        for path in self._paths():
            whole = legal(path)
            if path.is_symlink() and not _real(path).is_relative_to(inside):
                self.left_out += [f"{printable(path)} leads out of the folder"] if whole else []
                continue
            if not whole and not _is(path, stat.S_ISREG):
                continue
            count += 1
            if count > MAX_FILES:
                self.left_out.append(f"only the first {MAX_FILES:,} files of {printable(self.root)} were looked at")
                return
            yield Found(path=path, whole=whole)

    def _paths(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self.root, onerror=self._denied):
            here = Path(folder)
            folders[:] = sorted(name for name in folders if name not in _SKIPPED)
            if folders and len(here.relative_to(self.root).parts) >= MAX_DEPTH:
                self.left_out.append(f"{printable(here)} has folders more than {MAX_DEPTH} levels down")
                folders.clear()
            yield from (here / name for name in sorted(names))

    def _denied(self, error: OSError) -> None:
        self.unread.append((Path(error.filename or self.root), error.strerror or str(error)))


def legal(path: Path) -> bool:
    """Return whether a file is named like a license, a notice or a policy, or lies in a folder of licenses."""
    return is_legal(f"{path.parent.name}/{path.name}")


def is_folder(path: Path) -> bool:
    """Return whether there is a folder."""
    return _is(path, stat.S_ISDIR)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    try:
        return kind(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _real(path: Path) -> Path:
    """Return where a path leads, even if it leads in a circle."""
    return Path(os.path.realpath(path))


def _inside(root: Path) -> Path:
    """Return the folder that links may not leave: for a snapshot in the Hub's cache, the whole repository there."""
    return next((p for p in (root, *root.parents) if p.name.startswith(("models--", "datasets--", "spaces--"))), root)


def printable(path: Path) -> str:
    """Return a path as text, whatever bytes its name is made of.

    >>> printable(Path("LICENSE"))
    'LICENSE'
    """
    return os.fsencode(path).decode("utf-8", "replace")
