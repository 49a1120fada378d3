"""What the atlas recorded: declared bases, with the date of the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleartitle.lineage.clues.naming import parent, relation
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue

if TYPE_CHECKING:
    from cleartitle.card import Card


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return a clue for each base that is on record."""
    if artifact.declared is None:
        return ()
    kind = relation(artifact.declared.relation)
    return tuple(
        Clue(
            parent=parent(base),
            said=base,
            relation=kind,
            evidence=Evidence(
                method=Method.ATLAS,
                artifact=artifact.ref,
                path=artifact.provenance,
                quote=base,
                confidence=Confidence.MEDIUM,
            ),
        )
        for base in artifact.declared.base_models
    )
