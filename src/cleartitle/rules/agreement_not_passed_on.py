"""A derivative keeps its base's license in name, and does not hand on the text that goes along with every copy."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.binding import Portion
from cleartitle.judgment.travel import Relicensing, portion, relicensing
from cleartitle.rules.case import Case
from cleartitle.rules.shown import license_files, listed, published, same_owner
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import DutyKind, Level, LicenseId

_ASKED = frozenset({DutyKind.LICENSE_COPY, DutyKind.FLOW_DOWN})


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each license that some artifact of the lineage should hand on and does not."""
    found: dict[LicenseId, list[Node]] = {}
    for edge, child, parent in case.steps():
        if same_owner(child.ref, parent.ref) or not published(child.ref) or not _lacks(child):
            continue
        kept = {entry.family for entry in case.licenses(child)}
        for entry in case.licenses(parent):
            if portion((edge,), entry.terms) is Portion.ALL and entry.family in kept and _goes_along(entry):
                found.setdefault(entry.id, []).append(child)
    for license_id, nodes in found.items():
        yield _finding(case, case.lookup(license_id), nodes)


def _lacks(node: Node) -> bool:
    artifact = listed(node)
    return artifact is not None and not license_files(artifact)


def _goes_along(entry: License) -> bool:
    asked = any(d.kind in _ASKED and d.level is Level.OWED for d in entry.terms.duties)
    return asked and relicensing(entry.terms, entry.kind) is not Relicensing.FREE


def _finding(case: Case, entry: License, nodes: list[Node]) -> Finding:
    names = ", ".join(node.ref.short for node in nodes[:3]) + (f" and {len(nodes) - 3} more" if len(nodes) > 3 else "")
    return Finding(
        rule="agreement-not-passed-on",
        outcome=Outcome.CLEAR,
        severity=Severity.NOTE,
        message=f"{names}: handed on under {entry.name} without its text",
        advice="take the text from the base's repository; it binds you, and it goes along with your copies",
        license=entry.id,
        path=case.lineage.path(nodes[0].ref),
        evidence=tuple(s.evidence for node in nodes[:3] for s in node.statements.declared[:1]),
    )
