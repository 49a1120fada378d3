"""Training tools: the base model and datasets in their configurations and in the cards they write.

Read are the configurations of axolotl, LLaMA-Factory and TRL (as files, or pasted in a card), PEFT's
``adapter_config.json``, and the sentences of the card templates. The tools themselves are data: ``training.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain, islice

from attrs import frozen

from cleartitle.card import Card, ListNode, MapNode, Node, Scalar, Tree, parse
from cleartitle.formats.blocks import fenced
from cleartitle.formats.naming import Named, named
from cleartitle.serial.convert import read
from cleartitle.vocabulary.evidence import Span

MAX_DATASETS = 100
MAX_SENTENCES = 20
_CONFIG = re.compile(r"^[ \t]{0,8}(?:base_model|model_name_or_path)[ \t]{0,8}:", re.MULTILINE)
_SENTENCE = re.compile(
    r"This model is a fine-tuned version of \[[^\[\]\n]{1,400}\]\((?P<base>[^()\s]{1,400})\)"
    r"(?: on (?:the|an?) \[[^\[\]\n]{1,400}\]\((?P<dataset>[^()\s]{1,400})\))?"
)
_LINE = re.compile(r"^- \*\*Finetuned from model :\*\*[ \t]{0,8}(?P<base>[^\s]{1,400})[ \t]*$", re.MULTILINE)
_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?([^?#]{1,400})")
_TRAINED = ("finetuning_type", "stage", "adapter", "datasets", "dataset", "dataset_name", "dataset_mixer", "output_dir")


@frozen(kw_only=True)
class Tool:
    """A tool that writes cards."""

    name: str
    sign: str = ""
    tag: str = ""
    license: str = ""
    why: str = ""
    source: str

    def wrote(self, card: Card) -> bool:
        """Whether *card* is made from its template."""
        tagged = bool(self.tag) and any(tag.normal == self.tag for tag in card.tags)
        return tagged or bool(self.sign and re.search(self.sign, card.body, re.MULTILINE))


@frozen(kw_only=True)
class Mention:
    """A model or dataset, and where it is named."""

    named: Named
    key: str
    """The key of the configuration, or ``sentence``."""
    span: Span


@frozen(kw_only=True)
class Training:
    """What something was trained from."""

    tool: str
    """Empty where the words are a template's, and the tool is not told."""
    base: Mention
    datasets: tuple[Mention, ...] = ()
    adapter: str = ""
    """The kind of adapter that was trained (``lora``, ``qlora``); empty for all weights, or where it is not said."""


@frozen(kw_only=True)
class ToolDefault:
    """A license in a card that a tool wrote, and nobody chose."""

    tool: str
    license: Scalar
    why: str


