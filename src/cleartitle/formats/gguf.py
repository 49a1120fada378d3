"""GGUF: the keys and values before the tensors, read from the first kilobytes.

Versions 1 to 3 in either byte order. Only what tells where a file comes from is kept (`KEPT`); all else is stepped
over, arrays without being built. Tensors are never looked at.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

Fetch: TypeAlias = Callable[[int, int], bytes]
"""``(offset, length)`` to the bytes there; fewer where the file ends. It is asked in ascending order."""

MAX_READ = 1 << 20
"""Bytes read of one file."""
MAX_ENTRIES = 1 << 16
"""Keys of one file; real ones have less than a thousand."""
MAX_STRING = 1 << 16
"""Bytes of a value that are kept."""
MAX_ITEMS = 256
"""Texts of one list that are kept."""
MAX_LIST = 1 << 10
"""Texts of a list that are stepped over; a longer one is a vocabulary, of megabytes, and reading ends there."""
MAX_NESTING = 4
KEPT = ("general.", "adapter.", "quantize.", "split.")
_MAGIC = b"GGUF"
_BLOCK = 1 << 16
_VERSIONS = range(1, 4)
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_ADDRESSES = ("repo_url", "repository", "url")
_NUMBERED = r"general\.{}\.(\d{{1,4}})\.\w{{1,40}}"
_FIRST_WIDE = 2
"""The first version whose counts and lengths have 64 bits."""
_MOST = 1 << 60
"""No file is as long as this."""

Value: TypeAlias = str | int | float | bool | tuple[str, ...]


@frozen(kw_only=True)
class GgufEntry:
    """A key and its value; a list only if it is one of texts."""

    key: str
    value: Value

    def __str__(self) -> str:
        said = ", ".join(self.value) if isinstance(self.value, tuple) else self.value
        return f"{self.key}: {said}"


@frozen(kw_only=True)
class GgufParent:
    """A model or dataset that the file says it comes from: one ``general.base_model.N``, or ``general.source``."""

    entries: tuple[GgufEntry, ...]

    @property
    def address(self) -> str:
        """The address or id of its repository, or any address; empty if there is none."""
        return next((str(value) for key in _ADDRESSES if (value := self._last(key))), "")

    @property
    def said(self) -> str:
        """What names it best: its address, or ``organization/name``, which are rarely the words of an id."""
        named = "/".join(str(part) for key in ("organization", "name") if (part := self._last(key)))
        return self.address or named

    def _last(self, name: str) -> Value | None:
        return next((e.value for e in reversed(self.entries) if e.key.rpartition(".")[2] == name), None)

    @property
    def quote(self) -> str:
        """The entries as they stand."""
        return "\n".join(map(str, self.entries))


@frozen(kw_only=True)
class GgufHeader:
    """What a GGUF file says of itself."""

    version: int = 0
    """0 where the file is not GGUF, or not one that we know."""
    big_endian: bool = False
    tensors: int = 0
    """How many the file claims to have."""
    entries: tuple[GgufEntry, ...] = ()
    stopped: str = ""
    """Why not all keys were read; empty if they were."""

    def get(self, key: str) -> Value | None:
        """Return the value of *key*, the last if it is repeated; None if it was not found."""
        return next((entry.value for entry in reversed(self.entries) if entry.key == key), None)

    def text(self, key: str) -> str:
        """Return the text under *key*; empty if there is none."""
        value = self.get(key)
        return value if isinstance(value, str) else ""

    @property
    def parents(self) -> tuple[GgufParent, ...]:
        """The models under ``general.base_model``, in order.

        llama.cpp's converter takes them from the card of the model that it converts: they are what *that* was made
        from. Other tools name the model itself there.
        """
        return self._numbered("base_model")

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets, as newer files name them one by one (``general.dataset``) and older in a list."""
        listed = self.get("general.datasets")
        named = tuple(dataset.said for dataset in self._numbered("dataset"))
        return named or (listed if isinstance(listed, tuple) else ())

    def _numbered(self, name: str) -> tuple[GgufParent, ...]:
        groups: defaultdict[int, list[GgufEntry]] = defaultdict(list)
        for entry in self.entries:
            if found := re.fullmatch(_NUMBERED.format(name), entry.key):
                groups[int(found[1])].append(entry)
        return tuple(GgufParent(entries=tuple(groups[number])) for number in sorted(groups))

    @property
    def source(self) -> GgufParent | None:
        """What the file was converted from (``general.source``)."""
        found = tuple(entry for entry in self.entries if entry.key.startswith("general.source."))
        return GgufParent(entries=found) if found else None

    @property
    def licenses(self) -> tuple[GgufEntry, ...]:
        """``general.license`` and what stands under it (``name``, ``link``)."""
        return tuple(e for e in self.entries if e.key == "general.license" or e.key.startswith("general.license."))


def over(data: bytes) -> Fetch:
    """Return the fetcher over bytes at hand."""
    return lambda offset, length: data[offset : offset + length]


