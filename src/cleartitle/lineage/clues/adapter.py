"""PEFT's ``adapter_config.json``: the base an adapter was trained on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card

FILE = "adapter_config.json"
_KEY = "base_model_name_or_path"


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return the clue in the adapter's configuration, if there is one."""
    file = artifact.text(FILE)
    if file is None:
        return ()
    try:
        data = json.loads(file.text)
    except (ValueError, RecursionError):
        return ()
    said = data.get(_KEY) if isinstance(data, dict) else None
    if not isinstance(said, str) or not said:
        return ()
    place = file.text.find(f'"{_KEY}"')
    span = Span.of(file.text, place, file.text.find("\n", place) % (len(file.text) + 1)) if place >= 0 else None
    evidence = Evidence(method=Method.FILE, artifact=artifact.ref, path=FILE, span=span, quote=f"{_KEY}: {said}")
    return (Clue(parent=parent(said), said=said, relation=Relation.ADAPTER, evidence=evidence),)
