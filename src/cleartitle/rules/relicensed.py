"""A derivative declares a license that an ancestor's license does not let it declare."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.binding import Portion
from cleartitle.judgment.travel import Relicensing, portion, relicensing
from cleartitle.rules.case import Case
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Edge, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.statement import render
from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import Action, Decision

_WHY = {
    Relicensing.AGREEMENT_GOES_ALONG: "its agreement goes along with every derivative",
    Relicensing.RESTRICTIONS_GO_ALONG: "its use restrictions go along with every derivative",
    Relicensing.FORBIDDEN: "it lets derivatives be passed on under itself only",
}


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each step of the lineage at which an ancestor's license was dropped."""
    for edge, child, parent in case.steps():
        yield from _step(case, edge, child, parent)


def _step(case: Case, edge: Edge, child: Node, parent: Node) -> Iterator[Finding]:
    declared = case.licenses(child)
    if not declared:
        return
    for entry in case.licenses(parent):
        terms = entry.terms
        if portion((edge,), terms) is not Portion.ALL or _family(entry, declared):
            continue
        forbidden = _never(terms)
        allowed = relicensing(terms, entry.kind)
        if allowed is Relicensing.FREE and not forbidden:
            continue
        said = render(child.statements.concluded)
        why = "it does not let derivatives be handed on at all" if forbidden else _WHY[allowed]
        yield Finding(
            rule="relicensed",
            outcome=Outcome.REVIEW if forbidden else Outcome.CLEAR,
            severity=Severity.ERROR,
            message=f"{child.ref.short} declares {said}, but its base {parent.ref.short} is under {entry.name}: {why}",
            advice=f"go by {entry.name}: its terms were carried along in this verdict",
            license=entry.id,
            path=(*case.lineage.path(edge.child), parent.ref),
            evidence=tuple(s.evidence for s in (*child.statements.declared[:1], *parent.statements.declared[:1])),
        )


def _family(entry: License, declared: tuple[License, ...]) -> bool:
    """Return whether a license of the same family and kind is declared: it, or another version, no other license."""
    return any(d.family == entry.family and d.kind is entry.kind for d in declared)


def _never(terms: Terms) -> bool:
    return any(Action.DISTRIBUTE_DERIVATIVES in g.actions and g.decision is Decision.PROHIBITED for g in terms.grants)
