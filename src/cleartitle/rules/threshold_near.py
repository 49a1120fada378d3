"""A figure of the deployment is near a limit of size that it does not pass yet."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from cleartitle.judgment.binding import Binding, Portion
from cleartitle.judgment.logic import describe, holds
from cleartitle.judgment.sheet import thresholds
from cleartitle.rules.case import Case
from cleartitle.vocabulary.conditions import Threshold
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.terms import Condition
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import Comparator, Measured

NEAR = 80
"""Percent of a limit from which on a figure is near it."""
_RISING = frozenset({Comparator.MORE, Comparator.AT_LEAST})


def check(case: Case) -> Iterator[Finding]:
    """Yield a warning for each limit that a stated figure is near to; one of a day gone by cannot come nearer."""
    for binding in case.bindings:
        if binding.portion is not Portion.ALL:
            continue
        for clause in binding.license.terms.clauses():
            if isinstance(clause, Condition):
                for limit in thresholds(clause.when):
                    if limit.measured is Measured.CONTINUOUSLY and _near(limit, binding, case):
                        yield _finding(limit, clause, binding)


def _near(limit: Threshold, binding: Binding, case: Case) -> bool:
    rising = limit.comparator in _RISING
    passed = holds(limit, case.deployment, binding.license).value
    earlier = holds(evolve(limit, value=limit.value * NEAR // 100), case.deployment, binding.license).value
    return passed is not None and earlier is not None and (passed is not rising) and (earlier is rising)


def _finding(limit: Threshold, clause: Condition, binding: Binding) -> Finding:
    return Finding(
        rule="scale-threshold-near",
        outcome=Outcome.CLEAR,
        severity=Severity.WARNING,
        message=f"less than {100 - NEAR}% below a limit of {binding.license.name}: {describe(limit)}",
        subject=f"{limit.metric} {limit.value}",
        advice=f"speak to {binding.license.publisher or 'the licensor'} before the limit is passed",
        license=binding.license.id,
        path=binding.path,
        evidence=binding.cite(clause),
    )
