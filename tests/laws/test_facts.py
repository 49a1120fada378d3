"""Facts: less known is never less strict, and silence is no permission."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleartitle.vocabulary.deployment import UNSTATED, Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear
from laws.drawing import IDS, STATED, some_facts, worlds
from laws.worlds import World, facts, forget

_ONE, _OTHER, _THIRD = (One(license=each) for each in IDS)
OFFERS = (
    Choice(of=(_ONE, _OTHER)),
    Choice(of=(_ONE, Unclear(of=(_OTHER, _THIRD), reason="nobody said which"))),
    Choice(of=(_ONE, Every(of=(_OTHER, _THIRD)))),
)


@given(world=worlds(), deployment=STATED, data=st.data())
def test_forgetting_facts_leaves_a_verdict_or_makes_it_a_review(
    world: World, deployment: Deployment, data: st.DataObject
) -> None:
    """Each fact alone, and any number together. A fact is a field, or a whole series of figures.

    Forgetting only the newer half of a series is no loss of a fact: an older figure then speaks in its place.
    """
    before = world.outcome(deployment)
    alone = [(fact,) for fact in facts(deployment)]
    for forgotten in (*alone, data.draw(some_facts(deployment)), facts(deployment)):
        assert world.outcome(forget(deployment, *forgotten)) in (before, Outcome.REVIEW), forgotten


@given(world=worlds(), deployment=STATED, data=st.data())
def test_an_answer_stays_whatever_is_stated_after_it(world: World, deployment: Deployment, data: st.DataObject) -> None:
    """From nothing stated, a fact at a time, to everything: the first answer that is no review is the last."""
    order = data.draw(st.permutations(facts(deployment)))
    verdicts = [world.outcome(forget(deployment, *order[known:])) for known in range(len(order) + 1)]
    settled = [outcome for outcome in verdicts if outcome is not Outcome.REVIEW]
    assert len(set(settled)) <= 1
    assert not settled or verdicts[verdicts.index(settled[0]) :] == settled


@given(world=worlds(most=1), offer=st.sampled_from(OFFERS), deployment=STATED)
def test_so_it_is_where_licenses_are_a_choice(world: World, offer: Expression, deployment: Deployment) -> None:
    """To take on the duties of one license is no answer while a fact could make another one clear."""
    choice = world.conclude(0, offer)
    before = choice.outcome(deployment)
    for fact in facts(deployment):
        assert choice.outcome(forget(deployment, fact)) in (before, Outcome.REVIEW), fact


@given(world=worlds())
def test_nothing_stated_is_like_everything_forgotten(world: World) -> None:
    assert world.outcome(UNSTATED) == world.outcome(forget(Deployment(), *facts(Deployment())))
