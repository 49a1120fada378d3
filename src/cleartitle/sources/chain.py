"""The sources together: where to look for a reference, and what to do when one fails."""

from __future__ import annotations

from attrs import evolve, frozen

from cleartitle.errors import NotFound, RateLimited, ServerFailed, TimedOut, Unreachable
from cleartitle.sources.cache import HubCache
from cleartitle.sources.folder import Folder
from cleartitle.sources.hub import Hub
from cleartitle.sources.interface import Source
from cleartitle.sources.shelf import Shelf
from cleartitle.vocabulary.artifact import Artifact, Problem
from cleartitle.vocabulary.reference import ModelRef, Scheme

_FAILED = (Unreachable, TimedOut, ServerFailed, RateLimited)


@frozen(kw_only=True)
class Chain:
    """Looks up a reference: folders on disk, Hub names on the Hub.

    Offline, a Hub name is looked up in the local cache, then in the atlas. Online, the cache and the atlas stand in
    for a Hub that fails; the answer then carries a problem that says so, and can be no better than ``review``.
    """

    offline: bool = False
    hub: Source = Hub()
    cache: Source = HubCache()
    shelf: Source = Shelf()
    folder: Source = Folder()

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what is known of *ref* from the best source that has it."""
        if ref.scheme is Scheme.FILE:
            return self.folder.fetch(ref)
        if self.offline:
            return self._at_hand(ref)
        try:
            return self.hub.fetch(ref)
        except _FAILED as failure:
            try:
                found = self._at_hand(ref)
            except NotFound:
                raise failure from None
            problem = Problem(what="no-network", message=f"not verified live: {failure.message}")
            return evolve(found, problems=(*found.problems, problem))

    def _at_hand(self, ref: ModelRef) -> Artifact:
        try:
            return self.cache.fetch(ref)
        except NotFound:
            return self.shelf.fetch(ref)


OFFLINE = Chain(offline=True)
"""The local cache and the atlas; never the network."""
