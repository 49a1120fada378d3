"""mergekit recipes: every kind of file, what people paste into cards, and merges that are too large."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.formats.mergekit import MAX_INGREDIENTS, MAX_RECIPES, Recipe, Role, read_recipe, recipes_in
from shared import need


def models(recipe: Recipe) -> list[tuple[str, str]]:
    return [(i.model.target, i.role.value) for i in recipe.ingredients]


MODELS = """
models:
  - model: a/one@v2
    parameters: {weight: 0.25, density: 0.5}
  - model: a/two+b/lora
    parameters: {weight: [0, 0.5, 1]}
merge_method: ties
base_model: a/base
tokenizer_source: a/tokenizer
"""
SLICES = """
slices:
- sources:
  - {model: a/one, layer_range: [0, 20]}
- base_model: a/base
  sources:
  - {model: a/two, layer_range: [20, 40]}
  - {model: a/one, layer_range: [20, 40]}
merge_method: passthrough
tokenizer: {source: union, tokens: {"<s>": {source: {kind: model, model: a/tokenizer}}}}
"""
MODULES = """
modules:
  text_decoder:
    models: [{model: a/one}, {model: a/two}]
  vision_tower:
    slices: [{sources: [{model: a/eyes}]}]
merge_method: linear
"""
EXPERTS = """
base_model: a/base
gate_mode: hidden
experts:
- source_model: a/code
  positive_prompts: ["model: not/this"]
- source_model: a/prose
shared_experts:
- source_model: a/shared
"""
EVOLVE = """
genome:
  models: [a/one, a/two]
  merge_method: dare_ties
  base_model: a/base
tasks: [{name: "gsm8k", model: not/this}]
"""
SPELLED_OUT = """
merge_method: linear
models:
- model: {model: {path: a/one, revision: v3}, lora: {path: b/lora}}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MODELS, [("a/one@v2", "model"), ("a/two", "model"), ("b/lora", "adapter"), ("a/base", "base")]),
        (SLICES, [("a/one", "model"), ("a/base", "base"), ("a/two", "model")]),
        (MODULES, [("a/one", "model"), ("a/two", "model"), ("a/eyes", "model")]),
        (EXPERTS, [("a/base", "base"), ("a/code", "expert"), ("a/prose", "expert"), ("a/shared", "expert")]),
        (EVOLVE, [("a/one", "model"), ("a/two", "model"), ("a/base", "base")]),
        (SPELLED_OUT, [("a/one@v3", "model"), ("b/lora", "adapter")]),
    ],
    ids=["models", "slices", "modules", "experts", "evolve", "spelled-out"],
)
def test_every_kind_of_file_names_its_models_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    (recipe,) = read_recipe(text)
    assert models(recipe) == expected
    assert not recipe.spoiled


def test_a_weight_is_told_where_there_is_one() -> None:
    (recipe,) = read_recipe(MODELS)
    assert [i.weight for i in recipe.ingredients] == [0.25, None, None, None]
    for odd in (".nan", "nan", "-inf", "1e999", "x"):
        text = "merge_method: linear\nbase_model: a/c\nparameters: {weight: 1}\nmodels:\n- model: a/b\n"
        (recipe,) = read_recipe(f"{text}  parameters: {{weight: {odd}}}\n")
        assert [i.weight for i in recipe.ingredients] == [None, None]


def test_the_place_of_each_model_is_known() -> None:
    (recipe,) = read_recipe(MODELS)
    spans = [i.span for i in recipe.ingredients]
    assert [MODELS[s.start : s.end] for s in spans] == ["a/one@v2", "a/two+b/lora", "a/two+b/lora", "a/base"]
    assert [s.line for s in spans] == [3, 5, 5, 8]


def test_stages_that_one_file_makes_for_itself_are_no_parents() -> None:
    stages = "name: step\nmerge_method: slerp\nmodels: [{model: a/one}]\n---\nmerge_method: ties\nbase_model: ./step\n"
    first, second = read_recipe(stages + "models: [{model: step}, {model: a/two}]\n")
    assert (models(first), models(second)) == ([("a/one", "model")], [("a/two", "model")])
    assert (first.name, second.method) == ("step", "ties")


def test_paths_into_the_cache_of_the_hubs_client_are_ids() -> None:
    (recipe,) = read_recipe("models:\n- model: D:/hub/models--a--one/snapshots/0123456789abcdef\n- model: D:/my/own\n")
    assert models(recipe) == [("a/one@0123456789abcdef", "model"), ("D:/my/own", "model")]


CARD = f"""---
license: mit
base_model: not/this
---
# A merge

```yaml
{MODELS}
```

Train it like this:

```yaml
base_model: not/this
datasets: [{{path: not/that}}]
```

```
Say: model: hello
```
"""


def test_a_recipe_pasted_in_a_card_is_found_and_other_blocks_are_not() -> None:
    (recipe,) = recipes_in(CARD)
    assert models(recipe)[:2] == [("a/one@v2", "model"), ("a/two", "model")]
    assert CARD[recipe.span.start : recipe.span.end].strip() == MODELS.strip()


