"""What an ancestor was on the day something was made from it.

Licenses change, and copies keep the terms they came with.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleartitle.errors import SourceError
from cleartitle.lineage.cards import card_of
from cleartitle.progress import Progress
from cleartitle.sources.interface import Historian
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Origin, Problem
from cleartitle.vocabulary.lineage import Former, Lineage, Node
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation

PARALLEL = 4
"""Ancestors asked about at the same time."""


def with_history(lineage: Lineage, source: Historian, progress: Progress) -> Lineage:
    """Return the lineage with, on each ancestor that changed since the first thing was made from it, what it was then.

    "Made" is the day the derivative's repository was created: the copy it was made from is no younger.
    """
    asked = {node.ref: made for node in lineage.nodes if (made := _made_before_change(node, lineage))}
    if not asked:
        return lineage
    from concurrent.futures import ThreadPoolExecutor

    progress(f"reading what {len(asked)} ancestor{'s' * (len(asked) > 1)} said when it was built on")
    with ThreadPoolExecutor(PARALLEL) as pool:
        found = pool.map(lambda n: _then(n, asked[n.ref], source) if n.ref in asked else n, lineage.nodes)
        return evolve(lineage, nodes=tuple(found))


def _made_before_change(node: Node, lineage: Lineage) -> tuple[dt.date, ModelRef] | None:
    """Return when, and as what, the first thing was made from an ancestor that was changed later."""
    known = node.artifact
    if known is None or known.origin is not Origin.LIVE or node.ref.scheme is not Scheme.HF or node.ref.revision:
        return None
    edges = (e for e in lineage.edges if e.parent == node.ref and e.relation is not Relation.TRAINED_ON)
    children = (lineage.node(e.child) for e in edges)
    made = [(c.artifact.created, c.ref) for c in children if c.artifact and c.artifact.created]
    first = min(made, key=lambda each: each[0], default=None)
    return first if first and known.modified and first[0] < known.modified else None


def _then(node: Node, made: tuple[dt.date, ModelRef], source: Historian) -> Node:
    day, child = made
    try:
        past = source.before(node.ref, day)
        if past is None or node.artifact is None or past.revision == node.artifact.ref.revision:
            return node
        artifact = source.fetch(past)
    except SourceError as error:
        said = f"what {node.ref.short} was on {day}, when {child.short} was made from it, could not be read: {error}"
        return _with_problem(node, Problem(what="unread", message=said))
    statements = conclude(artifact, card_of(artifact))
    return evolve(node, former=Former(ref=past, day=day, child=child, statements=statements))


def _with_problem(node: Node, problem: Problem) -> Node:
    artifact = node.artifact
    return evolve(node, artifact=evolve(artifact, problems=(*artifact.problems, problem)) if artifact else None)
