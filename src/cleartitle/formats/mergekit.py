"""mergekit: which models a merge was made from, in its configuration file or in a recipe pasted in a card.

All of its kinds are read: ``models``, ``slices``, ``modules``, experts, evolve genomes, several documents; so are the
recipes that people spoil in pasting, line by line. Where only the tokenizer was taken from is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice

from attrs import evolve, frozen

from cleartitle.card import Field, ListNode, MapNode, Node, Scalar, Tree, parse
from cleartitle.formats.blocks import Block, documents, fenced, unfenced
from cleartitle.formats.naming import Named, named
from cleartitle.vocabulary.evidence import Span

MAX_INGREDIENTS = 500
"""Models of one recipe; the rest is cut, and that is said."""
MAX_RECIPES = 50
"""Recipes of one card."""
MAX_ABOVE = 1_000
"""Characters between a recipe and the heading that names it."""
MAX_LINES = 20_000
"""Models named in a recipe that is read line by line."""
_ASIDE = frozenset({"parameters", "tokenizer", "tokenizer_source", "chat_template", "tasks"})
"""Keys under which a model is named that gives no weights."""
_RECIPE = frozenset({"merge_method", "slices", "modules", "experts", "genome"})
_SIGN = re.compile(r"^[ \t>]{0,20}(?:merge_method|slices|experts|genome)[ \t]{0,8}:", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[ \t]{1,8}(\S{1,200})[ \t]*$", re.MULTILINE)
_METHOD = re.compile(r"^[ \t>]{0,20}merge_method[ \t]{0,8}:[ \t]{0,8}(\w{1,60})", re.MULTILINE)
_LINE = re.compile(
    r"""^[ \t>]{0,40}(?:-[ \t]{1,8}){0,4}(?P<key>model|base_model|source_model)[ \t]{0,8}:[ \t]{0,8}
        ["']?(?P<value>[^\s"'\#][^\n\#"']{0,400})
      | --(?P<option>model|base-model|lora)[ \t=]{1,8}(?P<given>[^\s\\]{1,400})""",
    re.MULTILINE | re.VERBOSE,
)


class Role(StrEnum):
    """What a model is in a merge."""

    BASE = "base"
    MODEL = "model"
    EXPERT = "expert"
    """A part of a mixture of experts."""
    ADAPTER = "adapter"
    """Applied to a model before the merge (``model+lora``)."""


_ROLES = {
    "base_model": Role.BASE,
    "base-model": Role.BASE,
    "model": Role.MODEL,
    "source_model": Role.EXPERT,
    "lora": Role.ADAPTER,
}


@frozen(kw_only=True)
class Ingredient:
    """A model of a merge."""

    model: Named
    role: Role
    weight: float | None = None
    """Its one weight; None where there is none, or more than one."""
    span: Span


@frozen(kw_only=True)
class Recipe:
    """One merge."""

    ingredients: tuple[Ingredient, ...]
    """Each model once in each role, in order; without those that an earlier document of the same recipe makes."""
    method: str = ""
    name: str = ""
    """What the recipe, or the heading above it, calls its result."""
    span: Span
    spoiled: bool = False
    """Whether it is no valid YAML, and was read line by line."""
    stopped: str = ""
    """What was left out because a limit was reached."""


def read_recipe(text: str) -> tuple[Recipe, ...]:
    r"""Return the merges of a configuration file, one for each of its documents.

    >>> (recipe,) = read_recipe("merge_method: linear\nmodels:\n- model: a/b+c/lora\n  parameters: {weight: 0.3}\n")
    >>> [(i.model.target, str(i.role), i.weight) for i in recipe.ingredients]
    [('a/b', 'model', 0.3), ('c/lora', 'adapter', 0.3)]
    """
    found = tuple(_recipe(text, block) for block in islice(documents(text, 0, len(text)), MAX_RECIPES))
    return _known(recipe for recipe in found if recipe.ingredients or recipe.stopped)


def recipes_in(text: str) -> tuple[Recipe, ...]:
    """Return the merges whose recipes are pasted in a card, in order, at most `MAX_RECIPES`."""
    blocks = [b for b in fenced(text) if _SIGN.search(text, b.start, b.end)]
    blocks += unfenced(text, _SIGN, blocks)
    parts = (part for block in sorted(blocks) for part in documents(text, block.start, block.end))
    found = (_recipe(text, part) for part in parts if _SIGN.search(text, part.start, part.end))
    named_ones = (_headed(text, recipe) for recipe in found if recipe.ingredients or recipe.stopped)
    return _known(islice(named_ones, MAX_RECIPES))


def _recipe(text: str, block: Block) -> Recipe:
    parsed = parse(text, block.start, block.end)
    span = Span.of(text, block.start, block.end)
    match parsed:
        case Tree(root=MapNode() as root):
            name, method = root.get("name"), root.get("merge_method")
            return evolve(_collected(_walk(root), span), name=_text(name), method=_text(method))
        case Tree():
            return Recipe(ingredients=(), span=span)
        case _:
            line = _METHOD.search(text, block.start, block.end)
            found = _collected(_recovered(text, block), span)
            return evolve(found, method=line[1] if line else "", spoiled=True)


def _collected(found: Iterator[Ingredient], span: Span) -> Recipe:
    kept: dict[tuple[str, Role], Ingredient] = {}
    left_out: set[tuple[str, Role]] = set()
    for each in found:
        key = each.model.target, each.role
        before = kept.get(key)
        if before is not None:
            kept[key] = before if before.weight == each.weight else evolve(before, weight=None)
        elif len(kept) < MAX_INGREDIENTS:
            kept[key] = each
        else:
            left_out.add(key)
    total = len(kept) + len(left_out)
    stopped = f"only the first {len(kept):,} of at least {total:,} models were read" if left_out else ""
    return Recipe(ingredients=tuple(kept.values()), span=span, stopped=stopped)


def _known(recipes: Iterable[Recipe]) -> tuple[Recipe, ...]:
    """Return the recipes without the models that one of them makes for another."""
    found = tuple(recipes)

    def bought(recipe: Recipe) -> tuple[Ingredient, ...]:
        made = {other.name.casefold() for other in found if other is not recipe and other.name}
        return tuple(i for i in recipe.ingredients if not made & _called(i.model.name))

    return tuple(evolve(recipe, ingredients=bought(recipe)) for recipe in found)


def _called(name: str) -> set[str]:
    """Return what else a model may be called in the place where it is made: without its owner or folder."""
    return {name.casefold(), name.rpartition("/")[2].casefold()}


def _headed(text: str, recipe: Recipe) -> Recipe:
    """Return the recipe with the name that stands in the heading above it, where it has none."""
    above = text.rfind("\n#", max(0, recipe.span.start - MAX_ABOVE), recipe.span.start)
    heading = _HEADING.match(text, above + 1) if above >= 0 and not recipe.name else None
    return evolve(recipe, name=heading[1]) if heading else recipe


def _walk(node: Node, weight: float | None = None) -> Iterator[Ingredient]:
    match node:
        case MapNode(fields=fields):
            weight = _weight(node)
            for field in fields:
                yield from _field(field, weight)
        case ListNode(items=items):
            for item in items:
                yield from _walk(item, weight)
        case Scalar():
            pass


def _field(field: Field, weight: float | None) -> Iterator[Ingredient]:
    if field.name in _ASIDE:
        return
    if field.name in _ROLES:
        role = _ROLES[field.name]
        yield from _models(field.value, role, None if role is Role.BASE else weight)
    elif field.name == "models" and isinstance(field.value, ListNode):
        for item in field.value.items:  # an evolve genome lists plain names, mergekit proper does not
            yield from _models(item, Role.MODEL, None) if isinstance(item, Scalar) else _walk(item)
    else:
        yield from _walk(field.value)


def _models(node: Node, role: Role, weight: float | None) -> Iterator[Ingredient]:
    """Yield the models of a reference: ``path@revision+lora``, or mergekit's mapping of ``model`` and ``lora``."""
    match node:
        case Scalar(empty=False, text=text, span=span):
            yield from _split(text, role, weight, span)
        case MapNode() if isinstance(node.get("path"), Scalar):
            model = named(_text(node.get("path")), _text(node.get("revision")))
            if model:
                yield Ingredient(model=model, role=role, weight=weight, span=node.span)
        case MapNode(fields=fields):
            for field in fields:
                if field.name in ("model", "lora"):
                    inner = Role.ADAPTER if field.name == "lora" else role
                    yield from _models(field.value, inner, weight)
        case _:
            pass


def _split(text: str, role: Role, weight: float | None, span: Span) -> Iterator[Ingredient]:
    base, _, adapter = text.partition("+")
    for said, its in ((base, role), (adapter, Role.ADAPTER)):
        if model := named(said):
            yield Ingredient(model=model, role=its, weight=weight, span=span)


def _recovered(text: str, block: Block) -> Iterator[Ingredient]:
    line, counted = text.count("\n", 0, block.start) + 1, block.start
    for found in islice(_LINE.finditer(text, block.start, block.end), MAX_LINES):
        group = "value" if found["value"] else "given"
        start, end = found.span(group)
        line, counted = line + text.count("\n", counted, start), start
        span = Span(line=line, end_line=line, start=start, end=end)
        yield from _split(found[group].rstrip(), _ROLES[found["key"] or found["option"]], None, span)


def _weight(node: MapNode) -> float | None:
    parameters = node.get("parameters")
    said = _text(parameters.get("weight")) if isinstance(parameters, MapNode) else ""
    try:
        weight = float(said)
    except ValueError:
        return None
    return weight if math.isfinite(weight) else None


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) and not node.empty else ""
