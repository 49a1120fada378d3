"""What kind of section a unit stands in, by its headings."""

from __future__ import annotations

import functools
import re
from enum import Enum, auto

from cleartitle.prose.patterns import expression, first
from cleartitle.prose.plain import plain
from cleartitle.prose.subjects import about, subjects
from cleartitle.vocabulary.prose import Subject

_LICENSE = expression("{license-word}")
_BESIDE = expression(
    r"\b[\w ]{1,40}(?: (?:and|&|und|et|y|e) | ?[과와与和及と]\s?)(?={license-word})"
    r"|(?:{license-word}) (?:and|&|und|et|y|e) [\w ]{1,40}$"
)
"""What stands beside licenses in a heading, as a second matter: ``Models and licenses``."""


_PART = re.compile(r"\W*(?:the )?data(?:sets?)?\W*$")
"""A heading that names, within a section on licenses, the part that is told of."""


class Section(Enum):
    """What a section is about."""

    LICENSE = auto()
    OTHERS = auto()
    """Other people's work: thanks, citations, training data."""
    NEUTRAL = auto()


@functools.lru_cache(maxsize=1024)
def kind(headings: tuple[str, ...]) -> Section:
    """Return what a section is about; the innermost telling heading counts.

    >>> kind(("Fox", "License", "Weights")), kind(("Fox", "Acknowledgements"))
    (<Section.LICENSE: 1>, <Section.OTHERS: 2>)
    """
    for heading in reversed(headings):
        low = low_heading(heading)
        if first("sections", low, "licenses-of-others"):
            return Section.NEUTRAL
        if first("sections", low, "license"):
            return Section.LICENSE
        if first("sections", low, "others"):
            return Section.LICENSE if _PART.match(low) and _licensed(headings) else Section.OTHERS
    return Section.NEUTRAL


def _licensed(headings: tuple[str, ...]) -> bool:
    return any(first("sections", low_heading(each), "license") for each in headings)


@functools.lru_cache(maxsize=1024)
def subject(headings: tuple[str, ...]) -> Subject | None:
    """Return what the innermost heading on licenses is about, if it says: ``Model License``."""
    for heading in reversed(headings):
        low = low_heading(heading)
        if kind((heading,)) is Section.OTHERS:
            return None
        bare = _LICENSE.sub(" ", _BESIDE.sub(" ", low))
        found = [s for s in about(subjects(bare), bare) if s is not Subject.PROJECT]
        if found and (kind((heading,)) is Section.LICENSE or len(low) < 24):
            return found[0] if len(found) == 1 else None
        if kind((heading,)) is Section.LICENSE:
            return None
    return None


def lists_models(headings: tuple[str, ...]) -> bool:
    """Return whether a section lists the models that are released here: ``Model zoo``."""
    return bool(headings) and first("sections", low_heading(headings[-1]), "own-models") is not None


@functools.lru_cache(maxsize=1024)
def low_heading(heading: str) -> str:
    """Return a heading without markup, in lower case."""
    return plain(heading, 0, min(len(heading), 200)).low
