"""Actions against grants: what is performed must be granted."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from cleartitle.judgment.binding import Binding
from cleartitle.judgment.facts import performs
from cleartitle.judgment.logic import (
    NO,
    YES,
    Truth,
    every,
    for_purpose,
    has_agreement,
    holds,
    known,
    once_registered,
    some,
    unknown,
)
from cleartitle.judgment.sheet import answer, general_grant
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.terms import Condition, Grant
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import Action, AgreementKind, Decision, Purpose, Role

SEPARATE = frozenset({AgreementKind.SEPARATE_LICENSE})
_SAY = {
    Action.USE: "use of the model",
    Action.USE_COMMERCIALLY: "commercial use",
    Action.MODIFY: "modifying the model",
    Action.REDISTRIBUTE: "handing on the model",
    Action.DISTRIBUTE_DERIVATIVES: "handing on a derivative",
    Action.HOST: "offering the model as a service",
    Action.USE_OUTPUTS_COMMERCIALLY: "commercial use of outputs",
    Action.TRAIN_OTHER_MODELS: "training other models with it",
    Action.SUBLICENSE: "sublicensing",
    Action.PRACTICE_PATENTS: "practicing patents",
}


def action(act: Action, binding: Binding, deployment: Deployment) -> Iterator[Finding]:
    """Yield what stands against performing *act*, or what must be known to say so."""
    performed = performs(act, deployment, derivative=binding.derivative)
    if performed.value is False:
        return
    grants = tuple(g for g in binding.license.terms.grants if act in g.actions)
    separate = has_agreement(SEPARATE, deployment, binding.license)
    forbidden = some(_applies(g, binding, deployment) & _forbids(g, binding) & ~separate for g in grants)
    if (performed & forbidden).value:
        yield _finding(act, binding, Outcome.BLOCKED, _deciding(grants, Decision.PROHIBITED))
        return
    permitted = _permitted(act, grants, binding, deployment) | (separate if grants else NO)
    if (performed & ~permitted).value:
        yield _finding(act, binding, Outcome.BLOCKED, grants)
        return
    open_question = performed & (forbidden | ~permitted)
    if open_question.value is None:
        yield _finding(act, binding, Outcome.REVIEW, grants, open_question)


def trained(binding: Binding) -> Iterator[Finding]:
    """Yield what a teacher's license says against a model trained on its outputs."""
    said = answer(binding.license.terms, Action.TRAIN_OTHER_MODELS)
    if said.decision is Decision.SILENT and general_grant(binding.license.terms):
        return
    if said.decision in (Decision.PROHIBITED, Decision.UNKNOWN, Decision.SILENT):
        yield Finding(
            rule="teacher-terms",
            outcome=Outcome.REVIEW,
            severity=Severity.WARNING,
            message=f"the model was trained on outputs of {binding.path[-1].short}, whose license "
            f"({binding.license.name}) is {said.decision} on training other models",
            advice="ask the publisher by what right the outputs were used",
            license=binding.license.id,
            path=binding.path,
            evidence=tuple(e for clause in said.clauses for e in binding.cite(clause)),
        )


def dataset(binding: Binding, deployment: Deployment) -> Iterator[Finding]:
    """Yield a review where a dataset's license stands against commercial use: its reach into a model is open."""
    for finding in action(Action.USE_COMMERCIALLY, binding, deployment):
        yield evolve(finding, rule="dataset-terms", outcome=Outcome.REVIEW, severity=Severity.WARNING)


def _permitted(act: Action, grants: tuple[Grant, ...], binding: Binding, deployment: Deployment) -> Truth:
    """Return whether a grant covers *act*; a silent act falls to the general grant, else nobody can say."""
    if not grants:
        name = binding.license.name
        return YES if general_grant(binding.license.terms) else unknown("", f"does {name} allow {_SAY[act]}?")
    found = [_applies(g, binding, deployment) & _given(g, binding, deployment) for g in grants]
    return some(found)


