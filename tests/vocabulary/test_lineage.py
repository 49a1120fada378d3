"""The graph: paths from the artifact asked about to everything it was made from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from cleartitle.vocabulary.statement import Statements, Unknown

REFS = [ModelRef.hub(f"owner/model-{place}") for place in range(6)]
LINKS = st.frozensets(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from((Relation.FINETUNE, Relation.TRAINED_ON))),
    max_size=12,
)


def lineage(links: frozenset[tuple[int, int, Relation]]) -> Lineage:
    nodes = (Node(ref=ref, artifact=None, statements=Statements(concluded=Unknown(reason="?"))) for ref in REFS)
    edges = (
        Edge(
            child=REFS[child],
            parent=REFS[parent],
            relation=relation,
            standing=Standing.DECLARED,
            confidence=Confidence.HIGH,
            evidence=(),
        )
        for child, parent, relation in sorted(links)
    )
    return Lineage(root=REFS[0], nodes=tuple(nodes), edges=tuple(edges))


def distances(links: frozenset[tuple[int, int, Relation]], through: frozenset[Relation]) -> dict[ModelRef, int]:
    """Return how far every other artifact is from the root, by relaxing all links again and again."""
    found = {0: 0}
    for _ in REFS:
        for child, parent, relation in links:
            if child in found and relation in through:
                found[parent] = min(found.get(parent, 99), found[child] + 1)
    return {REFS[place]: steps for place, steps in found.items() if place}


@given(links=LINKS, through=st.frozensets(st.sampled_from((Relation.FINETUNE, Relation.TRAINED_ON))))
def test_a_path_is_a_shortest_way_over_the_relations_asked_for(
    links: frozenset[tuple[int, int, Relation]], through: frozenset[Relation]
) -> None:
    paths = list(lineage(links).paths(through))
    assert {path[-1].parent: len(path) for path in paths} == distances(links, through)
    for path in paths:
        assert [edge.child for edge in path] == [REFS[0], *(edge.parent for edge in path[:-1])]
        assert {edge.relation for edge in path} <= through


@given(links=LINKS)
def test_a_path_of_names_starts_at_the_root_and_ends_at_the_artifact(
    links: frozenset[tuple[int, int, Relation]],
) -> None:
    graph = lineage(links)
    for path in graph.paths():
        end = path[-1].parent
        assert graph.path(end) == (REFS[0], *(edge.parent for edge in path))
        assert len(set(graph.path(end))) == len(path) + 1
    assert graph.path(REFS[0]) == (REFS[0],)


def test_an_artifact_that_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError, match="hf:owner/elsewhere"):
        lineage(frozenset()).node(ModelRef.hub("owner/elsewhere"))
