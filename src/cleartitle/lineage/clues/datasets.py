"""What a model was trained on: the card's ``datasets``, the Hub's tags for them, what training tools and GGUF name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from cleartitle.errors import BadReference
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card

MAX_DATASETS = 50
_TAG = "dataset:"
_PREFIXES = ("https://huggingface.co/datasets/", "https://hf.co/datasets/", "datasets/")


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:
    """Return a clue for each dataset that can be looked up, and for each that cannot."""
    if artifact.ref.scheme is Scheme.DATASET:
        return ()
    return tuple(islice(_all(artifact, card), MAX_DATASETS))


def _all(artifact: Artifact, card: Card | None) -> Iterator[Clue]:
    readme = next((t.path for t in artifact.texts if t.path.lower() == "readme.md"), "README.md")
    for value in card.datasets if card else ():
        yield _clue(artifact, value.text, Method.FRONT_MATTER, readme, value.span)
    if card is None or not card.datasets:
        for tag in artifact.tags:
            if tag.startswith(_TAG):
                yield _clue(artifact, tag.removeprefix(_TAG), Method.HUB_TAG, "tags", None)
    if card:
        from cleartitle.formats.training import trainings_in

        for training in trainings_in(card):
            for named in training.datasets:
                yield _clue(artifact, named.named.name, Method.PROSE, readme, named.span)
    for file in artifact.texts:
        if file.path.lower().endswith(".gguf"):
            for said in read_gguf(over(file.data)).datasets:
                yield _clue(artifact, said, Method.FILE, file.path, None)


def _clue(artifact: Artifact, said: str, method: Method, path: str, span: Span | None) -> Clue:
    sure = Confidence.MEDIUM if method is Method.PROSE else Confidence.HIGH
    evidence = Evidence(method=method, artifact=artifact.ref, path=path, span=span, quote=said[:400], confidence=sure)
    return Clue(parent=_meant(said), said=said[:400], relation=Relation.TRAINED_ON, evidence=evidence)


def _meant(said: str) -> ModelRef | None:
    name = said.strip()
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    try:
        return ModelRef.dataset(name)
    except BadReference:
        return None
