"""One license against one deployment: findings and duties, each traced to its clause and path."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment import duties, grants, limits
from cleartitle.judgment.binding import Binding, Portion
from cleartitle.judgment.opinion import Opinion
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import Action

_JUDGED = tuple(a for a in Action if a not in (Action.SUBLICENSE, Action.PRACTICE_PATENTS))


def judge(binding: Binding, deployment: Deployment) -> Opinion:
    """Return what *binding* makes of *deployment*.

    The outcome is the worst finding; certain duties make it at least ``duties``; duties that only may be owed make
    it a ``review``, unless the same license is sure to ask for one anyway.
    """
    findings = tuple(_findings(binding, deployment))
    owed = () if binding.portion is Portion.DATA else tuple(duties.owed(binding, deployment))
    opinion = Opinion(findings=findings, duties=owed)
    if owed and opinion.outcome is Outcome.CLEAR:
        return Opinion(findings=(*findings, duties.undetermined(binding, owed)), duties=owed)
    return opinion


def _findings(binding: Binding, deployment: Deployment) -> Iterator[Finding]:
    if binding.portion is Portion.OUTPUTS:
        yield from grants.trained(binding)
        return
    if binding.portion is Portion.DATA:
        yield from grants.dataset(binding, deployment)
        return
    yield from limits.conditions(binding, deployment)
    yield from limits.territories(binding, deployment)
    yield from limits.restrictions(binding, deployment)
    seen: set[tuple[object, ...]] = set()
    for action in reversed(_JUDGED):  # the narrower action speaks for the broader one
        for finding in grants.action(action, binding, deployment):
            key = (finding.outcome, finding.evidence, finding.settles)
            if key not in seen:
                seen.add(key)
                yield finding
