"""Evidence: where a fact was read, so that a person can look for themselves."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen
from attrs.validators import ge

from cleartitle.vocabulary.reference import ModelRef


class Method(StrEnum):
    """How a fact was read."""

    FRONT_MATTER = "front-matter"
    """A key of the card's YAML front matter."""
    HUB_TAG = "hub-tag"
    """A tag of the Hub's answer about the repository."""
    HUB_INFERENCE = "hub-inference"
    """What the Hub itself inferred (its ``baseModels``)."""
    LICENSE_TEXT = "license-text"
    """A clause of a license text that was read."""
    FILE = "file"
    """A file of the repository (its presence or a key in it)."""
    PROSE = "prose"
    """Running text of the card."""
    CATALOG = "catalog"
    """Our catalog entry of a license, checked against its official text."""
    ATLAS = "atlas"
    """The facts on well-known models that ship with the package; not verified live."""
    LISTING = "listing"
    """What a site other than the Hub lists of a repository (ModelScope)."""
    HASH = "hash"
    """The same hashes of weight files in two repositories."""
    USER = "user"
    """Stated by the user."""


class Confidence(StrEnum):
    """How sure a fact is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@frozen(kw_only=True)
class Span:
    r"""A stretch of a text: lines count from 1, both ends included; *start* and *end* are character offsets.

    >>> Span.of("one\ntwo\n", 4, 7)
    Span(line=2, end_line=2, start=4, end=7)
    """

    line: int = field(validator=ge(1))
    end_line: int = field(validator=ge(1))
    start: int = field(validator=ge(0))
    end: int = field(validator=ge(0))

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span of ``text[start:end]``."""
        line = text.count("\n", 0, start) + 1
        return cls(line=line, end_line=line + text.count("\n", start, max(start, end - 1)), start=start, end=end)


@frozen(kw_only=True)
class Evidence:
    """Where a fact was read: which artifact, which file, which lines, in which words.

    >>> ref = ModelRef.hub("owner/poet")
    >>> str(Evidence(method=Method.FRONT_MATTER, artifact=ref, path="README.md", span=Span.of("license: mit", 0, 12)))
    'hf:owner/poet README.md:1'
    """

    method: Method
    artifact: ModelRef | None = None
    path: str | None = None
    """The file inside the artifact, or the key of an answer (``baseModels``)."""
    span: Span | None = None
    quote: str = ""
    """The words themselves, verbatim."""
    confidence: Confidence = Confidence.HIGH

    def __str__(self) -> str:
        place = self.path or self.method.value
        if self.span:
            place += f":{self.span.line}"
        return f"{self.artifact} {place}" if self.artifact else place
