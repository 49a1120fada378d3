"""What a text decides about each action, on one page: the view that tables and comparisons share."""

from __future__ import annotations

from attrs import frozen

from cleartitle.vocabulary.conditions import AllOf, AnyOf, ForPurpose, HasAgreement, Not, Test, Threshold
from cleartitle.vocabulary.terms import Clause, Condition, Grant, Terms
from cleartitle.vocabulary.words import Action, Decision, DerivedWork, Effect, Level, Purpose, Trigger


@frozen(kw_only=True)
class Answer:
    """The decision about one action, and the clauses that made it."""

    decision: Decision
    clauses: tuple[Clause, ...] = ()
    inferred: bool = False
    """The text does not name the action; its general grant covers it."""


def answer(terms: Terms, action: Action) -> Answer:
    """Return what *terms* decide about *action*, whoever asks and wherever.

    A limit outweighs a grant; size and agreement conditions on the whole license make commercial use conditional;
    a duty or derivative clause for trained models makes training them conditional.
    """
    grants = tuple(g for g in terms.grants if action in g.actions and _concerns(g, action) and _says(g))
    for decision in (Decision.UNKNOWN, Decision.PROHIBITED):
        deciding = tuple(g for g in grants if g.decision is decision)
        if deciding:
            return Answer(decision=decision, clauses=deciding)
    conditional: tuple[Clause, ...] = tuple(g for g in grants if g.decision is Decision.CONDITIONAL)
    conditional += _conditions_on(terms, action)
    if grants and conditional:
        return Answer(decision=Decision.CONDITIONAL, clauses=conditional)
    if grants:
        return Answer(decision=Decision.ALLOWED, clauses=grants)
    if action is Action.TRAIN_OTHER_MODELS and conditional:
        return Answer(decision=Decision.CONDITIONAL, clauses=conditional)
    return Answer(decision=Decision.SILENT)


def general_grant(terms: Terms) -> Grant | None:
    """Return the purpose-free grant in general terms, to which silent actions fall."""
    allowed = (g for g in terms.grants if g.general and g.decision is Decision.ALLOWED)
    return next((g for g in allowed if not g.purposes and not g.actors), None)


def thresholds(test: Test) -> tuple[Threshold, ...]:
    """Return the thresholds anywhere in *test*."""
    return tuple(leaf for leaf in leaves(test) if isinstance(leaf, Threshold))


def agreements(test: Test) -> tuple[HasAgreement, ...]:
    """Return the agreements asked for anywhere in *test*."""
    return tuple(leaf for leaf in leaves(test) if isinstance(leaf, HasAgreement))


def leaves(test: Test) -> tuple[Test, ...]:
    """Return the tests of the tree that have no others inside."""
    match test:
        case AllOf(tests=tests) | AnyOf(tests=tests):
            return tuple(leaf for each in tests for leaf in leaves(each))
        case Not(negated=negated):
            return leaves(negated)
        case _:
            return (test,)


def _concerns(grant: Grant, action: Action) -> bool:
    """A grant for other purposes says nothing of commercial use; elsewhere a purpose does not change the act."""
    if action not in (Action.USE_COMMERCIALLY, Action.USE_OUTPUTS_COMMERCIALLY):
        return True
    return not grant.purposes or Purpose.COMMERCIAL in grant.purposes


def _says(grant: Grant) -> bool:
    return grant.decision is not Decision.SILENT


def _conditions_on(terms: Terms, action: Action) -> tuple[Clause, ...]:
    if action is Action.USE_COMMERCIALLY:
        return tuple(c for c in terms.conditions if _limits_commerce(c))
    if action is Action.TRAIN_OTHER_MODELS:
        trained = [s for s in terms.derivatives if DerivedWork.TRAINED_ON_OUTPUTS in s.works]
        named = [d for d in terms.duties if d.level is Level.OWED and Trigger.TRAIN_AND_DISTRIBUTE in d.on]
        return (*trained, *named)
    return ()


def _limits_commerce(condition: Condition) -> bool:
    touches = not condition.actions or bool(condition.actions & {Action.USE, Action.USE_COMMERCIALLY})
    purposes = {leaf.purpose for leaf in leaves(condition.when) if isinstance(leaf, ForPurpose)}
    free = bool(purposes - {Purpose.COMMERCIAL})
    return touches and condition.effect in (Effect.SUSPENDS, Effect.ENDS) and (not free or _counts(condition.when))


def _counts(test: Test) -> bool:
    return bool(thresholds(test) or agreements(test))
