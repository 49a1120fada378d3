"""A license of the catalog."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.words import Kind, LicenseId


class Checked(StrEnum):
    """How an entry was checked."""

    TEXT = "text"
    """Every clause against a copy of the text."""
    KNOWLEDGE = "knowledge"
    """Written from what is publicly known; no text was at hand."""
    CATEGORY = "category"
    """Derived from the SPDX id and its category alone: coarse, and unknown where these cannot tell."""
    READ = "read"
    """Read by the clause engine from a text that no person has gone through."""


@frozen(kw_only=True)
class License:
    """A catalog entry: which license it is and what it says, in our own words.

    >>> from cleartitle import catalog
    >>> llama = catalog.get("LicenseRef-Meta-Llama-3.1-Community")
    >>> llama.version, llama.publisher, str(llama.checked)
    ('3.1', 'Meta', 'text')
    """

    id: LicenseId
    name: str
    kind: Kind
    family: str
    version: str | None = None
    publisher: str | None = None
    """Who wrote the license; for a vendor's license, also the licensor."""
    published: dt.date | None = None
    """The day of this version, where it is known."""
    dated: str = ""
    """What is known of its date where the day is not: ``2004-01``, ``2023``; or why nothing is."""
    url: str | None = None
    """Where the official text is."""
    hub: tuple[str, ...] = ()
    """The Hub's license ids for it."""
    aliases: tuple[str, ...] = ()
    """How else people write it; compared without case, space and punctuation."""
    links: tuple[str, ...] = ()
    """Addresses people link to for it, besides *url*."""
    includes: tuple[LicenseId, ...] = ()
    """Policies that its text makes part of itself."""
    summary: str = ""
    """What it means for a deployer, in plain words."""
    advice: str = ""
    """What a deployer does about it, in plain words."""
    checked: Checked
    verified: dt.date
    """When a person last went through the entry."""
    text: str | None = None
    """The key of the text it was checked against."""
    copies: tuple[str, ...] = ()
    """The keys of near copies: the same license with other names, spelling or layout; every clause stands there too."""
    remarks: tuple[str, ...] = ()
    """Where careful readers could differ, and how it was decided."""
    terms: Terms = Terms()
