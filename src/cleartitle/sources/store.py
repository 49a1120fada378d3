"""What was read from a Hub, kept by commit: a commit never changes, so nothing here ever grows stale."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from cleartitle._version import __version__
from cleartitle.errors import DataError
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.reference import ModelRef


def home() -> Path:
    """Return the home of the Hub's client, by its own rules: HF_HOME, XDG_CACHE_HOME."""
    shared = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface"
    return Path(os.environ.get("HF_HOME") or shared).expanduser()


class Store:
    """Keeps artifacts as JSON below *root*; a file that cannot be read or written is as good as none."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root

    def load(self, endpoint: str, ref: ModelRef) -> Artifact | None:
        """Return the artifact at this commit, if it was read before by this version."""
        from cleartitle.serial.convert import read

        try:
            text = self._path(endpoint, ref).read_text(encoding="utf-8")
            found = read(json.loads(text), Artifact, where="store")
        except (OSError, ValueError, DataError):
            return None
        return found if found.ref == ref else None

    def save(self, endpoint: str, artifact: Artifact) -> None:
        """Keep *artifact*; whoever reads at the same time sees all of it or nothing."""
        import tempfile

        from cleartitle.serial.convert import plain

        path = self._path(endpoint, artifact.ref)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as stream:
                json.dump(plain(artifact), stream)
            Path(stream.name).replace(path)

    def _path(self, endpoint: str, ref: ModelRef) -> Path:
        import hashlib

        where = hashlib.sha256(f"{__version__} {endpoint}".encode()).hexdigest()[:16]
        folder = (self._root or home() / "cleartitle") / where
        return folder / ref.name.replace("/", "--") / f"{ref.revision}.json"
