"""safetensors: the free texts (``__metadata__``) in the header of a file.

Training tools write there what they trained on: kohya's ``ss_*``, the ``modelspec.*`` standard. Libraries write it
first, so that the beginning of a file is enough even where the list of tensors after it is long.
"""

from __future__ import annotations

import json
import re
import struct

from attrs import frozen

from cleartitle.formats.gguf import Fetch

MAX_READ = 1 << 20
"""Bytes read of one file."""
MAX_HEADER = 100_000_000
"""Bytes of a header, as the format itself limits it."""
MAX_VALUE = 1 << 14
"""Characters of a value that is kept; kohya's statistics of tags are longer, and tell nothing of the origin."""
MAX_VALUES = 1_000
_BLOCK = 1 << 16
_FIRST = re.compile(r'\s*\{\s*"__metadata__"\s*:\s*\{')
_KEY, _COLON = re.compile(r'\s*(?=")'), re.compile(r'\s*:\s*(?=")')
_COMMA, _CLOSED = re.compile(r"\s*,"), re.compile(r"\s*\}")


@frozen(kw_only=True)
class SafetensorsHeader:
    """What a safetensors file says of itself."""

    metadata: tuple[tuple[str, str], ...] = ()
    """Key and text, in order."""
    stopped: str = ""
    """Why there may be more than was read; empty if there is not."""

    def get(self, key: str) -> str:
        """Return the text under *key*; empty if there is none."""
        return next((value for name, value in reversed(self.metadata) if name == key), "")

    @property
    def licenses(self) -> tuple[tuple[str, str], ...]:
        """The keys that state a license, with what they say."""
        return tuple(pair for pair in self.metadata if pair[0] in ("modelspec.license", "license") and pair[1].strip())


def read_safetensors(fetch: Fetch) -> SafetensorsHeader:
    r"""Return the texts in the header of the safetensors file behind *fetch*.

    >>> header = b'{"__metadata__":{"ss_base_model_version":"sdxl_base_v1-0"}}'
    >>> data = len(header).to_bytes(8, "little") + header
    >>> read_safetensors(lambda at, length: data[at : at + length]).get("ss_base_model_version")
    'sdxl_base_v1-0'
    """
    data = fetch(0, _BLOCK)[:_BLOCK]
    if len(data) < 9 or not data[8:].lstrip(b" ").startswith(b"{"):
        return SafetensorsHeader(stopped="not a safetensors file")
    length: int = struct.unpack_from("<Q", data)[0]
    if length > MAX_HEADER:
        return SafetensorsHeader(stopped=f"it claims a header of {length:,} bytes")
    wanted = min(length + 8, MAX_READ)
    found, ended = _texts(data[8:wanted])
    if not ended and len(data) < wanted:
        data += fetch(len(data), wanted - len(data))[: wanted - len(data)]
        found, ended = _texts(data[8:wanted])
    why = ""
    if not ended:
        why = f"more than the {MAX_READ:,} bytes that are read" if len(data) == wanted < length + 8 else "the file ends"
        why = "the header is not JSON" if len(data) >= length + 8 else why
    if len(found) > MAX_VALUES:
        why = f"only the first {MAX_VALUES:,} texts were kept"
    return SafetensorsHeader(metadata=tuple(found[:MAX_VALUES]), stopped=why)


def _texts(data: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Return the texts in (the beginning of) a header, and whether there can be no more of them."""
    text = data.decode("utf-8", errors="replace")
    if first := _FIRST.match(text):
        return _pairs(text, first.end())
    try:
        header: object = json.loads(text)
    except (ValueError, RecursionError):
        return [], False
    said = header.get("__metadata__") if isinstance(header, dict) else None
    pairs = said.items() if isinstance(said, dict) else ()
    return [(key, value) for key, value in pairs if isinstance(value, str) and _short(key, value)], True


def _pairs(text: str, at: int) -> tuple[list[tuple[str, str]], bool]:
    """Return the pairs of the flat JSON object whose brace is before *at*, as far as they go."""
    found: list[tuple[str, str]] = []
    decode = json.JSONDecoder().raw_decode
    while opening := _KEY.match(text, at):
        try:
            key, at = decode(text, opening.end())
            colon = _COLON.match(text, at)
            if colon is None:
                return found, False
            value, at = decode(text, colon.end())
        except ValueError:
            return found, False
        if _short(key, value):
            found.append((key, value))
        comma = _COMMA.match(text, at)
        if comma is None:
            return found, _CLOSED.match(text, at) is not None
        at = comma.end()
    return found, _CLOSED.match(text, at) is not None


def _short(key: str, value: str) -> bool:
    return len(key) + len(value) <= MAX_VALUE
