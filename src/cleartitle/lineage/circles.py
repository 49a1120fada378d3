"""Lineages that lead back to where they came from: nothing is made from itself, so one of the declarations is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef

MAX_CIRCLES = 5


def circles(lineage: Lineage) -> Iterator[str]:
    """Yield a sentence for each circle, at most `MAX_CIRCLES`."""
    for path in islice(_circles(lineage), MAX_CIRCLES):
        yield f"the lineage leads in a circle: {' was made from '.join(ref.short for ref in path)}"


def _circles(lineage: Lineage) -> Iterator[tuple[ModelRef, ...]]:
    """Yield the paths that end where they begin: one for each edge that leads back to the path to it."""
    parents: dict[ModelRef, list[ModelRef]] = {}
    for edge in lineage.edges:
        parents.setdefault(edge.child, []).append(edge.parent)
    done: set[ModelRef] = set()
    path: dict[ModelRef, Iterator[ModelRef]] = {lineage.root: iter(parents.get(lineage.root, ()))}
    while path:
        here, left = next(reversed(path.items()))
        parent = next(left, None)
        if parent is None:
            done.add(here)
            del path[here]
        elif parent in path:
            refs = list(path)
            yield (*refs[refs.index(parent) :], parent)
        elif parent not in done:
            path[parent] = iter(parents.get(parent, ()))
