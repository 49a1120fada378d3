"""Weighing clues: which parents, by which relation, how well supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Method
from cleartitle.vocabulary.lineage import Clue, Edge
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing

_PUBLISHER = frozenset({Method.FRONT_MATTER, Method.HUB_TAG, Method.HUB_INFERENCE, Method.ATLAS})
"""All of these come from what the publisher wrote in the card: they do not corroborate each other."""
_QUANTIZED = (".gguf",)


def weigh(child: ModelRef, artifact: Artifact, clues: Iterable[Clue]) -> tuple[Edge, ...]:
    """Return an edge for each parent that the clues name, in the order in which they name them."""
    found = [c for c in clues if c.parent is not None and c.parent.name.casefold() != child.name.casefold()]
    grouped: dict[str, list[Clue]] = defaultdict(list)
    for clue in found:
        if clue.parent is not None:
            grouped[clue.parent.name.casefold()].append(clue)
    disputed = _disputed(found)
    several = len(grouped) > 1
    return tuple(_edge(child, artifact, group, several=several, disputed=disputed) for group in grouped.values())


def _edge(child: ModelRef, artifact: Artifact, group: list[Clue], *, several: bool, disputed: frozenset[str]) -> Edge:
    named = next(c.parent for c in group if c.parent is not None)
    pinned = next((c.parent for c in group if c.parent is not None and c.parent.revision), named)
    said = next((c.relation for c in group if c.relation is not None), None)
    families = {c.evidence.method in _PUBLISHER for c in group}
    if named.name.casefold() in disputed:
        standing, confidence = Standing.CONTRADICTED, Confidence.LOW
    elif len(families) > 1:
        standing, confidence = Standing.CORROBORATED, Confidence.HIGH
    else:
        standing = Standing.DECLARED
        confidence = max((c.evidence.confidence for c in group), key=_sureness)
    return Edge(
        child=child,
        parent=pinned,
        relation=said or _guess(artifact, several=several),
        standing=standing,
        confidence=confidence,
        evidence=tuple(c.evidence for c in group),
    )


def _disputed(clues: list[Clue]) -> frozenset[str]:
    """Return the parents on which the card and the files of the repository do not agree.

    An adapter's configuration names exactly one base; a card that names others only contradicts it.
    """
    carded = {c.parent.name.casefold() for c in clues if c.parent and c.evidence.method in _PUBLISHER}
    filed = {c.parent.name.casefold() for c in clues if c.parent and c.evidence.method is Method.FILE}
    return frozenset(carded ^ filed) if carded and filed and not carded & filed else frozenset()


def _guess(artifact: Artifact, *, several: bool) -> Relation:
    """Return the likeliest relation where nobody says; all of these carry all terms, so a wrong guess frees nothing."""
    paths = [f.path for f in artifact.files]
    if "adapter_config.json" in paths:
        return Relation.ADAPTER
    if any(path.endswith(_QUANTIZED) for path in paths):
        return Relation.QUANTIZED
    return Relation.MERGE if several else Relation.FINETUNE


def _sureness(confidence: Confidence) -> int:
    return (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH).index(confidence)
