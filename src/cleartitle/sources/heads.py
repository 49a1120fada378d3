"""The beginnings of weight files: what a GGUF or safetensors file says of itself stands there.

A head is kept as a text file that is cut: the path of the weight file, and its first bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from cleartitle.formats.gguf import Fetch
from cleartitle.vocabulary.artifact import FileEntry, TextFile

MAX_HEAD = 64 * 1024
"""Bytes of a head."""
_PART = re.compile(r"-(\d{5})-of-\d{5}\.(?:gguf|safetensors)$")
_CONFIGURED = frozenset({"config.json", "adapter_config.json", "config_sentence_transformers.json"})
_ASIDE = re.compile(r"mmproj|imatrix", re.IGNORECASE)


def is_weights(path: str) -> bool:
    """Whether a file of this name has a head that is worth reading.

    >>> is_weights("model-Q4_K_M.GGUF"), is_weights("pytorch_model.bin")
    (True, False)
    """
    return path.lower().endswith((".gguf", ".safetensors"))


def with_heads(files: Iterable[FileEntry]) -> tuple[FileEntry, ...]:
    """Return the files whose heads tell most: one GGUF, and one safetensors file that is no part of a larger model.

    Where a configuration stands beside it, a safetensors file was written by a library that says nothing in its head.

    >>> [f.path for f in with_heads([FileEntry(path=p) for p in ("b-00002-of-00002.gguf", "b-00001-of-00002.gguf")])]
    ['b-00001-of-00002.gguf']
    """
    known = sorted(files, key=lambda f: (f.path.count("/"), f.path))
    ggufs = [f for f in known if f.path.lower().endswith(".gguf") and _leads(f.path) and not _ASIDE.search(f.path)]
    tensors = [f for f in known if f.path.lower().endswith(".safetensors") and not _PART.search(f.path)]
    configured = any(f.path in _CONFIGURED for f in known)
    return (*ggufs[:1], *(() if configured else tensors[:1]))


def head(path: str, fetch: Fetch) -> TextFile:
    """Return the head of the file behind *fetch*."""
    data = fetch(0, MAX_HEAD)[:MAX_HEAD]
    return TextFile(path=path, data=data, cut=len(data) == MAX_HEAD)


def on_disk(path: Path) -> Fetch:
    """Return what reads parts of a file of this machine."""

    def fetch(start: int, length: int) -> bytes:
        with path.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)

    return fetch


def _leads(path: str) -> bool:
    part = _PART.search(path)
    return part is None or int(part[1]) == 1
