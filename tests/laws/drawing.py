"""Worlds and deployments, drawn.

Values come from few possibilities, so that figures meet thresholds, places territories and agreements licensors.
Licenses are mostly permissive with a clause or two that bite, or every verdict would be a review.

Figures are those of `strategies.figures`: they do not contradict each other, whichever are forgotten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from cleartitle.judgment.travel import TABLE, Carries
from cleartitle.vocabulary.conditions import (
    AllOf,
    AnyOf,
    Asked,
    ByOrganization,
    ForPurpose,
    ForUse,
    HasAgreement,
    Not,
    Test,
    Threshold,
    ToRecipient,
)
from cleartitle.vocabulary.deployment import Agreement, Deployment
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.relations import Modality, Relation, Standing
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.terms import (
    Condition,
    DerivativeScope,
    Duty,
    Grant,
    Restriction,
    Termination,
    Terms,
    Territory,
)
from cleartitle.vocabulary.words import (
    EMBARGOED,
    WORLD,
    Action,
    AgreementKind,
    Channel,
    Decision,
    Effect,
    Kind,
    Level,
    LicenseId,
    Metric,
    Organization,
    Region,
    Role,
    Trigger,
    UseCategory,
)
from laws.worlds import Fact, World, edge, facts, forget, node
from strategies import KINDS, MONTHS, Strategy, built, figures, of

IDS = tuple(map(LicenseId, ("Amber", "Birch", "Cedar")))
WHOLE = tuple(sorted(relation for relation, row in TABLE.items() if row.carries is Carries.EVERYTHING))
"""The relations along which everything is carried."""
RELATIONS = st.sampled_from((*WHOLE, *(Relation.DISTILLED, Relation.TRAINED_ON) * 3))
GENERAL = Grant(actions=frozenset(Action), decision=Decision.ALLOWED, general=True)
RELEASES = (dt.date(2023, 7, 18), dt.date(2024, 7, 23))
SMALL = st.integers(min_value=0, max_value=5)
PLACES = tuple(map(Region, ("DE", "US", "KR")))
USES = st.frozensets(st.sampled_from((UseCategory.MEDICAL, UseCategory.SPAM, UseCategory.OTHER)), max_size=2)


def _some(strategy: Strategy, at_least: int = 0) -> Strategy:
    return st.lists(strategy, min_size=at_least, max_size=2).map(tuple)


def _threshold(kind: tuple[Metric, str | None]) -> Strategy:
    metric, currency = kind
    released = st.sampled_from(RELEASES)
    return built(Threshold, metric=st.just(metric), currency=st.just(currency), value=SMALL, released=released)


LEAVES = st.one_of(
    st.sampled_from(KINDS).flatmap(_threshold),
    *map(of, (HasAgreement, ForPurpose, ByOrganization, ToRecipient)),
    built(ForUse, uses=USES.map(lambda uses: uses or frozenset({UseCategory.MEDICAL}))),
    st.just(Asked(question="is it raining?")),
)
TESTS: st.SearchStrategy[Test] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, negated=inner),
        st.builds(AllOf, tests=_some(inner, 1)),
        st.builds(AnyOf, tests=_some(inner, 1)),
    ),
    max_leaves=3,
)


def _clause(kind: type, **given: Strategy) -> Strategy:
    fixed = {"anchor": st.just(""), "note": st.just(""), "section": st.sampled_from("123"), "evidence": st.just(())}
    return built(kind, **fixed, **given)


def _condition(*effects: Effect) -> Strategy:
    return _clause(Condition, when=TESTS, effect=st.sampled_from(effects))


def _grant(decision: Decision) -> Strategy:
    unlocking = _some(_condition(Effect.UNLOCKS), 1) if decision is Decision.CONDITIONAL else st.just(())
    return _clause(Grant, decision=st.just(decision), conditions=unlocking)


def _duty() -> Strategy:
    return _clause(
        Duty,
        on=st.frozensets(st.sampled_from((*Trigger, Trigger.USE, Trigger.REDISTRIBUTE)), min_size=1, max_size=2),
        level=st.sampled_from((*[Level.OWED] * 4, Level.RECOMMENDED)),
        words=st.just(()),
        conditions=st.just(()) | _some(_condition(Effect.ADDS_DUTY)),
        exempt=st.sampled_from((*[frozenset[Role]()] * 3, frozenset({Role.END_USER}))),
    )


REGIONS = st.frozensets(st.sampled_from((*PLACES, Region("EU"), EMBARGOED)), max_size=2)
CLAUSES: Mapping[str, Strategy] = {
    "grants": st.sampled_from((*Decision, Decision.ALLOWED, Decision.CONDITIONAL)).flatmap(_grant),
    "conditions": _condition(Effect.SUSPENDS, Effect.ENDS),
    "duties": _duty(),
    "restrictions": _clause(Restriction, uses=USES, policy=st.none()),
    "territories": _clause(Territory, excluded=REGIONS, allowed=REGIONS),
    "derivatives": _clause(DerivativeScope),
    "terminations": _clause(Termination, cure_days=st.none()),
}
"""Every kind of clause that a verdict can depend on, and one that it cannot."""
_WEIGHED = (*sorted(CLAUSES), "duties", "duties", "duties", "conditions")


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Draw terms: mostly a general grant, and up to three clauses more."""
    found: dict[str, tuple[Any, ...]] = {"grants": (GENERAL,)} if draw(st.integers(0, 5)) else {}
    for name in draw(st.lists(st.sampled_from(_WEIGHED), max_size=3)):
        found[name] = (*found.get(name, ()), draw(CLAUSES[name]))
    return Terms(**found)


