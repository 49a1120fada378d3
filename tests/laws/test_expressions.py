"""Several licenses on one artifact: all of them, a choice, or nobody said which."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from cleartitle import catalog
from cleartitle.vocabulary.conditions import ForPurpose
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.terms import Condition, Duty, Terms
from cleartitle.vocabulary.verdict import Verdict
from cleartitle.vocabulary.words import Channel, DutyKind, Effect, LicenseId, Purpose, Trigger
from laws.drawing import EXPRESSIONS, GENERAL, deployments, worlds
from laws.worlds import PASSES, World, alone


@frozen
class Several:
    """One artifact, and the licenses that it may be under."""

    world: World
    parts: tuple[Expression, ...]

    def under(self, expression: Expression, deployment: Deployment) -> Verdict:
        return self.world.conclude(0, expression).verdict(deployment)

    def outcomes(self, deployment: Deployment) -> list[Outcome]:
        """Return what each part alone leads to, best first."""
        return sorted((self.under(each, deployment).outcome for each in self.parts), key=Outcome.rank)


SEVERAL = st.builds(Several, world=worlds(most=1), parts=st.lists(EXPRESSIONS, min_size=1, max_size=3).map(tuple))


@given(several=SEVERAL, deployment=deployments())
def test_all_together_are_as_bad_as_the_worst(several: Several, deployment: Deployment) -> None:
    whole = several.under(Every(of=several.parts), deployment)
    assert whole.outcome == several.outcomes(deployment)[-1]


@given(several=SEVERAL, deployment=deployments())
def test_a_choice_is_never_worse_than_the_best(several: Several, deployment: Deployment) -> None:
    """But for one that waits: where the best has duties, and a fact not stated could make another clear.

    Taking on the duties then would go against the law of facts: stating that fact would turn them into clear.
    """
    choice = several.under(Choice(of=several.parts), deployment)
    best = several.outcomes(deployment)[0]
    waits = best is Outcome.DUTIES and any(may_clear(several.under(each, deployment)) for each in several.parts)
    assert choice.outcome == (Outcome.REVIEW if waits else best)


def may_clear(verdict: Verdict) -> bool:
    """Return whether stating facts could make a review clear: nothing in it is certain, and all that is open asks."""
    open_ones = [finding for finding in verdict.findings if finding.outcome is not Outcome.CLEAR]
    asks = all(f.outcome is Outcome.REVIEW and any(s.fact for s in f.settles) for f in open_ones)
    return bool(open_ones) and asks and not any(duty.certain for duty in verdict.duties)


OWING = Duty(kind=DutyKind.NOTICE, on=frozenset({Trigger.USE}))
LIMITED = Condition(when=ForPurpose(purpose=Purpose.COMMERCIAL), effect=Effect.SUSPENDS)
FREE, OWES, NO_COMMERCE, BOTH = map(LicenseId, ("Free", "Owes", "NoCommerce", "Both"))
SAID = {
    FREE: Terms(grants=(GENERAL,)),
    OWES: Terms(grants=(GENERAL,), duties=(OWING,)),
    NO_COMMERCE: Terms(grants=(GENERAL,), conditions=(LIMITED,)),
    BOTH: Terms(grants=(GENERAL,), duties=(OWING,), conditions=(LIMITED,)),
}


@pytest.mark.parametrize(
    ("second", "if_commercial", "if_not", "if_not_stated"),
    [
        (One(license=NO_COMMERCE), Outcome.DUTIES, Outcome.CLEAR, Outcome.REVIEW),
        (One(license=BOTH), Outcome.DUTIES, Outcome.DUTIES, Outcome.DUTIES),
        (Unclear(of=(One(license=FREE), One(license=NO_COMMERCE)), reason="?"), "duties", "clear", "review"),
        (Unclear(of=(One(license=OWES), One(license=NO_COMMERCE)), reason="?"), "duties", "duties", "duties"),
    ],
)
def test_a_choice_waits_for_a_fact_only_where_it_could_end_clear(
    second: Expression, if_commercial: Outcome, if_not: Outcome, if_not_stated: Outcome
) -> None:
    licenses = {each: evolve(catalog.get(LicenseId("MIT")), id=each, terms=terms) for each, terms in SAID.items()}
    choice = evolve(alone(licenses[OWES]), licenses=licenses).conclude(0, Choice(of=(One(license=OWES), second)))
    internal = Deployment(channels=frozenset({Channel.INTERNAL}))
    stated = [choice.outcome(evolve(internal, commercial=fact)) for fact in (True, False, None)]
    assert stated == [if_commercial, if_not, if_not_stated]


@given(several=SEVERAL, deployment=deployments())
def test_nobody_waits_for_a_license_that_is_unknown(several: Several, deployment: Deployment) -> None:
    """Duties are taken on where the other choice stays open whatever is stated."""
    known = several.under(several.parts[0], deployment).outcome
    choice = several.under(Choice(of=(Unknown(reason="the text is lost"), several.parts[0])), deployment)
    assert choice.outcome == known if known in PASSES else choice.outcome is Outcome.REVIEW


@given(several=SEVERAL, deployment=deployments())
def test_readings_hold_where_they_agree(several: Several, deployment: Deployment) -> None:
    """What nobody made clear passes where every reading passes alike; its duties are those of all readings.

    Readings that differ lead to a review, and then nothing is owed with certainty.
    """
    verdict = several.under(Unclear(of=several.parts, reason="nobody said which"), deployment)
    one, *others = set(several.outcomes(deployment))
    assert verdict.outcome == (Outcome.REVIEW if others else one)
    for each in several.parts:
        owed = {duty for duty in several.under(each, deployment).duties if duty.certain}
        assert verdict.outcome not in PASSES or owed <= set(verdict.duties)
    assert not others or not any(duty.certain for duty in verdict.duties)
