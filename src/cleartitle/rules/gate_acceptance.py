"""What is loaded stands behind a gate: a person must accept its conditions, and a record settles it."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.loaded import loaded
from cleartitle.rules.case import Case
from cleartitle.vocabulary.artifact import Gate
from cleartitle.vocabulary.deployment import Agreement
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding, Settlement
from cleartitle.vocabulary.words import AgreementKind


def check(case: Case) -> Iterator[Finding]:
    """Yield a duty for each gate of which no acceptance is on record; a review where nothing is known of records."""
    agreements = case.deployment.agreements
    for node in loaded(case.lineage):
        if node.artifact is None or node.artifact.gate is Gate.OPEN:
            continue
        held = next((a for a in agreements or () if accepts(a, node, case.licenses(node))), None)
        if held:
            yield _finding(case, node, Outcome.CLEAR, f"the gate of {node.ref.short} was accepted{_record(held)}")
        else:
            outcome = Outcome.REVIEW if agreements is None else Outcome.DUTIES
            yield _finding(case, node, outcome, f"a person must accept the conditions of the gate of {node.ref.short}")


def accepts(agreement: Agreement, node: Node, entries: tuple[License, ...]) -> bool:
    """Return whether *agreement* is an acceptance of this gate, and not of a text older than its license."""
    if agreement.kind is not AgreementKind.ACCEPTANCE:
        return False
    about = agreement.license.casefold()
    if about == node.ref.name.casefold():
        return True
    for entry in entries:
        names = {str(entry.id).casefold(), entry.name.casefold(), (entry.publisher or "").casefold()} - {""}
        if about in names:
            return not (agreement.on and entry.published and agreement.on < entry.published)
    return False


def _record(held: Agreement) -> str:
    facts = (f"by {held.by}" if held.by else "", f"on {held.on}" if held.on else "", held.reference)
    said = ", ".join(filter(None, facts))
    return f" ({said})" if said else ""


def _finding(case: Case, node: Node, outcome: Outcome, message: str) -> Finding:
    ask = f"who accepted the conditions of {node.ref.short}, when, and which text?"
    open_gate = outcome is not Outcome.CLEAR
    return Finding(
        rule="gate-acceptance",
        outcome=outcome,
        severity=Severity.WARNING if open_gate else Severity.NOTE,
        message=message,
        advice=f"accept them with the account that downloads, and record it: --agreement acceptance:{node.ref.short}"
        if open_gate
        else "",
        path=case.lineage.path(node.ref),
        evidence=(Evidence(method=Method.HUB_TAG, artifact=node.ref, path="gated", quote=_gate(node)),),
        settles=(Settlement(fact="agreements", ask=ask),) if outcome is Outcome.REVIEW else (),
    )


def _gate(node: Node) -> str:
    return str(node.artifact.gate) if node.artifact else ""
