"""An answer rests on recorded facts, not on the repositories as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement

_WHERE = {Origin.ATLAS: "the atlas", Origin.CACHE: "the local cache"}


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for facts from atlas and cache; a review where a network failed without being told to stay away."""
    read = [n.artifact for n in case.lineage.nodes if n.artifact and n.artifact.origin in _WHERE]
    failures = {a: next((p.message for p in a.problems if p.what == "no-network"), "") for a in read}
    for origin, where in _WHERE.items():
        for failure in sorted(set(failures.values())):
            those = [a for a in read if a.origin is origin and failures[a] == failure]
            if those:
                yield _finding(case, those, where, failure)


def _finding(case: Case, read: list[Artifact], where: str, failure: str) -> Finding:
    names = ", ".join(f"{a.ref.short} (as of {a.as_of})" if a.as_of else a.ref.short for a in read[:3])
    more = f" and {len(read) - 3} more" if len(read) > 3 else ""
    return Finding(
        rule="not-verified-live",
        outcome=Outcome.REVIEW if failure else Outcome.CLEAR,
        severity=Severity.WARNING if failure else Severity.NOTE,
        message=f"{failure or 'not verified live'}; from {where}: {names}{more}",
        advice="run again with a network to the Hub" if failure else "",
        subject=where,
        path=(case.lineage.root,),
        settles=(Settlement(fact="", ask="the repositories as they are now"),) if failure else (),
    )
