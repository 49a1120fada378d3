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
    """Holds when every one of *tests* holds.

    >>> company = ByOrganization(organizations=frozenset({Organization.COMPANY}))
    >>> len(AllOf(tests=(ForPurpose(purpose=Purpose.COMMERCIAL), company)).tests)
    2
    """

    tests: tuple[Test, ...] = field(validator=min_len(1))


@frozen(kw_only=True)
class AnyOf:
    """Holds when at least one of *tests* holds.

    >>> commercial, research = ForPurpose(purpose=Purpose.COMMERCIAL), ForPurpose(purpose=Purpose.RESEARCH)
    >>> research in AnyOf(tests=(commercial, research)).tests
    True
    """

    tests: tuple[Test, ...] = field(validator=min_len(1))


@frozen(kw_only=True)
class Not:
    """Holds when *negated* does not.

    >>> Not(negated=ForPurpose(purpose=Purpose.COMMERCIAL)).negated.purpose
    <Purpose.COMMERCIAL: 'commercial'>
    """

    negated: Test


@frozen(kw_only=True)
class Threshold:
    """Holds when a figure of the deployment compares as said: ``monthly active users > 700,000,000``.

    >>> from cleartitle import catalog
    >>> limit = catalog.get("LicenseRef-Meta-Llama-3.1-Community").terms.conditions[0].when
    >>> str(limit.metric), f"{limit.value:,}", str(limit.counted)
    ('monthly-active-users', '700,000,000', 'group')
    """

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
    """Holds when an agreement of one of these kinds with the licensor is on record.

    >>> HasAgreement(agreements=frozenset({AgreementKind.SEPARATE_LICENSE})).agreements
    frozenset({<AgreementKind.SEPARATE_LICENSE: 'separate-license'>})
    """

    agreements: frozenset[AgreementKind] = field(validator=min_len(1))


@frozen(kw_only=True)
class ForPurpose:
    """Holds when the deployment is for this purpose.

    >>> ForPurpose(purpose=Purpose.COMMERCIAL)
    ForPurpose(purpose=<Purpose.COMMERCIAL: 'commercial'>)
    """

    purpose: Purpose


@frozen(kw_only=True)
class ForUse:
    """Holds when the deployment serves one of these fields of use.

    >>> ForUse(uses=frozenset({UseCategory.ILLEGAL})).uses
    frozenset({<UseCategory.ILLEGAL: 'illegal'>})
    """

    uses: frozenset[UseCategory] = field(validator=min_len(1))


@frozen(kw_only=True)
class ByOrganization:
    """Holds when the licensee is of one of these kinds.

    >>> ByOrganization(organizations=frozenset({Organization.ACADEMIC})).organizations
    frozenset({<Organization.ACADEMIC: 'academic'>})
    """

    organizations: frozenset[Organization] = field(validator=min_len(1))


@frozen(kw_only=True)
class ToRecipient:
    """Holds when the model is handed to somebody of one of these kinds.

    >>> ToRecipient(recipients=frozenset({Organization.COMPANY})).recipients
    frozenset({<Organization.COMPANY: 'company'>})
    """

    recipients: frozenset[Organization] = field(validator=min_len(1))


@frozen(kw_only=True)
class Asked:
    """A question that only a person can answer: always unknown.

    >>> Asked(question="is the product designed to compete with the licensor's?").about is None
    True
    """

    question: str
    about: Topic | None = None
    """What the question is about, where it is a kind that licenses often name."""


Test: TypeAlias = Union[  # noqa: UP007 - a forward reference needs typing's form
    AllOf, AnyOf, Not, Threshold, HasAgreement, ForPurpose, ForUse, ByOrganization, ToRecipient, Asked
]
