"""The walk from an artifact back to its roots: breadth first, a level at a time in parallel, bounded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from cleartitle import modality
from cleartitle.errors import SourceError
from cleartitle.lineage import clues
from cleartitle.lineage.weigh import weigh
from cleartitle.progress import Progress, silent
from cleartitle.sources.interface import Source
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.statement import Statements, Unknown

if TYPE_CHECKING:
    from cleartitle.card import Card


@frozen(kw_only=True)
class Limits:
    """How far the walk goes; what it leaves out is said in `Lineage.cuts`."""

    depth: int = 12
    """Generations back from the artifact asked about."""
    nodes: int = 200
    parallel: int = 8
    """Artifacts fetched at the same time."""


def trace(ref: ModelRef, source: Source, *, limits: Limits = Limits(), progress: Progress = silent) -> Lineage:
    """Return the lineage of *ref*.

    A parent that cannot be read becomes a node that says why. That *ref* itself cannot be read is an error: the
    :exc:`~cleartitle.errors.SourceError` of the source.
    """
    progress(f"reading {ref.short}")
    root, edges = _read(ref, source.fetch(ref))
    found: dict[str, Node] = {_key(ref): root, _key(root.ref): root}
    nodes, all_edges, cuts, level = [root], list(edges), list[str](), list(edges)
    for _ in range(limits.depth):
        wanted = _new(level, found)
        if not wanted:
            break
        if len(nodes) + len(wanted) > limits.nodes:
            cut = wanted[limits.nodes - len(nodes) :]
            cuts.append(f"{len(cut)} ancestors were left out: more than {limits.nodes} artifacts")
            wanted = wanted[: limits.nodes - len(nodes)]
        progress(f"reading {len(wanted)} ancestor{'s' * (len(wanted) > 1)} ({', '.join(w.short for w in wanted[:3])})")
        level = []
        for asked, (node, edges) in zip(wanted, _fetch(wanted, source, limits.parallel), strict=True):
            known = found.setdefault(_key(node.ref), node)
            found[_key(asked)] = known
            if known is node:
                nodes.append(node)
                level += edges
        all_edges += level
    else:
        if _new(level, found):
            cuts.append(f"the lineage goes back more than {limits.depth} generations; the rest was left out")
    linked = tuple(dict.fromkeys(_relink(edge, found) for edge in all_edges))
    return inherit(Lineage(root=root.ref, nodes=tuple(nodes), edges=linked, cuts=tuple(cuts)))


def inherit(lineage: Lineage) -> Lineage:
    """Return the lineage with a modality for each artifact that is silent on it, where all it was made from agree."""
    nodes = (evolve(n, artifact=_inheriting(n.artifact, n, lineage) if n.artifact else None) for n in lineage.nodes)
    return evolve(lineage, nodes=tuple(nodes))


def _inheriting(artifact: Artifact, node: Node, lineage: Lineage) -> Artifact:
    level, seen = [node], {node.ref}
    while level:
        said = {n.artifact.modality for n in level if n.artifact} - {Modality.UNKNOWN}
        if said:
            return evolve(artifact, modality=said.pop()) if len(said) == 1 else artifact
        parents = [e.parent for n in level for e in lineage.parents(n.ref) if e.parent not in seen]
        seen.update(parents)
        level = [n for n in lineage.nodes if n.ref in parents]
    return artifact


def _fetch(wanted: list[ModelRef], source: Source, parallel: int) -> list[tuple[Node, tuple[Edge, ...]]]:
    def one(ref: ModelRef) -> tuple[Node, tuple[Edge, ...]]:
        try:
            return _read(ref, source.fetch(ref))
        except SourceError as error:
            reason = Unknown(reason=f"{ref.short} could not be read: {error}", settle=f"the license of {ref.short}")
            return Node(ref=ref, artifact=None, statements=Statements(concluded=reason), missing=str(error)), ()

    if len(wanted) == 1:
        return [one(wanted[0])]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(parallel) as pool:
        return list(pool.map(one, wanted))


def _read(ref: ModelRef, artifact: Artifact) -> tuple[Node, tuple[Edge, ...]]:
    name = artifact.ref.at(ref.revision)
    card = _card(artifact)
    evidence = clues.find(artifact, card)
    described = evolve(artifact, modality=modality.of(artifact, card))
    unresolved = tuple(c for c in evidence if c.parent is None)
    node = Node(ref=name, artifact=described, statements=conclude(artifact, card), unresolved=unresolved)
    return node, weigh(name, artifact, evidence)


def _card(artifact: Artifact) -> Card | None:
    file = next((t for t in artifact.texts if t.path.lower() == "readme.md"), None)
    if file is None:
        return None
    from cleartitle.card import read_card

    return read_card(file.data)


def _new(edges: Iterable[Edge], found: dict[str, Node]) -> list[ModelRef]:
    return [ref for key, ref in {_key(e.parent): e.parent for e in edges}.items() if key not in found]


def _relink(edge: Edge, found: dict[str, Node]) -> Edge:
    parent = found.get(_key(edge.parent))
    return evolve(edge, parent=parent.ref) if parent else edge


def _key(ref: ModelRef) -> str:
    """Names are compared without case, as the Hub does."""
    return f"{ref.scheme}:{ref.name.casefold()}@{ref.revision or ''}"
