"""The Hub's answer: ``base_model:RELATION:ID`` tags and what it infers (``baseModels``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleartitle.lineage.clues.naming import parent, relation
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Clue

if TYPE_CHECKING:
    from cleartitle.card import Card

_PREFIX = "base_model:"


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return a clue for each tag that names a base, and for each base that the Hub infers."""
    tagged = tuple(_tag(artifact, tag) for tag in artifact.tags if tag.startswith(_PREFIX))
    if artifact.inferred is None:
        return tagged
    kind = relation(artifact.inferred.relation)
    inferred = tuple(
        Clue(
            parent=parent(model),
            said=model,
            relation=kind,
            evidence=Evidence(method=Method.HUB_INFERENCE, artifact=artifact.ref, path="baseModels", quote=model),
        )
        for model in artifact.inferred.models
    )
    return tagged + inferred


def _tag(artifact: Artifact, tag: str) -> Clue:
    word, _, rest = tag.removeprefix(_PREFIX).partition(":")
    kind = relation(word)
    said = rest if kind else tag.removeprefix(_PREFIX)
    evidence = Evidence(method=Method.HUB_TAG, artifact=artifact.ref, path="tags", quote=tag)
    return Clue(parent=parent(said), said=said, relation=kind, evidence=evidence)
