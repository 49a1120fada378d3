"""The walk reached a limit before it reached the roots."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each cut."""
    for cut in case.lineage.cuts:
        yield Finding(
            rule="lineage-cut",
            outcome=Outcome.REVIEW,
            severity=Severity.WARNING,
            message=cut,
            advice="look at the rest of the lineage by hand",
            path=(case.lineage.root,),
            settles=(Settlement(fact="", ask="what are the licenses of the ancestors that were left out?"),),
        )
