"""What of the files that tell the lineage could not be read to the end, and why."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.files import MERGE_FILES
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.formats.safetensors import read_safetensors
from cleartitle.vocabulary.artifact import Artifact, Problem, TextFile

_ENDS = ("the file ends", "a list of", "more than the")
"""Reasons that only say that the head is a part of the file."""


def doubts(artifact: Artifact) -> Iterator[Problem]:
    """Yield a problem for each header that makes no sense, and for each recipe of which models were left out."""
    for file in artifact.texts:
        for why in _reasons(file):
            message = f"{file.path} was not read to its end: {why}"
            yield Problem(what="header" if file.cut or why.startswith("it claims") else "cut", message=message)


def _reasons(file: TextFile) -> Iterator[str]:
    name = file.path.lower()
    if name.endswith((".gguf", ".safetensors")):
        read = read_gguf if name.endswith(".gguf") else read_safetensors
        why = read(over(file.data)).stopped
        if why and file.data and not why.startswith(_ENDS):
            yield why
    elif file.path in MERGE_FILES:
        from cleartitle.formats.mergekit import read_recipe

        yield from (recipe.stopped for recipe in read_recipe(file.text) if recipe.stopped)