@pytest.mark.parametrize(
    "pasted",
    [
        "```\nmerge_method: ties\nbase_model: a/base\nmodels:\n- model: a/one\n    parameters:\n    weight: 1\n```\n",
        "merge_method: ties\n\n  - base_model: a/base\n\n  - model: a/one\n   \n      weight: 0.4 / x: 1\n\n## End\n",
        "```\nmergekit --model a/one --weight 1 \\\n --base-model a/base\n\nmerge_method: ties\nno yaml: [\n```\n",
        "> ```\n> merge_method: ties\n> base_model: a/base\n> models:\n> - model: a/one\n> ```\n",
    ],
    ids=["bad-indent", "no-fences", "command-line", "quoted"],
)
def test_a_recipe_that_pasting_spoiled_is_read_line_by_line(pasted: str) -> None:
    (recipe,) = recipes_in(f"# A merge of a/model: yes\n\n{pasted}\nmodel: not/this\n")
    assert sorted(models(recipe)) == [("a/base", "base"), ("a/one", "model")]
    assert recipe.spoiled
    assert recipe.method == "ties"


def test_several_recipes_of_one_card_are_told_apart() -> None:
    text = f"Stage one\n```yaml\n{MODELS}```\nStage two\n~~~\n{EXPERTS}~~~\n"
    assert [models(r)[0] for r in recipes_in(text)] == [("a/one@v2", "model"), ("a/base", "base")]


def test_stages_that_a_card_describes_one_by_one_are_no_parents() -> None:
    stage = "### {}\n\n```yaml\nmerge_method: slerp\nmodels: [{{model: {}}}, {{model: {}}}]\n```\n"
    steps = [("step-1", "a/one", "a/two"), ("step-2", "me/Step-1", "a/three"), ("me/final", "me/step-2", "a/final")]
    found = recipes_in("# me/final\n\n" + "".join(stage.format(*step) for step in steps))
    assert [[name for name, _ in models(r)] for r in found] == [["a/one", "a/two"], ["a/three"], ["a/final"]]


def test_a_heading_that_names_an_ingredient_takes_nothing_away() -> None:
    (recipe,) = recipes_in(
        "# Title\n### one\n```\nmerge_method: slerp\nmodels: [{model: a/one}, {model: a/two}]\n```\n"
    )
    assert [name for name, _ in models(recipe)] == ["a/one", "a/two"]


def test_a_merge_of_ten_thousand_models_is_cut_and_that_is_said() -> None:
    (recipe,) = read_recipe("merge_method: linear\nmodels:\n" + "".join(f"- model: a/m{n}\n" for n in range(10_000)))
    assert len(recipe.ingredients) == MAX_INGREDIENTS
    assert recipe.stopped == "only the first 500 of at least 10,000 models were read"


def test_a_merge_too_large_for_yaml_is_cut_too() -> None:
    (recipe,) = read_recipe("merge_method: linear\nmodels:\n" + "".join(f"- model: a/m{n}\n" for n in range(60_000)))
    assert recipe.spoiled
    assert recipe.stopped


def test_a_bomb_of_aliases_names_what_it_names() -> None:
    anchors = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    (recipe,) = read_recipe(f"{anchors}merge_method: linear\nmodels: [{{model: a/one}}]\n")
    assert models(recipe) == [("a/one", "model")]


@pytest.mark.parametrize(
    "text", ["", "[]", "just words", "- a\n- b\n", "%TAG ! x\n---\na: b", "[" * 10_000, "\x00", "a: *b"]
)
def test_nonsense_is_no_recipe(text: str) -> None:
    assert read_recipe(text) == ()
    assert recipes_in(text) == ()


def test_many_recipes_end_at_the_limit() -> None:
    assert len(recipes_in("```\nmerge_method: x\nmodels: [{model: a/b}]\n```\n" * 200)) == MAX_RECIPES


NAMES = st.from_regex(r"[a-z]{1,8}/[a-z0-9]{1,8}", fullmatch=True)


@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), NAMES)
def test_the_order_of_models_stays_and_none_is_lost(names: list[str], base: str) -> None:
    listed = "".join(f"- model: {name}\n" for name in names)
    (recipe,) = recipes_in(f"Text.\n\n```yaml\nmerge_method: ties\nmodels:\n{listed}base_model: {base}\n```\n")
    assert [i.model.name for i in recipe.ingredients if i.role is Role.MODEL] == names
    assert recipe.ingredients[-1].model.name == base


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    read_recipe(text)
    recipes_in(f"```\nmerge_method: {text}\n```")


def test_real_configurations_all_name_their_models() -> None:
    files = sorted(need("corpus", "lineage_files").glob("*mergekit*"))
    assert len(files) > 20
    for path in files:
        (recipe,) = read_recipe(path.read_text(encoding="utf-8"))
        roles = {i.role for i in recipe.ingredients}
        assert Role.MODEL in roles, path.name
        assert not recipe.stopped, path.name
        text = path.read_text(encoding="utf-8")
        assert all(i.model.said in text for i in recipe.ingredients), path.name


def test_real_cards_with_a_recipe_all_give_one() -> None:
    cards = [p for p in need("corpus", "cards").glob("*.md") if "merge_method:" in p.read_text(encoding="utf-8")]
    assert len(cards) > 20
    silent = [p.name for p in cards if not recipes_in(p.read_text(encoding="utf-8"))]
    assert silent == []
