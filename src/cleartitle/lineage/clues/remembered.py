"""What stands in no card: the bases that the atlas recorded, or that a site lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleartitle.lineage.clues.naming import parent, relation
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue

if TYPE_CHECKING:
    from cleartitle.card import Card


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return a clue for each base that is on record."""
    if artifact.declared is None:
        return ()
    kind = relation(artifact.declared.relation)
    method = Method.ATLAS if artifact.origin is Origin.ATLAS else Method.LISTING
    return tuple(
        Clue(
            parent=parent(base),
            said=base,
            relation=kind,
            evidence=Evidence(
                method=method,
                artifact=artifact.ref,
                path=artifact.provenance,
                quote=base,
                confidence=Confidence.MEDIUM,
            ),
        )
        for base in artifact.declared.base_models
    )
