"""A folder as a repository of the Hub: its files with their git hashes, and its revisions."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

from cleartitle.testing.hubfile import NAME, LfsEntry, RepositoryFacts, RevisionFacts, RevisionKind, read_facts

MAIN: Final = "main"
DATASETS: Final = "datasets"
"""The folder of datasets, and what stands before their names in addresses."""
_LFS_SUFFIXES: Final = frozenset([
    ".7z", ".arrow", ".bin", ".ckpt", ".gguf", ".gz", ".h5", ".msgpack", ".npy", ".npz", ".onnx", ".parquet",
    ".pb", ".pickle", ".pkl", ".pt", ".pth", ".safetensors", ".tar", ".tflite", ".tgz", ".wasm", ".xz", ".zip",
    ".zst",
])  # fmt: skip
_LFS_SIZE: Final = 10 << 20
_PIECE: Final = 64 << 10
_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,95}")


@frozen(kw_only=True)
class HubFile:
    """A file at one revision. What large-file storage holds beyond *source* reads as zeros."""

    path: str
    size: int
    """Bytes, as the Hub tells it."""
    oid: str
    """The git hash; for large-file storage that of the pointer."""
    sha256: str | None = None
    """Of the content; set for large-file storage only."""
    source: Path | bytes = b""

    @property
    def pointer(self) -> bytes:
        """The text that git holds in place of a large file."""
        return _pointer(self.sha256 or "", self.size)

    def pieces(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from *start* to before *stop*."""
        if isinstance(self.source, bytes):
            yield from _fill(iter([self.source[start:stop]]), stop - start)
        else:
            yield from _fill(_read(self.source, start, stop), stop - start)

    def text(self) -> str:
        """The whole content, as text."""
        return b"".join(self.pieces(0, self.size)).decode("utf-8-sig", errors="replace")


@frozen(kw_only=True)
class Snapshot:
    """A repository at one revision."""

    name: str
    sha: str
    kind: RevisionKind
    date: str
    title: str
    files: Mapping[str, HubFile]


@frozen(kw_only=True)
class Repository:
    """A repository with all its revisions, ``main`` first."""

    id: str
    facts: RepositoryFacts
    extra: Mapping[str, object]
    snapshots: tuple[Snapshot, ...]

    @property
    def main(self) -> Snapshot:
        """The default branch."""
        return self.snapshots[0]

    def at(self, revision: str) -> Snapshot | None:
        """Return the revision by its name or its commit (seven digits are enough), or None."""
        short = re.fullmatch(r"[0-9a-f]{7,40}", revision)
        name = revision.removeprefix("refs/heads/").removeprefix("refs/tags/")
        for snapshot in self.snapshots:
            if snapshot.name == name or (short and snapshot.sha.startswith(revision)):
                return snapshot
        return None

    def history(self, of: Snapshot) -> tuple[Snapshot, ...]:
        """Return *of* and, for ``main``, the older commits behind it, newest first."""
        if of is not self.main:
            return (of,)
        older = (s for s in self.snapshots if s.kind is RevisionKind.COMMIT)
        return of, *sorted(older, key=lambda s: s.date, reverse=True)


@frozen
class Shelf:
    """The folder of repositories. It is read anew at every request, so that a test may change it."""

    root: Path

    def names(self) -> tuple[str, ...]:
        """Return the names of all repositories, in order."""
        found: list[str] = []
        for top in _folders(self.root):
            if top.name == DATASETS:
                continue
            if _is_repository(top):
                found.append(top.name)
            else:
                found += (f"{top.name}/{inner.name}" for inner in _folders(top))
        return tuple(sorted(found))

    def get(self, name: str) -> Repository | None:
        """Return the repository of exactly this name; that of a dataset begins with ``datasets/``."""
        if name.startswith(f"{DATASETS}/"):
            inside = Shelf(self.root / DATASETS)
            return inside.get(name.removeprefix(f"{DATASETS}/")) if inside.root.is_dir() else None
        owner, _, rest = name.rpartition("/")
        if not all(map(_PART.fullmatch, (owner, rest) if owner else (rest,))) or not (self.root / name).is_dir():
            return None
        top = self.root / (owner or name)
        return read_repository(self.root / name, name) if _is_repository(top) is not bool(owner) else None

    def all(self) -> tuple[Repository, ...]:
        """Return all repositories."""
        return tuple(repository for name in self.names() if (repository := self.get(name)))

    def moved(self, name: str) -> str | None:
        """Return the name that a renamed repository, or one written in another case, has now."""
        lower = name.lower()
        for known in self.names():
            facts, _ = read_facts(self.root / known)
            if lower in {known.lower(), *map(str.lower, facts.renamed_from)}:
                return known
        return None


