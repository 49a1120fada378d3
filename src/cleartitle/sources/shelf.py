"""The atlas as a source: facts that ship with the package."""

from __future__ import annotations

from cleartitle import atlas
from cleartitle.errors import NotFound
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.reference import ModelRef, Scheme


class Shelf:
    """Answers from the atlas."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the facts of the atlas on *ref*, or raise `NotFound`."""
        found = atlas.lookup(ref.name) if ref.scheme is Scheme.HF else None
        if found is None:
            raise NotFound(f"the atlas does not know {ref.short}", advice="ask a Hub: run without --offline")
        return found
