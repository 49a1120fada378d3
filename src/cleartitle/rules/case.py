"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleartitle.catalog import Lookup
from cleartitle.judgment.binding import Binding
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.statement import licenses
from cleartitle.vocabulary.verdict import Owed


@frozen(kw_only=True)
class Case:
    """A lineage, what somebody means to do with its root, and what the licenses by themselves make of that."""

    analysis: Analysis
    deployment: Deployment
    policy: Policy
    lookup: Lookup
    bindings: tuple[Binding, ...]
    """Every license that binds whoever uses the root."""
    owed: tuple[Owed, ...]
    """The duties of all of them, certain or not."""

    @property
    def lineage(self) -> Lineage:
        """The lineage of the analysis."""
        return self.analysis.lineage

    @property
    def root(self) -> Node:
        """The artifact asked about."""
        return self.lineage.node(self.lineage.root)

    def licenses(self, node: Node) -> tuple[License, ...]:
        """Return the licenses that *node* is concluded to be under, all that may hold."""
        return tuple(map(self.lookup, licenses(node.statements.concluded)))

    def steps(self) -> Iterator[tuple[Edge, Node, Node]]:
        """Yield each step of the lineage of which both ends are known: the edge, the child, the parent."""
        nodes = {node.ref: node for node in self.lineage.nodes}
        for edge in self.lineage.edges:
            if edge.child in nodes and edge.parent in nodes:
                yield edge, nodes[edge.child], nodes[edge.parent]
