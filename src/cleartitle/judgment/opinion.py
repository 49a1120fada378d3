"""What one license, or one reading of several, makes of a deployment."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.verdict import Finding, Owed


@frozen(kw_only=True)
class Opinion:
    """Findings and duties; together they have an outcome."""

    findings: tuple[Finding, ...] = ()
    duties: tuple[Owed, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst of the findings, and at least ``duties`` where one is certain."""
        outcomes = [f.outcome for f in self.findings]
        outcomes += [Outcome.DUTIES for d in self.duties if d.certain]
        return max(outcomes, key=Outcome.rank, default=Outcome.CLEAR)

    @property
    def may_clear(self) -> bool:
        """Whether it is clear, or facts could still make it so: no duty is certain, and all that is open asks."""
        return not any(d.certain for d in self.duties) and all(map(_may_clear, self.findings))


def _may_clear(finding: Finding) -> bool:
    asks = finding.outcome is Outcome.REVIEW and any(s.fact for s in finding.settles)
    return asks or finding.outcome is Outcome.CLEAR


def together(opinions: Iterable[Opinion]) -> Opinion:
    """Return the opinion of all at once: nothing is lost."""
    found = tuple(opinions)
    return Opinion(
        findings=tuple(dict.fromkeys(f for o in found for f in o.findings)),
        duties=tuple(dict.fromkeys(d for o in found for d in o.duties)),
    )
