"""The unknown parts of what a license file states, and where their text was read."""

from __future__ import annotations

from attrs import evolve

from cleartitle.vocabulary.statement import Choice, Every, Expression, Unclear, Unknown
from cleartitle.vocabulary.words import LicenseId

BY_MACHINE = "what it says was read by machine, and no person has checked that"


def has_unknown(expression: Expression) -> bool:
    """Return whether a part of what a text states is unknown."""
    match expression:
        case Every(of=of) | Choice(of=of) | Unclear(of=of):
            return any(map(has_unknown, of))
        case _:
            return isinstance(expression, Unknown)


def marked(expression: Expression, reading: LicenseId) -> Expression:
    """Return *expression* with the id of what was read in its text at every unknown part."""
    match expression:
        case Every(of=of) | Choice(of=of) | Unclear(of=of):
            return evolve(expression, of=tuple(marked(each, reading) for each in of))
        case Unknown():
            return evolve(expression, read=reading, reason=f"{expression.reason}; {BY_MACHINE}")
        case _:
            return expression
