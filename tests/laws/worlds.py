"""Small worlds: licenses of our own making and a lineage under them; and how to change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import evolve, fields, frozen

from cleartitle.decide import decide
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.deployment import Deployment, Figure
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality, Relation, Standing
from cleartitle.vocabulary.statement import Expression, One, Statements
from cleartitle.vocabulary.verdict import Verdict
from cleartitle.vocabulary.words import Counted, LicenseId, Metric

PASSES = (Outcome.CLEAR, Outcome.DUTIES)


@frozen
class Series:
    """All figures of one metric, currency and circle: one fact, which is stated or not."""

    metric: Metric
    counted: Counted
    currency: str | None


Fact: TypeAlias = str | Series
"""What can be stated or not: a field of `Deployment`, or a series of figures."""
FIELDS = tuple(f.name for f in fields(Deployment) if f.name != "figures")


def facts(deployment: Deployment) -> tuple[Fact, ...]:
    """Return the facts that *deployment* states."""
    stated = tuple(name for name in FIELDS if getattr(deployment, name) is not None)
    return (*stated, *dict.fromkeys(map(_series, deployment.figures)))


def forget(deployment: Deployment, *forgotten: Fact) -> Deployment:
    """Return *deployment* with some of its facts not stated."""
    left = tuple(f for f in deployment.figures if _series(f) not in forgotten)
    return evolve(deployment, figures=left, **{name: None for name in forgotten if isinstance(name, str)})


def _series(figure: Figure) -> Series:
    return Series(figure.metric, figure.counted, figure.currency)


@frozen
class World:
    """A lineage and the licenses in it."""

    licenses: Mapping[LicenseId, License]
    lineage: Lineage

    def verdict(self, deployment: Deployment) -> Verdict:
        return decide(Analysis(lineage=self.lineage), deployment, lookup=self.licenses.__getitem__)

    def outcome(self, deployment: Deployment) -> Outcome:
        return self.verdict(deployment).outcome

    def expression(self, place: int) -> Expression:
        return self.lineage.nodes[place].statements.concluded

    def conclude(self, place: int, expression: Expression) -> World:
        """Return the world in which the artifact at *place* is under *expression*."""
        nodes = list(self.lineage.nodes)
        nodes[place] = evolve(nodes[place], statements=Statements(concluded=expression))
        return evolve(self, lineage=evolve(self.lineage, nodes=tuple(nodes)))

    def with_parent(self, place: int, relation: Relation, expression: Expression) -> World:
        """Return the world in which the artifact at *place* has one more parent, under *expression*."""
        added = node(len(self.lineage.nodes), expression)
        more = evolve(self, lineage=evolve(self.lineage, nodes=(*self.lineage.nodes, added)))
        return more.with_edge(place, len(self.lineage.nodes), relation)

    def with_edge(self, child: int, parent: int, relation: Relation) -> World:
        """Return the world in which the artifact at *child* was made from that at *parent*, too."""
        added = edge(self.lineage.nodes[child], self.lineage.nodes[parent], relation)
        return evolve(self, lineage=evolve(self.lineage, edges=(*self.lineage.edges, added)))

    def with_license(self, entry: License) -> World:
        """Return the world with one license put in the place of the one of its id."""
        return evolve(self, licenses={**self.licenses, entry.id: entry})


def alone(entry: License, modality: Modality = Modality.TEXT) -> World:
    """Return the world of one model under one license."""
    root = node(0, One(license=entry.id), modality)
    return World({entry.id: entry}, Lineage(root=root.ref, nodes=(root,)))


def node(place: int, expression: Expression, modality: Modality = Modality.TEXT) -> Node:
    ref = ModelRef.hub(f"owner/model-{place}")
    artifact = Artifact(ref=ref, origin=Origin.LIVE, modality=modality)
    return Node(ref=ref, artifact=artifact, statements=Statements(concluded=expression))


def edge(child: Node, parent: Node, relation: Relation, standing: Standing = Standing.DECLARED) -> Edge:
    return Edge(
        child=child.ref,
        parent=parent.ref,
        relation=relation,
        standing=standing,
        confidence=Confidence.HIGH,
        evidence=(),
    )
