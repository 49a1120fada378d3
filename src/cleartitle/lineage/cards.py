"""The card of an artifact."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleartitle.card import Card
    from cleartitle.vocabulary.artifact import Artifact


def card_of(artifact: Artifact) -> Card | None:
    """Return the card, parsed; None where the artifact has none, or it was not read."""
    file = next((t for t in artifact.texts if t.path.lower() == "readme.md"), None)
    if file is None:
        return None
    from cleartitle.card import read_card

    return read_card(file.data)
