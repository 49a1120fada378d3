"""What the Hub says about a model: card data, tags, the inferred base, the answer about the model.

The Hub's own reading of a card is imitated here, with a plain regular expression and PyYAML, apart from the readers of
the package.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import yaml
from attrs import frozen

from cleartitle.testing.hubfile import BaseModels, Relation
from cleartitle.testing.repository import HubFile, Repository, Snapshot

Answer = dict[str, object]
"""A JSON object on its way out."""

_FRONT_MATTER: Final = re.compile(r"^---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_ID: Final = re.compile(r"(?:[\w.-]+/)?[\w.-]+", re.ASCII)
_FORMATS: Final = {".safetensors": "safetensors", ".gguf": "gguf", ".onnx": "onnx"}
_ADAPTER_WORDS: Final = frozenset({"peft", "lora", "adapter"})
_QUANTIZED_WORDS: Final = frozenset({"gguf", "gptq", "awq", "exl2", "4-bit", "8-bit", "bitsandbytes", "mlx"})
_MERGE_WORDS: Final = frozenset({"merge", "mergekit"})


@frozen(kw_only=True)
class Metadata:
    """What follows from a repository and its files at one revision."""

    card: Mapping[str, object] | None
    config: Mapping[str, object] | None
    library: str | None
    pipeline: str | None
    tags: tuple[str, ...]
    base: BaseModels | None


def metadata(repository: Repository, snapshot: Snapshot) -> Metadata:
    """Read card and configuration of *snapshot* as the Hub does."""
    facts, files = repository.facts, snapshot.files
    card = card_data(files["README.md"].text()) if "README.md" in files else None
    said = card or {}
    peft = _json(files.get("adapter_config.json"))
    library = facts.library_name or _string(said.get("library_name")) or ("peft" if peft else None)
    pipeline = facts.pipeline_tag or _string(said.get("pipeline_tag"))
    config = _json(files.get("config.json"))
    words = {*_strings(said.get("tags")), *facts.tags, library or "", *_formats(snapshot)}
    base = facts.base_model or _inferred(said, words, adapter=bool(peft), quantized=_quantized(config))
    tags = [*filter(None, (library,)), *_formats(snapshot), *filter(None, (_string((config or {}).get("model_type")),))]
    tags += [*filter(None, (pipeline,)), *_strings(said.get("tags")), *facts.tags, *_card_tags(said, base)]
    return Metadata(
        card=card,
        config=_config_answer(config, peft),
        library=library,
        pipeline=pipeline,
        tags=tuple(dict.fromkeys(tags)),
        base=base if base and base.models else None,
    )


def card_data(text: str) -> dict[str, object] | None:
    r"""Return the front matter of a card, or None where there is none or it is no mapping.

    It need not start the file: the Hub takes it from behind other text, too.

    >>> card_data("hello\n---\nlicense: MIT\n---\n")
    {'license': 'MIT'}
    """
    found = _FRONT_MATTER.search(text)
    try:
        loaded: object = yaml.safe_load(found[1]) if found else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else None


def model_answer(repository: Repository, snapshot: Snapshot) -> Answer:
    """Return all that can be asked of a model, except for the files and the count of its children."""
    facts, found = repository.facts, metadata(repository, snapshot)
    owner, _, _ = repository.id.rpartition("/")
    known: Answer = {
        "_id": object_id(repository.id, facts.created_at),
        "id": repository.id,
        "modelId": repository.id,
        "author": owner or None,
        "private": facts.private,
        "gated": facts.gated,
        "disabled": facts.disabled,
        "sha": snapshot.sha,
        "lastModified": snapshot.date,
        "createdAt": facts.created_at,
        "downloads": facts.downloads,
        "downloadsAllTime": facts.downloads,
        "likes": facts.likes,
        "trendingScore": 0,
        "tags": list(found.tags),
        "pipeline_tag": found.pipeline,
        "library_name": found.library,
        "cardData": found.card,
        "config": found.config,
        "spaces": [],
        "usedStorage": sum(file.size for file in snapshot.files.values()),
        "baseModels": found.base and _base_answer(found.base),
    }
    return {key: value for key, value in known.items() if value is not None} | dict(repository.extra)


def object_id(name: str, created_at: str) -> str:
    """Return the database id of a repository: its first half is the time of creation, as on the Hub."""
    seconds = int(datetime.fromisoformat(created_at).timestamp())
    return f"{seconds:08x}{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _base_answer(base: BaseModels) -> Answer:
    models = [{"_id": object_id(name, "2024-01-01T00:00:00Z"), "id": name} for name in base.models]
    return {"relation": base.relation.value, "models": models}


def _inferred(said: Mapping[str, object], words: set[str], *, adapter: bool, quantized: bool) -> BaseModels | None:
    """Infer the relation to the base that the card names: what the card says, else the files, the tags, the number."""
    bases = tuple(name for name in _strings(said.get("base_model")) if _ID.fullmatch(name))
    if not bases:
        return None
    lower = {word.lower() for word in words}
    relation = Relation.FINETUNE
    if (stated := _string(said.get("base_model_relation"))) in set(Relation):
        relation = Relation(stated)
    elif adapter or lower & _ADAPTER_WORDS:
        relation = Relation.ADAPTER
    elif quantized or lower & _QUANTIZED_WORDS:
        relation = Relation.QUANTIZED
    elif len(bases) > 1 or lower & _MERGE_WORDS:
        relation = Relation.MERGE
    return BaseModels(relation=relation, models=bases)


def _card_tags(said: Mapping[str, object], base: BaseModels | None) -> Iterator[str]:
    yield from _strings(said.get("language"))
    yield from (f"dataset:{name}" for name in _strings(said.get("datasets")))
    declared = _strings(said.get("base_model"))
    yield from (f"base_model:{name}" for name in dict.fromkeys((*declared, *(base.models if base else ()))))
    if base:
        yield from (f"base_model:{base.relation}:{name}" for name in base.models)
    yield from (f"license:{name.lower()}" for name in _strings(said.get("license")))
    yield "region:us"


def _formats(snapshot: Snapshot) -> list[str]:
    found = {tag for path in snapshot.files for suffix, tag in _FORMATS.items() if path.endswith(suffix)}
    return sorted(found | ({"pytorch"} if "pytorch_model.bin" in snapshot.files else set()))


def _config_answer(config: Mapping[str, object] | None, peft: Mapping[str, object] | None) -> Answer | None:
    kept = {key: value for key, value in (config or {}).items() if key in _CONFIG_KEYS}
    if peft:
        kept["peft"] = {key: peft.get(key) for key in ("base_model_name_or_path", "task_type")}
    return kept or None


_CONFIG_KEYS: Final = frozenset({"architectures", "model_type", "quantization_config", "auto_map"})


def _quantized(config: Mapping[str, object] | None) -> bool:
    return "quantization_config" in (config or {})


def _json(file: HubFile | None) -> dict[str, object] | None:
    if file is None:
        return None
    try:
        loaded: object = json.loads(file.text())
    except ValueError:
        return None
    return loaded if isinstance(loaded, dict) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _strings(value: object) -> Sequence[str]:
    """Return a string, or the strings of a list, as a list."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item]