def read_repository(folder: Path, name: str) -> Repository:
    """Read *folder* as the repository *name*; raises `cleartitle.errors.DataError` for a wrong ``.hub.json``."""
    facts, extra = read_facts(folder)
    apart = {folder / r.folder for r in facts.revisions.values() if r.folder}
    main = _collect(folder, apart)
    snapshots = [_snapshot(MAIN, RevisionFacts(date=facts.last_modified), main, facts.lfs)]
    for revision, its in facts.revisions.items():
        held = _collect(folder / its.folder, set()) if its.folder else dict(main)
        for path, text in its.files.items():
            held.pop(path, None)
            if text is not None:
                held[path] = text.encode()
        removed = {path for path, text in its.files.items() if text is None}
        lfs = {} if its.folder else {path: entry for path, entry in facts.lfs.items() if path not in removed}
        snapshots.append(_snapshot(revision, its, held, lfs))
    return Repository(id=name, facts=facts, extra=extra, snapshots=tuple(snapshots))


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and _PART.fullmatch(path.name)]


def _is_repository(top: Path) -> bool:
    """Tell a repository without owner from the folder of an owner: it holds files itself."""
    return any(path.is_file() and (path.name == NAME or not path.name.startswith(".")) for path in top.iterdir())


def _collect(folder: Path, apart: set[Path]) -> dict[str, Path | bytes]:
    found: dict[str, Path | bytes] = {}
    for place, inner, names in os.walk(folder):
        here = Path(place)
        inner[:] = sorted(name for name in inner if name != ".git" and here / name not in apart)
        for name in sorted(names):
            if (here / name).is_file() and name != NAME:
                found[(here / name).relative_to(folder).as_posix()] = here / name
    return found


def _snapshot(
    name: str, facts: RevisionFacts, held: Mapping[str, Path | bytes], lfs: Mapping[str, LfsEntry]
) -> Snapshot:
    files = {path: _file(path, held.get(path, b""), lfs.get(path)) for path in sorted({*held, *lfs})}
    listing = "".join(f"{file.oid} {path}\n" for path, file in files.items())
    sha = name if facts.kind is RevisionKind.COMMIT else _sha1(b"tree " + listing.encode())
    return Snapshot(name=name, sha=sha, kind=facts.kind, date=facts.date, title=facts.title, files=files)


def _file(path: str, source: Path | bytes, lfs: LfsEntry | None) -> HubFile:
    if lfs is not None:
        oid = _git_hash(_pointer(lfs.sha256, lfs.size))
        return HubFile(path=path, size=lfs.size, oid=oid, sha256=lfs.sha256, source=source)
    size, oid, sha256 = _digests(source)
    if Path(path).suffix in _LFS_SUFFIXES or size > _LFS_SIZE:
        return HubFile(path=path, size=size, oid=_git_hash(_pointer(sha256, size)), sha256=sha256, source=source)
    return HubFile(path=path, size=size, oid=oid, source=source)


def _digests(source: Path | bytes) -> tuple[int, str, str]:
    """Return size, git hash and SHA-256; only large files are worth remembering."""
    if isinstance(source, bytes):
        return len(source), _git_hash(source), hashlib.sha256(source).hexdigest()
    stat = source.stat()
    if stat.st_size > _LFS_SIZE:
        return _large_digests(source, stat.st_size, stat.st_mtime_ns)
    return _digests(source.read_bytes())


@functools.lru_cache(maxsize=256)
def _large_digests(source: Path, size: int, _: int) -> tuple[int, str, str]:
    git = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    sha256 = hashlib.sha256()
    for piece in _read(source, 0, size):
        git.update(piece)
        sha256.update(piece)
    return size, git.hexdigest(), sha256.hexdigest()


def _read(source: Path, start: int, stop: int) -> Iterator[bytes]:
    with source.open("rb") as stream:
        stream.seek(start)
        while start < stop and (piece := stream.read(min(_PIECE, stop - start))):
            start += len(piece)
            yield piece


def _fill(pieces: Iterator[bytes], wanted: int) -> Iterator[bytes]:
    for piece in pieces:
        wanted -= len(piece)
        yield piece
    while wanted > 0:
        yield bytes(min(_PIECE, wanted))
        wanted -= _PIECE


def _pointer(sha256: str, size: int) -> bytes:
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()


def _git_hash(content: bytes) -> str:
    return _sha1(b"blob %d\0" % len(content) + content)


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
