"""A base is named by something that cannot be looked up, such as a local path."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.catalog import Lookup
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(analysis: Analysis, _: Lookup) -> Iterator[Finding]:
    """Yield a finding for each artifact with such a sign and no base that can be looked up."""
    lineage = analysis.lineage
    for node in lineage.nodes:
        if node.unresolved and not lineage.parents(node.ref):
            said = ", ".join(repr(c.said) for c in node.unresolved[:3])
            yield Finding(
                rule="base-unresolved",
                outcome=Outcome.REVIEW,
                severity=Severity.WARNING,
                message=f"the base of {node.ref.short} is named only as {said}, which nobody else can look up",
                advice="ask the publisher for the base model",
                path=lineage.path(node.ref),
                evidence=tuple(c.evidence for c in node.unresolved),
                settles=(Settlement(fact="", ask=f"from which base was {node.ref.short} made?"),),
            )
