"""Which models a project uses: each place where one is named, and what ``cleartitle scan`` answers."""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import field, frozen
from attrs.validators import ge, in_, min_len

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.identified import Unread
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef

_COMMIT = re.compile(r"(?:sha256:)?[0-9a-f]{40,64}")


class How(StrEnum):
    """How a model is named."""

    CALL = "call"
    """An argument of a call that loads or fetches models."""
    KEY = "key"
    """The value of a key of a configuration, or of an environment variable."""
    COMMAND = "command"
    """An argument of a command."""
    LINK = "link"
    """The address of a file of a Hub."""
    NAME = "name"
    """A string that only looks like one: the variable is called so, or the atlas knows the name."""
    REQUIREMENT = "requirement"
    """A package that ships weights."""
    CACHE = "cache"
    """A repository in the local cache of the Hub's client."""
    STATED = "stated"
    """A comment of the project says it: ``cleartitle: owner/name``."""


class UseKind(StrEnum):
    """What is used."""

    MODEL = "model"
    DATASET = "dataset"


@frozen(kw_only=True, order=True)
class Location:
    """Where something stands in a project; lines and columns count from 1.

    >>> str(Location(file="train.py", line=12)), str(Location(file="demo.ipynb", line=2, cell=5))
    ('train.py:12', 'demo.ipynb[5]:2')
    """

    file: str
    """Relative to the folder that was scanned, with ``/``."""
    line: int = field(validator=ge(1))
    column: int = field(default=1, validator=ge(1))
    cell: int | None = None
    """For a notebook: the cell, counted from 1; the line is then that within the cell."""

    def __str__(self) -> str:
        cell = f"[{self.cell}]" if self.cell else ""
        return f"{self.file}{cell}:{self.line}"


@frozen(kw_only=True)
class Use:
    """A model that a project names, or something that looks like one and could not be resolved.

    >>> from cleartitle.discovery.scan import find
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "app.py").write_text('AutoModel.from_pretrained("microsoft/phi-2")')
    ...     use = find(pathlib.Path(folder)).uses[0]
    >>> use.model, str(use.place), use.by, use.pinned
    ('hf:microsoft/phi-2', 'app.py:1', 'AutoModel.from_pretrained', False)
    """

    said: str
    """The reference as written; where it could not be resolved, the expression."""
    kind: UseKind = UseKind.MODEL
    model: str = ""
    """Scheme and name, without the revision; empty where it is not known which model is meant."""
    ref: ModelRef | None = None
    """What it refers to; None where that is not known, or nothing that can be looked up."""
    problem: str = ""
    """Why there is no *ref*."""
    place: Location
    """Where the name is written."""
    used: Location | None = None
    """Where it is used, if that is elsewhere."""
    how: How
    by: str
    """The callable, key or command."""
    revision: str | None = None
    confidence: Confidence = Confidence.HIGH

    @property
    def pinned(self) -> bool:
        """Whether the revision is a commit or a digest: what it stands for cannot change."""
        return bool(self.revision and _COMMIT.fullmatch(self.revision))


@frozen(kw_only=True)
class UsedModel:
    """A model (or a dataset) at one revision, with every place where the project names it.

    >>> use = Use(said="microsoft/phi-2", model="hf:microsoft/phi-2", place=Location(file="app.py", line=3),
    ...     how=How.CALL, by="AutoModel.from_pretrained")
    >>> UsedModel(model="hf:microsoft/phi-2", uses=(use,)).outcome
    <Outcome.REVIEW: 'review'>
    """

    model: str
    """Scheme and name."""
    ref: ModelRef | None = None
    """What was looked up; None where nothing of this kind can be."""
    uses: tuple[Use, ...] = field(validator=min_len(1))
    """The surest first, then in the order of the files."""
    check: Check | None = None
    """The verdict, with what it rests on; None where it was not asked for or could not be had."""
    failed: str = ""
    """Why there is no verdict, where one was asked for."""

    @property
    def pinned(self) -> bool:
        """Whether every use names a commit."""
        return all(use.pinned for use in self.uses)

    @property
    def revision(self) -> str | None:
        """The revision that its uses name."""
        return self.uses[0].revision

    @property
    def outcome(self) -> Outcome:
        """The verdict; what could not be checked is for a person to look at."""
        return self.check.verdict.outcome if self.check else Outcome.REVIEW


@frozen(kw_only=True)
class ScanAnswer:
    """The models of a project: what ``cleartitle scan --format json`` prints.

    >>> ScanAnswer(root=".", files=12).outcome, ScanAnswer(root=".", incomplete=("the walk ended",)).outcome
    (<Outcome.CLEAR: 'clear'>, <Outcome.REVIEW: 'review'>)
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    root: str
    """The folder or file that was scanned."""
    files: int = 0
    """How many files were read."""
    checked: bool = False
    """Whether verdicts were asked for."""
    models: tuple[UsedModel, ...] = ()
    datasets: tuple[UsedModel, ...] = ()
    """Listed, not judged."""
    unresolved: tuple[Use, ...] = ()
    """What looks like a model, and is not known to be any."""
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[str, ...] = ()
    """What was left out, and why."""

    @property
    def outcome(self) -> Outcome:
        """The worst verdict; what could not be resolved or read is for a person to look at."""
        known = [model.outcome for model in self.models]
        untold = any(use.kind is UseKind.MODEL for use in self.unresolved)
        open_ends = untold or bool(self.unread or self.incomplete)
        return max([*known, Outcome.REVIEW if open_ends else Outcome.CLEAR], key=Outcome.rank)
