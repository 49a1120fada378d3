"""What a source is."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, runtime_checkable

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Children
from cleartitle.vocabulary.reference import ModelRef

MAX_TEXT = 2 * 1024 * 1024
"""Bytes read of one file."""
MAX_LISTED = 20_000
"""Files listed of one artifact."""


class Source(Protocol):
    """Finds artifacts.

    >>> from cleartitle import OFFLINE
    >>> OFFLINE.fetch(ModelRef.hub("microsoft/phi-2")).declared.license
    ('mit',)
    """

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what is known of *ref*, or raise a :exc:`~cleartitle.errors.SourceError` that says why not.

        Raises:
            SourceError: nothing is known of *ref*, and why.

        """


class Catalog(Source, Protocol):
    """A source that knows, too, what was made from an artifact.

    >>> from cleartitle import OFFLINE
    >>> [child.ref.name for child in OFFLINE.children(ModelRef.hub("microsoft/phi-2"), most=1).models]
    ['TheBloke/phi-2-GGUF']
    """

    def children(self, ref: ModelRef, most: int) -> Children:
        """Return what names *ref* as its base, at most *most* of it.

        Raises:
            SourceError: the source could not answer.

        """


@runtime_checkable
class Historian(Source, Protocol):
    """A source that knows, too, which revisions an artifact has had.

    >>> import datetime as dt
    >>> from cleartitle import OFFLINE
    >>> isinstance(OFFLINE, Historian), OFFLINE.before(ModelRef.hub("microsoft/phi-2"), dt.date(2024, 1, 1))
    (True, None)
    """

    def before(self, ref: ModelRef, day: dt.date) -> ModelRef | None:
        """Return *ref* at the last revision of *day* or earlier; None where there was none, or nobody knows."""
