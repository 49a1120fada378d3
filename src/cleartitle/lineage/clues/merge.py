"""Merge recipes: mergekit's configuration files, and recipes pasted in the card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleartitle.files import MERGE_FILES
from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card
    from cleartitle.formats.mergekit import Ingredient, Recipe


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:
    """Return a clue for each model of a merge, once; from the file, or else from what the card shows."""
    if not artifact.texts and card is None:
        return ()
    from cleartitle.formats.mergekit import read_recipe, recipes_in

    filed = [_Where(artifact, text.path, Method.FILE, text.text) for text in artifact.texts if text.path in MERGE_FILES]
    found = [clue for where in filed for recipe in read_recipe(where.text) for clue in where.clues(recipe)]
    if not found and card is not None:
        path = next((t.path for t in artifact.texts if t.path.lower() == "readme.md"), "README.md")
        where, recipes = _Where(artifact, path, Method.PROSE, card.text), recipes_in(card.text)
        sure = len(recipes) == 1 and not recipes[0].spoiled and not _copied(artifact)
        found = [clue for recipe in recipes for clue in where.clues(recipe, sure=sure)]
    return tuple({(clue.parent, clue.said): clue for clue in reversed(found)}.values())[::-1]


class _Where:
    """Where recipes were read."""

    def __init__(self, artifact: Artifact, path: str, method: Method, text: str) -> None:
        self._artifact, self._path, self._method, self.text = artifact, path, method, text

    def clues(self, recipe: Recipe, *, sure: bool = True) -> Iterator[Clue]:
        """Yield a clue for each model of *recipe*."""
        confidence = Confidence.HIGH if sure and not recipe.spoiled else Confidence.MEDIUM
        for each in recipe.ingredients:
            evidence = Evidence(
                method=self._method,
                artifact=self._artifact.ref,
                path=self._path,
                span=each.span,
                quote=self.text[each.span.start : each.span.end][:400],
                confidence=confidence,
            )
            yield Clue(parent=_meant(each), said=each.model.said, relation=Relation.MERGE, evidence=evidence)


def _meant(ingredient: Ingredient) -> ModelRef | None:
    """Return the repository that is meant; a bare name is that of a folder or of an earlier stage."""
    return parent(ingredient.model.target) if "/" in ingredient.model.name else None


def _copied(artifact: Artifact) -> bool:
    """Whether the card may be another model's: those who quantize copy the card, recipe and all."""
    return any(file.path.lower().endswith(".gguf") for file in artifact.files)