def _given(grant: Grant, binding: Binding, deployment: Deployment) -> Truth:
    match grant.decision:
        case Decision.ALLOWED:
            return YES
        case Decision.CONDITIONAL:
            return every(unlocked(c, binding, deployment) for c in grant.conditions)
        case Decision.PROHIBITED:
            return NO
        case Decision.UNKNOWN | Decision.SILENT:
            return _unsaid(grant, binding)


def _forbids(grant: Grant, binding: Binding) -> Truth:
    """Return whether *grant* stands against what others allow; one that is not determined may."""
    match grant.decision:
        case Decision.PROHIBITED:
            return YES
        case Decision.UNKNOWN:
            return _unsaid(grant, binding)
        case _:
            return NO


def _unsaid(grant: Grant, binding: Binding) -> Truth:
    return unknown("", grant.note or f"what does {binding.license.name} mean here?")


def unlocked(condition: Condition, binding: Binding, deployment: Deployment) -> Truth:
    """Return whether *condition* holds, or an agreement that lifts it is on record."""
    lifted = has_agreement(condition.lifted_by, deployment, binding.license) if condition.lifted_by else NO
    registered = once_registered(deployment, binding.license)
    return holds(condition.when, registered, binding.license) | lifted | exempt(condition.exempt, deployment)


def exempt(roles: frozenset[Role], deployment: Deployment) -> Truth:
    """Return whether the deployer's role is one of *roles*, which a clause spares."""
    if not roles:
        return NO
    fits = None if deployment.role is None else deployment.role in roles
    return known(fits, "role", "are you a licensee, or the end user of somebody's product?")


def _applies(grant: Grant, binding: Binding, deployment: Deployment) -> Truth:
    purposes = some(for_purpose(p, deployment) for p in grant.purposes) if grant.purposes else YES
    if not grant.actors:
        return purposes
    fits = None if deployment.organization is None else deployment.organization in grant.actors
    return purposes & known(fits, "organization", f"what kind of organization uses {binding.license.name}?")


def _deciding(grants: tuple[Grant, ...], decision: Decision) -> tuple[Grant, ...]:
    return tuple(g for g in grants if g.decision is decision)


def _finding(
    act: Action, binding: Binding, outcome: Outcome, grants: tuple[Grant, ...], question: Truth = NO
) -> Finding:
    name = binding.license.name
    said = {
        Outcome.BLOCKED: f"{name} does not allow {_SAY[act]}" + _purposes(grants),
        Outcome.REVIEW: f"whether {name} allows {_SAY[act]} depends on what is not known"
        if grants
        else f"{name} says nothing of {_SAY[act]}, and has no general grant that would cover it",
    }[outcome]
    return Finding(
        rule="action-not-granted" if grants else "action-silent",
        outcome=outcome,
        severity=Severity.ERROR if outcome is Outcome.BLOCKED else Severity.WARNING,
        confidence=Confidence.HIGH,
        message=said,
        subject=act,
        advice=_advice(binding, outcome, grants),
        license=binding.license.id,
        path=binding.path,
        evidence=tuple(e for grant in grants for e in binding.cite(grant)),
        settles=question.settles,
    )


def _advice(binding: Binding, outcome: Outcome, grants: tuple[Grant, ...]) -> str:
    if any(g.lifted_by >= SEPARATE for g in grants):
        return f"ask {binding.license.publisher or 'the licensor'} for a separate license"
    if outcome is not Outcome.BLOCKED:
        return "" if grants else f"ask the publisher of {binding.path[-1].short}, and keep the answer"
    other = f"that was not made from {binding.path[-1].short}" if binding.derivative else "whose license allows it"
    return f"take a model {other}, or ask its publisher for a license of its own"


def _purposes(grants: tuple[Grant, ...]) -> str:
    granted = (g for g in grants if g.decision is not Decision.PROHIBITED)
    limited = sorted({p for g in granted for p in g.purposes} - {Purpose.COMMERCIAL})
    return f" beyond {' or '.join(limited)} purposes" if limited else ""
