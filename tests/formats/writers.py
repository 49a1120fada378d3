"""Small writers of weight files, and a reader that counts what is read of one."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence

GgufValue = str | int | float | bool | Sequence[str] | Sequence[int]


class Counted:
    """Bytes that count how much of them is fetched."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.read = self.calls = 0

    def __call__(self, offset: int, length: int) -> bytes:
        part = self.data[offset : offset + length]
        self.read += len(part)
        self.calls += 1
        return part


class Gguf:
    """Writes the header of a GGUF file, piece by piece."""

    def __init__(self, version: int = 3, *, big: bool = False) -> None:
        self.version, self.order = version, ">" if big else "<"

    def number(self, code: str, value: float) -> bytes:
        return struct.pack(self.order + code, value)

    def size(self, value: int) -> bytes:
        return self.number("I" if self.version == 1 else "Q", value)

    def text(self, value: str | bytes) -> bytes:
        data = value if isinstance(value, bytes) else value.encode()
        return self.size(len(data)) + data

    def value(self, value: GgufValue) -> bytes:
        match value:
            case bool():
                return self.number("I", 7) + self.number("?", value)
            case int():
                return self.number("I", 4) + self.number("I", value)
            case float():
                return self.number("I", 6) + self.number("f", value)
            case str():
                return self.number("I", 8) + self.text(value)
            case _:
                return self.number("I", 9) + self._list(value)

    def entry(self, key: str, value: GgufValue) -> bytes:
        return self.text(key) + self.value(value)

    def start(self, count: int, tensors: int = 0) -> bytes:
        return b"GGUF" + self.number("I", self.version) + self.size(tensors) + self.size(count)

    def file(self, entries: Mapping[str, GgufValue], rest: bytes = b"") -> bytes:
        """Return a file with these keys, and *rest* in place of tensors."""
        return self.start(len(entries)) + b"".join(self.entry(k, v) for k, v in entries.items()) + rest

    def _list(self, values: Sequence[str] | Sequence[int]) -> bytes:
        texts = bool(values) and isinstance(values[0], str)
        items = [self.text(v) if isinstance(v, str) else self.number("i", v) for v in values]
        return self.number("I", 8 if texts else 5) + self.size(len(values)) + b"".join(items)


def gguf(entries: Mapping[str, GgufValue], rest: bytes = b"") -> bytes:
    """Return a GGUF file of version 3."""
    return Gguf().file(entries, rest)


def safetensors(metadata: Mapping[str, str] | None, tensors: int = 0, *, first: bool = True) -> bytes:
    """Return a safetensors file; with *first* false the metadata stand behind the list of tensors."""
    listed = {f"layer.{n}": {"dtype": "F16", "shape": [1], "data_offsets": [2 * n, 2 * n + 2]} for n in range(tensors)}
    own = {"__metadata__": metadata} if metadata is not None else {}
    header = json.dumps({**own, **listed} if first else {**listed, **own}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(2 * tensors)
