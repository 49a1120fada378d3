"""The law of facts over every license of the catalog: figures around its thresholds, agreements with its licensor."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle import catalog
from cleartitle.judgment.sheet import thresholds
from cleartitle.vocabulary.deployment import Agreement, Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.statement import One
from cleartitle.vocabulary.terms import Condition
from cleartitle.vocabulary.words import AgreementKind, Region, UseCategory
from laws.drawing import STATED, WHOLE, some_facts
from laws.worlds import Fact, alone, facts, forget
from strategies import figures

LICENSES = tuple(map(catalog.whole, catalog.ids()))
LIMITS = {
    limit
    for entry in LICENSES
    for clause in entry.terms.clauses()
    if isinstance(clause, Condition)
    for limit in thresholds(clause.when)
}
KINDS = tuple(sorted({(limit.metric, limit.currency) for limit in LIMITS}, key=str))
VALUES = sorted({0, *(limit.value + step for limit in LIMITS for step in (-1, 0, 1))})
MONTHS = sorted({limit.released.replace(day=1) - dt.timedelta(days=1) for limit in LIMITS if limit.released})
REGIONS = st.sampled_from(tuple(map(Region, ("BR", "CN", "DE", "GB", "KR", "US"))))
HELD = st.frozensets(st.sampled_from(AgreementKind), max_size=1)


@st.composite
def deployments(draw: st.DrawFn) -> Deployment:
    return evolve(
        draw(STATED),
        domicile=draw(REGIONS),
        hosted_in=frozenset({draw(REGIONS)}),
        offered_in=frozenset({draw(REGIONS)}),
        purposes=draw(st.frozensets(st.sampled_from(UseCategory), max_size=1)),
        figures=draw(figures(st.sampled_from(VALUES), KINDS, MONTHS)),
    )


@given(
    deployment=deployments(),
    held=HELD,
    modality=st.sampled_from(Modality),
    generations=st.integers(0, 1),
    data=st.data(),
)
@settings(max_examples=12)
def test_forgetting_facts_leaves_a_verdict_or_makes_it_a_review(
    deployment: Deployment, held: frozenset[AgreementKind], modality: Modality, generations: int, data: st.DataObject
) -> None:
    """Of a model under the license, and of one made from such a model."""
    stated = facts(deployment)
    singles = data.draw(st.lists(st.sampled_from(stated), max_size=3, unique=True))
    forgotten: list[tuple[Fact, ...]] = [*((fact,) for fact in singles), data.draw(some_facts(deployment)), stated]
    for entry in LICENSES:
        agreements = tuple(Agreement(kind=kind, license=entry.id) for kind in held)
        own = evolve(deployment, agreements=agreements)
        world = alone(entry, modality)
        for _ in range(generations):
            world = world.with_parent(0, WHOLE[0], One(license=entry.id))
        before = world.outcome(own)
        for each in forgotten:
            assert world.outcome(forget(own, *each)) in (before, Outcome.REVIEW), (entry.id, each)
