"""A repository declares another license than it once did."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle import atlas
from cleartitle.rules.case import Case
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.lineage import Former, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import Scheme
from cleartitle.vocabulary.statement import Statements, Unknown, licenses, render
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(case: Case) -> Iterator[Finding]:
    """Yield a review for an ancestor that changed since, a warning for a root that did.

    A derivative was made under the license of its day: whether the new one reaches it is for a person. What an
    ancestor was that day is known where its history was asked for; else what it was when the atlas was made.
    """
    for node in case.lineage.nodes:
        if node.former is not None:
            if _is_another(node.former.statements, node.statements):
                yield _since_made(case, node, node.former)
        elif known := atlas.lookup(node.ref.name) if _live(node) else None:
            then = conclude(known, None)
            if _differs(node, then):
                yield _since_recorded(case, node, then, known.as_of or "")


def _live(node: Node) -> bool:
    return (
        node.ref.scheme is Scheme.HF
        and node.ref.revision is None
        and node.artifact is not None
        and node.artifact.origin is Origin.LIVE
    )


def _is_another(then: Statements, now: Statements) -> bool:
    """Return whether something else was said than is said now; that nothing was said yet is no other license.

    A license that nobody knows counts, and one that held beside another: the new one alone must not speak for both.
    """
    said = bool(then.declared) or not isinstance(then.concluded, Unknown)
    return said and render(then.concluded) != render(now.concluded)


def _differs(node: Node, before: Statements) -> bool:
    """Return whether both licenses are known, and nothing of the one is in the other."""
    now, then = set(licenses(node.statements.concluded)), set(licenses(before.concluded))
    return bool(now and then) and not now & then


def _since_made(case: Case, node: Node, former: Former) -> Finding:
    name, now = node.ref.short, node.statements
    was, is_now = render(former.statements.concluded), render(now.concluded)
    return Finding(
        rule="license-changed",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        message=f"{name} was under {was} when {former.child.short} was made from it ({former.day}), "
        f"and is under {is_now} now",
        advice=f"ask for the verdict of the revision of then, {name}@{former.ref.revision}, and let a person decide "
        "which of the two licenses the derivative came under",
        path=case.lineage.path(node.ref),
        evidence=_evidence(former.statements, now),
        settles=(_question(name),),
    )


def _since_recorded(case: Case, node: Node, then: Statements, day: str) -> Finding:
    now, ancestor = node.statements, node.ref != case.lineage.root
    was, is_now = render(then.concluded), render(now.concluded)
    return Finding(
        rule="license-changed",
        outcome=Outcome.REVIEW if ancestor else Outcome.CLEAR,
        severity=Severity.WARNING,
        message=f"{node.ref.short} was under {was} as of {day}, and is under {is_now} now",
        advice="find out which revision was used, and ask for the verdict of that revision"
        if ancestor
        else "this answer holds for the revision at hand; copies obtained earlier came under the earlier license",
        path=case.lineage.path(node.ref),
        evidence=_evidence(then, now),
        settles=(_question(node.ref.short),) if ancestor else (),
    )


def _question(name: str) -> Settlement:
    return Settlement(fact="", ask=f"under which license was the copy of {name} obtained that the model was made from?")


def _evidence(then: Statements, now: Statements) -> tuple[Evidence, ...]:
    return tuple(s.evidence for s in (*then.declared[:1], *now.declared[:1]))
