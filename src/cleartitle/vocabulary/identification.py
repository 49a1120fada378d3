"""Which license a text is, and what was changed in it."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen
from attrs.validators import and_, ge, le, min_len

from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.words import LicenseId


class Status(StrEnum):
    """How a text relates to a license."""

    EXACT = "exact"
    """The license, up to formatting, titles and holders."""
    ALTERED = "altered"
    """The license with passages inserted, removed or replaced."""
    PARTIAL = "partial"
    """A header of it, or a file that breaks off."""
    MENTION = "mention"
    """A text that only names a license."""
    NONE = "none"
    """No license."""


class ChangeKind(StrEnum):
    """What was done to a passage."""

    INSERTED = "inserted"
    REMOVED = "removed"
    REPLACED = "replaced"


@frozen(kw_only=True)
class Change:
    """A passage in which a text differs from the license that it is nearest to.

    >>> Change(kind=ChangeKind.REMOVED, span=Span.of("", 0, 0), removed_words=7).removed_words
    7
    """

    kind: ChangeKind
    span: Span
    """Where it stands in the text; for a removal, the place where it is missing."""
    text: str = ""
    """The words of the text at hand, at most about 2,000 characters; empty for a removal."""
    removed_words: int = field(default=0, validator=ge(0))
    """How many words of the license are not there."""
    touches: tuple[str, ...] = ()
    """The terms it bears on (``condition: monthly-active-users``, ``duty: attribution``), where they are known."""


@frozen(kw_only=True)
class Match:
    """One license in a text.

    >>> match = Match(licenses=(LicenseId("MIT"),), status=Status.EXACT, score=1.0, span=Span.of("MIT License", 0, 11))
    >>> match.licenses, str(match.status)
    (('MIT',), 'exact')
    """

    licenses: tuple[LicenseId, ...] = field(validator=min_len(1))
    """The license; several are a tie of named versions, between which nothing in the text decides."""
    status: Status
    score: float = field(validator=and_(ge(0.0), le(1.0)))
    """How much of the license and of the passage are each other's: 1 is all."""
    span: Span
    changes: tuple[Change, ...] = ()
    """In the order of the text."""


@frozen(kw_only=True)
class Holder:
    """A copyright holder that the text names.

    >>> Holder(name="Jane Doe", years="2019-2024", span=Span.of("Copyright 2019-2024 Jane Doe", 0, 28)).name
    'Jane Doe'
    """

    name: str
    years: str = ""
    """As written: ``2019-2024``."""
    span: Span


@frozen(kw_only=True)
class Identification:
    """What was found in one text.

    >>> from cleartitle.identification import identify
    >>> found = identify("This model is licensed under the Apache License, Version 2.0.")
    >>> str(found.status), found.mentions
    ('mention', ('Apache-2.0',))
    """

    status: Status
    """Of the whole: exact only where every license in it is, altered where one is."""
    matches: tuple[Match, ...] = ()
    """The licenses in it, in the order of their places."""
    mentions: tuple[LicenseId, ...] = ()
    """Licenses that it names without holding their text."""
    holders: tuple[Holder, ...] = ()
    problems: tuple[str, ...] = ()
    """What kept it from being read, or read whole."""
