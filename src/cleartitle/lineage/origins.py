"""In whose jurisdictions a model and its ancestors were made, from a lineage alone. Facts only: a policy judges."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle import publishers
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.publisher import Made, Origins, Publisher
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.words import Region


def origins(lineage: Lineage) -> Origins:
    """Return the publisher of every artifact of *lineage*, and where the lineage may be incomplete."""
    named = [*(n.ref for n in lineage.nodes), *(e.parent for e in lineage.edges)]
    refs = dict.fromkeys(ref.at(None) for ref in named)
    return Origins(made=tuple(Made(artifact=ref, publisher=publisher(ref)) for ref in refs), gaps=tuple(_gaps(lineage)))


def publisher(ref: ModelRef) -> Publisher | None:
    """Return who published an artifact, by the owner in its name; None for folders and names without an owner.

    >>> publisher(ModelRef.hub("meta-llama/Llama-3.1-8B")).country
    'US'
    """
    owner, slash, _ = ref.name.partition("/")
    return publishers.of(ref.scheme, owner) if slash else None


def countries(found: Origins) -> dict[Region | None, tuple[Made, ...]]:
    """Return the artifacts by the country of their publishers' seat, in order of first appearance; unknown last."""
    grouped: dict[Region | None, list[Made]] = {}
    for each in found.made:
        grouped.setdefault(each.publisher.country if each.publisher else None, []).append(each)
    unknown = grouped.pop(None, [])
    listed = {country: tuple(made) for country, made in grouped.items()}
    return {**listed, None: tuple(unknown)} if unknown else listed


def _gaps(lineage: Lineage) -> Iterator[str]:
    yield from lineage.cuts
    known = {n.ref for n in lineage.nodes}
    unread = [n.ref for n in lineage.nodes if n.missing] + [e.parent for e in lineage.edges if e.parent not in known]
    for ref in dict.fromkeys(unread):
        yield f"{ref.short} could not be read: what it was made from is not known"
    for node in lineage.nodes:
        for said in dict.fromkeys(clue.said for clue in node.unresolved):
            yield f"{node.ref.short} names {said!r} as a parent, which cannot be looked up"
