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


def relation(said: str | None) -> Relation | None:
    """Return the relation that a word means, or None.

    >>> relation("Quantized")
    <Relation.QUANTIZED: 'quantized'>
    """
    return _RELATIONS.get((said or "").strip().casefold())
