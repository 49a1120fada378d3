"""What differs between a lock and the present: in words, and with what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields

from cleartitle.locking.repositories import Pair, bases, plainly, repository
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.lock import (
    Difference,
    Lock,
    LockedArtifact,
    LockedLicense,
    LockedModel,
    Subject,
)
from cleartitle.vocabulary.outcomes import Outcome

_GRAVEST_FIRST = {subject: place for place, subject in enumerate(Subject)}


def differences(before: Lock, now: Lock, *, pinned: bool = False) -> tuple[Difference, ...]:
    """Return what differs between the locked models and the same ones *now*; models that only one has are passed over.

    *pinned* says that *now* was read at the locked commits: every other commit is then a fault. The order: what
    concerns all, then model by model, the gravest first.

    >>> import cleartitle
    >>> from cleartitle.locking.record import lock, record
    >>> from cleartitle.vocabulary.reference import ModelRef
    >>> model, no_policy = ModelRef.hub("microsoft/phi-2"), cleartitle.Policy()
    >>> def now(*, commercial: bool) -> Lock:
    ...     given = cleartitle.Deployment(commercial=commercial)
    ...     return lock([record(model, cleartitle.check(model, given, source=cleartitle.OFFLINE))], no_policy)
    >>> [each.message for each in differences(now(commercial=False), now(commercial=True))][0]
    'the deployment is not the one that was approved: commercial'
    """
    found = [*_circumstances(before, now)]
    known = {model.model: model for model in now.models}
    for model in before.models:
        if model.model in known:
            present = known[model.model]
            own = [*_between(model, present, pinned=pinned), *_readings(model, present, before, now)]
            found += sorted(own, key=lambda each: (-each.outcome.rank(), _GRAVEST_FIRST[each.subject]))
    return tuple(found)


def _circumstances(before: Lock, now: Lock) -> Iterator[Difference]:
    if before.policy.sha256 != now.policy.sha256:
        renamed = before.policy.name != now.policy.name
        what = f"the policy is {now.policy.name!r} now, and was {before.policy.name!r}"
        yield Difference(
            subject=Subject.POLICY,
            message=what if renamed else f"the policy {now.policy.name!r} has changed since the models were approved",
            before=before.policy.sha256,
            now=now.policy.sha256,
            outcome=Outcome.REVIEW,
        )
    if before.tool != now.tool:
        said = f"locked by {before.tool}, compared by {now.tool}"
        yield _note(Subject.TOOL, said, before.tool, now.tool)
    elif before.catalog != now.catalog:
        yield _note(Subject.TOOL, "the catalog of licenses is another one", before.catalog, now.catalog)


def _note(subject: Subject, message: str, before: str, now: str) -> Difference:
    return Difference(subject=subject, message=message, before=before, now=now, outcome=Outcome.CLEAR)


def _between(before: LockedModel, now: LockedModel, *, pinned: bool) -> Iterator[Difference]:
    yield from _verdict(before, now)
    yield from _findings(before, now)
    yield from _duties(before, now)
    yield from _deployment(before, now)
    pairs = [Pair(model=before.model, before=b, now=n, pinned=pinned) for b, n in _matched(before, now)]
    known = frozenset(a.model.casefold() for pair in pairs for a in (pair.before, pair.now))
    for pair in pairs:
        yield from repository(pair)
        yield from bases(pair, known)
    yield from _ancestors(before, now)


def _matched(before: LockedModel, now: LockedModel) -> Iterator[tuple[LockedArtifact, LockedArtifact]]:
    """Yield what both lineages have: the models themselves, whatever they are called, then ancestors by name."""
    yield before.artifacts[0], now.artifacts[0]
    there = {a.model.casefold(): a for a in now.artifacts[1:]}
    for artifact in before.artifacts[1:]:
        if artifact.model.casefold() in there:
            yield artifact, there[artifact.model.casefold()]


def _ancestors(before: LockedModel, now: LockedModel) -> Iterator[Difference]:
    old = {a.model.casefold(): a for a in before.artifacts[1:]}
    new = {a.model.casefold(): a for a in now.artifacts[1:]}
    for key in sorted(new.keys() - old.keys()):
        artifact = new[key]
        said = artifact.concluded or f"not readable: {artifact.missing}"
        message = f"{plainly(artifact.model)} is a new ancestor{_through(artifact, now)}: {said}"
        yield _ancestor(before, artifact, message, now=said)
    for key in sorted(old.keys() - new.keys()):
        artifact = old[key]
        message = f"{plainly(artifact.model)} is no longer an ancestor (it was{_through(artifact, before)})"
        yield _ancestor(before, artifact, message, before=artifact.concluded)


def _ancestor(
    model: LockedModel, artifact: LockedArtifact, message: str, before: str = "", now: str = ""
) -> Difference:
    return Difference(
        subject=Subject.ANCESTOR,
        model=model.model,
        artifact=artifact.model,
        message=message,
        before=before,
        now=now,
        outcome=Outcome.REVIEW,
    )


def _through(artifact: LockedArtifact, model: LockedModel) -> str:
    """Return from which artifact an ancestor is reached, in words."""
    for child in model.artifacts:
        for base in child.bases:
            if base.model == artifact.model:
                return f" of {plainly(child.model)} ({base.relation})"
    return ""


def _verdict(before: LockedModel, now: LockedModel) -> Iterator[Difference]:
    if before.outcome is now.outcome:
        return
    worse = now.outcome.rank() > before.outcome.rank()
    asks = Outcome.BLOCKED if now.outcome is Outcome.BLOCKED else Outcome.REVIEW
    yield Difference(
        subject=Subject.VERDICT,
        model=before.model,
        artifact=before.model,
        message=f"the verdict was {before.outcome}, and is {now.outcome} now",
        before=str(before.outcome),
        now=str(now.outcome),
        outcome=asks if worse else Outcome.CLEAR,
    )


def _findings(before: LockedModel, now: LockedModel) -> Iterator[Difference]:
    old = {each.fingerprint: each for each in before.findings}
    new = {each.fingerprint: each for each in now.findings}
    for mark, each in new.items():
        known = old.get(mark)
        if known is None or each.outcome.rank() > known.outcome.rank():
            yield _told(before, Subject.FINDING, each.rule, f"found now: {each.message}", each.outcome)
    for mark, each in old.items():
        if mark not in new:
            yield _told(before, Subject.FINDING, each.rule, f"no longer found: {each.message}", Outcome.CLEAR)


def _duties(before: LockedModel, now: LockedModel) -> Iterator[Difference]:
    old = {(duty.kind, duty.license): duty for duty in before.duties}
    new = {(duty.kind, duty.license): duty for duty in now.duties}
    for key, duty in new.items():
        known = old.get(key)
        if known is None or (duty.certain and not known.certain):
            owed = "is owed now" if duty.certain else "may be owed now"
            said = f"the duty {duty.kind.replace('-', ' ')!r} {owed} ({duty.license})"
            yield _told(before, Subject.DUTY, duty.license, said, Outcome.REVIEW)
    for key, duty in old.items():
        if key not in new:
            said = f"the duty {duty.kind.replace('-', ' ')!r} is no longer owed ({duty.license})"
            yield _told(before, Subject.DUTY, duty.license, said, Outcome.CLEAR)


def _deployment(before: LockedModel, now: LockedModel) -> Iterator[Difference]:
    changed = [f.name for f in fields(Deployment) if f.name != "today" and _of(before, f.name) != _of(now, f.name)]
    if changed:
        named = ", ".join(name.replace("_", " ") for name in changed)
        said = f"the deployment is not the one that was approved: {named}"
        yield _told(before, Subject.DEPLOYMENT, named, said, Outcome.REVIEW)


def _of(model: LockedModel, name: str) -> object:
    return getattr(model.deployment, name)


def _told(model: LockedModel, subject: Subject, item: str, message: str, outcome: Outcome) -> Difference:
    return Difference(
        subject=subject, model=model.model, artifact=model.model, item=item, message=message, outcome=outcome
    )


def _readings(model: LockedModel, present: LockedModel, before: Lock, now: Lock) -> Iterator[Difference]:
    old = {each.license: each for each in before.licenses}
    new = {each.license: each for each in now.licenses}
    for license_id in model.licenses:
        if license_id in present.licenses and license_id in old and license_id in new:
            changed = _changed(old[license_id], new[license_id])
            if changed:
                said = f"the catalog reads {license_id} otherwise than when it was locked: {', '.join(changed)}"
                yield _told(model, Subject.TERMS, license_id, said, Outcome.REVIEW)


def _changed(before: LockedLicense, now: LockedLicense) -> list[str]:
    old = {part.of: part.sha256 for part in before.terms}
    new = {part.of: part.sha256 for part in now.terms}
    return sorted(of for of in {*old, *new} if old.get(of) != new.get(of))
