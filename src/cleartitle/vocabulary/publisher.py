"""Who publishes models, and in whose jurisdictions a model and its ancestors were made: facts, no judgment."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleartitle.vocabulary.license import Checked
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.words import Region


class PublisherKind(StrEnum):
    """What sort of publisher it is."""

    COMPANY = "company"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    """A research institute, public or private, that is no university."""
    NONPROFIT = "nonprofit"
    GOVERNMENT = "government"
    PROJECT = "project"
    """A joint project of several organizations, no legal entity of its own."""
    COMMUNITY = "community"
    """A group of volunteers."""
    INDIVIDUAL = "individual"


@frozen(kw_only=True)
class Publisher:
    """Whoever stands behind a handle on a hub.

    >>> from cleartitle import publishers
    >>> mistral = publishers.of("hf", "mistralai")
    >>> mistral.entity, mistral.country, str(mistral.kind)
    ('Mistral AI', 'FR', 'company')
    """

    entity: str
    """The legal entity as far as it is known; else the name by which the publisher is known."""
    kind: PublisherKind
    country: Region | None = None
    """ISO 3166-1 code of the seat: the principal place of business. None where it is not known for certain."""
    incorporated: Region | None = None
    """The country whose law the entity stands under, where that is known to be another than the seat."""
    source: str
    """Where the seat or the entity can be read: a license that names it, or a page of the publisher."""
    checked: Checked
    """Whether the entity was read in the *source*, or written from what is publicly known."""
    note: str = ""


@frozen(kw_only=True)
class Made:
    """An artifact of a lineage, and who published it.

    >>> from cleartitle import OFFLINE, analyze
    >>> from cleartitle.lineage.origins import origins
    >>> made = origins(analyze("microsoft/phi-2", source=OFFLINE).lineage).made[0]
    >>> made.artifact.short, made.publisher.entity
    ('microsoft/phi-2', 'Microsoft Corporation')
    """

    artifact: ModelRef
    publisher: Publisher | None
    """None where nothing is known of the publisher."""


@frozen(kw_only=True)
class Origins:
    """Who published a model and everything it was made from, as far as the lineage goes.

    >>> from cleartitle import OFFLINE, analyze
    >>> from cleartitle.lineage.origins import origins
    >>> found = origins(analyze("Qwen/Qwen2.5-72B-Instruct-AWQ", source=OFFLINE).lineage)
    >>> [made.publisher.country for made in found.made], found.gaps
    (['CN', 'CN', 'CN'], ())
    """

    made: tuple[Made, ...]
    """In the order of the lineage: the artifact asked about first."""
    gaps: tuple[str, ...] = ()
    """Why there may be more ancestors than these; each a sentence."""
