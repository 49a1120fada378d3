"""A permissive tag, and neither the license text nor a copyright notice that the license itself asks for."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.rules.shown import card, license_files, listed, names_holder
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import DutyKind, Kind, Level

_KINDS = frozenset({Kind.PERMISSIVE, Kind.ATTRIBUTION_ONLY})
_ASKED = frozenset({DutyKind.LICENSE_COPY, DutyKind.ATTRIBUTION})


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each license of the root that asks for what the repository does not hold."""
    root = case.root
    artifact = listed(root)
    if artifact is None or license_files(artifact) or names_holder(card(artifact) or ""):
        return
    for entry in case.licenses(root):
        if entry.kind in _KINDS and any(d.kind in _ASKED and d.level is Level.OWED for d in entry.terms.duties):
            yield Finding(
                rule="license-text-missing",
                outcome=Outcome.CLEAR,
                severity=Severity.NOTE,
                message=f"{root.ref.short} says {entry.id} and holds neither its text nor a copyright notice",
                advice="before you hand copies on, ask the publisher whose copyright notice to keep",
                license=entry.id,
                path=(root.ref,),
                evidence=tuple(s.evidence for s in root.statements.declared[:1]),
            )
