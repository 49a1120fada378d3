"""The clues to a base do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.relations import Standing
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each artifact whose parents are contradicted."""
    lineage = case.lineage
    for node in lineage.nodes:
        disputed = [e for e in lineage.parents(node.ref) if e.standing is Standing.CONTRADICTED]
        if disputed:
            names = " against ".join(e.parent.short for e in disputed)
            yield Finding(
                rule="base-contradicted",
                outcome=Outcome.REVIEW,
                severity=Severity.WARNING,
                message=f"what {node.ref.short} was made from is contradicted: {names}",
                advice="ask the publisher which base is the true one; the terms of all were carried along",
                path=lineage.path(node.ref),
                evidence=tuple(e for edge in disputed for e in edge.evidence),
                settles=(Settlement(fact="", ask=f"from which base was {node.ref.short} made?"),),
            )
