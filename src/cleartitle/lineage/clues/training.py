"""What training tools write: the sentences of their cards, and their configurations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleartitle.files import TRAINING_FILES
from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card
    from cleartitle.formats.training import Training

_ADAPTERS = frozenset({"adapter_config.json", "adapter_model.safetensors", "adapter_model.bin"})


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:
    """Return a clue for each base that a tool names, once."""
    if not artifact.texts and card is None:
        return ()
    from cleartitle.formats.training import read_training

    found = [
        _clue(artifact, file.path, file.text, training, Method.FILE)
        for file in artifact.texts
        if file.path in TRAINING_FILES and (training := read_training(file.text))
    ]
    found += _carded(artifact, card) if card else ()
    return tuple({clue.parent or clue.said: clue for clue in reversed(found)}.values())[::-1]


def _carded(artifact: Artifact, card: Card) -> Iterator[Clue]:
    from cleartitle.formats.training import trainings_in

    path = next((t.path for t in artifact.texts if t.path.lower() == "readme.md"), "README.md")
    for training in trainings_in(card):
        yield _clue(artifact, path, card.text, training, Method.PROSE)


def _clue(artifact: Artifact, path: str, text: str, training: Training, method: Method) -> Clue:
    base = training.base
    trained = Relation.ADAPTER if _ADAPTERS & {file.path for file in artifact.files} else Relation.FINETUNE
    evidence = Evidence(
        method=method,
        artifact=artifact.ref,
        path=path,
        span=base.span,
        quote=text[base.span.start : base.span.end][:400],
        confidence=Confidence.HIGH if training.tool else Confidence.MEDIUM,
    )
    return Clue(parent=parent(base.named.target), said=base.named.said, relation=trained, evidence=evidence)
