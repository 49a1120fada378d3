"""What is unknown is nowhere turned into permission."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from hypothesis import assume, given

from cleartitle.judgment.facts import performs
from cleartitle.judgment.logic import for_purpose
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.terms import Grant, Terms
from cleartitle.vocabulary.words import AgreementKind, Decision
from laws.drawing import CLAUSES, EXPRESSIONS, IDS, deployments, license_of, worlds
from laws.worlds import PASSES, World, alone

UNKNOWN = Unknown(reason="the text is lost")


def without_one(expression: Expression) -> Iterator[Expression]:
    """Yield *expression* with one of its licenses unknown, for each that is not one of a choice."""
    match expression:
        case One():
            yield UNKNOWN
        case Every(of=of) | Unclear(of=of):
            for place, each in enumerate(of):
                for lost in without_one(each):
                    yield evolve(expression, of=(*of[:place], lost, *of[place + 1 :]))
        case Choice() | Unknown():
            return


@given(world=worlds(), deployment=deployments())
def test_a_license_made_unknown_never_passes(world: World, deployment: Deployment) -> None:
    """Any license of any artifact, but for one that a choice offers: there another may be taken instead."""
    for place in range(len(world.lineage.nodes)):
        for lost in without_one(world.expression(place)):
            assert world.conclude(place, lost).outcome(deployment) not in PASSES


@given(world=worlds(), known=EXPRESSIONS, deployment=deployments())
def test_an_unknown_license_is_no_choice(world: World, known: Expression, deployment: Deployment) -> None:
    """A choice that passes with an unknown license among others passes without it."""
    offered = world.conclude(0, Choice(of=(known, UNKNOWN))).outcome(deployment)
    assert offered not in PASSES or offered == world.conclude(0, known).outcome(deployment)


@given(entry=license_of(IDS[0]), grant=CLAUSES["grants"], deployment=deployments())
def test_a_decision_made_unknown_never_passes(entry: License, grant: Grant, deployment: Deployment) -> None:
    """Where the grant concerns what is done; else the verdict may stay, but it never gets better than it was.

    Not meant is a deployment that holds a separate license: that decides, whatever the text says.
    """
    assume(not _holds_license(deployment))
    lost = evolve(grant, decision=Decision.UNKNOWN, conditions=())
    decided, undecided = (_granting(entry, each).outcome(deployment) for each in (grant, lost))
    assert undecided not in PASSES or undecided == decided
    assert undecided not in PASSES or not _concerns(lost, deployment)
    assert alone(evolve(entry, terms=Terms(grants=(lost,)))).outcome(deployment) not in PASSES


def _granting(entry: License, grant: Grant) -> World:
    return alone(evolve(entry, terms=evolve(entry.terms, grants=(*entry.terms.grants, grant))))


def _holds_license(deployment: Deployment) -> bool:
    held = deployment.agreements or ()
    return any(a.kind is AgreementKind.SEPARATE_LICENSE and a.license == IDS[0] for a in held)


def _concerns(grant: Grant, deployment: Deployment) -> bool:
    purposes = [for_purpose(each, deployment).value for each in grant.purposes]
    done = [performs(each, deployment, derivative=False).value for each in grant.actions]
    actor = not grant.actors or deployment.organization in grant.actors
    return any(done) and actor and (not purposes or any(purposes))
