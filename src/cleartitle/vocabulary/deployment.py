"""The facts of an intended use. ``None`` means *not stated*, and what is not stated is unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import permutations

from attrs import field, frozen
from attrs.validators import ge

from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, Metric, Organization, Region, Role, UseCategory

AT_MOST: Mapping[Metric, Metric] = {
    Metric.DAILY_ACTIVE_USERS: Metric.MONTHLY_ACTIVE_USERS,
    Metric.MONTHLY_REVENUE: Metric.ANNUAL_REVENUE,
}
"""A figure of the first metric is never more than one of the second."""


@frozen(kw_only=True)
class Figure:
    """A count of users or money: of whom, and when.

    Without a date it holds at every date that a license asks about; with one it speaks of that calendar month, and for
    a year from then of today, as long as there is no newer one.

    >>> Figure(metric=Metric.MONTHLY_ACTIVE_USERS, counted=Counted.GROUP, value=1_000_000).value
    1000000
    """

    metric: Metric
    counted: Counted
    value: int = field(validator=ge(0))
    currency: str | None = None
    """ISO 4217 code for money; no conversion is made."""
    on: dt.date | None = None

    @classmethod
    def for_all(
        cls, metric: Metric, value: int, *, currency: str | None = None, on: dt.date | None = None
    ) -> tuple[Figure, ...]:
        """Return the same figure for the product, the licensee and its group."""
        return tuple(cls(metric=metric, counted=who, value=value, currency=currency, on=on) for who in Counted)


@frozen(kw_only=True)
class Agreement:
    """An agreement with a licensor that is already held.

    >>> held = Agreement(kind=AgreementKind.SEPARATE_LICENSE, license="LicenseRef-Meta-Llama-3.1-Community",
    ...     reference="contract 12")
    >>> Deployment(commercial=True, agreements=(held,)).agreements[0].reference
    'contract 12'
    """

    kind: AgreementKind
    license: str
    """The license id, or the publisher, that it is about."""
    by: str = ""
    """Who agreed, for the record."""
    on: dt.date | None = None
    reference: str = ""
    """Where the agreement is filed."""


@frozen(kw_only=True)
class Deployment:
    """What somebody means to do with a model.

    A fact that is ``None`` was not stated: if a license makes it matter, the verdict is ``review`` and names it.
    Five fields are statements even when nobody touches them, because they list what is *done*, and what is not done
    is not judged: no fine-tuning, no training on outputs, no purpose that licenses restrict, no agreement held,
    and the role of a licensee.
    Give ``None`` to say that one of them is not known.

    >>> Deployment(commercial=True, domicile=Region("US")).hosted_in is None
    True

    Raises:
        ValueError: two figures contradict each other.

    """

    commercial: bool | None = None
    """For commercial advantage; a company's internal use counts."""
    research: bool | None = None
    """Research, education or evaluation and nothing else."""
    production: bool | None = None
    """In production, as opposed to testing and evaluation."""
    role: Role | None = Role.LICENSEE
    organization: Organization | None = None
    domicile: Region | None = None
    """The country of residence or of the principal place of business."""
    hosted_in: frozenset[Region] | None = None
    """Where the model runs."""
    offered_in: frozenset[Region] | None = None
    """Where it is offered and its outputs are used; ``{WORLD}`` for everywhere."""
    channels: frozenset[Channel] | None = None
    recipients: frozenset[Organization] | None = None
    """To whom weights are handed."""
    figures: tuple[Figure, ...] = ()
    fine_tunes: bool | None = False
    """Fine-tunes, merges or quantizes the model: makes a derivative of it."""
    derivative_name: str | None = None
    trains_on_outputs: bool | None = False
    """Uses the model or its outputs to train or improve other models."""
    purposes: frozenset[UseCategory] | None = frozenset()
    """The restricted fields of use it serves; empty: none of them."""
    agreements: tuple[Agreement, ...] | None = ()
    sanctions_screened: bool | None = None
    """Whether licensee, places and users were screened against sanctions lists, without a hit."""
    today: dt.date | None = None
    """The date of the judgment, for figures and waivers with a date."""

    def __attrs_post_init__(self) -> None:
        """Refuse figures that contradict each other: the law of the logic rests on it."""
        for one, other in permutations(self.figures, 2):
            if one.currency == other.currency and _same_time(one.on, other.on):
                _compare(one, other)


def _same_time(one: dt.date | None, other: dt.date | None) -> bool:
    return one is None or other is None or (one.year, one.month) == (other.year, other.month)


def _compare(less: Figure, more: Figure) -> None:
    circles = list(Counted)
    inside = circles.index(less.counted) <= circles.index(more.counted)
    bounded = inside and more.metric in (less.metric, AT_MOST.get(less.metric))
    if bounded and less.value > more.value:
        if (less.metric, less.counted) == (more.metric, more.counted):
            raise ValueError(f"two different figures for {less.metric} of the {less.counted}: give each its month")
        raise ValueError(
            f"the figures contradict each other: {less.value:,} {less.metric} of the {less.counted}, "
            f"but {more.value:,} {more.metric} of the {more.counted}"
        )


UNSTATED = Deployment(role=None, fine_tunes=None, trains_on_outputs=None, purposes=None, agreements=None)
"""A deployment of which nothing at all is known."""
