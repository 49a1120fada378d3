"""Whether a model handles more than text, from its configuration and its task."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.relations import Modality

if TYPE_CHECKING:
    from cleartitle.card import Card

_TEXT_TASKS = frozenset(
    {
        "text-generation", "text2text-generation", "fill-mask", "text-classification", "token-classification",
        "question-answering", "summarization", "translation", "sentence-similarity", "feature-extraction",
        "zero-shot-classification", "table-question-answering", "text-ranking",
    }
)  # fmt: skip
_MORE = ("vision_config", "audio_config", "vision_tower", "image_token_id", "image_token_index", "video_token_id")


def of(artifact: Artifact, card: Card | None) -> Modality:
    """Return the modality; unknown where neither configuration nor task tells."""
    if artifact.modality is not Modality.UNKNOWN:
        return artifact.modality
    config = _config(artifact)
    if any(key in config for key in _MORE):
        return Modality.MULTIMODAL
    task = card.pipeline_tag.normal if card and card.pipeline_tag else _tagged_task(artifact)
    if task:
        return Modality.TEXT if task in _TEXT_TASKS else Modality.MULTIMODAL
    architectures = config.get("architectures")
    named = architectures[0] if isinstance(architectures, list) and architectures else ""
    return Modality.TEXT if str(named).endswith("ForCausalLM") else Modality.UNKNOWN


def _config(artifact: Artifact) -> dict[str, object]:
    file = artifact.text("config.json")
    try:
        data = json.loads(file.text) if file else {}
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _tagged_task(artifact: Artifact) -> str:
    return next((tag for tag in artifact.tags if tag in _TEXT_TASKS or tag.startswith("image-text-to-")), "")
