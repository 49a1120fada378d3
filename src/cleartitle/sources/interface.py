"""What a source is."""

from __future__ import annotations

from typing import Protocol

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.reference import ModelRef

MAX_TEXT = 2 * 1024 * 1024
"""Bytes read of one file."""
MAX_LISTED = 20_000
"""Files listed of one artifact."""


class Source(Protocol):
    """Finds artifacts."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what is known of *ref*, or raise a :exc:`~cleartitle.errors.SourceError` that says why not."""
