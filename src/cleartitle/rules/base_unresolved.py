"""A base is named by something that cannot be looked up, such as a local path."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.vocabulary.evidence import Method
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each artifact whose card has such a sign, or whose files have and no base is known."""
    lineage = case.lineage
    for node in lineage.nodes:
        known = bool(lineage.parents(node.ref))
        open_ones = [c for c in node.unresolved if not known or c.evidence.method is Method.FRONT_MATTER]
        if open_ones:
            said = ", ".join(repr(c.said) for c in open_ones[:3])
            yield Finding(
                rule="base-unresolved",
                outcome=Outcome.REVIEW,
                severity=Severity.WARNING,
                message=f"a base of {node.ref.short} is named only as {said}, which nobody else can look up",
                advice="ask the publisher for the base model",
                path=lineage.path(node.ref),
                evidence=tuple(c.evidence for c in open_ones),
                settles=(Settlement(fact="", ask=f"from which base was {node.ref.short} made?"),),
            )
