"""Parents of one artifact that are each other's ancestors: they do not contradict each other.

A card may declare the root, and say in words, or in an adapter's configuration, which model in between was tuned. Only
the whole lineage shows whether two names are two links of one chain.
"""

from __future__ import annotations

from attrs import evolve

from cleartitle.lineage.weigh import Rank, rank
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.lineage import Edge, Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing

_BESIDE = frozenset({Relation.TRAINED_ON, Relation.DISTILLED, Relation.COMPONENT, Relation.MERGE})


def settled(lineage: Lineage) -> Lineage:
    """Return the lineage with contradictions where parents are not of one chain, and without those where they are."""
    edges: dict[Edge, Edge | None] = {edge: edge for edge in lineage.edges}
    for node in lineage.nodes:
        own = [e for e in lineage.parents(node.ref) if e.relation not in _BESIDE]
        declared = [e for e in own if _rank(e) is Rank.DECLARED]
        others = [
            e for e in own if e not in declared and (_rank(e) is Rank.WORDS or e.standing is Standing.CONTRADICTED)
        ]
        for other in others if declared else ():
            edges |= _settle(other, declared, lineage)
    return evolve(lineage, edges=tuple(edge for edge in edges.values() if edge is not None))


def _settle(other: Edge, declared: list[Edge], lineage: Lineage) -> dict[Edge, Edge | None]:
    above, whole = _ancestors(other.parent, lineage), {e.parent for e in declared}
    if above & whole:
        return {each: _believed(each) for each in (other, *declared)}
    if any(other.parent in _ancestors(parent, lineage) for parent in whole):
        words = _rank(other) is Rank.WORDS
        return {other: None if words else _believed(other), **{each: _believed(each) for each in declared}}
    doubtful = Standing.CONTRADICTED
    return {e: evolve(e, standing=doubtful, confidence=Confidence.LOW) for e in (other, *declared)}


def _believed(edge: Edge) -> Edge:
    """Return an edge that is contradicted no more."""
    if edge.standing is not Standing.CONTRADICTED:
        return edge
    standing = Standing.DECLARED if _rank(edge) is Rank.DECLARED else Standing.INFERRED
    return evolve(edge, standing=standing, confidence=Confidence.MEDIUM)


def _ancestors(ref: ModelRef, lineage: Lineage) -> set[ModelRef]:
    found: set[ModelRef] = set()
    level = [ref]
    while level:
        level = [e.parent for r in level for e in lineage.parents(r) if e.parent not in found]
        found.update(level)
    return found


def _rank(edge: Edge) -> Rank:
    return min(map(rank, edge.evidence), default=Rank.HINT)
