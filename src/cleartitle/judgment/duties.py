"""Duties that a deployment owes, or may owe."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.binding import Binding, Portion
from cleartitle.judgment.facts import triggers
from cleartitle.judgment.grants import exempt
from cleartitle.judgment.logic import Truth, every, holds, some
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.verdict import Finding, Owed
from cleartitle.vocabulary.words import Level, Trigger


def owed(binding: Binding, deployment: Deployment) -> Iterator[Owed]:
    """Yield the duties of *binding* that are owed, or may be."""
    for duty in binding.license.terms.duties:
        if duty.level is Level.RECOMMENDED:
            continue
        if binding.portion is Portion.OUTPUTS and Trigger.TRAIN_AND_DISTRIBUTE not in duty.on:
            continue
        due = _due(duty, binding, deployment)
        if due.value is not False:
            yield Owed(
                duty=duty,
                license=binding.license.id,
                path=binding.path,
                certain=bool(due.value),
                settles=due.settles,
            )


def undetermined(binding: Binding, found: tuple[Owed, ...]) -> Finding:
    """Return the review that duties lead to which may be owed, where nothing else asks for one anyway."""
    kinds = sorted({o.duty.kind.replace("-", " ") for o in found})
    return Finding(
        rule="duty-undetermined",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        message=f"whether {binding.license.name} asks for {', '.join(kinds)} depends on what is not stated",
        license=binding.license.id,
        path=binding.path,
        evidence=tuple(e for o in found for e in binding.cite(o.duty)),
        settles=tuple(dict.fromkeys(s for o in found for s in o.settles)),
    )


def _due(duty: Duty, binding: Binding, deployment: Deployment) -> Truth:
    derivative = binding.derivative
    if binding.portion is Portion.OUTPUTS:  # the model itself is what was trained
        triggered = triggers(Trigger.REDISTRIBUTE, deployment, derivative=True)
    else:
        triggered = some(triggers(t, deployment, derivative=derivative) for t in sorted(duty.on))
    conditions = every(holds(c.when, deployment, binding.license) for c in duty.conditions)
    return triggered & ~exempt(duty.exempt, deployment) & conditions
