"""Terms in the flat format of LABELING.md, so that they can be compared with what careful readers found."""

from __future__ import annotations

from typing import TypeAlias

from cleartitle.judgment.sheet import agreements, answer, leaves, thresholds
from cleartitle.vocabulary.conditions import Asked, Threshold
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.terms import Clause, Condition, Duty, Terms
from cleartitle.vocabulary.words import (
    Action,
    AgreementKind,
    Decision,
    Disclaimer,
    DutyKind,
    Ending,
    Level,
    Metric,
    Part,
    RestrictionKind,
    TerritoryBasis,
    Topic,
)

Value: TypeAlias = "str | bool | int | list[Value] | dict[str, Value] | None"
Record: TypeAlias = dict[str, Value]

PERMISSIONS = {
    "commercial_use": Action.USE_COMMERCIALLY,
    "modify": Action.MODIFY,
    "redistribute": Action.REDISTRIBUTE,
    "distribute_derivatives": Action.DISTRIBUTE_DERIVATIVES,
    "hosted_service": Action.HOST,
    "use_outputs_commercially": Action.USE_OUTPUTS_COMMERCIALLY,
    "train_other_models": Action.TRAIN_OTHER_MODELS,
    "sublicense": Action.SUBLICENSE,
    "patent_grant": Action.PRACTICE_PATENTS,
}
DUTIES = {
    "include_license": (DutyKind.LICENSE_COPY,),
    "notice_file": (DutyKind.NOTICE,),
    "attribution": (DutyKind.ATTRIBUTION, DutyKind.NOTICE),
    "state_changes": (DutyKind.STATE_CHANGES,),
    "name_prohibited": (DutyKind.KEEP_NAME_OFF,),
    "disclose_source": (DutyKind.DISCLOSE_SOURCE,),
    "disclose_ai": (DutyKind.DISCLOSE_AI,),
    "notify_licensor": (DutyKind.NOTIFY_LICENSOR,),
    "update_to_latest": (DutyKind.UPDATE_TO_LATEST,),
    "indemnify": (DutyKind.INDEMNIFY,),
    "export_control": (DutyKind.OBEY_EXPORT_LAW,),
    "age_or_capacity": (DutyKind.LEGAL_CAPACITY,),
}
RESTRICTIONS = {
    "research_only": RestrictionKind.RESEARCH_ONLY,
    "non_production": RestrictionKind.NON_PRODUCTION,
    "use_restrictions": RestrictionKind.PROHIBITED_USES,
    "no_compete": RestrictionKind.NO_COMPETE,
    "no_reverse_engineering": RestrictionKind.NO_REVERSE_ENGINEERING,
}
_METRICS = {
    Metric.MONTHLY_ACTIVE_USERS: "monthly_active_users",
    Metric.DAILY_ACTIVE_USERS: "daily_active_users",
    Metric.ANNUAL_REVENUE: "annual_revenue",
    Metric.FUNDING: "funding",
    Metric.EMPLOYEES: "employees",
}
_TOPICS = {Topic.ORGANIZATION: "company_type", Topic.FIELD_OF_USE: "field_of_use", Topic.COMBINATION: "other"}
_AGREEMENTS = {AgreementKind.REGISTRATION: "registration", AgreementKind.SEPARATE_LICENSE: "separate_license"}


def record(license: License, terms: Terms | None = None) -> Record:  # noqa: A002 - the word of the field
    """Return the flat record of an entry, or of *terms* under its name."""
    said = license.terms if terms is None else terms
    return {"kind": license.kind.value, **permissions(said), **duties(said), **limits(said), **law(said)}


def permissions(terms: Terms) -> Record:
    """Return the nine permissions and what commercial use depends on."""
    found: Record = {}
    for name, action in PERMISSIONS.items():
        decision = answer(terms, action).decision
        found[name] = "unclear" if decision is Decision.UNKNOWN else decision.value
    found["commercial_conditions"] = [*_conditions(terms)]
    return found


def duties(terms: Terms) -> Record:
    """Return the duties, with their words and places."""
    owed = [d for d in terms.duties if d.level is Level.OWED]
    found: Record = {name: any(d.kind in kinds for d in owed) for name, kinds in DUTIES.items()}
    found["attribution_text"] = _words(owed, DutyKind.ATTRIBUTION)
    found["notice_text"] = _words(owed, DutyKind.NOTICE)
    found["derivative_name_prefix"] = _words(owed, DutyKind.DERIVATIVE_NAME)
    places = {p.value for d in owed if d.kind is DutyKind.ATTRIBUTION for p in d.places}
    places |= {"notice-file"} if found["notice_file"] else set()
    found["attribution_where"] = [*sorted(places)]
    kinds = {d.kind for d in owed}
    flows = kinds & {DutyKind.FLOW_DOWN, DutyKind.BIND_USERS}
    found["share_alike"] = "same-license" if DutyKind.SHARE_ALIKE in kinds else "flow-down" if flows else "none"
    return found


