"""Waivers and the baseline: what was found and does not count, always shown, never silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import evolve

from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Known, Policy, Waiver
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding, Settlement, Waived, fingerprint

_TODAY = Settlement(fact="today", ask="which day is it? (a waiver has an end)")


def waive(
    findings: Iterable[Finding], policy: Policy, today: dt.date | None, root: ModelRef
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """Return the findings that count, with those about the waivers themselves, and those that do not count.

    On an unknown day a waiver neither holds nor not: what it would waive is a review.
    """
    counted: list[Finding] = []
    waived: list[Waived] = []
    used: set[Waiver] = set()
    known = {each.fingerprint: each for each in policy.known}
    for finding in findings:
        fitting = [w for w in policy.waivers if _fits(w, finding, root)]
        used.update(fitting)
        holding = next((w for w in fitting if today and today <= w.expires), None)
        if holding or _was_known(finding, known):
            waived.append(Waived(finding=finding, waiver=holding))
        elif fitting and today is None and finding.outcome is not Outcome.CLEAR:
            counted.append(evolve(finding, outcome=Outcome.REVIEW, settles=(*finding.settles, _TODAY)))
        else:
            counted.append(finding)
    return (*counted, *_about(policy, used, today, root)), tuple(waived)


def _fits(waiver: Waiver, finding: Finding, root: ModelRef) -> bool:
    named = any(waiver.speaks_of(ref.name) for ref in (root, finding.path[-1]))
    return named and waiver.rule == finding.rule and waiver.license in (None, finding.license)


def _was_known(finding: Finding, known: dict[str, Known]) -> bool:
    before = known.get(fingerprint(finding)) if known else None
    return before is not None and finding.outcome.rank() <= before.outcome.rank()


def _about(policy: Policy, used: set[Waiver], today: dt.date | None, root: ModelRef) -> Iterator[Finding]:
    for waiver in policy.waivers:
        if waiver in used and today and today > waiver.expires:
            said = f"ended on {waiver.expires}"
            yield _finding("waiver-expired", Severity.WARNING, said, waiver, root)
        elif waiver not in used and waiver.model.casefold() == root.name.casefold():
            yield _finding("waiver-unused", Severity.NOTE, "matches nothing", waiver, root)


def _finding(rule: str, severity: Severity, said: str, waiver: Waiver, root: ModelRef) -> Finding:
    return Finding(
        rule=rule,
        outcome=Outcome.CLEAR,
        severity=severity,
        message=f"the waiver of {waiver.rule} for {waiver.model} {said} ({waiver.owner}: {waiver.reason})",
        subject=f"{waiver.rule} {waiver.license or ''}".strip(),
        advice="look at it anew, then renew the waiver or remove it",
        path=(root,),
        evidence=(Evidence(method=Method.USER, quote=f"{waiver.model}: {waiver.rule}"),),
    )
