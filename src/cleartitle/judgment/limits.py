"""Limits of a license: conditions that suspend or end it, territory, restrictions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from attrs import evolve

from cleartitle.judgment.binding import Binding
from cleartitle.judgment.facts import performs
from cleartitle.judgment.grants import SEPARATE, exempt
from cleartitle.judgment.logic import (
    NO,
    YES,
    Truth,
    describe,
    for_purpose,
    has_agreement,
    holds,
    known,
    some,
    unknown,
)
from cleartitle.judgment.sheet import thresholds
from cleartitle.territory import listed, spell_out
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.terms import Clause, Condition, Restriction, Territory
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import (
    EMBARGOED,
    WORLD,
    Effect,
    Part,
    Purpose,
    Region,
    RestrictionKind,
    TerritoryBasis,
    UseCategory,
)

_RESTRICTED = {
    RestrictionKind.NO_COMPETE: "it must not be used to compete with the licensor",
    RestrictionKind.NO_REVERSE_ENGINEERING: "it must not be reverse engineered",
}
_ADVICE = {
    "scale-threshold": "stay below it, or take a model whose license has no such limit",
    "condition-met": "change what meets it, or take another model",
    "territory-excluded": "keep it out of there, or take a model whose license holds there",
    "use-restriction": "keep it out of that use, or take a model whose license allows it",
}
"""What to do instead, by rule."""


def conditions(binding: Binding, deployment: Deployment) -> Iterator[Finding]:
    """Yield a finding for each condition that takes rights away, or may."""
    for condition in binding.license.terms.conditions:
        separate = has_agreement(condition.lifted_by | SEPARATE, deployment, binding.license)
        touched = some(performs(a, deployment, derivative=binding.derivative) for a in condition.actions) | (
            NO if condition.actions else YES
        )
        passed = holds(condition.when, deployment, binding.license)
        met = passed & touched & ~exempt(condition.exempt, deployment)
        stands = met & ~separate
        if stands.value is not False:
            yield _condition_finding(condition, binding, stands)
        elif met.value and separate.value:
            yield _settled(condition, binding, deployment)
        elif passed.value is False and thresholds(condition.when) and touched.value:
            yield _not_passed(condition, binding)


def territories(binding: Binding, deployment: Deployment) -> Iterator[Finding]:
    """Yield a finding for each territory limit that the deployment crosses, or may."""
    for territory in binding.license.terms.territories:
        concerns = _part(territory.part, binding) & ~exempt(territory.exempt, deployment)
        for basis in sorted(territory.by):
            crossed = concerns & _crossed(territory, basis, deployment)
            if crossed.value is not False:
                yield _territory_finding(territory, basis, binding, crossed)


def restrictions(binding: Binding, deployment: Deployment) -> Iterator[Finding]:
    """Yield a finding for each restriction that is broken, or may be, and one for all that are to be kept."""
    kept: list[Restriction] = []
    separate = has_agreement(SEPARATE, deployment, binding.license)
    for restriction in binding.license.terms.restrictions:
        broken = _broken(restriction, deployment) & ~separate
        if broken.value is not False:
            found = _limit("use-restriction", binding, restriction, _say(restriction, binding, deployment), broken)
            yield evolve(found, subject=f"{restriction.kind} {' '.join(sorted(restriction.uses))} {found.subject}")
        elif restriction.kind not in _MET:
            kept.append(restriction)
    if kept:
        yield _to_keep(tuple(kept), binding)


def _condition_finding(condition: Condition, binding: Binding, stands: Truth) -> Finding:
    lines = "; ".join(map(describe, thresholds(condition.when)))
    rests = "ends" if condition.effect is Effect.ENDS else "gives no rights"
    name = binding.license.name
    said = f"{name} {rests} above its limit: {lines}" if lines else f"{name} {rests} here: {condition.note}"
    sends = bool(SEPARATE & condition.lifted_by)
    publisher = binding.license.publisher or "the licensor"
    found = _limit("scale-threshold" if lines else "condition-met", binding, condition, said, stands)
    advice = f"ask {publisher} for a license of its own, and put it on record" if sends else found.advice
    return evolve(found, advice=advice)


def _not_passed(condition: Condition, binding: Binding) -> Finding:
    lines = "; ".join(map(describe, thresholds(condition.when)))
    return Finding(
        rule="scale-threshold",
        outcome=Outcome.CLEAR,
        severity=Severity.NOTE,
        message=f"the limit of {binding.license.name} is not passed: {lines}",
        subject=_place(condition),
        license=binding.license.id,
        path=binding.path,
        evidence=binding.cite(condition),
    )


def _settled(condition: Condition, binding: Binding, deployment: Deployment) -> Finding:
    held = ", ".join(a.reference or a.kind for a in deployment.agreements or ())
    return Finding(
        rule="separate-license-held",
        outcome=Outcome.CLEAR,
        severity=Severity.NOTE,
        message=f"a limit of {binding.license.name} is passed, and settled by the agreement on record ({held})",
        subject=_place(condition),
        license=binding.license.id,
        path=binding.path,
        evidence=binding.cite(condition),
    )


def _part(part: Part, binding: Binding) -> Truth:
    match part:
        case Part.ALL:
            return YES
        case Part.MULTIMODAL if binding.modality is not Modality.UNKNOWN:
            return Truth(binding.modality is Modality.MULTIMODAL)
        case Part.MULTIMODAL:
            return unknown("", f"does {binding.path[-1].short} handle more than text?")
        case _:
            assert_never(part)


def _crossed(territory: Territory, basis: TerritoryBasis, deployment: Deployment) -> Truth:
    places, fact, ask = _places(basis, deployment)
    if places is None:
        return unknown(fact, ask)
    spelled = spell_out(places)
    outside = spell_out(territory.excluded)
    embargo = NO
    if EMBARGOED in outside:
        screened = NO if deployment.sanctions_screened else None
        embargo = screened or unknown("sanctions_screened", "were licensee, places and users screened for sanctions?")
        outside -= {EMBARGOED}
    hit = bool(outside & spelled) or (WORLD in spelled and bool(outside))
    beyond = bool(territory.allowed) and not spelled <= spell_out(territory.allowed)
    return Truth(hit or beyond) | embargo


def _places(basis: TerritoryBasis, deployment: Deployment) -> tuple[frozenset[Region] | None, str, str]:
    match basis:
        case TerritoryBasis.DOMICILE:
            here = None if deployment.domicile is None else frozenset({deployment.domicile})
            return here, "domicile", "in which country is the licensee domiciled?"
        case TerritoryBasis.PLACE_OF_USE:
            if deployment.hosted_in is None:
                return None, "hosted_in", "in which countries does the model run?"
            if deployment.offered_in is None:
                return None, "offered_in", "in which countries is it offered and are its outputs used?"
            return deployment.hosted_in | deployment.offered_in, "hosted_in", ""
        case TerritoryBasis.OUTPUTS:
            return deployment.offered_in, "offered_in", "in which countries is it offered and are its outputs used?"
        case _:
            assert_never(basis)


def _territory_finding(territory: Territory, basis: TerritoryBasis, binding: Binding, crossed: Truth) -> Finding:
    where = {
        TerritoryBasis.DOMICILE: "for licensees domiciled in",
        TerritoryBasis.PLACE_OF_USE: "for use in",
        TerritoryBasis.OUTPUTS: "for outputs used in",
    }[basis]
    regions = ", ".join(listed(territory.excluded)) or f"places other than {', '.join(listed(territory.allowed))}"
    part = " (multimodal models)" if territory.part is Part.MULTIMODAL else ""
    said = f"{binding.license.name} gives no rights {where} {regions}{part}"
    found = _limit("territory-excluded", binding, territory, said, crossed)
    return evolve(found, subject=f"{basis} {territory.part} {found.subject}")


def _broken(restriction: Restriction, deployment: Deployment) -> Truth:
    match restriction.kind:
        case RestrictionKind.PROHIBITED_USES:
            uses = restriction.uses - {UseCategory.OTHER}
            if not uses:
                return NO
            served = None if deployment.purposes is None else bool(uses & deployment.purposes)
            return known(served, "purposes", f"does it serve one of: {', '.join(sorted(uses))}?")
        case RestrictionKind.RESEARCH_ONLY:
            return ~for_purpose(Purpose.RESEARCH, deployment)
        case RestrictionKind.NON_PRODUCTION:
            return for_purpose(Purpose.PRODUCTION, deployment)
        case RestrictionKind.NO_COMPETE | RestrictionKind.NO_REVERSE_ENGINEERING:
            return NO
        case _:
            assert_never(restriction.kind)


def _say(restriction: Restriction, binding: Binding, deployment: Deployment) -> str:
    name = binding.license.name
    if restriction.kind is not RestrictionKind.PROHIBITED_USES:
        return f"{name} is limited to {restriction.kind.replace('-', ' ')} use"
    served = restriction.uses & (deployment.purposes or frozenset())
    uses = ", ".join(sorted(served or restriction.uses - {UseCategory.OTHER}))
    return f"{name} forbids {uses}" + (f": {restriction.note}" if restriction.note else "")


def _to_keep(kept: tuple[Restriction, ...], binding: Binding) -> Finding:
    uses = sorted({use for r in kept for use in r.uses} - {UseCategory.OTHER})
    limits = [f"not for {', '.join(uses)}"] if uses else []
    limits += sorted({_RESTRICTED[r.kind] for r in kept if r.kind in _RESTRICTED})
    limits += [f"see {policy}" for policy in sorted({r.policy for r in kept if r.policy})]
    return Finding(
        rule="use-limits",
        outcome=Outcome.DUTIES,
        severity=Severity.NOTE,
        message=f"{binding.license.name}: {'; '.join(limits) or 'its policy limits the use'}",
        license=binding.license.id,
        path=binding.path,
        evidence=tuple(e for r in kept for e in binding.cite(r)),
    )


_MET = (RestrictionKind.RESEARCH_ONLY, RestrictionKind.NON_PRODUCTION)


def _limit(rule: str, binding: Binding, clause: Clause, said: str, truth: Truth) -> Finding:
    return Finding(
        rule=rule,
        outcome=Outcome.BLOCKED if truth.value else Outcome.REVIEW,
        severity=Severity.ERROR if truth.value else Severity.WARNING,
        message=said,
        subject=_place(clause),
        advice=_ADVICE[rule] if truth.value else "",
        license=binding.license.id,
        path=binding.path,
        evidence=binding.cite(clause),
        settles=truth.settles,
    )


def _place(clause: Clause) -> str:
    return clause.section or clause.anchor
