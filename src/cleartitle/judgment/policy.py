"""What the policy says to a license, whatever the deployment."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from cleartitle.judgment.binding import Binding, Portion
from cleartitle.judgment.logic import NO, Truth, unknown
from cleartitle.judgment.sheet import answer, general_grant
from cleartitle.territory import spell_out
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Policy, Unsettled
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.terms import Clause, Territory
from cleartitle.vocabulary.verdict import Finding, Settlement
from cleartitle.vocabulary.words import EMBARGOED, Action, Decision, Part


@frozen(kw_only=True)
class _Objection:
    subject: str
    reason: str
    clauses: tuple[Clause, ...] = ()
    settles: tuple[Settlement, ...] = ()
    """Not empty: nobody can say whether it holds."""


def refused(binding: Binding, policy: Policy) -> Iterator[Finding]:
    """Yield a finding for each thing that *policy* has against the license of *binding*.

    A dataset's license leads to a review at most, as everywhere.
    """
    for objection in (*_listed(binding, policy), *_asked(binding, policy), *_lacking(binding, policy)):
        sure = not objection.settles and binding.portion is not Portion.DATA
        yield Finding(
            rule="policy-denied",
            outcome=Outcome.BLOCKED if sure else Outcome.REVIEW,
            severity=Severity.ERROR if sure else Severity.WARNING,
            message=f"the policy {policy.name!r} refuses {objection.reason} ({binding.license.name})",
            subject=objection.subject,
            advice="choose another model, or have the policy changed or the finding waived",
            license=binding.license.id,
            path=binding.path,
            evidence=tuple(e for clause in objection.clauses for e in binding.cite(clause)) or (_entry(binding),),
            settles=objection.settles,
        )


def _entry(binding: Binding) -> Evidence:
    entry = binding.license
    return Evidence(method=Method.CATALOG, artifact=binding.path[-1], path=str(entry.id), quote=entry.kind)


def _listed(binding: Binding, policy: Policy) -> Iterator[_Objection]:
    entry = binding.license
    if entry.id in policy.deny_licenses:
        yield _Objection(subject="license", reason=f"the license {entry.id}")
    elif entry.kind in policy.deny_kinds:
        yield _Objection(subject="kind", reason=f"{_words(entry.kind)} licenses")
    elif _closed(policy) and entry.id not in policy.allow_licenses and entry.kind not in policy.allow_kinds:
        yield _Objection(subject="allowed", reason=f"{_words(entry.kind)} licenses, as all that it does not list")


def _closed(policy: Policy) -> bool:
    return bool(policy.allow_licenses or policy.allow_kinds)


def _asked(binding: Binding, policy: Policy) -> Iterator[_Objection]:
    terms = binding.license.terms
    for duty in policy.deny_duties:
        clauses = tuple(d for d in terms.duties if d.kind is duty)
        if clauses:
            yield _Objection(subject=duty, reason=f"the duty {_words(duty)!r}", clauses=clauses)
    for restriction in policy.deny_restrictions:
        limits = tuple(r for r in terms.restrictions if r.kind is restriction)
        if limits:
            yield _Objection(subject=restriction, reason=f"the restriction {_words(restriction)!r}", clauses=limits)


def _lacking(binding: Binding, policy: Policy) -> Iterator[_Objection]:
    for action in policy.require_grants:
        yield from _ungranted(binding, action)
    for territory in binding.license.terms.territories:
        left_out = _left_out(territory, binding, policy)
        if left_out.value is not False:
            yield _Objection(
                subject=f"territory {territory.section}",
                reason="licenses that leave out where you are",
                clauses=(territory,),
                settles=left_out.settles,
            )


def _ungranted(binding: Binding, action: Action) -> Iterator[_Objection]:
    said = answer(binding.license.terms, action)
    if said.decision is Decision.PROHIBITED:
        yield _Objection(subject=action, reason=f"licenses that do not allow {_words(action)!r}", clauses=said.clauses)
    silent = said.decision is Decision.SILENT and general_grant(binding.license.terms) is None
    if silent or said.decision is Decision.UNKNOWN:
        ask = Settlement(fact="", ask=f"does {binding.license.name} allow {_words(action)!r}?")
        reason = f"licenses that may not allow {_words(action)!r}"
        yield _Objection(subject=action, reason=reason, clauses=said.clauses, settles=(ask,))


def _left_out(territory: Territory, binding: Binding, policy: Policy) -> Truth:
    wanted = spell_out(policy.require_territory)
    outside = spell_out(territory.excluded) - {EMBARGOED}
    beyond = bool(territory.allowed) and not wanted <= spell_out(territory.allowed)
    if not (wanted & outside or (wanted and beyond)):
        return NO
    if territory.part is Part.MULTIMODAL and binding.modality is not Modality.MULTIMODAL:
        modal = binding.modality is Modality.UNKNOWN
        return unknown("", f"does {binding.path[-1].short} handle more than text?") if modal else NO
    return ~NO


def _words(kebab: str) -> str:
    return kebab.replace("-", " ")


def settled(findings: tuple[Finding, ...], policy: Policy) -> tuple[Finding, ...]:
    """Return *findings* with what is unknown blocked, where the policy wants that; its own reviews stay reviews."""
    if policy.unknown is Unsettled.REVIEW:
        return findings
    return tuple(
        evolve(f, outcome=Outcome.BLOCKED) if f.outcome is Outcome.REVIEW and f.rule != "origin-review" else f
        for f in findings
    )
