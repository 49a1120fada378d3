"""A NOTICE that a license asks for, or that the base has, is not in the derivative."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.binding import Portion
from cleartitle.judgment.travel import portion
from cleartitle.rules.case import Case
from cleartitle.rules.shown import listed, notice_files, published, same_owner
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import DutyKind, Level


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each derivative without the NOTICE."""
    for edge, child, parent in case.steps():
        artifact = listed(child)
        if artifact is None or notice_files(artifact) or not published(child.ref) or same_owner(child.ref, parent.ref):
            continue
        for entry in case.licenses(parent):
            if portion((edge,), entry.terms) is Portion.ALL and _asked(entry, parent):
                yield Finding(
                    rule="notice-missing",
                    outcome=Outcome.CLEAR,
                    severity=Severity.NOTE,
                    audience=Audience.STRICT,
                    message=f"{child.ref.short} has no NOTICE file, as {entry.name} asks",
                    advice=f"add the NOTICE to the copies that you hand on; see {parent.ref.short}",
                    license=entry.id,
                    path=(*case.lineage.path(child.ref), parent.ref),
                    evidence=edge.evidence[:1],
                )


def _asked(entry: License, parent: Node) -> bool:
    """Return whether the text is given in the license, or the license asks to keep one and the parent has one."""
    owed = [d for d in entry.terms.duties if d.kind is DutyKind.NOTICE and d.level is Level.OWED]
    artifact = listed(parent)
    return any(d.words for d in owed) or bool(owed and artifact and notice_files(artifact))
