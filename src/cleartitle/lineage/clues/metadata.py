"""The texts in a safetensors header: what an image adapter was trained on, what a checkpoint was merged from."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from cleartitle.formats.gguf import over
from cleartitle.formats.naming import named
from cleartitle.formats.safetensors import SafetensorsHeader, read_safetensors
from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card

_SUFFIX = ".safetensors"
_TRAINED = "ss_sd_model_name"
_MERGED = "modelspec.merged_from"
_MAX_MERGED = 100


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return what the headers of the safetensors files that were read say of their origin."""
    headers = ((t.path, read_safetensors(over(t.data))) for t in artifact.texts if t.path.lower().endswith(_SUFFIX))
    return tuple(dict.fromkeys(clue for path, header in headers for clue in _clues(artifact, path, header)))


def _clues(artifact: Artifact, path: str, header: SafetensorsHeader) -> Iterator[Clue]:
    def clue(key: str, said: str, meant: ModelRef | None, kind: Relation, sure: Confidence) -> Clue:
        quote = f"{key}: {said}"[:400]
        evidence = Evidence(method=Method.FILE, artifact=artifact.ref, path=path, quote=quote, confidence=sure)
        return Clue(parent=meant, said=said[:400], relation=kind, evidence=evidence)

    if said := header.get(_TRAINED).strip():
        yield clue(_TRAINED, said, _meant(said), Relation.ADAPTER, Confidence.HIGH)
    for said in header.get(_MERGED).split(",")[:_MAX_MERGED]:
        if said.strip():
            yield clue(_MERGED, said.strip(), _meant(said), Relation.MERGE, Confidence.MEDIUM)
    if not _meant(header.get(_TRAINED)):
        for key, models in families().items():
            if model := models.get(header.get(key)):
                yield clue(key, header.get(key), ModelRef.hub(model), Relation.ADAPTER, Confidence.LOW)


@functools.cache
def families() -> Mapping[str, Mapping[str, str]]:
    """Return the model that each word of each key stands for."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        files("cleartitle.lineage.clues").joinpath("metadata.toml").read_text(encoding="utf-8")
    )
    return found


def _meant(said: str) -> ModelRef | None:
    """Return the repository that *said* means; the name of a file means none."""
    found = named(said)
    if found is None or "/" not in found.name or found.name.lower().endswith((_SUFFIX, ".ckpt", ".pt")):
        return None
    return parent(found.target)
