"""Origins in words: the countries where a model and its ancestors were made."""

from __future__ import annotations

from collections.abc import Iterable

from cleartitle.lineage.origins import countries
from cleartitle.vocabulary.publisher import Made, Origins, PublisherKind


def line(found: Origins) -> str:
    """Say the countries in one line, each with its publishers; what is unknown comes last, by artifact.

    >>> line(Origins(made=()))
    ''
    """
    grouped = countries(found)
    unknown = grouped.pop(None, ())
    said = ", ".join(f"{country} ({_entities(made)})" for country, made in grouped.items())
    unsaid = f"unknown: {', '.join(map(_unknown, unknown))}" if unknown else ""
    return "; ".join(filter(None, (said, unsaid)))


def _entities(made: Iterable[Made]) -> str:
    return "; ".join(dict.fromkeys(each.publisher.entity for each in made if each.publisher))


def _unknown(each: Made) -> str:
    if each.publisher is None:
        return f"{each.artifact.short} (publisher not known)"
    kind = "" if each.publisher.kind is PublisherKind.COMPANY else f", {each.publisher.kind}"
    return f"{each.artifact.short} ({each.publisher.entity}{kind})"
