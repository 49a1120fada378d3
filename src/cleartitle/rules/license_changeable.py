"""A license that its licensor may end or change at will."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.binding import Portion
from cleartitle.rules.case import Case
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import Ending


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each license that binds and can be changed under one's feet."""
    for binding in case.bindings:
        clauses = [t for t in binding.license.terms.terminations if t.on is Ending.LICENSOR_WILL]
        if clauses and binding.portion is Portion.ALL:
            yield Finding(
                rule="license-changeable",
                outcome=Outcome.CLEAR,
                severity=Severity.NOTE,
                message=f"{binding.license.name}: the licensor may end it, or change its terms, without a breach",
                advice="keep a dated copy of the text, and have a plan for the day it changes",
                license=binding.license.id,
                path=binding.path,
                evidence=tuple(e for clause in clauses for e in binding.cite(clause)),
            )
