"""A license asks derivatives to carry a word in their name, and a name does not."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.catalog import fold
from cleartitle.judgment.binding import Portion
from cleartitle.judgment.travel import portion
from cleartitle.rules.case import Case
from cleartitle.rules.shown import published, same_owner, title
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Edge, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.verdict import Finding, Owed
from cleartitle.vocabulary.words import DutyKind, Level, NameRule

_SAID = {NameRule.BEGINS_WITH: "begins with", NameRule.CONTAINS: "contains"}
_UNCHANGED = frozenset({Relation.COPY, Relation.CONVERTED, Relation.COMPONENT})
"""Relations whose children are the parent's own work: it keeps its name."""


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding where the name of one's own derivative is not what is owed, and a note for each ancestor's."""
    name = case.deployment.derivative_name
    for owed in case.owed:
        if name and owed.duty.kind is DutyKind.DERIVATIVE_NAME and not carries(name, owed.duty):
            yield _own(case, name, owed)
    for edge, child, parent in case.steps():
        if edge.relation not in _UNCHANGED and published(child.ref) and not same_owner(child.ref, parent.ref):
            for entry in case.licenses(parent):
                yield from _published(case, edge, child, parent, entry)


def carries(name: str, duty: Duty) -> bool:
    """Return whether *name* has one of the words of *duty* where it asks for it; case and punctuation do not count."""
    folded = fold(name)
    if duty.name_rule is NameRule.CONTAINS:
        return any(fold(word) in folded for word in duty.words)
    return not duty.words or any(folded.startswith(fold(word)) for word in duty.words)


def _own(case: Case, name: str, owed: Owed) -> Finding:
    entry = case.lookup(owed.license)
    return Finding(
        rule="derivative-name",
        outcome=Outcome.DUTIES if owed.certain else Outcome.CLEAR,
        severity=Severity.ERROR if owed.certain else Severity.WARNING,
        message=f"{entry.name} asks for a name that {_rule(owed.duty)}; {name!r} does not",
        subject="own",
        advice="name your derivative otherwise",
        license=owed.license,
        path=owed.path,
        evidence=tuple(e for b in case.bindings if b.path == owed.path for e in b.cite(owed.duty))[:1],
    )


def _published(case: Case, edge: Edge, child: Node, parent: Node, entry: License) -> Iterator[Finding]:
    if portion((edge,), entry.terms) is not Portion.ALL or fold(title(child.ref)).startswith(fold(title(parent.ref))):
        return
    for duty in entry.terms.duties:
        asked = duty.kind is DutyKind.DERIVATIVE_NAME and duty.level is Level.OWED
        if asked and not carries(title(child.ref), duty):
            yield Finding(
                rule="derivative-name",
                outcome=Outcome.CLEAR,
                severity=Severity.NOTE,
                message=f"the name of {child.ref.short} is not one that {_rule(duty)}, as {entry.name} asks",
                subject=child.ref.name,
                advice="a copy that you hand on, or a derivative that you make, must be named so",
                license=entry.id,
                path=(*case.lineage.path(child.ref), parent.ref),
                evidence=edge.evidence[:1],
            )


def _rule(duty: Duty) -> str:
    rule = _SAID[duty.name_rule or NameRule.BEGINS_WITH]
    return f"{rule} {' or '.join(repr(word) for word in duty.words)}"
