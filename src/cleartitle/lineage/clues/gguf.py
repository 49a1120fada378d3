"""The header of a GGUF file: what it was converted from (``general.source``), and the bases that it names.

llama.cpp's converter copies ``general.base_model`` from the card of the model that it converts. So where the card or
the header names that model, these are its parents and not the file's own; only where nobody does are they clues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleartitle.formats.gguf import GgufHeader, GgufParent, over, read_gguf
from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card

_SUFFIX = ".gguf"


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:
    """Return what the headers of the GGUF files that were read say of their origin."""
    carded = _declared(artifact, card)
    headers = ((t.path, read_gguf(over(t.data))) for t in artifact.texts if t.path.lower().endswith(_SUFFIX))
    found = (clue for path, header in headers for clue in _clues(artifact, path, header, carded=carded))
    return tuple(dict.fromkeys(found))


def _declared(artifact: Artifact, card: Card | None) -> bool:
    inferred, recorded = artifact.inferred, artifact.declared
    tagged = any(tag.startswith("base_model:") for tag in artifact.tags)
    return bool(
        tagged or (card and card.base_models) or (inferred and inferred.models) or (recorded and recorded.base_models)
    )


def _clues(artifact: Artifact, path: str, header: GgufHeader, *, carded: bool) -> tuple[Clue, ...]:
    own = artifact.ref.name.casefold()
    source = (header.source,) if header.source and header.source.said else ()
    said = tuple(_clue(artifact, path, each, Confidence.HIGH) for each in source)
    known = tuple(c for c in said if c.parent is not None and c.parent.name.casefold() != own)
    if known or carded:
        return known
    bases = tuple(_clue(artifact, path, base, Confidence.MEDIUM) for base in header.parents if base.said)
    return bases or tuple(c for c in said if c.parent is None)


def _clue(artifact: Artifact, path: str, named: GgufParent, confidence: Confidence) -> Clue:
    """Return the clue; only an address is looked up, since names are spelled for people."""
    evidence = Evidence(
        method=Method.FILE, artifact=artifact.ref, path=path, quote=named.quote[:1000], confidence=confidence
    )
    return Clue(parent=parent(named.address), said=named.said, relation=Relation.QUANTIZED, evidence=evidence)
