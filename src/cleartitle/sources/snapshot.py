"""Snapshots: all that was read for an analysis, in one file, to be analyzed again where there is no network.

What a source answered is recorded as it was, failures too; so the same analysis comes out, to the last byte. Each
answer carries its hash, and each file that was read its own, which can be compared with what a Hub says of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
from collections.abc import Iterable
from pathlib import Path

from attrs import field, frozen
from attrs.validators import in_

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.errors import DataError, NotFound, SourceError
from cleartitle.serial.convert import kebab, plain, read
from cleartitle.sources.interface import Source
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Children
from cleartitle.vocabulary.reference import ModelRef

MAX_SNAPSHOT = 512 * 1024 * 1024
"""Bytes of a snapshot that is read."""
_KINDS: tuple[type[SourceError], ...] = (SourceError, *SourceError.__subclasses__())
_FAILURES = {kebab(kind.__name__): kind for kind in _KINDS}


@frozen(kw_only=True)
class Hash:
    """A file that was read, by the SHA-256 of what was read of it."""

    path: str
    sha256: str


@frozen(kw_only=True)
class Failure:
    """Why a source had no answer."""

    kind: str
    """The kind of error: ``not-found``, ``access-denied``..."""
    message: str
    advice: str = ""


@frozen(kw_only=True)
class Recorded:
    """One question, and what the source said."""

    asked: ModelRef
    artifact: Artifact | None = None
    failure: Failure | None = None
    files: tuple[Hash, ...] = ()
    sha256: str = ""
    """Of the artifact, as canonical JSON."""


@frozen(kw_only=True)
class Snapshot:
    """A whole snapshot."""

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    made: dt.date
    refs: tuple[str, ...]
    """What was asked for, as it was written."""
    recorded: tuple[Recorded, ...]


class Recorder:
    """A source that passes questions on to another, and keeps the answers."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: dict[str, Recorded] = {}
        self._lock = threading.Lock()

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what the source says of *ref*, or raise what it raises."""
        try:
            found = self._source.fetch(ref)
        except SourceError as error:
            failure = Failure(kind=kebab(type(error).__name__), message=error.message, advice=error.advice)
            self._keep(Recorded(asked=ref, failure=failure))
            raise
        hashes = (Hash(path=text.path, sha256=hashlib.sha256(text.data).hexdigest()) for text in found.texts)
        self._keep(Recorded(asked=ref, artifact=found, files=tuple(hashes), sha256=_digest(found)))
        return found

    def snapshot(self, refs: Iterable[str], *, made: dt.date) -> Snapshot:
        """Return what was kept, in the order of the names."""
        recorded = tuple(self._kept[key] for key in sorted(self._kept))
        return Snapshot(made=made, refs=tuple(refs), recorded=recorded)

    def _keep(self, recorded: Recorded) -> None:
        with self._lock:
            self._kept.setdefault(_key(recorded.asked), recorded)


class Replay:
    """A source that answers from a snapshot, and asks nobody."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._kept = {_key(each.asked): each for each in snapshot.recorded}

    @classmethod
    def of(cls, path: str | Path) -> Replay:
        """Read a snapshot; :exc:`~cleartitle.errors.DataError` for what is none, or was altered."""
        try:
            with Path(path).open("rb") as stream:
                data = stream.read(MAX_SNAPSHOT + 1)
        except OSError as error:
            raise DataError(f"cannot read {path}: {error.strerror}", advice="check the path") from error
        if len(data) > MAX_SNAPSHOT:
            raise DataError(f"{path} has more than {MAX_SNAPSHOT:,} bytes")
        try:
            said: object = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise DataError(
                f"{path} is no snapshot", advice="make one with `cleartitle snapshot REF -o FILE`"
            ) from error
        found = read(said, Snapshot, where=str(path))
        for each in found.recorded:
            if each.artifact is not None and _digest(each.artifact) != each.sha256:
                raise DataError(f"{path}: what was recorded of {each.asked.short} was altered", advice="make it anew")
        return cls(found)

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what was recorded of *ref*, or raise what was raised then."""
        found = self._kept.get(_key(ref))
        if found is not None and found.artifact is not None:
            return found.artifact
        if found is not None and found.failure is not None:
            kind = _FAILURES.get(found.failure.kind, SourceError)
            raise kind(found.failure.message, advice=found.failure.advice)
        raise NotFound(f"{ref.short} is not in the snapshot", advice=f"it has {', '.join(self.snapshot.refs[:5])}")

    def children(self, ref: ModelRef, most: int) -> Children:  # noqa: ARG002 - the signature of all catalogs
        """Return nothing: a snapshot holds what a model was made from, not what was made from it."""
        return Children(source="a snapshot does not hold what was made from a model")


def render(snapshot: Snapshot) -> str:
    """Return a snapshot as JSON."""
    return json.dumps(plain(snapshot), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _digest(artifact: Artifact) -> str:
    text = json.dumps(plain(artifact), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def _key(ref: ModelRef) -> str:
    return f"{ref.scheme}:{ref.name.casefold()}@{ref.revision or ''}"
