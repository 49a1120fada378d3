"""``config.json``: what was loaded before it was saved again, and whether the weights are quantized.

``_name_or_path`` is what somebody loaded last: it outlives many edits, and saving anew replaces it. So it is a hint,
for where nothing better is known. The architecture is no lineage at all: many unrelated models share one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cleartitle.formats.naming import named
from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card

FILE = "config.json"
_KEY = "_name_or_path"


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return the clue in the configuration, if it names a repository; a local path tells nobody anything."""
    data = _read(artifact)
    said = data.get(_KEY)
    found = named(said) if isinstance(said, str) else None
    meant = parent(found.target) if found else None
    file = artifact.text(FILE)
    if found is None or meant is None or file is None:
        return ()
    place = file.text.find(f'"{_KEY}"')
    span = Span.of(file.text, place, place + len(_KEY) + 2) if place >= 0 else None
    evidence = Evidence(
        method=Method.FILE,
        artifact=artifact.ref,
        path=FILE,
        span=span,
        quote=f"{_KEY}: {found.said}",
        confidence=Confidence.LOW,
    )
    relation = Relation.QUANTIZED if quantized(artifact) else None
    return (Clue(parent=meant, said=found.said, relation=relation, evidence=evidence),)


def quantized(artifact: Artifact) -> bool:
    """Whether the configuration says that the weights are quantized."""
    return isinstance(_read(artifact).get("quantization_config"), dict)


def _read(artifact: Artifact) -> dict[str, object]:
    file = artifact.text(FILE)
    try:
        data: object = json.loads(file.text) if file else None
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
