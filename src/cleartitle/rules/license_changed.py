"""A repository declares another license than it once did."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle import atlas
from cleartitle.rules.case import Case
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import Scheme
from cleartitle.vocabulary.statement import licenses, render
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(case: Case) -> Iterator[Finding]:
    """Yield a warning for a root that changed since the atlas was made; a review for an ancestor that did.

    A derivative was made under the license of its day: whether the new one reaches it is for a person.
    """
    for node in case.lineage.nodes:
        known = atlas.lookup(node.ref.name) if _live(node) else None
        if known and _differs(node, known):
            yield _finding(case, node, known)


def _live(node: Node) -> bool:
    return (
        node.ref.scheme is Scheme.HF
        and node.ref.revision is None
        and node.artifact is not None
        and node.artifact.origin is Origin.LIVE
    )


def _differs(node: Node, known: Artifact) -> bool:
    """Return whether both licenses are known, and nothing of the one is in the other."""
    now = set(licenses(node.statements.concluded))
    then = set(licenses(conclude(known, None).concluded))
    return bool(now and then) and not now & then


def _finding(case: Case, node: Node, known: Artifact) -> Finding:
    then, now = conclude(known, None), node.statements
    ancestor = node.ref != case.lineage.root
    was, is_now = render(then.concluded), render(now.concluded)
    said = f"{node.ref.short} was under {was} as of {known.as_of}, and is under {is_now} now"
    ask = f"under which license was the copy of {node.ref.short} obtained that the model was made from?"
    return Finding(
        rule="license-changed",
        outcome=Outcome.REVIEW if ancestor else Outcome.CLEAR,
        severity=Severity.WARNING,
        message=said,
        advice="find out which revision was used, and ask for the verdict of that revision"
        if ancestor
        else "this answer holds for the revision at hand; copies obtained earlier came under the earlier license",
        path=case.lineage.path(node.ref),
        evidence=tuple(s.evidence for s in (*then.declared[:1], *now.declared[:1])),
        settles=(Settlement(fact="", ask=ask),) if ancestor else (),
    )
