"""Equal hashes of weight files: proof that one artifact holds the very weights of another."""

from __future__ import annotations

from attrs import evolve

from cleartitle.sources.heads import is_weights
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.relations import Relation, Standing

_WEIGHTS = (".bin", ".pt", ".pth", ".ckpt", ".onnx", ".h5", ".msgpack")
MIN_SIZE = 1 << 20
"""Bytes from which a file can be all of a model's weights; smaller ones may be equal by chance."""


def copied(lineage: Lineage) -> Lineage:
    """Return the lineage with each parent whose very weights its child holds as what it is: a copy of it."""
    nodes = {node.ref: node for node in lineage.nodes}
    return evolve(lineage, edges=tuple(_edge(e, nodes.get(e.child), nodes.get(e.parent)) for e in lineage.edges))


def _edge(edge: Edge, child: Node | None, parent: Node | None) -> Edge:
    if child is None or parent is None or child.artifact is None or parent.artifact is None:
        return edge
    own, theirs = _hashes(child.artifact), _hashes(parent.artifact)
    same = set(own) & set(theirs)
    if not same:
        return edge
    paths = sorted(own[digest] for digest in same)
    evidence = Evidence(
        method=Method.HASH,
        artifact=child.artifact.ref,
        path=paths[0],
        quote=f"{len(same)} of {len(own)} weight files have the SHA-256 that they have in {parent.ref.short}",
    )
    whole = set(own) <= set(theirs)
    return evolve(
        edge,
        relation=Relation.COPY if whole else edge.relation,
        standing=edge.standing if edge.standing is Standing.CONTRADICTED else Standing.CORROBORATED,
        evidence=(*edge.evidence, evidence),
    )


def _hashes(artifact: Artifact) -> dict[str, str]:
    """Return the paths of the weight files by their hashes."""
    large = (f for f in artifact.files if f.sha256 and (f.size or 0) >= MIN_SIZE)
    return {f.sha256: f.path for f in large if f.sha256 and (is_weights(f.path) or f.path.lower().endswith(_WEIGHTS))}
