"""A certain revision was asked for, and the answer is the atlas's, which knows the model but no revisions."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement

_BRANCH = "main"


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each artifact of the lineage whose revision nobody has read."""
    for node in case.lineage.nodes:
        revision = node.ref.revision
        if node.artifact is None or node.artifact.origin is not Origin.ATLAS or revision in (None, _BRANCH):
            continue
        name = node.ref.at(None).short
        yield Finding(
            rule="revision-not-read",
            outcome=Outcome.REVIEW,
            severity=Severity.WARNING,
            message=f"revision {revision} of {name} was not read: the atlas knows the model, not its revisions",
            advice=f"run again with a network to the Hub, or with {name}@{revision} in the local cache",
            path=case.lineage.path(node.ref),
            evidence=(Evidence(method=Method.ATLAS, artifact=node.ref, path=node.artifact.provenance, quote=name),),
            settles=(Settlement(fact="", ask=f"what does {name} say at revision {revision}?"),),
        )
