"""Something of an artifact could not be read: gated files, files too large, facts a mirror drops."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.files import is_legal
from cleartitle.rules.case import Case
from cleartitle.vocabulary.artifact import Problem
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement

_NOTES = frozenset({"gated", "renamed", "dropped"})


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each problem: a review where what was not read may hold the license."""
    for node in case.lineage.nodes:
        for problem in node.artifact.problems if node.artifact else ():
            if problem.what == "no-network":
                continue
            grave = _grave(problem)
            yield Finding(
                rule=f"source-{problem.what}",
                outcome=Outcome.REVIEW if grave else Outcome.CLEAR,
                severity=Severity.WARNING if grave else Severity.NOTE,
                message=f"{node.ref.short}: {problem.message}",
                subject=problem.path or "",
                path=case.lineage.path(node.ref),
                evidence=(Evidence(method=Method.FILE, artifact=node.ref, path=problem.path),),
                settles=(Settlement(fact="", ask=_ask(problem, node)),) if grave else (),
            )


def _ask(problem: Problem, node: Node) -> str:
    if problem.path is None:
        return f"what is missing of {node.ref.short}? {problem.message}"
    return f"what does {problem.path} of {node.ref.short} say?"


def _grave(problem: Problem) -> bool:
    if problem.what in _NOTES:
        return False
    return problem.path is None or problem.path.lower() == "readme.md" or is_legal(problem.path)
