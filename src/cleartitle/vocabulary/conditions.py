"""Tests over the facts of a deployment, as an and/or/not tree.

A test is pure data; `cleartitle.judgment.logic` says whether it holds, does not, or cannot be known.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias, Union

from attrs import field, frozen
from attrs.validators import ge, min_len

from cleartitle.vocabulary.words import (
    AgreementKind,
    Comparator,
    Counted,
    Measured,
    Metric,
    Organization,
    Purpose,
    Topic,
    UseCategory,
)


@frozen(kw_only=True)
class AllOf:
    """Holds when every one of *tests* holds."""

    tests: tuple[Test, ...] = field(validator=min_len(1))


@frozen(kw_only=True)
class AnyOf:
    """Holds when at least one of *tests* holds."""

    tests: tuple[Test, ...] = field(validator=min_len(1))


@frozen(kw_only=True)
class Not:
    """Holds when *negated* does not."""

    negated: Test


@frozen(kw_only=True)
class Threshold:
    """Holds when a figure of the deployment compares as said: ``monthly active users > 700,000,000``."""

    metric: Metric
    comparator: Comparator
    value: int = field(validator=ge(0))
    """The plain number; money in whole units of *currency*."""
    currency: str | None = None
    """ISO 4217 code, or None for what is not money."""
    counted: Counted
    measured: Measured = Measured.CONTINUOUSLY
    released: dt.date | None = None
    """The release date that *measured* refers to."""


@frozen(kw_only=True)
class HasAgreement:
    """Holds when an agreement of one of these kinds with the licensor is on record."""

    agreements: frozenset[AgreementKind] = field(validator=min_len(1))


@frozen(kw_only=True)
class ForPurpose:
    """Holds when the deployment is for this purpose."""

    purpose: Purpose


@frozen(kw_only=True)
class ForUse:
    """Holds when the deployment serves one of these fields of use."""

    uses: frozenset[UseCategory] = field(validator=min_len(1))


@frozen(kw_only=True)
class ByOrganization:
    """Holds when the licensee is of one of these kinds."""

    organizations: frozenset[Organization] = field(validator=min_len(1))


@frozen(kw_only=True)
class ToRecipient:
    """Holds when the model is handed to somebody of one of these kinds."""

    recipients: frozenset[Organization] = field(validator=min_len(1))


@frozen(kw_only=True)
class Asked:
    """A question that only a person can answer: always unknown."""

    question: str
    about: Topic | None = None
    """What the question is about, where it is a kind that licenses often name."""


Test: TypeAlias = Union[  # noqa: UP007 - a forward reference needs typing's form
    AllOf, AnyOf, Not, Threshold, HasAgreement, ForPurpose, ForUse, ByOrganization, ToRecipient, Asked
]
