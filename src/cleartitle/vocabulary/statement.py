"""License statements: who says which license an artifact has, and what is concluded from them."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias, Union

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.words import LicenseId


class Covers(StrEnum):
    """What a statement is about."""

    WEIGHTS = "weights"
    CODE = "code"
    DATA = "data"
    PROJECT = "project"
    """Not said: everything."""


@frozen(kw_only=True)
class One:
    """Exactly this license.

    >>> from cleartitle.catalog.resolve import name
    >>> name("apache-2.0")
    One(license='Apache-2.0')
    """

    license: LicenseId


@frozen(kw_only=True)
class Every:
    """All of these at once (``A AND B``).

    >>> from cleartitle.catalog.resolve import name
    >>> render(name("MIT AND Apache-2.0"))
    'MIT AND Apache-2.0'
    """

    of: tuple[Expression, ...] = field(validator=min_len(1))


@frozen(kw_only=True)
class Choice:
    """Any one of these, as the licensee chooses (``A OR B``).

    >>> from cleartitle.catalog.resolve import name
    >>> render(name("MIT OR Apache-2.0"))
    'MIT OR Apache-2.0'
    """

    of: tuple[Expression, ...] = field(validator=min_len(1))


@frozen(kw_only=True)
class Unclear:
    """One or all of these: nobody said which (a list of licenses with no operator, several possible versions).

    >>> from cleartitle.catalog.resolve import name
    >>> name("BSD").reason
    "'BSD' may mean several licenses: BSD without the number of its clauses"
    """

    of: tuple[Expression, ...] = field(validator=min_len(1))
    reason: str


@frozen(kw_only=True)
class Unknown:
    """No license that we know, and why.

    >>> from cleartitle.catalog.resolve import name
    >>> name("Acme Secret License").reason
    "the catalog knows no license 'Acme Secret License'"
    """

    reason: str
    said: str = ""
    """What was said, verbatim."""
    settle: str = ""
    """What would settle it."""
    read: LicenseId | None = None
    """Of a license text: the id in `Statements.readings` of what was read in it, which nobody has checked."""


Expression: TypeAlias = Union[One, Every, Choice, Unclear, Unknown]  # noqa: UP007 - recursive


@frozen(kw_only=True)
class Statement:
    """One statement about the license of an artifact.

    >>> from cleartitle.vocabulary.evidence import Method
    >>> evidence = Evidence(method=Method.FRONT_MATTER, path="README.md", quote="license: mit")
    >>> Statement(expression=One(license=LicenseId("MIT")), evidence=evidence).covers
    <Covers.PROJECT: 'project'>
    """

    expression: Expression
    covers: Covers = Covers.PROJECT
    evidence: Evidence
    tool_default: bool = False
    """Written by a tool whatever the base: nobody chose it."""


@frozen(kw_only=True)
class Statements:
    """All statements about one artifact, and the conclusion.

    >>> import cleartitle
    >>> said = cleartitle.analyze("microsoft/phi-2", source=cleartitle.OFFLINE).lineage.nodes[0].statements
    >>> render(said.concluded), said.disagree
    ('MIT', False)
    """

    declared: tuple[Statement, ...] = ()
    """Strongest first."""
    concluded: Expression
    disagree: bool = False
    """Whether the statements name different licenses for the same thing."""
    readings: tuple[License, ...] = ()
    """The terms of license texts that no catalog knows as they stand, as far as they could be read."""


def licenses(expression: Expression) -> tuple[LicenseId, ...]:
    """Return the license ids in *expression*, in order, each once.

    >>> licenses(Choice(of=(One(license=LicenseId("MIT")), One(license=LicenseId("Apache-2.0")))))
    ('MIT', 'Apache-2.0')
    """
    match expression:
        case One(license=license_id):
            return (license_id,)
        case Every(of=of) | Choice(of=of) | Unclear(of=of):
            return tuple(dict.fromkeys(found for each in of for found in licenses(each)))
        case Unknown():
            return ()


def render(expression: Expression) -> str:
    """Return *expression* as people read it.

    >>> render(Every(of=(One(license=LicenseId("MIT")), Unknown(reason="no license"))))
    'MIT AND unknown'
    """
    match expression:
        case One(license=license_id):
            return license_id
        case Every(of=of):
            return " AND ".join(map(_inner, of))
        case Choice(of=of):
            return " OR ".join(map(_inner, of))
        case Unclear(of=of):
            return " or/and ".join(map(_inner, of))
        case Unknown(said=said):
            return f"unknown ({said})" if said else "unknown"


def _inner(expression: Expression) -> str:
    text = render(expression)
    return f"({text})" if isinstance(expression, (Every, Choice, Unclear)) and len(expression.of) > 1 else text
