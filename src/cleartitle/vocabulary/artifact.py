"""What a source found of an artifact."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality


class Origin(StrEnum):
    """How the facts about an artifact were come by."""

    LIVE = "live"
    """Read from the source just now."""
    CACHE = "cache"
    """Read from a local cache."""
    FOLDER = "folder"
    """Read from a folder of this machine."""
    ATLAS = "atlas"
    """Facts shipped with the package: dated, and not verified live."""


class Gate(StrEnum):
    """Whether access to the files must be asked for."""

    OPEN = "open"
    AUTOMATIC = "auto"
    MANUAL = "manual"


@frozen(kw_only=True)
class FileEntry:
    """A file of the artifact, read or not.

    >>> FileEntry(path="model.safetensors", size=5_563_000_000).size // 1_000_000
    5563
    """

    path: str
    size: int | None = None
    """Bytes."""
    sha256: str | None = None
    """Of the content, for files in large-file storage."""
    blob: str | None = None
    """Git's own hash of the content (or of the pointer to it), where the source is a git repository."""


@frozen(kw_only=True)
class TextFile:
    """A small file that was read.

    >>> TextFile(path="NOTICE", data="© 2024 Jane Doe".encode()).text
    '© 2024 Jane Doe'
    """

    path: str
    data: bytes
    cut: bool = False
    """Whether the file is longer than what was read."""

    @property
    def text(self) -> str:
        """The content as text; bytes that are not UTF-8 are replaced."""
        return self.data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


@frozen(kw_only=True)
class Inferred:
    """What the Hub itself says of the base: its ``baseModels``.

    >>> Inferred(relation="quantized", models=("owner/base",)).models
    ('owner/base',)
    """

    relation: str
    models: tuple[str, ...]


@frozen(kw_only=True)
class Problem:
    """Something that could not be read, and why; it leads to a finding, never to silence.

    >>> str(Problem(what="gated", message="the files are shown to those who accepted the terms").what)
    'gated'
    """

    what: str
    """A word: ``gated``, ``missing``, ``too-large``, ``no-network``, ``dropped``..."""
    message: str
    path: str | None = None


@frozen(kw_only=True)
class Declared:
    """License and lineage facts that stand in no card at hand (the atlas, a hub's answer).

    >>> import cleartitle
    >>> node = cleartitle.analyze("microsoft/phi-2", source=cleartitle.OFFLINE).lineage.nodes[0]
    >>> node.artifact.declared.license
    ('mit',)
    """

    license: tuple[str, ...] = ()
    license_name: str | None = None
    license_link: str | None = None
    base_models: tuple[str, ...] = ()
    relation: str | None = None
    datasets: tuple[str, ...] = ()


@frozen(kw_only=True)
class Artifact:
    """Everything that was read of one artifact, at one revision.

    >>> import cleartitle
    >>> node = cleartitle.analyze("microsoft/phi-2", source=cleartitle.OFFLINE).lineage.nodes[0]
    >>> str(node.artifact.origin), node.artifact.as_of
    ('atlas', '2024-12')
    """

    ref: ModelRef
    """As resolved: the revision is the commit where the source has one."""
    origin: Origin
    as_of: str | None = None
    """For facts that were not read live: their date."""
    source: str | None = None
    """Where the facts come from, as an address or a name."""
    files: tuple[FileEntry, ...] = ()
    complete: bool = True
    """Whether *files* is the whole list."""
    texts: tuple[TextFile, ...] = ()
    declared: Declared | None = None
    tags: tuple[str, ...] = ()
    inferred: Inferred | None = None
    gate: Gate = Gate.OPEN
    modality: Modality = Modality.UNKNOWN
    created: dt.date | None = None
    modified: dt.date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def provenance(self) -> str:
        """Where the facts come from and of which date, in words."""
        dated = f", as of {self.as_of}" if self.as_of else ""
        return f"{self.origin}{dated}" + (f", from {self.source}" if self.source else "")

    def text(self, path: str) -> TextFile | None:
        """Return the text file at *path*, if it was read."""
        return next((t for t in self.texts if t.path == path), None)