def read_gguf(fetch: Fetch) -> GgufHeader:
    """Return what the GGUF file behind *fetch* says of itself.

    >>> read_gguf(over(b"not one")).stopped
    'not a GGUF file'
    """
    cursor = _Cursor(fetch)
    try:
        if cursor.take(4) != _MAGIC:
            return GgufHeader(stopped="not a GGUF file")
        version = cursor.version()
        if version not in _VERSIONS:
            return GgufHeader(stopped=f"GGUF of version {version} is not known")
        tensors, count = cursor.size(), cursor.size()
    except _Stopped as stopped:
        return GgufHeader(stopped=str(stopped))
    entries, why = _entries(cursor, count)
    return GgufHeader(version=version, big_endian=cursor.big, tensors=tensors, entries=entries, stopped=why)


def _entries(cursor: _Cursor, count: int) -> tuple[tuple[GgufEntry, ...], str]:
    found: list[GgufEntry] = []
    if count > MAX_ENTRIES:
        return (), f"it claims {count:,} keys"
    for number in range(count):
        key = f"key {number + 1}"
        try:
            key = cursor.string(MAX_STRING) or key
            value = cursor.value(cursor.number("I"), kept=key.startswith(KEPT))
        except _Stopped as stopped:
            return tuple(found), f"{stopped}, at {key[:80]!r} ({number + 1} of {count})"
        if value is not None:
            found.append(GgufEntry(key=key, value=value))
    return tuple(found), ""


class _Stopped(Exception):
    """Why reading ends."""


class _Cursor:
    """A place in the file, with a window of the bytes around it."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._at = self._read = 0
        self._window, self._begin = b"", 0
        self.big, self._wide = False, True

    def take(self, length: int) -> bytes:
        """Return the next *length* bytes."""
        start = self._at - self._begin
        if not 0 <= start <= start + length <= len(self._window):
            self._fill(length)
            start = 0
        self._at += length
        return self._window[start : start + length]

    def skip(self, length: int) -> None:
        """Go on without reading."""
        self._at += length
        if self._at > _MOST:
            raise _Stopped("the file ends")

    def version(self) -> int:
        """Return the version, and learn from it the byte order: a small number is never in the upper half."""
        raw = self.take(4)
        self.big = struct.unpack("<I", raw)[0] & 0xFFFF == 0
        version: int = struct.unpack(self._order + "I", raw)[0]
        self._wide = version >= _FIRST_WIDE
        return version

    def number(self, code: str) -> int:
        """Return a whole number."""
        return int(self._unpack(code))

    def size(self) -> int:
        """Return a count or a length."""
        return self.number("Q" if self._wide else "I")

    def string(self, most: int) -> str | None:
        """Return a text, or None, unread, if it has more than *most* bytes."""
        length = self.size()
        if length > most:
            self.skip(length)
            return None
        return self.take(length).decode("utf-8", errors="replace")

    def value(self, kind: int, *, kept: bool) -> Value | None:
        """Return a value; None for what is not kept."""
        if kind == _STRING:
            return self.string(MAX_STRING if kept else -1)
        if kind == _ARRAY:
            return self._array(kept=kept, depth=1)
        code = _code(kind)
        if kept:
            return self._unpack(code)
        self.skip(struct.calcsize(code))
        return None

    def _array(self, *, kept: bool, depth: int) -> tuple[str, ...] | None:
        if depth > MAX_NESTING:
            raise _Stopped(f"lists are nested deeper than {MAX_NESTING}")
        kind, count = self.number("I"), self.size()
        if kind not in (_STRING, _ARRAY):
            self.skip(count * struct.calcsize(_code(kind)))
            return None
        if count > MAX_LIST:
            raise _Stopped(f"a list of {count:,} is longer than what is read")
        if kind == _ARRAY:
            for _ in range(count):
                self._array(kept=False, depth=depth + 1)
            return None
        kept = kept and count <= MAX_ITEMS
        found = [self.string(MAX_STRING if kept else -1) for _ in range(count)]
        return tuple(text for text in found if text is not None) if kept else None

    def _unpack(self, code: str) -> int | float | bool:
        try:
            found: int | float | bool = struct.unpack(self._order + code, self.take(struct.calcsize(code)))[0]
        except struct.error as error:
            raise _Stopped("the file ends") from error
        return found

    @property
    def _order(self) -> str:
        return ">" if self.big else "<"

    def _fill(self, length: int) -> None:
        wanted = min(max(length, _BLOCK), MAX_READ - self._read)
        if wanted < length:
            raise _Stopped(f"more than the {MAX_READ:,} bytes that are read")
        self._window, self._begin = self._fetch(self._at, wanted)[:wanted], self._at
        self._read += len(self._window)
        if len(self._window) < length:
            raise _Stopped("the file ends")


def _code(kind: int) -> str:
    if kind not in _SCALARS:
        raise _Stopped(f"a value of the unknown type {kind}")
    return _SCALARS[kind]
