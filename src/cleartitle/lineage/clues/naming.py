"""How clues name a parent: ids, addresses, revisions, local paths."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from cleartitle.errors import BadReference
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation

_HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co", "hf-mirror.com")
_REVISION = re.compile(r"[\w./-]{1,120}")
_RELATIONS = {str(r): r for r in Relation}
_QUANTIZED = (
    r"(?:i1-)?gguf|ggml|awq|gptq|exl[23]|mlx|bnb|(?:[2-8](?:\.\d{1,2})?|[a-z]?[2-8]_[a-z0-9_]{1,5})-?(?:bits?|bpw)|int[48]|[wa]\d{1,2}"
    r"(?:a\d{1,2})?|fp[48]|nvfp4|mxfp4|hqq|aqlm|quip|marlin|autoround|imatrix|quantized|q[2-8](?:_[a-z0-9_]{1,6})?|dynamic|unsloth"
)
_SUFFIX = re.compile(rf"[-_.](?:(?P<quantized>{_QUANTIZED})|(?P<adapter>q?lora|adapters?|peft|dora))$", re.IGNORECASE)


def parent(said: str) -> ModelRef | None:
    """Return the Hub repository that *said* means, or None for a local path or anything else.

    >>> str(parent("https://huggingface.co/Qwen/Qwen2.5-7B/tree/v1.0"))
    'hf:Qwen/Qwen2.5-7B@v1.0'
    >>> parent("/root/autodl-tmp/models/glm-4-9b-chat") is None
    True
    """
    text = said.strip().strip("`'\"<>")
    revision: str | None = None
    if "://" in text or text.startswith(_HOSTS):
        parts = urlsplit(text if "://" in text else f"https://{text}")
        if parts.hostname not in _HOSTS:
            return None
        pieces = [unquote(p) for p in parts.path.split("/") if p]
        text, rest = "/".join(pieces[:2]), pieces[2:]
        revision = rest[1] if len(rest) > 1 and rest[0] in ("tree", "blob", "resolve") else None
    elif "@" in text:
        text, _, revision = text.partition("@")
    text = text.removeprefix("hf:")
    if text.startswith((".", "/", "~")) or text.count("/") > 1:
        return None
    try:
        return ModelRef.hub(text, _revision(revision))
    except BadReference:
        return None


def _revision(text: str | None) -> str | None:
    return text if text and text != "main" and _REVISION.fullmatch(text) else None


def hint(name: str) -> Relation | None:
    """Return the relation to its base that a name hints at, or None; it says nothing of the base, nor of a license.

    >>> hint("somebody/Poet-7B-AWQ"), hint("somebody/poet-lora"), hint("somebody/Poet-7B")
    (<Relation.QUANTIZED: 'quantized'>, <Relation.ADAPTER: 'adapter'>, None)
    """
    found = _SUFFIX.search(name)
    if found is None:
        return None
    return Relation.QUANTIZED if found["quantized"] else Relation.ADAPTER


def stem(name: str) -> str:
    """Return the name without owner and without what only tells a format: the same for copies in other formats.

    >>> stem("unsloth/Meta-Llama-3-8B-bnb-4bit"), stem("meta-llama/Meta-Llama-3-8B")
    ('meta-llama-3-8b', 'meta-llama-3-8b')
    """
    text = name.rpartition("/")[2].casefold()
    while (found := _SUFFIX.search(text)) and found["quantized"] and found.start() > 0:
        text = text[: found.start()]
    return text


def relation(said: str | None) -> Relation | None:
    """Return the relation that a word means, or None.

    >>> relation("Quantized")
    <Relation.QUANTIZED: 'quantized'>
    """
    return _RELATIONS.get((said or "").strip().casefold())
