"""Revisions that were fixed before: what is asked for by its name is read at the commit that is on record."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from cleartitle.sources.interface import Source
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.reference import ModelRef


@frozen(kw_only=True)
class Pinned:
    """Asks *source* for the commits in *commits*, and for everything else as it is asked."""

    source: Source
    commits: Mapping[str, str] = field(factory=dict)
    """By the reference as `str` gives it, without case, with the revision that was asked for."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the artifact at the commit on record."""
        commit = self.commits.get(key(ref))
        return self.source.fetch(ref.at(commit) if commit else ref)


def key(ref: ModelRef) -> str:
    """Return how `Pinned.commits` names a reference.

    >>> key(ModelRef.hub("Lab/Poet", "v1"))
    'hf:lab/poet@v1'
    """
    return str(ref).casefold()
