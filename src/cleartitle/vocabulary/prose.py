"""What the prose of a model card or README says about licenses: statements, base models, passages left open."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.statement import Expression
from cleartitle.vocabulary.words import Comparator, Decision


class Subject(StrEnum):
    """What a statement of the prose is about."""

    WEIGHTS = "weights"
    CODE = "code"
    DATA = "data"
    OUTPUTS = "outputs"
    PROJECT = "project"
    """Not said, or everything."""


class Binding(StrEnum):
    """How a license binds what the statement is about."""

    UNDER = "under"
    """It is published under it."""
    INHERITS = "inherits"
    """It is the license of a model that this one is made from."""
    ALSO_SUBJECT_TO = "also-subject-to"
    """It holds besides: a use policy, somebody's terms of service, the licenses of the data."""


class ConditionKind(StrEnum):
    """What commercial use depends on."""

    MONTHLY_ACTIVE_USERS = "monthly-active-users"
    DAILY_ACTIVE_USERS = "daily-active-users"
    ANNUAL_REVENUE = "annual-revenue"
    MONTHLY_REVENUE = "monthly-revenue"
    FUNDING = "funding"
    EMPLOYEES = "employees"
    DEVICES = "devices"
    REGISTRATION = "registration"
    """A form, questionnaire, registration or application."""
    SEPARATE_LICENSE = "separate-license"
    """A license, permission or purchase of its own."""
    FIELD_OF_USE = "field-of-use"
    REGION = "region"
    COMPANY_TYPE = "company-type"
    OTHER = "other"


@frozen(kw_only=True)
class ProseCondition:
    """Something that commercial use depends on, as the prose puts it.

    >>> from cleartitle.prose import read
    >>> said = read("The weights may be used commercially by companies with less than $1 million in annual revenue.")
    >>> condition = said.statements[0].conditions[0]
    >>> str(condition.kind), str(condition.comparator), condition.value, condition.currency
    ('annual-revenue', '<', 1000000, 'USD')
    """

    kind: ConditionKind
    value: int | None = None
    """The plain number; money in whole units of *currency*."""
    currency: str | None = None
    """ISO 4217 code, or None for what is not money."""
    comparator: Comparator | None = None
    """How the text compares with *value*."""
    evidence: Evidence


@frozen(kw_only=True)
class ProseStatement:
    """One statement about the license of this project.

    >>> from cleartitle.prose import read
    >>> said = read("The weights are released under the Apache License 2.0.").statements[0]
    >>> str(said.covers), said.said, said.license
    ('weights', 'Apache License 2.0', One(license='Apache-2.0'))
    """

    covers: Subject
    said: str = ""
    """The license as written; empty where the prose names none ("for research only")."""
    license: Expression | None = None
    """What *said*, or the address it is linked to, means; None where nothing is named."""
    address: str = ""
    """Where the words are linked to, as written."""
    binding: Binding = Binding.UNDER
    commercial_use: Decision = Decision.SILENT
    """By the words of the prose alone, not by what is known of the license; unknown when they cannot be decided."""
    conditions: tuple[ProseCondition, ...] = ()
    research_only: bool = False
    evidence: Evidence
    """The sentence that names the license."""
    terms_evidence: tuple[Evidence, ...] = ()
    """The sentences behind *commercial_use* and *research_only*."""


@frozen(kw_only=True)
class NamedBase:
    """A model that this one is made from, by the words of the prose.

    >>> from cleartitle.prose import read
    >>> read("This model was fine-tuned from meta-llama/Llama-3.1-8B.").base_models[0].name
    'meta-llama/Llama-3.1-8B'
    """

    name: str = field(validator=min_len(1))
    address: str = ""
    """Where the name is linked to, as written."""
    evidence: Evidence


@frozen(kw_only=True)
class OpenPassage:
    """A passage about licensing that could not be decided, and why.

    >>> from cleartitle.vocabulary.evidence import Method
    >>> evidence = Evidence(method=Method.PROSE, path="README.md", quote="Licensing is complicated.")
    >>> OpenPassage(why="it speaks of the license, and says nothing", evidence=evidence).why
    'it speaks of the license, and says nothing'
    """

    why: str
    evidence: Evidence


@frozen(kw_only=True)
class Prose:
    """What the prose says.

    >>> from cleartitle.prose import read
    >>> len(read("The weights are released under the Apache License 2.0.").statements), read("A poet.").statements
    (1, ())
    """

    statements: tuple[ProseStatement, ...] = ()
    """In the order of the text."""
    base_models: tuple[NamedBase, ...] = ()
    unclear: tuple[OpenPassage, ...] = ()
    truncated: bool = False
    """Whether the text was longer than is read."""
