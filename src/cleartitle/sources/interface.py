"""What a source is."""

from __future__ import annotations

from typing import Protocol

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Children
from cleartitle.vocabulary.reference import ModelRef

MAX_TEXT = 2 * 1024 * 1024
"""Bytes read of one file."""
MAX_LISTED = 20_000
"""Files listed of one artifact."""


class Source(Protocol):
    """Finds artifacts."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what is known of *ref*, or raise a :exc:`~cleartitle.errors.SourceError` that says why not."""


class Catalog(Source, Protocol):
    """A source that knows, too, what was made from an artifact."""

    def children(self, ref: ModelRef, most: int) -> Children:
        """Return what names *ref* as its base, at most *most* of it."""
