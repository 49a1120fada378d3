"""The lineage: the graph of artifacts and relations back to the roots."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator

from attrs import frozen

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from cleartitle.vocabulary.statement import Statements

_BESIDE = frozenset({Relation.DISTILLED, Relation.COMPONENT, Relation.TRAINED_ON})
"""What a model learned from or holds beside its own weights."""


@frozen(kw_only=True)
class Clue:
    """One sign that *child* was made from *parent*.

    >>> from cleartitle.vocabulary.evidence import Method
    >>> evidence = Evidence(method=Method.FILE, path="config.json", quote="_name_or_path: owner/base")
    >>> Clue(parent=ModelRef.hub("owner/base"), said="owner/base", relation=None, evidence=evidence).parent.name
    'owner/base'
    """

    parent: ModelRef | None
    """None where the sign names something that cannot be looked up (a local path)."""
    said: str
    """How the parent is named there, verbatim."""
    relation: Relation | None
    """None where the sign does not tell."""
    evidence: Evidence


@frozen(kw_only=True)
class Edge:
    """*child* was made from *parent*.

    >>> import cleartitle
    >>> edge = cleartitle.analyze("Qwen/Qwen2.5-72B-Instruct-AWQ", source=cleartitle.OFFLINE).lineage.edges[0]
    >>> edge.parent.name, str(edge.relation), str(edge.standing)
    ('Qwen/Qwen2.5-72B-Instruct', 'quantized', 'declared')
    """

    child: ModelRef
    parent: ModelRef
    relation: Relation
    standing: Standing
    confidence: Confidence
    evidence: tuple[Evidence, ...]


@frozen(kw_only=True)
class Former:
    """What an ancestor was on the day something was made from it.

    >>> from cleartitle.vocabulary.statement import Unknown
    >>> then = Statements(concluded=Unknown(reason="no license was named"))
    >>> before, made = ModelRef.hub("owner/base", "1a2b3c"), ModelRef.hub("owner/poet")
    >>> str(Former(ref=before, day=dt.date(2024, 5, 1), child=made, statements=then).ref)
    'hf:owner/base@1a2b3c'
    """

    ref: ModelRef
    """At the commit of then."""
    day: dt.date
    child: ModelRef
    """What was made from it that day."""
    statements: Statements


@frozen(kw_only=True)
class Node:
    """An artifact of the lineage: what was read of it and what is said of its license.

    >>> import cleartitle
    >>> node = cleartitle.analyze("microsoft/phi-2", source=cleartitle.OFFLINE).lineage.nodes[0]
    >>> node.ref.name, node.statements.concluded
    ('microsoft/phi-2', One(license='MIT'))
    """

    ref: ModelRef
    """The name by which the lineage knows it: no revision unless one was asked for."""
    artifact: Artifact | None
    """None where it could not be read; *missing* then says why."""
    statements: Statements
    missing: str = ""
    unresolved: tuple[Clue, ...] = ()
    """Signs of a parent that cannot be looked up."""
    former: Former | None = None
    """None where that was not asked (``--history`` asks), or nothing changed since."""


@frozen(kw_only=True)
class Child:
    """An artifact that says it was made from another.

    >>> Child(ref=ModelRef.hub("owner/poet-GGUF"), relation=Relation.QUANTIZED, license=("mit",)).relation
    <Relation.QUANTIZED: 'quantized'>
    """

    ref: ModelRef
    relation: Relation | None = None
    """None where it does not tell."""
    license: tuple[str, ...] = ()
    """As it is tagged, verbatim."""


@frozen(kw_only=True)
class Children:
    """What was made from an artifact, one generation, as far as a source knows.

    >>> import cleartitle
    >>> found = cleartitle.OFFLINE.children(ModelRef.hub("Qwen/Qwen2.5-72B-Instruct"), most=1)
    >>> found.models[0].ref.name, str(found.models[0].relation), found.more
    ('Qwen/Qwen2.5-72B-Instruct-AWQ', 'quantized', True)
    """

    models: tuple[Child, ...] = ()
    more: bool = False
    """Whether there are more than these."""
    source: str
    """Who knows them, as an address or a name."""


@frozen(kw_only=True)
class Lineage:
    """The graph, from the artifact asked about back to everything it was made from.

    >>> import cleartitle
    >>> lineage = cleartitle.analyze("Qwen/Qwen2.5-72B-Instruct-AWQ", source=cleartitle.OFFLINE).lineage
    >>> [ref.short for ref in lineage.path(lineage.nodes[-1].ref)]
    ['Qwen/Qwen2.5-72B-Instruct-AWQ', 'Qwen/Qwen2.5-72B-Instruct', 'Qwen/Qwen2.5-72B']
    """

    root: ModelRef
    nodes: tuple[Node, ...]
    """In the order of the walk, nearest first."""
    edges: tuple[Edge, ...] = ()
    cuts: tuple[str, ...] = ()
    """What was left out because a limit was reached; each a sentence."""

    def node(self, ref: ModelRef) -> Node:
        """Return the node of *ref*.

        Raises:
            KeyError: *ref* is not part of the lineage.

        """
        for node in self.nodes:
            if node.ref == ref:
                return node
        raise KeyError(str(ref))

    def parents(self, ref: ModelRef) -> tuple[Edge, ...]:
        """Return the edges from *ref* to what it was made from."""
        return tuple(edge for edge in self.edges if edge.child == ref)

    def bases(self, ref: ModelRef) -> tuple[Edge, ...]:
        """Return the edges from *ref* to what its weights come from: not to teachers, parts or data."""
        return tuple(edge for edge in self.parents(ref) if edge.relation not in _BESIDE)

    def path(self, ref: ModelRef) -> tuple[ModelRef, ...]:
        """Return the artifacts from the root to *ref*, both included, along a shortest path."""
        if ref == self.root:
            return (ref,)
        edges = next((p for p in self.paths() if p[-1].parent == ref), ())
        return (self.root, *(edge.parent for edge in edges))

    def paths(self, through: frozenset[Relation] = frozenset(Relation)) -> Iterator[tuple[Edge, ...]]:
        """Yield one shortest path, over edges of these relations, from the root to every node it reaches."""
        reached: dict[ModelRef, tuple[Edge, ...]] = {self.root: ()}
        queue = deque([self.root])
        while queue:
            ref = queue.popleft()
            for edge in self.parents(ref):
                if edge.relation in through and edge.parent not in reached:
                    reached[edge.parent] = (*reached[ref], edge)
                    yield reached[edge.parent]
                    queue.append(edge.parent)
