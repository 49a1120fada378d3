"""The sources together: where to look for a reference, and what to do when one fails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from attrs import evolve, frozen

from cleartitle.errors import NotFound, RateLimited, ServerFailed, SourceError, TimedOut, Unreachable
from cleartitle.sources.file import WeightFile
from cleartitle.sources.folder import Folder
from cleartitle.sources.heads import is_weights
from cleartitle.sources.hub import Hub
from cleartitle.sources.hubcache import WholeCache
from cleartitle.sources.interface import Catalog, Historian, Source
from cleartitle.sources.modelscope import ModelScope
from cleartitle.sources.ollama import Ollama, OllamaStore
from cleartitle.sources.shelf import Shelf
from cleartitle.vocabulary.artifact import Artifact, Problem
from cleartitle.vocabulary.lineage import Children
from cleartitle.vocabulary.reference import ModelRef, Scheme

_ONLINE = "run without --offline"
FRESH = 600.0
"""Seconds for which an answer of the Hub is as good as a new one."""
_FAILED = (Unreachable, TimedOut, ServerFailed, RateLimited)


@frozen(kw_only=True)
class Chain:
    """Looks up a reference where it lives: on disk, on the Hub, at Ollama, on ModelScope.

    Offline, a Hub name is looked up in the local cache, then in the atlas, and an Ollama name in the store of this
    machine. Online, the cache and the atlas stand in for a Hub that fails, or that has a repository no longer; the
    answer then carries a problem that says so, and can be no better than ``review``.

    >>> str(Chain(offline=True).fetch(ModelRef.hub("microsoft/phi-2")).origin)
    'atlas'
    """

    offline: bool = False
    hub: Catalog = Hub(fresh=FRESH)
    cache: Source = WholeCache()
    shelf: Catalog = Shelf()
    folder: Source = Folder()
    file: Source = WeightFile()
    ollama: Source = Ollama()
    pulled: Source = OllamaStore()
    """What Ollama has on this machine."""
    modelscope: Source = ModelScope()

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what is known of *ref* from the best source that has it.

        Raises:
            SourceError: what is asked could not answer; `NotFound` where no source has *ref*.

        """
        match ref.scheme:
            case Scheme.FILE:
                return (self.file if _is_file(ref) else self.folder).fetch(ref)
            case Scheme.OLLAMA:
                return (self.pulled if self.offline else self.ollama).fetch(ref)
            case Scheme.MODELSCOPE if self.offline:
                raise NotFound(f"{ref} was not asked for: nothing of ModelScope is kept here", advice=_ONLINE)
            case Scheme.MODELSCOPE:
                return self.modelscope.fetch(ref)
            case Scheme.HF | Scheme.DATASET:
                return self._at_hand(ref) if self.offline else self._live(ref)

    def children(self, ref: ModelRef, most: int) -> Children:
        """Return what names *ref* as its base, by the Hub; offline, by the atlas."""
        if ref.scheme is not Scheme.HF:
            return Children(source=f"no source knows what was made from models of {ref.scheme}")
        if self.offline:
            return self.shelf.children(ref, most)
        try:
            return self.hub.children(ref, most)
        except SourceError as failure:
            found = self.shelf.children(ref, most)
            return evolve(found, source=f"{found.source}, since {failure.message}")

    def before(self, ref: ModelRef, day: dt.date) -> ModelRef | None:
        """Return *ref* at the last revision of *day* or earlier, by the Hub; offline nobody knows it."""
        if self.offline or ref.scheme is not Scheme.HF or not isinstance(self.hub, Historian):
            return None
        return self.hub.before(ref, day)

    def _live(self, ref: ModelRef) -> Artifact:
        try:
            return self.hub.fetch(ref)
        except (*_FAILED, NotFound) as failure:
            try:
                found = self._at_hand(ref)
            except NotFound:
                raise failure from None
            problem = Problem(what="no-network", message=f"not verified live: {failure.message}")
            if isinstance(failure, NotFound):
                said = f"{failure.message}; the facts are from the time before ({found.provenance})"
                problem = Problem(what="gone", message=said)
            return evolve(found, problems=(*found.problems, problem))

    def _at_hand(self, ref: ModelRef) -> Artifact:
        if ref.scheme is Scheme.DATASET:
            raise NotFound(f"{ref} was not asked for: nothing of datasets is kept here", advice=_ONLINE)
        try:
            return self.cache.fetch(ref)
        except NotFound:
            return self.shelf.fetch(ref)


def _is_file(ref: ModelRef) -> bool:
    return is_weights(ref.name) and not Path(ref.name).is_dir()


OFFLINE = Chain(offline=True)
"""The local cache and the atlas; never the network."""
