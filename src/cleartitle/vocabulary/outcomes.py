"""The closed sets of an answer: the outcome, and how much a finding matters."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The answer. Ordered: ``clear < duties < review < blocked``.

    >>> max(Outcome.REVIEW, Outcome.DUTIES, key=Outcome.rank)
    <Outcome.REVIEW: 'review'>
    """

    CLEAR = "clear"
    DUTIES = "duties"
    """Clear once the duties are met."""
    REVIEW = "review"
    """A person must look: something is unknown, unclear or contradicted."""
    BLOCKED = "blocked"

    def rank(self) -> int:
        """Return the place in the order, 0 for `CLEAR`."""
        return _ORDER[self]


_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
