"""The lineage: nothing that an artifact was made from is lost on the way to it."""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve, fields
from hypothesis import assume, given
from hypothesis import strategies as st

from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import Every, Expression, One, Unknown
from cleartitle.vocabulary.terms import Duty, Terms
from cleartitle.vocabulary.verdict import Verdict
from cleartitle.vocabulary.words import LicenseId, Trigger
from laws.drawing import DETERMINED, IDS, WHOLE, deployments, license_of, worlds
from laws.worlds import World, alone

T = TypeVar("T")
PLACES = st.integers(min_value=0, max_value=3)


def certain(verdict: Verdict) -> set[tuple[Duty, LicenseId]]:
    return {(owed.duty, owed.license) for owed in verdict.duties if owed.certain}


@given(world=worlds(), place=PLACES, parent=DETERMINED, deployment=deployments())
def test_one_more_ancestor_never_improves_a_verdict(
    world: World, place: int, parent: Expression, deployment: Deployment
) -> None:
    """By whatever relation, of whichever artifact.

    Not meant is an artifact with a sign of a base that nobody can look up: the ancestor found may be that base.
    """
    before = world.outcome(deployment)
    for relation in Relation:
        after = world.with_parent(place % len(world.lineage.nodes), relation, parent).outcome(deployment)
        assert after.rank() >= before.rank(), relation


@given(world=worlds(), place=PLACES, added=st.sampled_from(IDS), deployment=deployments())
def test_one_more_license_never_improves_a_verdict(
    world: World, place: int, added: LicenseId, deployment: Deployment
) -> None:
    """Not meant is an artifact that dropped the license of its base: to add that one mends what was found."""
    assume(all(finding.rule != "relicensed" for finding in world.verdict(deployment).findings))
    where = place % len(world.lineage.nodes)
    both = world.conclude(where, Every(of=(world.expression(where), One(license=added))))
    assert both.outcome(deployment).rank() >= world.outcome(deployment).rank()


@given(
    world=worlds(),
    path=st.lists(st.sampled_from(WHOLE), min_size=1, max_size=3),
    shorter=st.sampled_from(Relation),
    entry=license_of(LicenseId("Doyen")),
    deployment=deployments(),
)
def test_no_duty_is_lost_on_the_way(
    world: World, path: list[Relation], shorter: Relation, entry: License, deployment: Deployment
) -> None:
    """What a license alone asks for with certainty, it asks for from the far end of any path that carries everything.

    It asks for as much as of one's own fine-tune, but for what changing the model asks for; and a shorter path that
    carries less takes nothing away. A license that is one of a choice or of several readings is not meant: what it
    asks for is owed if it is the one.
    """
    place, world = 0, world.with_license(entry)
    for step, relation in enumerate(path, start=1):
        end = One(license=entry.id) if step == len(path) else Unknown(reason="nobody said")
        world = world.with_parent(place, relation, end)
        place = len(world.lineage.nodes) - 1
    owed = certain(world.with_edge(0, place, shorter).verdict(deployment))
    assert certain(alone(entry).verdict(deployment)) <= owed
    own = certain(alone(entry).verdict(evolve(deployment, fine_tunes=True)))
    assert {(duty, license_id) for duty, license_id in own if Trigger.MODIFY not in duty.on} <= owed


@given(world=worlds(), deployment=deployments(), data=st.data())
def test_no_order_matters(world: World, deployment: Deployment, data: st.DataObject) -> None:
    """Of nodes, edges, clauses and figures.

    The same is found, owed and asked about the same artifacts. Of several equally short paths to an artifact either
    may be named, and findings of the same weight may stand in another order.
    """

    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(data.draw(st.permutations(items)))

    def stirred(entry: License) -> License:
        stirred = {f.name: shuffled(getattr(entry.terms, f.name)) for f in fields(Terms)}
        return evolve(entry, terms=evolve(entry.terms, **stirred))

    lineage = evolve(world.lineage, nodes=shuffled(world.lineage.nodes), edges=shuffled(world.lineage.edges))
    other = World({key: stirred(entry) for key, entry in world.licenses.items()}, lineage)
    again = other.verdict(evolve(deployment, figures=shuffled(deployment.figures)))
    assert _gist(again) == _gist(world.verdict(deployment))


def _gist(verdict: Verdict) -> tuple[object, ...]:
    findings = {(f.rule, f.outcome, f.severity, f.license, f.path[-1], frozenset(f.settles)) for f in verdict.findings}
    duties = {(o.duty, o.license, o.path[-1], o.certain, frozenset(o.settles)) for o in verdict.duties}
    return verdict.outcome, findings, duties, frozenset(verdict.settles), verdict.assumed
