"""Three-valued logic: a test over stated facts holds, does not hold, or cannot be known."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterable
from typing import assert_never

from attrs import evolve, frozen

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
from cleartitle.vocabulary.deployment import AT_MOST, Agreement, Deployment, Figure
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.verdict import Settlement
from cleartitle.vocabulary.words import AgreementKind, Comparator, Counted, Measured, Purpose

CURRENT_FOR = dt.timedelta(days=366)
"""How long a dated figure speaks for today."""
_COMPARE: dict[Comparator, Callable[[int, int], bool]] = {
    Comparator.MORE: operator.gt,
    Comparator.AT_LEAST: operator.ge,
    Comparator.LESS: operator.lt,
    Comparator.AT_MOST: operator.le,
}


@frozen
class Truth:
    """True, false or unknown (None); an unknown names what would settle it.

    >>> (YES & unknown("x", "What is x?")).value is None
    True
    >>> (NO & unknown("x", "What is x?")).value
    False
    """

    value: bool | None
    settles: tuple[Settlement, ...] = ()

    def __and__(self, other: Truth) -> Truth:
        return every((self, other))

    def __or__(self, other: Truth) -> Truth:
        return some((self, other))

    def __invert__(self) -> Truth:
        return self if self.value is None else Truth(not self.value)


YES, NO = Truth(value=True), Truth(value=False)


def unknown(fact: str, ask: str) -> Truth:
    """Return an unknown that stating *fact* would settle."""
    return Truth(None, (Settlement(fact=fact, ask=ask),))


def known(value: bool | None, fact: str, ask: str) -> Truth:  # noqa: FBT001 - the value is the point
    """Return *value* as a truth; None asks for *fact*."""
    return unknown(fact, ask) if value is None else Truth(value)


def every(truths: Iterable[Truth]) -> Truth:
    """Return the conjunction: false if one is false, else unknown if one is unknown."""
    found = tuple(truths)
    if any(t.value is False for t in found):
        return NO
    return _undecided(found) or YES


def some(truths: Iterable[Truth]) -> Truth:
    """Return the disjunction: true if one is true, else unknown if one is unknown."""
    found = tuple(truths)
    if any(t.value for t in found):
        return YES
    return _undecided(found) or NO


def _undecided(truths: tuple[Truth, ...]) -> Truth | None:
    open_ones = [t for t in truths if t.value is None]
    if not open_ones:
        return None
    return Truth(None, tuple(dict.fromkeys(s for t in open_ones for s in t.settles)))


def holds(test: Test, deployment: Deployment, license: License) -> Truth:  # noqa: A002 - one return a case
    """Return whether *test* of *license* holds for *deployment*."""
    match test:
        case AllOf(tests=tests):
            return every(holds(each, deployment, license) for each in tests)
        case AnyOf(tests=tests):
            return some(holds(each, deployment, license) for each in tests)
        case Not(negated=negated):
            return ~holds(negated, deployment, license)
        case Threshold():
            return _compare(test, deployment)
        case HasAgreement(agreements=kinds):
            return has_agreement(kinds, deployment, license)
        case ForPurpose(purpose=purpose):
            return for_purpose(purpose, deployment)
        case ForUse(uses=uses):
            served = None if deployment.purposes is None else bool(uses & deployment.purposes)
            return known(served, "purposes", f"does it serve one of: {', '.join(sorted(uses))}?")
        case ByOrganization(organizations=kinds):
            here = None if deployment.organization is None else deployment.organization in kinds
            return known(here, "organization", "what kind of organization uses it?")
        case ToRecipient(recipients=kinds):
            given = None if deployment.recipients is None else bool(kinds & deployment.recipients)
            return known(given, "recipients", "to what kind of recipients is it handed?")
        case Asked(question=question):
            return unknown("", question)
        case _:
            assert_never(test)


def for_purpose(purpose: Purpose, deployment: Deployment) -> Truth:
    """Return whether the deployment is for *purpose*."""
    commercial = known(deployment.commercial, "commercial", "is the use commercial?")
    match purpose:
        case Purpose.COMMERCIAL:
            return commercial
        case Purpose.NON_COMMERCIAL:
            return ~commercial
        case Purpose.RESEARCH:
            return known(deployment.research, "research", "is it research or evaluation and nothing else?")
        case Purpose.PRODUCTION:
            return known(deployment.production, "production", "is it used in production?")
        case _:
            assert_never(purpose)


def has_agreement(kinds: frozenset[AgreementKind], deployment: Deployment, license: License) -> Truth:  # noqa: A002
    """Return whether an agreement of one of *kinds* about *license* is on record."""
    if deployment.agreements is None:
        names = " or ".join(sorted(kinds)).replace("-", " ")
        return unknown("agreements", f"is there a {names} with {license.publisher or 'the licensor'} ({license.id})?")
    about = {str(license.id).casefold(), (license.publisher or "").casefold(), license.name.casefold()} - {""}
    return Truth(any(a.kind in kinds and a.license.casefold() in about for a in deployment.agreements))


def once_registered(deployment: Deployment, license: License) -> Deployment:  # noqa: A002
    """Return *deployment* with a registration for *license* on record.

    Registering needs nobody's consent: where it is asked for it is a duty (the license has it as one), no obstacle.
    """
    if deployment.agreements is None:
        return deployment
    registration = Agreement(kind=AgreementKind.REGISTRATION, license=license.id)
    return evolve(deployment, agreements=(*deployment.agreements, registration))


def _compare(test: Threshold, deployment: Deployment) -> Truth:
    own = [f for f in deployment.figures if (f.metric, f.currency) == (test.metric, test.currency)]
    bounds = [f for f in deployment.figures if (f.metric, f.currency) == (AT_MOST.get(test.metric), test.currency)]
    speaking = _speaking(own, test, deployment.today) + _speaking(bounds, test, deployment.today)
    answers = (_decides(figure, test) for figure in speaking)
    answer = next((a for a in answers if a is not None), None)
    return known(answer, "figures", _ask(test))


def _decides(figure: Figure, test: Threshold) -> bool | None:
    """Return what *figure* says of *test*: the whole is at least its part, the part at most its whole."""
    passes = _COMPARE[test.comparator](figure.value, test.value)
    rising = test.comparator in (Comparator.MORE, Comparator.AT_LEAST)
    order = list(Counted)
    distance = order.index(figure.counted) - order.index(test.counted)
    if figure.metric is not test.metric:  # an upper bound, of the same circle or a wider one
        return passes if distance >= 0 and passes is not rising else None
    proves = distance == 0 or passes is (rising if distance < 0 else not rising)
    return passes if proves else None


def _speaking(figures: list[Figure], test: Threshold, today: dt.date | None) -> list[Figure]:
    """Return the figures that speak at the date the threshold is measured, newest first: it outweighs an older one."""
    if test.measured is Measured.BEFORE_RELEASE:
        month = reference_month(test)
        return [f for f in figures if f.on is None or (f.on.year, f.on.month) == month]
    current = [f for f in figures if f.on is None or (today is not None and today - f.on <= CURRENT_FOR)]
    ranked = sorted(current, key=lambda f: f.on or dt.date.max)
    newest = {f.counted: f for f in ranked}
    return sorted(newest.values(), key=ranked.index, reverse=True)


def reference_month(test: Threshold) -> tuple[int, int] | None:
    """Return (year, month) of the calendar month before the release, for a threshold measured then.

    >>> from cleartitle.vocabulary.words import Metric
    >>> reference_month(Threshold(metric=Metric.MONTHLY_ACTIVE_USERS, comparator=Comparator.MORE, value=700_000_000,
    ...     counted=Counted.GROUP, measured=Measured.BEFORE_RELEASE, released=dt.date(2024, 7, 23)))
    (2024, 6)
    """
    if test.measured is not Measured.BEFORE_RELEASE or test.released is None:
        return None
    last = test.released.replace(day=1) - dt.timedelta(days=1)
    return last.year, last.month


def describe(test: Threshold) -> str:
    """Say a threshold in words: ``more than 700,000,000 monthly active users of ... in 2024-06``."""
    word = {
        Comparator.MORE: "more than",
        Comparator.AT_LEAST: "at least",
        Comparator.LESS: "less than",
        Comparator.AT_MOST: "at most",
    }[test.comparator]
    money = f"{test.currency} " if test.currency else ""
    return f"{word} {money}{test.value:,} {_what(test)}"


def _what(test: Threshold) -> str:
    who = {
        Counted.PRODUCT: "the product",
        Counted.LICENSEE: "all the licensee offers",
        Counted.GROUP: "the licensee and its affiliates",
    }[test.counted]
    month = reference_month(test)
    when = f" in {month[0]}-{month[1]:02}" if month else ""
    return f"{test.metric.replace('-', ' ')} of {who}{when}"


def _ask(test: Threshold) -> str:
    money = f"{test.currency} " if test.currency else ""
    return f"what are the {_what(test)}? (the license draws a line at {money}{test.value:,})"
