"""What an organization accepts."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from fnmatch import fnmatchcase

from attrs import field, frozen
from attrs.validators import in_, min_len

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.words import Action, DutyKind, Kind, LicenseId, Region, RestrictionKind


class Unsettled(StrEnum):
    """What becomes of what is unknown, unclear or contradicted."""

    REVIEW = "review"
    """A person looks."""
    BLOCKED = "blocked"
    """It is refused until somebody has settled it."""


@frozen(kw_only=True)
class Waiver:
    """What somebody answers for: a finding that counts no more for a model, until a day.

    >>> Waiver(model="Qwen/*", rule="revision-unpinned", reason="pinned in the image", owner="jane@example.com",
    ...     expires=dt.date(2027, 1, 1)).speaks_of("qwen/Qwen3-8B")
    True
    """

    model: str = field(validator=min_len(1))
    """The name of the model, or a pattern with ``*``: of the model asked about, or of that which a finding is about."""
    rule: str = field(validator=min_len(1))
    reason: str = field(validator=min_len(1))
    owner: str = field(validator=min_len(1))
    """Who answers for it."""
    expires: dt.date
    """The last day on which it holds."""
    license: LicenseId | None = None
    """Only findings about this license, where it is given."""

    def speaks_of(self, name: str) -> bool:
        """Return whether it is about the model of this name; case does not count."""
        return fnmatchcase(name.casefold(), self.model.casefold())


@frozen(kw_only=True)
class Known:
    """A finding that was there when the baseline was written; one that has got worse is new again.

    >>> Known(fingerprint="0" * 32, outcome=Outcome.REVIEW, rule="relicensed").outcome
    <Outcome.REVIEW: 'review'>
    """

    fingerprint: str = field(validator=min_len(1))
    outcome: Outcome
    model: str = ""
    """For people, as the rest."""
    rule: str = ""
    message: str = ""


@frozen(kw_only=True)
class Baseline:
    """The findings that were known on a day: a file that ``cleartitle check --write-baseline`` writes.

    >>> import cleartitle, json
    >>> from cleartitle.configuration.baseline import render
    >>> sold = cleartitle.Deployment(commercial=True)
    >>> answer = cleartitle.check("facebook/nllb-200-distilled-600M", sold, source=cleartitle.OFFLINE)
    >>> json.loads(render([answer.verdict]))["known"][0]["rule"]
    'action-not-granted'
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    known: tuple[Known, ...] = ()


@frozen(kw_only=True)
class Policy:
    """What an organization refuses or wants looked at, whatever the deployment; and what it has decided before.

    An empty ``allow`` set allows everything; one that is not empty, nothing else. What is denied is denied even if it
    is allowed. Places are ISO 3166-1 codes or groups (``EU``).

    >>> Policy(deny_kinds=frozenset({Kind.COPYLEFT})).name
    'unnamed'
    """

    name: str = "unnamed"
    summary: str = ""
    """What it is for, in a sentence."""
    allow_licenses: frozenset[LicenseId] = frozenset()
    """Accepted whatever their kind: with *allow_kinds* the list of all that is accepted."""
    allow_kinds: frozenset[Kind] = frozenset()
    deny_licenses: frozenset[LicenseId] = frozenset()
    deny_kinds: frozenset[Kind] = frozenset()
    deny_duties: frozenset[DutyKind] = frozenset()
    """Refused whenever a license asks for one of these, owed or not."""
    deny_restrictions: frozenset[RestrictionKind] = frozenset()
    require_grants: frozenset[Action] = frozenset()
    """Every license must allow these, whether this deployment does them or not."""
    require_territory: frozenset[Region] = frozenset()
    """Places that no license may leave out."""
    allow_publishers: frozenset[str] = frozenset()
    """Accounts (``Qwen``), or the names of those behind them (``Alibaba Cloud``); of the model and all ancestors."""
    deny_publishers: frozenset[str] = frozenset()
    allow_origins: frozenset[Region] = frozenset()
    """The countries from which the model and all its ancestors may have been published."""
    deny_origins: frozenset[Region] = frozenset()
    review_origins: frozenset[Region] = frozenset()
    """Countries that a person looks at."""
    unknown: Unsettled = Unsettled.REVIEW
    waivers: tuple[Waiver, ...] = ()
    known: tuple[Known, ...] = ()
    """The baseline."""
