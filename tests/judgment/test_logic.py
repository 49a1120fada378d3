"""Three-valued logic: truth tables, figures and their dates."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cleartitle.catalog import get
from cleartitle.judgment.logic import (
    CURRENT_FOR,
    NO,
    YES,
    Truth,
    every,
    has_agreement,
    holds,
    reference_month,
    some,
    unknown,
)
from cleartitle.vocabulary.conditions import Not, Threshold
from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure
from cleartitle.vocabulary.words import AgreementKind, Comparator, Counted, LicenseId, Measured, Metric

MIT = get(LicenseId("MIT"))
USERS, REVENUE = Metric.MONTHLY_ACTIVE_USERS, Metric.ANNUAL_REVENUE
PRODUCT, LICENSEE, GROUP = Counted
JUNE, MAY = dt.date(2024, 6, 15), dt.date(2024, 5, 15)

TRUTHS = st.sampled_from((YES, NO, unknown("x", "what is x?"), unknown("y", "what is y?")))
LISTS = st.lists(TRUTHS, max_size=4)


def possible(truth: Truth) -> set[bool]:
    """Return what *truth* may turn out to be."""
    return {True, False} if truth.value is None else {truth.value}


def figure(counted: Counted, value: int, on: dt.date | None = None, *, metric: Metric = USERS) -> Figure:
    return Figure(metric=metric, counted=counted, value=value, on=on)


def more_than(value: int, counted: Counted = GROUP) -> Threshold:
    return Threshold(metric=USERS, comparator=Comparator.MORE, value=value, counted=counted)


def judge(test: Threshold, *figures: Figure, today: dt.date | None = JUNE) -> bool | None:
    return holds(test, Deployment(figures=figures, today=today), MIT).value


@given(truths=LISTS)
def test_and_or_and_not_are_what_all_possibilities_agree_on(truths: list[Truth]) -> None:
    ways = list(product(*map(possible, truths)))
    for joined, op in ((every(truths), all), (some(truths), any)):
        outcomes = {op(way) for way in ways}
        assert possible(joined) == outcomes
    for truth in truths:
        assert possible(~truth) == {not value for value in possible(truth)}


@given(truths=LISTS)
def test_negation_swaps_and_with_or(truths: list[Truth]) -> None:
    assert (~every(truths)).value == some(~t for t in truths).value


@given(truths=LISTS)
def test_only_what_is_open_asks_and_each_question_once(truths: list[Truth]) -> None:
    for joined in (every(truths), some(truths)):
        asked = {s for t in truths for s in t.settles}
        assert len(set(joined.settles)) == len(joined.settles)
        assert set(joined.settles) == (asked if joined.value is None else set())


def test_nothing_at_all_is_every_and_not_some() -> None:
    assert (every(()), some(())) == (YES, NO)


@pytest.mark.parametrize(
    ("counted", "value", "answer"),
    [
        (PRODUCT, 701, True),  # the group has at least what the product has
        (LICENSEE, 701, True),
        (GROUP, 701, True),
        (PRODUCT, 700, None),
        (LICENSEE, 5, None),
        (GROUP, 700, False),
    ],
)
def test_a_part_speaks_for_the_whole(counted: Counted, value: int, answer: bool | None) -> None:  # noqa: FBT001
    assert judge(more_than(700), figure(counted, value)) is answer


@pytest.mark.parametrize(
    ("counted", "value", "answer"),
    [(GROUP, 700, False), (LICENSEE, 700, False), (GROUP, 701, None), (PRODUCT, 701, True)],
)
def test_the_whole_speaks_for_its_part(counted: Counted, value: int, answer: bool | None) -> None:  # noqa: FBT001
    assert judge(more_than(700, PRODUCT), figure(counted, value)) is answer


@given(
    comparator=st.sampled_from(Comparator),
    limit=st.integers(0, 4),
    counted=st.sampled_from(Counted),
    true=st.tuples(*[st.integers(0, 4)] * 3).map(sorted),
    stated=st.frozensets(st.sampled_from(Counted)),
)
def test_an_inferred_answer_is_the_true_one(
    comparator: Comparator, limit: int, counted: Counted, true: list[int], stated: frozenset[Counted]
) -> None:
    """With product <= licensee <= group: an answer from some figures agrees with the one from all, if there is one."""
    test = Threshold(metric=USERS, comparator=comparator, value=limit, counted=counted)
    known = [figure(who, value) for who, value in zip(Counted, true, strict=True)]
    answer = judge(test, *(f for f in known if f.counted in stated))
    assert answer in (judge(test, *known), None)
    assert answer is not None or counted not in stated


@given(value=st.integers(0, 4), limit=st.integers(0, 4))
def test_comparators_are_opposites(value: int, limit: int) -> None:
    def answer(comparator: Comparator) -> bool | None:
        return judge(evolve(more_than(limit), comparator=comparator), figure(GROUP, value))

    assert answer(Comparator.MORE) is not answer(Comparator.AT_MOST)
    assert answer(Comparator.LESS) is not answer(Comparator.AT_LEAST)
    assert holds(Not(negated=more_than(limit)), Deployment(figures=(figure(GROUP, value),)), MIT).value is (
        value <= limit
    )


def test_figures_of_another_metric_or_currency_say_nothing() -> None:
    earns = Threshold(metric=REVENUE, comparator=Comparator.MORE, value=10, currency="USD", counted=GROUP)
    assert judge(earns, figure(GROUP, 11)) is None
    assert judge(earns, figure(GROUP, 11, metric=REVENUE)) is None
    assert judge(earns, Figure(metric=REVENUE, counted=GROUP, value=11, currency="EUR")) is None
    assert judge(earns, Figure(metric=REVENUE, counted=GROUP, value=11, currency="USD")) is True


BEFORE_RELEASE = evolve(more_than(700), measured=Measured.BEFORE_RELEASE, released=dt.date(2024, 7, 23))


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (dt.date(2024, 6, 1), True),
        (dt.date(2024, 6, 30), True),
        (dt.date(2024, 7, 1), None),
        (dt.date(2024, 5, 31), None),
        (dt.date(2023, 6, 15), None),
        (None, True),
    ],
)
def test_only_the_month_before_the_release_counts(on: dt.date | None, answer: bool | None) -> None:  # noqa: FBT001
    assert judge(BEFORE_RELEASE, figure(GROUP, 701, on)) is answer


@given(released=st.dates())
def test_the_month_before_the_release(released: dt.date) -> None:
    assume(released >= dt.date(1, 2, 1))
    year, month = reference_month(evolve(BEFORE_RELEASE, released=released)) or (0, 0)
    assert (year * 12 + month) + 1 == released.year * 12 + released.month
    assert 1 <= month <= 12


def test_without_a_release_date_only_an_undated_figure_speaks() -> None:
    undated = evolve(BEFORE_RELEASE, released=None)
    assert judge(undated, figure(GROUP, 701, JUNE)) is None
    assert judge(undated, figure(GROUP, 701)) is True


@pytest.mark.parametrize(("days", "answer"), [(0, True), (CURRENT_FOR.days, True), (CURRENT_FOR.days + 1, None)])
def test_a_dated_figure_is_current_for_a_year(days: int, answer: bool | None) -> None:  # noqa: FBT001
    assert judge(more_than(700), figure(GROUP, 701, JUNE), today=JUNE + dt.timedelta(days=days)) is answer


def test_a_dated_figure_needs_to_know_the_day() -> None:
    assert judge(more_than(700), figure(GROUP, 701, JUNE), today=None) is None


def test_the_newest_figure_speaks_for_today() -> None:
    assert judge(more_than(700), figure(GROUP, 800, MAY), figure(GROUP, 5, JUNE)) is False
    assert judge(more_than(700), figure(GROUP, 5, MAY), figure(GROUP, 800, JUNE)) is True


def test_a_newer_figure_of_a_part_outweighs_an_older_one_of_the_whole() -> None:
    assert judge(more_than(700), figure(GROUP, 600, MAY), figure(PRODUCT, 800, JUNE)) is True
    assert judge(more_than(700, PRODUCT), figure(PRODUCT, 800, MAY), figure(GROUP, 600, JUNE)) is False
    assert judge(more_than(700), figure(PRODUCT, 800, MAY), figure(GROUP, 600, JUNE)) is False
    assert judge(more_than(700), figure(GROUP, 600, MAY), figure(PRODUCT, 100, JUNE)) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(GROUP, 5), figure(GROUP, 6)),
        (figure(GROUP, 5), figure(GROUP, 6, JUNE)),
        (figure(GROUP, 5, JUNE.replace(day=1)), figure(GROUP, 6, JUNE.replace(day=30))),
        (figure(PRODUCT, 7), figure(GROUP, 6)),
        (figure(PRODUCT, 7, MAY), figure(LICENSEE, 6)),
        (figure(LICENSEE, 7, JUNE.replace(day=1)), figure(GROUP, 6, JUNE.replace(day=30))),
        (figure(GROUP, 7, metric=Metric.DAILY_ACTIVE_USERS), figure(GROUP, 6)),
        (figure(PRODUCT, 7, metric=Metric.MONTHLY_REVENUE), figure(GROUP, 6, metric=REVENUE)),
    ],
)
def test_figures_that_contradict_each_other_are_refused(one: Figure, other: Figure) -> None:
    for figures in ((one, other), (other, one)):
        with pytest.raises(ValueError, match="figures"):
            Deployment(figures=figures)


def test_figures_of_different_months_do_not_contradict_each_other() -> None:
    Deployment(figures=(figure(GROUP, 5, MAY), figure(GROUP, 6, JUNE), figure(PRODUCT, 6, JUNE)))
    Deployment(figures=(figure(GROUP, 5, MAY), figure(GROUP, 6, JUNE, metric=Metric.DAILY_ACTIVE_USERS)))
    Deployment(figures=(figure(PRODUCT, 5), figure(GROUP, 6, metric=Metric.DAILY_ACTIVE_USERS)))


@pytest.mark.parametrize(
    ("about", "kind", "answer"),
    [
        ("mit", AgreementKind.SEPARATE_LICENSE, True),
        ("MIT License", AgreementKind.SEPARATE_LICENSE, True),
        ("MIT", AgreementKind.ACCEPTANCE, False),
        ("Apache-2.0", AgreementKind.SEPARATE_LICENSE, False),
        ("", AgreementKind.SEPARATE_LICENSE, False),
    ],
)
def test_an_agreement_is_about_a_license_or_its_publisher(about: str, kind: AgreementKind, answer: bool) -> None:  # noqa: FBT001
    held = Deployment(agreements=(Agreement(kind=kind, license=about),))
    assert has_agreement(frozenset({AgreementKind.SEPARATE_LICENSE}), held, MIT).value is answer


def test_whether_an_agreement_is_held_may_be_unknown() -> None:
    asked = has_agreement(frozenset({AgreementKind.REGISTRATION}), Deployment(agreements=None), MIT)
    assert asked.value is None
    assert [s.fact for s in asked.settles] == ["agreements"]


@pytest.mark.parametrize(
    ("asked", "given", "value", "truth"),
    [
        (Metric.MONTHLY_REVENUE, Metric.ANNUAL_REVENUE, 90, False),
        (Metric.MONTHLY_REVENUE, Metric.ANNUAL_REVENUE, 110, None),
        (Metric.DAILY_ACTIVE_USERS, Metric.MONTHLY_ACTIVE_USERS, 90, False),
        (Metric.MONTHLY_ACTIVE_USERS, Metric.DAILY_ACTIVE_USERS, 90, None),
    ],
)
def test_a_year_bounds_its_months_and_a_month_its_days(
    asked: Metric,
    given: Metric,
    value: int,
    truth: bool | None,  # noqa: FBT001 - a row of the table
) -> None:
    threshold = Threshold(metric=asked, comparator=Comparator.MORE, value=100, counted=Counted.PRODUCT)
    deployment = Deployment(figures=(Figure(metric=given, counted=Counted.GROUP, value=value),))
    assert holds(threshold, deployment, get(LicenseId("MIT"))).value is truth
