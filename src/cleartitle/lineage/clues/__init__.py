"""Signs that an artifact was made from another: one file for each kind, each a function ``artifact, card -> clues``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from cleartitle.lineage.clues import (
    adapter,
    card,
    config,
    datasets,
    gguf,
    hub,
    merge,
    metadata,
    package,
    prose,
    remembered,
    training,
)
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.reference import ModelRef, Scheme

if TYPE_CHECKING:
    from cleartitle.card import Card

Finder: TypeAlias = "Callable[[Artifact, Card | None], tuple[Clue, ...]]"
FINDERS: tuple[Finder, ...] = (
    card.find,
    hub.find,
    remembered.find,
    adapter.find,
    merge.find,
    gguf.find,
    metadata.find,
    package.find,
    training.find,
    prose.find,
    config.find,
)


def find(artifact: Artifact, read: Card | None, *, data: bool = False) -> tuple[Clue, ...]:
    """Return every clue in *artifact*, strongest kind first; those to datasets too if *data*."""
    if artifact.ref.scheme is Scheme.DATASET:
        return ()
    finders = (*FINDERS, datasets.find) if data else FINDERS
    return tuple(_at_home(clue, artifact) for finder in finders for clue in finder(artifact, read))


def _at_home(clue: Clue, artifact: Artifact) -> Clue:
    """Return the clue with the site that is meant: on ModelScope, a plain name is one of ModelScope."""
    parent = clue.parent
    if artifact.ref.scheme is not Scheme.MODELSCOPE or parent is None or parent.scheme is not Scheme.HF:
        return clue
    if "://" in clue.said or "/" not in parent.name:
        return clue
    return evolve(clue, parent=ModelRef(Scheme.MODELSCOPE, parent.name, parent.revision))
