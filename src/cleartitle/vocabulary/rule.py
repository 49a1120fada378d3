"""What a rule is: its id, what a finding of it means, and what to do instead."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.vocabulary.outcomes import Severity


class Audience(StrEnum):
    """Whom a finding is for. No finding for the strict alone ever changes a verdict."""

    REGULAR = "regular"
    """Everybody who deploys."""
    STRICT = "strict"
    """Who wants every loose end: shown only when asked for."""


@frozen(kw_only=True)
class RuleInfo:
    """The documentation of a rule, for reports, the docs page and ``cleartitle explain``.

    >>> RuleInfo(id="base-missing", title="Base not readable", explanation="One of its bases could not be read.",
    ...     remedy="Find out what it was.", severity=Severity.ERROR).audience
    <Audience.REGULAR: 'regular'>
    """

    id: str = field(validator=min_len(1))
    title: str = field(validator=min_len(1))
    """A few words."""
    explanation: str = field(validator=min_len(1))
    """What a finding means, in plain words."""
    remedy: str = field(validator=min_len(1))
    """What to do instead."""
    severity: Severity
    """The gravest that its findings have."""
    audience: Audience = Audience.REGULAR
