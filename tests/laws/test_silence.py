"""Silence is no permission: who states nothing gets clear only where nothing is asked of anybody."""

from __future__ import annotations

import pytest
from hypothesis import given

from cleartitle import catalog
from cleartitle.vocabulary.deployment import UNSTATED
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.terms import Duty, Grant, Territory
from cleartitle.vocabulary.words import Action, Decision, Level, LicenseId, Part, Trigger
from laws.drawing import worlds
from laws.worlds import World, alone

NOT_JUDGED = {Action.SUBLICENSE, Action.PRACTICE_PATENTS}
LATER = {Trigger.TERMINATION, Trigger.PUBLICATION}


def free(expression: Expression, world: World) -> bool:
    """Return whether everybody may do everything with the model, and owes nothing for it."""
    match expression:
        case One(license=license_id):
            modality = world.lineage.nodes[0].artifact
            return modality is not None and asks_nothing(world.licenses[license_id], modality.modality)
        case Every(of=of) | Unclear(of=of):
            return all(free(each, world) for each in of)
        case Choice(of=of):
            return any(free(each, world) for each in of)
        case Unknown():
            return False


def asks_nothing(entry: License, modality: Modality) -> bool:
    terms = entry.terms
    return (
        all(granted(action, terms.grants) for action in set(Action) - NOT_JUDGED)
        and all(condition.actions and condition.actions <= NOT_JUDGED for condition in terms.conditions)
        and not terms.restrictions
        and not any(map(owed, terms.duties))
        and not any(concerns(each, modality) for each in terms.territories)
    )


def granted(action: Action, grants: tuple[Grant, ...]) -> bool:
    about = [grant for grant in grants if action in grant.actions] or [grant for grant in grants if grant.general]
    against = {Decision.PROHIBITED, Decision.UNKNOWN} & {grant.decision for grant in about if action in grant.actions}
    return not against and any(
        grant.decision is Decision.ALLOWED and not grant.purposes and not grant.actors for grant in about
    )


def owed(duty: Duty) -> bool:
    return duty.level is Level.OWED and not duty.on <= LATER


def concerns(territory: Territory, modality: Modality) -> bool:
    return territory.part is Part.ALL or modality is not Modality.TEXT


@given(world=worlds(most=1))
def test_nothing_stated_is_clear_only_where_nothing_is_asked(world: World) -> None:
    outcome = world.outcome(UNSTATED)
    assert (outcome is Outcome.CLEAR) == free(world.expression(0), world)


@pytest.mark.parametrize("license_id", catalog.ids())
def test_so_it_is_for_the_licenses_of_the_catalog(license_id: LicenseId) -> None:
    entry = catalog.whole(license_id)
    outcome = alone(entry).outcome(UNSTATED)
    assert (outcome is Outcome.CLEAR) == asks_nothing(entry, Modality.TEXT)
