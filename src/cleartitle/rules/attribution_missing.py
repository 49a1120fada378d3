"""A derivative does not show the words of attribution that its base's license asks for."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.catalog import fold
from cleartitle.judgment.binding import Portion
from cleartitle.judgment.travel import portion
from cleartitle.rules.case import Case
from cleartitle.rules.shown import card, published, same_owner
from cleartitle.vocabulary.lineage import Edge, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import DutyKind, Level, Trigger

_ON = frozenset({Trigger.REDISTRIBUTE, Trigger.DISTRIBUTE_DERIVATIVES})


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each derivative whose card lacks the words."""
    for edge, child, parent in case.steps():
        text = card(child.artifact) if child.artifact else None
        if text is not None and published(child.ref) and not same_owner(child.ref, parent.ref):
            yield from _lacking(case, edge, child, parent, fold(text))


def _lacking(case: Case, edge: Edge, child: Node, parent: Node, text: str) -> Iterator[Finding]:
    for entry in case.licenses(parent):
        if portion((edge,), entry.terms) is not Portion.ALL:
            continue
        for duty in filter(_asked, entry.terms.duties):
            if not any(fold(words) in text for words in duty.words):
                yield Finding(
                    rule="attribution-missing",
                    outcome=Outcome.CLEAR,
                    severity=Severity.NOTE,
                    audience=Audience.STRICT,
                    message=f"the card of {child.ref.short} does not show {duty.words[0]!r}, as {entry.name} asks",
                    subject=duty.words[0],
                    advice="show the words yourself where you hand it on or offer it",
                    license=entry.id,
                    path=(*case.lineage.path(child.ref), parent.ref),
                    evidence=edge.evidence[:1],
                )


def _asked(duty: Duty) -> bool:
    return duty.kind is DutyKind.ATTRIBUTION and duty.level is Level.OWED and bool(duty.words) and bool(duty.on & _ON)
