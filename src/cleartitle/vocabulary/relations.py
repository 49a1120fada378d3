"""The closed sets of the lineage: how artifacts relate, how well that is supported, what they handle."""

from __future__ import annotations

from enum import StrEnum


class Relation(StrEnum):
    """How an artifact was made from another. The first four are the Hub's own."""

    FINETUNE = "finetune"
    ADAPTER = "adapter"
    MERGE = "merge"
    QUANTIZED = "quantized"
    DISTILLED = "distilled"
    CONTINUED_PRETRAINING = "continued-pretraining"
    PRUNED = "pruned"
    CONVERTED = "converted"
    COPY = "copy"
    COMPONENT = "component"
    TRAINED_ON = "trained-on"


class Standing(StrEnum):
    """How well an edge of the lineage is supported."""

    CORROBORATED = "corroborated"
    """Independent clues agree."""
    DECLARED = "declared"
    """Only the publisher says so."""
    INFERRED = "inferred"
    """Nobody declares it; clues point to it."""
    CONTRADICTED = "contradicted"
    """Clues disagree."""


class Modality(StrEnum):
    """Whether a model handles more than text."""

    TEXT = "text"
    MULTIMODAL = "multimodal"
    UNKNOWN = "unknown"
