"""Signs that an artifact was made from another: one file for each kind, each a function ``artifact, card -> clues``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from cleartitle.lineage.clues import adapter, card, hub, remembered
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Clue

if TYPE_CHECKING:
    from cleartitle.card import Card

Finder: TypeAlias = "Callable[[Artifact, Card | None], tuple[Clue, ...]]"
FINDERS: tuple[Finder, ...] = (card.find, adapter.find, hub.find, remembered.find)


def find(artifact: Artifact, read: Card | None) -> tuple[Clue, ...]:
    """Return every clue in *artifact*, strongest kind first."""
    return tuple(clue for finder in FINDERS for clue in finder(artifact, read))