@st.composite
def license_of(draw: st.DrawFn, license_id: LicenseId) -> License:
    """Draw a license of this id."""
    return License(
        id=license_id,
        name=f"the {license_id} license",
        kind=draw(st.sampled_from((Kind.PERMISSIVE, Kind.COPYLEFT, Kind.RESPONSIBLE_AI, Kind.COMMUNITY))),
        family=draw(st.sampled_from(("wood", "stone"))),
        publisher=f"the publisher of {license_id}",
        checked=Checked.TEXT,
        verified=dt.date(2026, 1, 1),
        terms=draw(terms()),
    )


KNOWN = st.sampled_from([One(license=each) for each in IDS])
DETERMINED: st.SearchStrategy[Expression] = KNOWN | st.builds(Every, of=_some(KNOWN, 1))
"""Expressions that leave nothing open."""
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from([*(One(license=each) for each in (*IDS, *IDS, *IDS)), Unknown(reason="nobody said")]),
    lambda inner: st.one_of(
        st.builds(Every, of=_some(inner, 1)),
        st.builds(Choice, of=_some(inner, 1)),
        st.builds(Unclear, of=_some(inner, 1), reason=st.just("nobody said which")),
    ),
    max_leaves=3,
)


@st.composite
def worlds(
    draw: st.DrawFn,
    expressions: st.SearchStrategy[Expression] = EXPRESSIONS,
    relations: st.SearchStrategy[Relation] = RELATIONS,
    most: int = 4,
) -> World:
    """Draw a world of a few artifacts, each but the first the parent of one or two that came before it."""
    modalities = st.sampled_from(Modality)
    nodes = [
        node(place, draw(expressions), draw(modalities))
        for place in range(draw(st.integers(min_value=1, max_value=most)))
    ]
    standings = st.sampled_from((*[Standing.DECLARED] * 8, Standing.CONTRADICTED))
    edges = [
        edge(nodes[child], nodes[parent], draw(relations), draw(standings))
        for parent in range(1, len(nodes))
        for child in sorted(draw(st.frozensets(st.integers(0, parent - 1), min_size=1, max_size=2)))
    ]
    licenses = {each: draw(license_of(each)) for each in IDS}
    return World(licenses, Lineage(root=nodes[0].ref, nodes=tuple(nodes), edges=tuple(edges)))


_PLACES = st.frozensets(st.sampled_from((*PLACES, WORLD)), min_size=1, max_size=2)
_ABOUT = st.sampled_from((IDS[0], f"the publisher of {IDS[1]}"))
_AGREEMENTS = st.builds(Agreement, kind=st.sampled_from(AgreementKind), license=_ABOUT)
STATED: st.SearchStrategy[Deployment] = st.builds(
    Deployment,
    commercial=st.booleans(),
    research=st.booleans(),
    production=st.booleans(),
    role=st.sampled_from(Role),
    organization=st.sampled_from(Organization),
    domicile=st.sampled_from(PLACES),
    hosted_in=_PLACES,
    offered_in=_PLACES,
    channels=st.frozensets(st.sampled_from(Channel), max_size=2),
    recipients=st.frozensets(st.sampled_from(Organization), max_size=1),
    figures=figures(SMALL),
    fine_tunes=st.booleans(),
    derivative_name=st.sampled_from(("llama", "poet")),
    trains_on_outputs=st.booleans(),
    purposes=USES,
    agreements=_some(_AGREEMENTS),
    sanctions_screened=st.sampled_from((True, True, True, False)),
    today=st.sampled_from((MONTHS[-1], dt.date(2025, 6, 1), dt.date(2026, 11, 24))),
)
"""Deployments of which everything is stated, but for some figures."""


@st.composite
def deployments(draw: st.DrawFn) -> Deployment:
    """Draw a deployment of which anything may be not stated."""
    full = draw(STATED)
    return forget(full, *draw(st.frozensets(st.sampled_from(facts(full)), max_size=4)))


@st.composite
def some_facts(draw: st.DrawFn, deployment: Deployment) -> tuple[Fact, ...]:
    """Draw facts that *deployment* states."""
    return tuple(draw(st.lists(st.sampled_from(facts(deployment)), unique=True)))
