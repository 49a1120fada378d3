"""What was read from a Hub, kept by commit: a commit never changes, so nothing of it ever grows stale.

Which commit a name meant is kept with its time, for those who ask again soon.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path

from cleartitle._version import __version__
from cleartitle.errors import DataError
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.reference import ModelRef, Scheme


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

    def note(self, endpoint: str, asked: ModelRef, found: ModelRef) -> None:
        """Keep that *asked* means *found* now."""
        path = self._pointer(endpoint, asked)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                json.dumps({"scheme": found.scheme, "name": found.name, "commit": found.revision, "at": time.time()})
            )

    def recent(self, endpoint: str, asked: ModelRef, within: float) -> Artifact | None:
        """Return the artifact that *asked* meant at most *within* seconds ago, if it was kept."""
        try:
            said = json.loads(self._pointer(endpoint, asked).read_text(encoding="utf-8"))
            age = time.time() - float(said["at"])
            found = ModelRef(Scheme(said["scheme"]), said["name"], said["commit"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return self.load(endpoint, found) if 0 <= age < within else None

    def _pointer(self, endpoint: str, asked: ModelRef) -> Path:
        import hashlib

        name = hashlib.sha256(str(asked).encode()).hexdigest()[:32]
        return self._folder(endpoint) / "names" / f"{name}.json"

    def _folder(self, endpoint: str) -> Path:
        import hashlib

        where = hashlib.sha256(f"{__version__} {endpoint}".encode()).hexdigest()[:16]
        return (self._root or home() / "cleartitle") / where

    def _path(self, endpoint: str, ref: ModelRef) -> Path:
        return self._folder(endpoint) / ref.name.replace("/", "--") / f"{ref.revision}.json"
