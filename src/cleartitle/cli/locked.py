"""Models as the lock has them: which, at which commits, for which deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from cleartitle.errors import UsageError
from cleartitle.locking.file import load
from cleartitle.locking.verify import commits, entry, verify
from cleartitle.pipeline import check
from cleartitle.sources.chain import Chain
from cleartitle.sources.hub import Hub
from cleartitle.sources.pinned import Pinned
from cleartitle.sources.shared import Shared
from cleartitle.vocabulary.reference import ModelRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleartitle.cli.settings import Settings
    from cleartitle.progress import Progress
    from cleartitle.sources.interface import Source
    from cleartitle.vocabulary.analysis import Check
    from cleartitle.vocabulary.deployment import Deployment
    from cleartitle.vocabulary.lock import Lock, LockedModel


@frozen(kw_only=True)
class Locked:
    """A lock, and what to verify against it."""

    file: str
    lock: Lock
    source: Source

    @classmethod
    def at(cls, file: str, source: Source) -> Locked:
        """Return the lock of a file."""
        return cls(file=file, lock=load(file), source=Shared(source))

    def refs(self, named: Sequence[str]) -> tuple[str, ...]:
        """Return what to verify: what is named, or else all that is locked."""
        found = tuple(named) or tuple(model.model for model in self.lock.models)
        if not found:
            raise UsageError(f"{self.file} locks no model", advice="lock some: cleartitle lock REF...")
        return found

    def check(self, ref: ModelRef, stated: Settings, progress: Progress) -> Check:
        """Return the check of a model at its locked commits, with a finding for each difference from the lock."""
        model = entry(self.lock, ref)
        source = Pinned(source=self.source, commits=commits(model)) if model else self.source
        deployment = deployment_of(model, stated) if model else stated.deployment(ref.name)
        answer = check(ref, deployment, policy=stated.policy, source=source, progress=progress)
        return verify(ref, answer, self.lock, file=self.file)


def deployment_of(model: LockedModel, stated: Settings) -> Deployment:
    """Return the deployment to judge: what flags and configuration state; the one on record where they say nothing."""
    own = stated.deployment(ModelRef.parse(model.model).name)
    silent = evolve(stated, flags={}, configuration=type(stated.configuration)()).deployment()
    return evolve(model.deployment, today=stated.today) if own == silent else own


def fresh(source: Source) -> Source:
    """Return *source* such that it takes no answer of some minutes ago for one of now."""
    return evolve(source, hub=Hub()) if isinstance(source, Chain) else source
