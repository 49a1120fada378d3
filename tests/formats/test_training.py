"""Training tools: their configurations, the sentences of their cards, and the licenses they write on their own."""

from __future__ import annotations

import pytest

from cleartitle.card import read_card
from cleartitle.formats.training import Training, default_license, read_adapter, read_training, tools, trainings_in
from shared import need

UNSLOTH = """# Uploaded model

- **Developed by:** someone
- **License:** apache-2.0
- **Finetuned from model :** unsloth/base-bnb-4bit

This llama model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth) and more.
"""
TRL = """This model is a fine-tuned version of [a/base](https://huggingface.co/a/base) on the \
[d/texts](https://huggingface.co/datasets/d/texts) dataset.
It has been trained using [TRL](https://github.com/huggingface/trl).
"""
TRAINER = """<!-- This model card has been generated automatically according to the information the Trainer had access
to. -->
This model is a fine-tuned version of [base](https://huggingface.co/base) on an unknown dataset.
"""
TRAINER = TRAINER.replace("access\nto", "access to")
AXOLOTL = """<details><summary>See axolotl config</summary>

```yaml
base_model: a/base
adapter: lora
datasets:
  - path: d/texts
  - path: ./own.jsonl
```
</details>
"""


def found(body: str, front: str = "license: mit") -> list[tuple[str, str, list[str], str]]:
    return [flat(t) for t in trainings_in(read_card(f"---\n{front}\n---\n{body}".encode()))]


def flat(training: Training) -> tuple[str, str, list[str], str]:
    datasets = [d.named.target for d in training.datasets]
    return training.tool, training.base.named.target, datasets, training.adapter


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (UNSLOTH, ("unsloth", "unsloth/base-bnb-4bit", [], "")),
        (TRL, ("trl", "a/base", ["d/texts"], "")),
        (TRAINER, ("trainer", "base", [], "")),
        (AXOLOTL, ("axolotl", "a/base", ["d/texts", "./own.jsonl"], "lora")),
        (TRL.partition("\n")[0], ("", "a/base", ["d/texts"], "")),
    ],
    ids=["unsloth", "trl", "trainer", "axolotl", "tool-not-told"],
)
def test_the_cards_of_tools_name_the_base(body: str, expected: tuple[str, str, list[str], str]) -> None:
    assert found(body) == [expected]


def test_the_place_of_the_base_is_known() -> None:
    text = f"---\nlicense: mit\n---\n{UNSLOTH}"
    (training,) = trainings_in(read_card(text.encode()))
    span = training.base.span
    assert text[span.start : span.end] == "unsloth/base-bnb-4bit"
    assert text.splitlines()[span.line - 1].startswith("- **Finetuned")


@pytest.mark.parametrize(
    "body",
    [
        "We fine-tuned a model.",
        "This model is a fine-tuned version of [x](https://example.org/x).",
        "This model is a fine-tuned version of x.",
        "```yaml\nbase_model: a/base\nmerge_method: ties\noutput_dir: x\n```",
        "```yaml\nbase_model: a/base\n```",
        "```yaml\n- a\n```",
    ],
)
def test_other_words_name_nothing(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "base_model: a/b\nrevision_of_model: v1\ndatasets:\n- path: c/d\npretraining_dataset: e/f\n",
            ("axolotl", "a/b@v1", ["c/d", "e/f"], ""),
        ),
        ("model_name_or_path: a/b\nstage: sft\nfinetuning_type: lora\n", ("llama-factory", "a/b", [], "lora")),
        ("model_name_or_path: a/b\nstage: sft\nfinetuning_type: full\n", ("llama-factory", "a/b", [], "")),
        (
            "model_name_or_path: a/b\nmodel_revision: v2\ndataset_name: c/d\nuse_peft: true\n",
            ("trl", "a/b@v2", ["c/d"], "lora"),
        ),
        ("model_name_or_path: a/b\ndataset_mixer: {c/d: 1.0, e/f: 0.5}\n", ("trl", "a/b", ["c/d", "e/f"], "")),
    ],
)
def test_configurations_name_base_datasets_and_adapter(text: str, expected: tuple[str, str, list[str], str]) -> None:
    training = read_training(text)
    assert training is not None
    assert flat(training) == expected


@pytest.mark.parametrize(
    "text",
    ["", "[", "base_model: a/b\n", "base_model: []\ndatasets: x\n", "model_name_or_path:\nstage: sft\n", "x: 1\n"],
)
def test_other_files_are_no_configuration(text: str) -> None:
    assert read_training(text) is None


def test_an_adapter_names_its_base_and_the_revision() -> None:
    training = read_adapter('{\n\t"base_model_name_or_path": "a/b",\n\t"revision": "v1",\n\t"peft_type": "LORA"\n}')
    assert training is not None
    assert flat(training) == ("peft", "a/b@v1", [], "lora")
    for text in ('{"base_model_name_or_path": null}', "[1]", "", '{"base_model_name_or_path": {"a": 1}}'):
        assert read_adapter(text) is None


LLAMA_FACTORY = "license: other\ntags: [llama-factory, lora]"


@pytest.mark.parametrize(
    ("front", "body", "tool"),
    [
        ("license: apache-2.0", UNSLOTH, "unsloth"),
        ("license: llama3", UNSLOTH, None),
        ("license: apache-2.0\nlicense_link: LICENSE", UNSLOTH, None),
        ("license: apache-2.0", "Trained by hand, and not with Unsloth.", None),
        (LLAMA_FACTORY, "", "llama-factory"),
        (f"{LLAMA_FACTORY}\nlicense_name: mine", "", None),
        ("license: other", "", None),
        ("tags: [llama-factory]", "", None),
        ("license: [apache-2.0, mit]", UNSLOTH, None),
    ],
)
def test_a_license_that_a_tool_wrote_is_told_from_a_choice(front: str, body: str, tool: str | None) -> None:
    default = default_license(read_card(f"---\n{front}\n---\n{body}".encode()))
    assert (default.tool if default else None) == tool
    assert default is None or (default.why and default.license.span.line == 2)


def test_each_tool_has_a_sign_and_a_source() -> None:
    for tool in tools():
        assert tool.sign or tool.tag
        assert tool.source.startswith("https://")
        assert bool(tool.license) == bool(tool.why)


def test_endless_beginnings_of_sentences_cost_nothing() -> None:
    assert found("This model is a fine-tuned version of [" * 20_000) == []
    assert len(found(AXOLOTL * 2_000)) <= 20


def test_the_real_axolotl_configuration_is_read() -> None:
    text = need("corpus", "lineage_files", "ShinojiResearch__Senku-70B-Full.card-axolotl.yml").read_text(
        encoding="utf-8"
    )
    training = read_training(text)
    assert training is not None
    assert flat(training) == ("axolotl", "152334H/miqu-1-70b-sf", ["Open-Orca/SlimOrca"], "qlora")


def test_real_adapters_name_their_base() -> None:
    files = need("corpus", "lineage_files").glob("*__*adapter_config.json")
    named = {p.name: t.base.named.target for p in files if (t := read_adapter(p.read_text(encoding="utf-8")))}
    assert len(named) == 3
    assert named["EDLlyc__kangya-glm4-lora.adapter_config.json"].startswith("/root/")


def test_what_real_cards_name_is_in_their_text() -> None:
    for path in need("corpus", "cards").glob("*.md"):
        card = read_card(path.read_bytes())
        for training in trainings_in(card):
            span = training.base.span
            assert training.base.named.name in card.text[span.start : span.end], path.name