def limits(terms: Terms) -> Record:
    """Return restrictions and territory."""
    found: Record = {name: any(r.kind is kind for r in terms.restrictions) for name, kind in RESTRICTIONS.items()}
    found["use_restriction_categories"] = [*sorted({u.value for r in terms.restrictions for u in r.uses})]
    found["aup_reference"] = next((r.policy for r in terms.restrictions if r.policy), None)
    found["excluded_regions"] = [*sorted({c for t in terms.territories for c in t.excluded})]
    found["allowed_regions_only"] = [*sorted({c for t in terms.territories for c in t.allowed})]
    parts = {t.part for t in terms.territories if t.excluded}
    found["region_scope"] = None if not parts else "multimodal" if parts == {Part.MULTIMODAL} else "all"
    bases = {b for t in terms.territories if t.excluded for b in t.by}
    places = bases - {TerritoryBasis.DOMICILE}
    here, there = TerritoryBasis.DOMICILE in bases, bool(places)
    found["who"] = "both" if here and there else "domicile" if here else "place-of-use" if there else None
    return found


def law(terms: Terms) -> Record:
    """Return termination, law, outputs and disclaimers."""
    endings = {t.on for t in terms.terminations}
    disclaimed = {d.of for d in terms.disclaimers}
    return {
        "termination_on_breach": Ending.BREACH in endings,
        "terminates_on_ip_claim": Ending.IP_CLAIM in endings,
        "revocable_or_changeable": Ending.LICENSOR_WILL in endings,
        "cure_days": next((t.cure_days for t in terms.terminations if t.cure_days is not None), None),
        "outputs_owner": next((o.owner.value for o in terms.outputs), "silent"),
        "governing_law": next((a.governing for a in terms.laws if a.governing), None),
        "venue": next((a.venue for a in terms.laws if a.venue), None),
        "warranty_disclaimer": Disclaimer.WARRANTY in disclaimed,
        "liability_limit": Disclaimer.LIABILITY in disclaimed,
    }


def _words(owed: list[Duty], kind: DutyKind) -> str | None:
    words = [w for d in owed if d.kind is kind for w in d.words]
    return " | ".join(words) or None


def _conditions(terms: Terms) -> list[Record]:
    commercial = {Action.USE, Action.USE_COMMERCIALLY}
    grants = [g for g in terms.grants if g.actions & commercial]
    conditions = [c for c in terms.conditions if not c.actions or c.actions & commercial]
    conditions += [c for g in grants for c in g.conditions]
    conditions += [c for d in terms.duties for c in d.conditions]
    sent: list[tuple[frozenset[AgreementKind], Clause]] = [
        (g.lifted_by, g) for g in grants if g.decision is Decision.PROHIBITED
    ]
    sent += [(r.lifted_by, r) for r in terms.restrictions if r.lifted_by]
    sent += [(c.lifted_by, c) for c in conditions if not thresholds(c.when)]
    found = [r for c in conditions for r in _condition(c)]
    for kinds, clause in sent:
        found += [_entry(_AGREEMENTS[k], clause) for k in sorted(kinds) if k in _AGREEMENTS]
    return [r for n, r in enumerate(found) if _key(r) not in [_key(e) for e in found[:n]]]


def _condition(condition: Condition) -> list[Record]:
    found = [_threshold(t, condition) for t in thresholds(condition.when)]
    topics = [leaf.about for leaf in leaves(condition.when) if isinstance(leaf, Asked) and leaf.about]
    found += [_entry(_TOPICS[topic], condition) for topic in topics]
    kinds = {k for a in agreements(condition.when) for k in a.agreements}
    kinds -= {AgreementKind.SEPARATE_LICENSE} if thresholds(condition.when) else set()
    return found + [_entry(_AGREEMENTS[k], condition) for k in sorted(kinds) if k in _AGREEMENTS]


def _threshold(threshold: Threshold, clause: Clause) -> Record:
    entry = _entry(_METRICS.get(threshold.metric, "other"), clause)
    entry |= {"comparator": threshold.comparator.value, "value": threshold.value, "currency": threshold.currency}
    return entry | {"scope": threshold.counted.value}


def _entry(kind: str, clause: Clause) -> Record:
    quote = clause.evidence[0].quote if clause.evidence else clause.anchor
    return {"kind": kind, "comparator": None, "value": None, "currency": None, "scope": None, "quote": quote}


def _key(entry: Record) -> tuple[Value, ...]:
    return entry["kind"], entry["value"], entry["currency"]
