"""A folder of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cleartitle.errors import NotFound, SourceError
from cleartitle.files import worth_reading
from cleartitle.sources.heads import head, on_disk, with_heads
from cleartitle.sources.interface import MAX_LISTED, MAX_TEXT
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, Problem, TextFile
from cleartitle.vocabulary.reference import ModelRef

_SKIPPED = frozenset({".git", ".cache", "__pycache__", "node_modules", ".venv"})
_MAX_DEPTH = 6


class Folder:
    """Reads a folder as an artifact. Links that lead out of it are not followed."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what is in the folder."""
        root = Path(ref.name)
        if not root.is_dir():
            raise NotFound(f"there is no folder {ref.name}", advice="check the path")
        try:
            return read_folder(root, ref, Origin.FOLDER)
        except OSError as error:
            raise SourceError(f"cannot read {ref.name}: {error.strerror}", advice="check the permissions") from error


def read_folder(root: Path, ref: ModelRef, origin: Origin, *, follow: Path | None = None) -> Artifact:
    """Return the artifact that lies in *root*; links may lead anywhere below *follow* (default: *root*)."""
    inside = (follow or root).resolve()
    files: list[FileEntry] = []
    complete = True
    for path in _walk(root, inside):
        if len(files) == MAX_LISTED:
            complete = False
            break
        files.append(FileEntry(path=path.relative_to(root).as_posix(), size=path.stat().st_size))
    problems: list[Problem] = []
    texts: list[TextFile] = []
    for entry in worth_reading(files):
        with (root / entry.path).open("rb") as stream:
            data = stream.read(MAX_TEXT + 1)
        cut = len(data) > MAX_TEXT
        texts.append(TextFile(path=entry.path, data=data[:MAX_TEXT], cut=cut))
        if cut:
            said = f"{entry.path} has {entry.size:,} bytes; only the first {MAX_TEXT:,} were read"
            problems.append(Problem(what="too-large", message=said, path=entry.path))
    texts += (head(entry.path, on_disk(root / entry.path)) for entry in with_heads(files))
    if not complete:
        problems.append(Problem(what="cut", message=f"only the first {MAX_LISTED:,} files were listed"))
    return Artifact(
        ref=ref,
        origin=origin,
        source=str(root),
        files=tuple(sorted(files, key=lambda f: f.path)),
        complete=complete,
        texts=tuple(texts),
        problems=tuple(problems),
    )


def _walk(root: Path, inside: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        depth = len(here.relative_to(root).parts)
        folders[:] = sorted(f for f in folders if f not in _SKIPPED) if depth < _MAX_DEPTH else []
        for name in sorted(names):
            path = here / name
            if path.resolve().is_relative_to(inside) and path.is_file():
                yield path
