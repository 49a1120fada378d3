"""The catalog as an answer: entries with what is derived from them."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import in_

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.openness import Openness
from cleartitle.vocabulary.rule import RuleInfo
from cleartitle.vocabulary.words import Region


@frozen(kw_only=True)
class Entry:
    """A license with what follows from it.

    >>> from cleartitle import catalog
    >>> from cleartitle.openness import openness
    >>> mit = catalog.whole("MIT")
    >>> str(Entry(license=mit, openness=openness(mit)).openness.level)
    'open-source'
    """

    license: License
    """With the terms of the policies that it makes part of itself."""
    openness: Openness
    seat: Region | None = None
    """ISO 3166-1 code of the country where the license's publisher has its seat; None where that is not known."""
    stale: bool = False
    """Whether it is long ago that a person went through it."""
    private: bool = False
    """Whether it comes from the user's own folder."""


@frozen(kw_only=True)
class LicensesAnswer:
    """The licenses asked for: what ``cleartitle licenses --format json`` prints.

    >>> LicensesAnswer(licenses=()).licenses
    ()
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    licenses: tuple[Entry, ...]


@frozen(kw_only=True)
class ExplainAnswer:
    """What is known of a name: what ``cleartitle explain --format json`` prints.

    >>> from cleartitle.rules import documents
    >>> ExplainAnswer(asked="relicensed", rule=documents()["relicensed"]).rule.title
    'Relicensed derivative'
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    asked: str
    means: str = ""
    """Why the name means several licenses, or none for certain; empty where it means one."""
    licenses: tuple[Entry, ...] = ()
    rule: RuleInfo | None = None
