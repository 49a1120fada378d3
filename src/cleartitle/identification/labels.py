"""Short names of the terms of a clause, as a change says what it touches: ``duty: attribution``."""

from __future__ import annotations

from cleartitle.vocabulary.conditions import AllOf, AnyOf, ForPurpose, ForUse, HasAgreement, Not, Test, Threshold
from cleartitle.vocabulary.terms import (
    Clause,
    Condition,
    DerivativeScope,
    Disclaimed,
    Duty,
    Grant,
    Law,
    OutputRights,
    Restriction,
    Termination,
    Territory,
)


def label(clause: Clause) -> str:
    """Return the short name of what *clause* is about.

    >>> from cleartitle.vocabulary.words import Disclaimer
    >>> label(Disclaimed(of=Disclaimer.WARRANTY))
    'disclaimer: warranty'
    """
    match clause:
        case Grant(actions=actions):
            return f"grant: {_list(actions)}"
        case Condition(when=when):
            return f"condition: {_list(_facts(when))}"
        case Duty(kind=kind):
            return f"duty: {kind}"
        case Restriction(kind=kind):
            return f"restriction: {kind}"
        case Territory(excluded=excluded, allowed=allowed):
            return f"territory: {_list(excluded | allowed)}"
        case DerivativeScope():
            return "derivatives"
        case Termination(on=on):
            return f"termination: {on}"
        case OutputRights():
            return "outputs"
        case Law():
            return "governing law"
        case Disclaimed(of=of):
            return f"disclaimer: {of}"
        case _:
            return "clause"


def _facts(test: Test) -> list[str]:
    match test:
        case AllOf(tests=tests) | AnyOf(tests=tests):
            return [fact for each in tests for fact in _facts(each)]
        case Not(negated=negated):
            return _facts(negated)
        case Threshold(metric=metric):
            return [metric]
        case HasAgreement(agreements=agreements):
            return sorted(agreements)
        case ForPurpose(purpose=purpose):
            return [purpose]
        case ForUse(uses=uses):
            return sorted(uses)
        case _:
            return [type(test).__name__.lower()]


def _list(words: object) -> str:
    each = sorted({str(word) for word in words}) if isinstance(words, (list, frozenset)) else []
    return ", ".join(each[:3]) + (", ..." if len(each) > 3 else "")
