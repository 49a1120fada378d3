"""What an organization accepts."""

from __future__ import annotations

from attrs import frozen

from cleartitle.vocabulary.words import DutyKind, Kind, LicenseId, RestrictionKind


@frozen(kw_only=True)
class Policy:
    """Licenses that an organization refuses, whatever the deployment.

    >>> Policy(deny_kinds=frozenset({Kind.COPYLEFT})).name
    'unnamed'
    """

    name: str = "unnamed"
    deny_licenses: frozenset[LicenseId] = frozenset()
    deny_kinds: frozenset[Kind] = frozenset()
    deny_duties: frozenset[DutyKind] = frozenset()
    """Refused whenever a license asks for one of these, owed or not."""
    deny_restrictions: frozenset[RestrictionKind] = frozenset()
