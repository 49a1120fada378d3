"""The card's front matter: ``base_model`` and ``base_model_relation``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleartitle.lineage.clues.naming import parent, relation
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Clue

if TYPE_CHECKING:
    from cleartitle.card import Card

MAX_BASES = 500


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:
    """Return a clue for each base model that the card declares."""
    if card is None:
        return ()
    kind = relation(card.base_model_relation.text) if card.base_model_relation else None
    path = next((t.path for t in artifact.texts if t.path.lower() == "readme.md"), "README.md")
    return tuple(
        Clue(
            parent=parent(base.text),
            said=base.text,
            relation=kind,
            evidence=Evidence(
                method=Method.FRONT_MATTER, artifact=artifact.ref, path=path, span=base.span, quote=base.text
            ),
        )
        for base in card.base_models[:MAX_BASES]
    )
