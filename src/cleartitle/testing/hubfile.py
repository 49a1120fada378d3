"""``.hub.json``: what a repository of the fixture Hub is beyond its files.

.. code-block:: json

    {
      "gated": "manual",
      "created_at": "2024-07-18T08:56:00.000Z",
      "renamed_from": ["old-owner/name"],
      "base_model": {"relation": "quantized", "models": ["owner/base"]},
      "lfs": {"model.safetensors": {"size": 15000000000, "sha256": "0123..."}},
      "revisions": {
        "v1.0": {"kind": "tag", "files": {"LICENSE": "the older text", "NOTICE": null}},
        "next": {"folder": "revisions/next"}
      },
      "faults": [{"kind": "rate-limited", "times": 2, "retry_after": 1}],
      "extra": {"gguf": {"architecture": "llama"}}
    }

All keys are optional; ``extra`` is laid over the answer about the model (``gguf``, ``safetensors``, ``config``, ...). A
key that is not known is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from attrs import field, frozen
from attrs.validators import ge, matches_re

from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping, read
from cleartitle.testing.faults import FaultRule

NAME: Final = ".hub.json"
_DATE: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
_DAY_ONE: Final = "2024-01-01T00:00:00.000Z"


class Relation(StrEnum):
    """The Hub's four relations of a model to its base."""

    ADAPTER = "adapter"
    MERGE = "merge"
    QUANTIZED = "quantized"
    FINETUNE = "finetune"


class RevisionKind(StrEnum):
    """What the name of a revision is."""

    BRANCH = "branch"
    TAG = "tag"
    COMMIT = "commit"
    """An older commit of ``main``: it shows in the list of commits, its name is its 40-digit hash."""


@frozen(kw_only=True)
class BaseModels:
    """The base as the Hub infers it: one relation for all parents.

    >>> BaseModels(relation=Relation.QUANTIZED, models=("owner/base",)).models
    ('owner/base',)
    """

    relation: Relation
    models: tuple[str, ...]


@frozen(kw_only=True)
class LfsEntry:
    """A file in large-file storage that is bigger than what lies in the folder, or not there: the rest is zeros.

    >>> LfsEntry(size=15_000_000_000, sha256="0" * 64).size
    15000000000
    """

    size: int = field(validator=ge(0))
    """Bytes."""
    sha256: str = field(validator=matches_re(r"[0-9a-f]{64}"))


@frozen(kw_only=True)
class RevisionFacts:
    """Another revision: ``main`` with *files* laid over it, or the content of *folder* with them laid over.

    >>> RevisionFacts(kind=RevisionKind.TAG, files={"LICENSE": "the older text"}).kind
    <RevisionKind.TAG: 'tag'>
    """

    kind: RevisionKind = RevisionKind.BRANCH
    folder: str | None = None
    """Inside the repository's folder; it is then no part of the other revisions."""
    files: Mapping[str, str | None] = field(factory=dict)
    """Path to text, or to None for a file that is not there."""
    date: str = field(default=_DAY_ONE, validator=matches_re(_DATE))
    title: str = "Update"


@frozen(kw_only=True)
class RepositoryFacts:
    """The content of one ``.hub.json``.

    >>> RepositoryFacts(gated="manual").private
    False
    """

    gated: Literal["auto", "manual", False] = False
    private: bool = False
    disabled: bool = False
    pipeline_tag: str | None = None
    library_name: str | None = None
    tags: tuple[str, ...] = ()
    """Further ones, beyond those that follow from the files."""
    created_at: str = field(default=_DAY_ONE, validator=matches_re(_DATE))
    last_modified: str = field(default=_DAY_ONE, validator=matches_re(_DATE))
    downloads: int = 0
    likes: int = 0
    renamed_from: tuple[str, ...] = ()
    base_model: BaseModels | None = None
    """Overrides what would be inferred from card and files; no models: the Hub infers nothing."""
    lfs: Mapping[str, LfsEntry] = field(factory=dict)
    revisions: Mapping[str, RevisionFacts] = field(factory=dict)
    faults: tuple[FaultRule, ...] = ()


def read_facts(folder: Path) -> tuple[RepositoryFacts, Mapping[str, object]]:
    """Read the ``.hub.json`` of *folder*, and its ``extra`` apart; without the file, everything is at its default.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, NAME).write_text('{"gated": "auto"}')
    ...     read_facts(Path(folder))[0].gated
    'auto'

    Raises:
        DataError: the file is no JSON object, or has a key or value that makes no sense; says which.

    """
    path = folder / NAME
    if not path.is_file():
        return RepositoryFacts(), {}
    try:
        data: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(f"{path} is no JSON: {error}") from error
    keys = dict(mapping(data, where=str(path)))
    extra = mapping(keys.pop("extra", {}), where=f"{path}: extra")
    facts = read(keys, RepositoryFacts, where=str(path))
    for name, revision in facts.revisions.items():
        if revision.kind is RevisionKind.COMMIT and not re.fullmatch(r"[0-9a-f]{40}", name):
            raise DataError(f"{path}: the name of a commit is its 40-digit hash, not {name!r}", path="revisions")
    return facts, extra
