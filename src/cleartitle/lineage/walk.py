"""The walk from an artifact back to its roots: breadth first, a level at a time in parallel, bounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from cleartitle import modality
from cleartitle.errors import BadReference, NotFound, SourceError
from cleartitle.lineage import clues
from cleartitle.lineage.cards import card_of
from cleartitle.lineage.chains import settled
from cleartitle.lineage.circles import circles
from cleartitle.lineage.copies import copied
from cleartitle.lineage.doubts import doubts
from cleartitle.lineage.history import with_history
from cleartitle.lineage.weigh import Rank, rank, to_be_found, weigh
from cleartitle.progress import Progress, silent
from cleartitle.sources.interface import Historian, Source
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Clue, Edge, Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality, Relation
from cleartitle.vocabulary.statement import Statements, Unknown

METADATA_CALLS = 2


@frozen(kw_only=True)
class Limits:
    """How far the walk goes; what it leaves out is said in `Lineage.cuts`.

    >>> from cleartitle.sources.chain import OFFLINE
    >>> trace(ModelRef.hub("Qwen/Qwen2.5-72B-Instruct-AWQ"), OFFLINE, limits=Limits(depth=1)).cuts
    ('the lineage goes back more than 1 generation; the rest was left out',)
    """

    depth: int = 12
    """Generations back from the artifact asked about."""
    nodes: int = 200
    parallel: int = 8
    """Artifacts fetched at the same time."""
    requests: int = 2_000
    """Requests, counted by what was read; no further generation is begun beyond them."""
    datasets: bool = False
    """Whether the datasets that models were trained on are looked up too."""
    history: bool = False
    """Whether ancestors that changed since are looked up as they were when something was made from them."""


def trace(ref: ModelRef, source: Source, *, limits: Limits = Limits(), progress: Progress = silent) -> Lineage:
    """Return the lineage of *ref*.

    A parent that cannot be read becomes a node that says why; one that only words name, and that does not exist,
    stays an unresolved sign; a hint at none is forgotten.

    >>> from cleartitle.sources.chain import OFFLINE
    >>> [edge.parent.name for edge in trace(ModelRef.hub("Qwen/Qwen2.5-72B-Instruct-AWQ"), OFFLINE).edges]
    ['Qwen/Qwen2.5-72B-Instruct', 'Qwen/Qwen2.5-72B']

    Raises:
        SourceError: *ref* itself cannot be read; the error is that of *source*.

    """
    progress(f"reading {ref.short}")
    walk = _Walk(ref, source, limits)
    for _ in range(limits.depth):
        wanted = walk.wanted()
        if not wanted:
            break
        progress(f"reading {len(wanted)} ancestor{'s' * (len(wanted) > 1)} ({', '.join(w.short for w in wanted[:3])})")
        walk.step(wanted)
    found = inherit(copied(settled(walk.lineage())))
    if not limits.history:
        return found
    if isinstance(source, Historian):
        return with_history(found, source, progress)
    return evolve(found, cuts=(*found.cuts, "the history of ancestors was asked for, and the source knows none"))


def _lost(edge: Edge) -> Clue | None:
    """Return the sign that is left of a parent that words name and nobody has; a mere hint leaves none."""
    worded = next((e for e in edge.evidence if rank(e) is Rank.WORDS), None)
    return Clue(parent=None, said=edge.parent.short, relation=edge.relation, evidence=worded) if worded else None


@frozen
class _Read:
    node: Node
    edges: tuple[Edge, ...] = ()
    exists: bool = True


class _Walk:
    """What was found so far."""

    def __init__(self, ref: ModelRef, source: Source, limits: Limits) -> None:
        self._source, self._limits = source, limits
        root = _read(ref, source.fetch(ref), data=limits.datasets)
        self._spent = _cost(root.node)
        self._found: dict[str, Node | None] = {_key(ref): root.node, _key(root.node.ref): root.node}
        """By name; none for what was looked up and does not exist."""
        self._root = root.node.ref
        self._nodes, self._edges, self._level = [root.node], list(root.edges), list(root.edges)
        self._cuts: list[str] = []

    def wanted(self) -> list[ModelRef]:
        """Return the parents to read next, as many as the limit allows."""
        wanted = _new(self._level, self._found)
        if wanted and self._spent > self._limits.requests:
            self._cuts.append(f"{len(wanted):,} ancestors were left out: more than {self._limits.requests:,} requests")
            return []
        free = max(self._limits.nodes - len(self._nodes), 0)
        if len(wanted) > free:
            self._cuts.append(
                f"{len(wanted) - free:,} ancestors were left out: more than {self._limits.nodes} artifacts"
            )
        return wanted[:free]

    def step(self, wanted: list[ModelRef]) -> None:
        """Read a generation."""
        needed = {_key(e.parent) for e in self._level if not to_be_found(e)}
        self._level = []
        for asked, read in zip(wanted, _fetch(wanted, self._source, self._limits), strict=True):
            self._spent += _cost(read.node)
            if not read.exists and _key(asked) not in needed:
                self._found[_key(asked)] = None
                continue
            known = self._found.setdefault(_key(read.node.ref), read.node)
            self._found[_key(asked)] = known
            if known is read.node:
                self._nodes.append(known)
                self._level += read.edges
        self._edges += self._level

    def _with_lost(self, node: Node) -> Node:
        edges = (e for e in self._edges if e.child == node.ref and self._found.get(_key(e.parent), e) is None)
        lost = tuple(clue for edge in edges if (clue := _lost(edge)))
        return evolve(node, unresolved=(*node.unresolved, *lost)) if lost else node

    def lineage(self) -> Lineage:
        """Return what was found as a graph."""
        left = _new(self._level, self._found)
        if left and not self._cuts:
            depth = self._limits.depth
            plural = "s" * (depth != 1)
            self._cuts.append(f"the lineage goes back more than {depth} generation{plural}; the rest was left out")
        edges = (_relink(edge, self._found) for edge in self._edges if self._found.get(_key(edge.parent), edge))
        linked = tuple(dict.fromkeys(e for e in edges if e.parent != e.child))
        nodes = tuple(self._with_lost(node) for node in self._nodes)
        found = Lineage(root=self._root, nodes=nodes, edges=linked)
        return evolve(found, cuts=(*self._cuts, *circles(found)))


def inherit(lineage: Lineage) -> Lineage:
    """Return the lineage with a modality for each artifact that is silent on it, where all it was made from agree.

    >>> from cleartitle.sources.chain import OFFLINE
    >>> lineage = trace(ModelRef.hub("microsoft/phi-2"), OFFLINE)
    >>> inherit(lineage) == lineage
    True
    """
    nodes = (evolve(n, artifact=_inheriting(n.artifact, n, lineage) if n.artifact else None) for n in lineage.nodes)
    return evolve(lineage, nodes=tuple(nodes))


def _inheriting(artifact: Artifact, node: Node, lineage: Lineage) -> Artifact:
    level, seen = [node], {node.ref}
    while level:
        said = {n.artifact.modality for n in level if n.artifact} - {Modality.UNKNOWN}
        if said:
            return evolve(artifact, modality=said.pop()) if len(said) == 1 else artifact
        edges = [e for n in level for e in lineage.parents(n.ref) if e.relation is not Relation.TRAINED_ON]
        parents = [e.parent for e in edges if e.parent not in seen]
        seen.update(parents)
        level = [n for n in lineage.nodes if n.ref in parents]
    return artifact


def _cost(node: Node) -> int:
    """Return how many requests it took to read an artifact."""
    return METADATA_CALLS + (len(node.artifact.texts) if node.artifact else 0)


def _fetch(wanted: list[ModelRef], source: Source, limits: Limits) -> list[_Read]:
    def one(ref: ModelRef) -> _Read:
        try:
            return _read(ref, source.fetch(ref), data=limits.datasets)
        except (SourceError, BadReference) as error:
            reason = Unknown(reason=f"{ref.short} could not be read: {error}", settle=f"the license of {ref.short}")
            node = Node(ref=ref, artifact=None, statements=Statements(concluded=reason), missing=str(error))
            return _Read(node, exists=not isinstance(error, (NotFound, BadReference)))

    if len(wanted) == 1:
        return [one(wanted[0])]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(limits.parallel) as pool:
        return list(pool.map(one, wanted))


def _read(ref: ModelRef, artifact: Artifact, *, data: bool) -> _Read:
    name = artifact.ref.at(ref.revision)
    card = card_of(artifact)
    evidence = clues.find(artifact, card, data=data)
    problems = (*artifact.problems, *doubts(artifact))
    described = evolve(artifact, modality=modality.of(artifact, card), problems=problems)
    unresolved = tuple(c for c in evidence if c.parent is None and c.relation is not Relation.TRAINED_ON)
    node = Node(ref=name, artifact=described, statements=conclude(artifact, card), unresolved=unresolved)
    return _Read(node, weigh(name, artifact, evidence))


def _new(edges: Iterable[Edge], found: Mapping[str, Node | None]) -> list[ModelRef]:
    return [ref for key, ref in {_key(e.parent): e.parent for e in edges}.items() if key not in found]


def _relink(edge: Edge, found: Mapping[str, Node | None]) -> Edge:
    parent = found.get(_key(edge.parent))
    return evolve(edge, parent=parent.ref) if parent else edge


def _key(ref: ModelRef) -> str:
    """Names are compared without case, as the Hub does."""
    return f"{ref.scheme}:{ref.name.casefold()}@{ref.revision or ''}"
