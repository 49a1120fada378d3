"""Something of an artifact could not be read: gated files, files too large, facts a mirror drops."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.catalog import Lookup
from cleartitle.files import is_legal
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.artifact import Problem
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement

_NOTES = frozenset({"gated", "renamed", "dropped"})


def check(analysis: Analysis, _: Lookup) -> Iterator[Finding]:
    """Yield a finding for each problem: a review where what was not read may hold the license."""
    for node in analysis.lineage.nodes:
        for problem in node.artifact.problems if node.artifact else ():
            if problem.what == "no-network":
                continue
            grave = _grave(problem)
            yield Finding(
                rule=f"source-{problem.what}",
                outcome=Outcome.REVIEW if grave else Outcome.CLEAR,
                severity=Severity.WARNING if grave else Severity.NOTE,
                message=f"{node.ref.short}: {problem.message}",
                path=analysis.lineage.path(node.ref),
                settles=(Settlement(fact="", ask=f"what does {problem.path} of {node.ref.short} say?"),)
                if grave
                else (),
            )


def _grave(problem: Problem) -> bool:
    if problem.what in _NOTES:
        return False
    return problem.path is None or problem.path.lower() == "readme.md" or is_legal(problem.path)