@functools.cache
def tools() -> tuple[Tool, ...]:
    """Return the tools whose templates are known."""
    text = files("cleartitle.formats").joinpath("training.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text)["tool"], tuple[Tool, ...], where="training.toml")


def default_license(card: Card) -> ToolDefault | None:
    r"""Return the license of *card* that its tool wrote whatever the base, or None.

    >>> from cleartitle.card import read_card
    >>> body = b"This llama model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth)"
    >>> default_license(read_card(b"---\nlicense: apache-2.0\n---\n" + body)).tool
    'unsloth'
    >>> default_license(read_card(b"---\nlicense: llama3\n---\n" + body)) is None
    True
    """
    if len(card.license) != 1 or card.license_name or card.license_link:
        return None
    (stated,) = card.license
    tool = next((t for t in tools() if t.license == stated.normal and t.wrote(card)), None)
    return ToolDefault(tool=tool.name, license=stated, why=tool.why) if tool else None


def trainings_in(card: Card) -> tuple[Training, ...]:
    """Return what a card says in the words of a template, and in a configuration pasted into it."""
    tool = next((tool.name for tool in tools() if tool.wrote(card)), "")
    pasted = (b for b in fenced(card.text) if _CONFIG.search(card.text, b.start, b.end))
    configs = (_config(card.text, block.start, block.end) for block in pasted)
    found = chain(_sentences(card, tool), (config for config in configs if config))
    return tuple(islice(found, MAX_SENTENCES))


def read_training(text: str) -> Training | None:
    r"""Return what the configuration file of a training run says; None for anything else.

    >>> found = read_training("base_model: a/b\nadapter: qlora\ndatasets:\n- path: c/d\n")
    >>> found.tool, found.base.named.target, [d.named.target for d in found.datasets], found.adapter
    ('axolotl', 'a/b', ['c/d'], 'qlora')
    """
    return _config(text, 0, len(text))


def read_adapter(text: str) -> Training | None:
    """Return the base in PEFT's ``adapter_config.json``; None where there is none."""
    parsed = parse(text, tabs=False)
    if not isinstance(parsed, Tree) or not isinstance(parsed.root, MapNode):
        return None
    key = "base_model_name_or_path"
    base = _mention(parsed.root.get(key), key, revision=_text(parsed.root.get("revision")))
    return Training(tool="peft", base=base, adapter=_text(parsed.root.get("peft_type")).lower()) if base else None


def _sentences(card: Card, tool: str) -> Iterator[Training]:
    for pattern in (_SENTENCE, _LINE):
        for sentence in islice(pattern.finditer(card.body), MAX_SENTENCES):
            base = _linked(card.body, sentence, "base")
            dataset = _linked(card.body, sentence, "dataset") if pattern is _SENTENCE and sentence["dataset"] else None
            if base:
                yield Training(tool=tool, base=base, datasets=(dataset,) if dataset else ())


def _linked(text: str, sentence: re.Match[str], group: str) -> Mention | None:
    hub = _HUB.match(sentence[group])
    said = hub[1] if hub else sentence[group]
    found = named(said) if "://" not in said else None
    span = Span.of(text, sentence.start(group), sentence.end(group))
    return Mention(named=found, key="sentence", span=span) if found else None


def _config(text: str, start: int, end: int) -> Training | None:
    parsed = parse(text, start, end)
    if not isinstance(parsed, Tree) or not isinstance(parsed.root, MapNode):
        return None
    root = parsed.root
    if not any(root.get(key) for key in _TRAINED) or root.get("merge_method"):
        return None
    if base := _mention(root.get("base_model"), "base_model", revision=_text(root.get("revision_of_model"))):
        datasets = (*_paths(root, "datasets"), *_paths(root, "pretraining_dataset"))
        return Training(tool="axolotl", base=base, datasets=datasets[:MAX_DATASETS], adapter=_text(root.get("adapter")))
    key = "model_name_or_path"
    base = _mention(root.get(key), key, revision=_text(root.get("model_revision")))
    if base is None:
        return None
    kind = _text(root.get("finetuning_type"))
    if kind or root.get("stage"):
        return Training(tool="llama-factory", base=base, adapter="" if kind in ("full", "freeze") else kind)
    adapter = "lora" if _text(root.get("use_peft")) == "true" else ""
    return Training(tool="trl", base=base, datasets=tuple(_names(root))[:MAX_DATASETS], adapter=adapter)


def _paths(root: MapNode, key: str) -> Iterator[Mention]:
    """Yield the datasets of axolotl: a list of mappings with a ``path``, or one name."""
    listed = root.get(key)
    for item in listed.items if isinstance(listed, ListNode) else (listed,):
        if found := _mention(item.get("path") if isinstance(item, MapNode) else item, key):
            yield found


def _names(root: MapNode) -> Iterator[Mention]:
    """Yield the datasets of TRL: one name, or a mapping of names to shares."""
    if found := _mention(root.get("dataset_name"), "dataset_name"):
        yield found
    mixed = root.get("dataset_mixer")
    for field in mixed.fields if isinstance(mixed, MapNode) else ():
        if found := _mention(field.key, "dataset_mixer"):
            yield found


def _mention(node: Node | None, key: str, revision: str = "") -> Mention | None:
    if not isinstance(node, Scalar) or node.empty:
        return None
    found = named(node.text, revision)
    return Mention(named=found, key=key, span=node.span) if found else None


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) and not node.empty else ""
