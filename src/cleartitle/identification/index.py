"""The index of license texts: one file of hashes, read in place.

A word is its number in a sorted list of 64-bit digests of words (`Index.number`); a text is a row of such numbers, two
bytes each; four of them in a row are a *gram*. Some grams, chosen by their value, lead to the texts that have them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from importlib.resources import as_file, files
from itertools import compress, pairwise

from cleartitle.errors import ClearTitleError
from cleartitle.vocabulary.words import LicenseId

MAGIC = b"CLRTIDX3"
NAME = "licenses.idx"
UNKNOWN = 0xFFFF
"""The number of every word that no license has."""
GRAM = 4
"""Words of a gram: four numbers of two bytes are one number of eight."""
SAMPLE = 7
"""One gram in so many is looked up: where the low bytes of its words, by exclusive or, are a multiple of it."""
SHORT = 150
"""Words up to which all grams of a text are in the index."""
BRIEF = 350
"""Words up to which every gram of a stretch is looked at."""
MAX_REMEMBERED = 200_000
MAX_TEXTS = 3000
MAX_LISTED = 40_000
"""Texts that are kept in memory, some 10 kB each."""
_DIGEST = 32
_SAMPLED = bytes(byte % SAMPLE == 0 for byte in range(256))


class IndexDamaged(ClearTitleError):
    """The index of license texts cannot be read."""

    advice = "install cleartitle again"


class Zone(IntEnum):
    """Words of a license text that a copy may lack or fill in and still be the license."""

    TITLE = 0
    """What stands above the terms."""
    HOLDER = 1
    """A copyright line."""
    BLANK = 2
    """A place to fill in: ``[year]``."""
    MARK = 3
    """The number or letter of a list item."""
    TAIL = 4
    """What follows the end of the terms."""


class Text:
    """One text of the index."""

    def __init__(self, index: Index, number: int) -> None:
        """Take the index and the number of the text in it."""
        self._index, self.number = index, number
        self.licenses = index.licenses(number)
        self.notice = index.is_notice(number)
        """Whether it is the notice by which a file refers to its license, not the license."""
        self.row = index.row(number)
        """The numbers of its words, two bytes each."""
        self.size = len(self.row) // 2

    @functools.cached_property
    def zones(self) -> dict[int, int]:
        """The zones by word, as bits; words of the core have none."""
        found: dict[int, int] = {}
        for start, end, zone in self._index.zones(self.number):
            for word in range(start, end):
                found[word] = found.get(word, 0) | 1 << zone
        return found

    @functools.cached_property
    def holders(self) -> list[tuple[int, int]]:
        """From where to where copyright lines reach."""
        return [(start, end) for start, end, zone in self._index.zones(self.number) if zone == Zone.HOLDER]

    @functools.cached_property
    def core(self) -> list[tuple[int, int]]:
        """From where to where words are in no zone."""
        found: list[tuple[int, int]] = []
        at = 0
        for start, end, _ in sorted(self._index.zones(self.number)):
            if start > at:
                found.append((at, start))
            at = max(at, end)
        return [*found, (at, self.size)] if at < self.size else found

    def grams(self, *, sampled: bool) -> Iterator[tuple[int, int]]:
        """Return the grams and the words that they begin at; *sampled*, only those that are looked up."""
        return zip(*self._sampled, strict=True) if sampled else zip(grams(self.row), range(self.size), strict=False)

    @functools.cached_property
    def _sampled(self) -> tuple[array[int], array[int]]:
        every = grams(self.row)
        places = array("H", sampled(self.row, 0, self.size))
        return array("Q", [every[n] for n in places]), places

    @functools.cached_property
    def numbers(self) -> memoryview:
        """The number of each word."""
        return memoryview(self.row).cast("H")

    @property
    def core_digest(self) -> bytes:
        """The digest of the words of the core."""
        return self._index.core_digest(self.number)

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """Where (in words) clauses of the catalog are anchored, and the terms that they are."""
        return self._index.anchors(self.number)

    def has(self, word: int, zone: Zone) -> bool:
        """Return whether a word is in a zone."""
        return bool(self.zones.get(word, 0) >> zone & 1)


class Index:
    """The opened index."""

    __slots__ = ("_head", "_numbers", "_parts", "_texts", "having", "numerals", "sizes")

    def __init__(self, data: memoryview) -> None:
        """Take the bytes of an index file; `IndexDamaged` where they are not one."""
        if len(data) < 16 or bytes(data[:8]) != MAGIC:
            raise IndexDamaged("the index of license texts is not one of this version")
        try:
            end = 12 + int.from_bytes(data[8:12], "little")
            self._head = json.loads(bytes(data[12:end]))
            base = -(-end // 8) * 8
            self._parts = {
                name: data[base + start : base + start + size].cast("B").cast(kind)
                for name, (start, size, kind) in self._head["parts"].items()
            }
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamaged("the index of license texts is damaged") from error
        self._texts: dict[int, Text] = {}
        self._numbers = Numbers(self._parts["vocabulary"])
        self.numerals = frozenset(self._parts["numerals"])
        self.having = Lists(self._parts["grams"], self._parts["list_starts"], self._parts["lists"])
        """The texts that are listed under a gram."""
        starts = self._parts["starts"].tolist()
        self.sizes: list[int] = [b - a for a, b in pairwise(starts)]

    @property
    def numbers(self) -> Numbers:
        """The number of each word."""
        return self._numbers

    def exact(self, words: list[bytes]) -> int | None:
        """Return the text whose words these are, all of them and no other."""
        wanted = digest(words)
        keys = self._parts["keys"]
        at = bisect_left(keys, int.from_bytes(wanted[:8], "big"))
        if at == len(keys) or bytes(self._parts["digests"][at * _DIGEST : (at + 1) * _DIGEST]) != wanted:
            return None
        return int(self._parts["exact"][at])

    def text(self, number: int) -> Text:
        """Return the text with this number."""
        found = self._texts.get(number)
        if found is None:
            if len(self._texts) >= MAX_TEXTS:
                self._texts.clear()
            found = self._texts[number] = Text(self, number)
        return found

    def row(self, number: int) -> bytes:
        """Return the numbers of the words of a text."""
        start, end = self._parts["starts"][number : number + 2]
        return bytes(self._parts["rows"][start:end])

    def zones(self, number: int) -> list[tuple[int, int, int]]:
        """Return the zones of a text: from, to (in words) and `Zone`."""
        flat = self._slice("zones", number, 3)
        return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))

    def core_digest(self, number: int) -> bytes:
        """Return the digest of the words of a text that are in no zone."""
        return bytes(self._parts["cores"][number * _DIGEST : (number + 1) * _DIGEST])

    def anchors(self, number: int) -> list[tuple[int, str]]:
        """Return where clauses are anchored in a text."""
        flat = self._slice("anchors", number, 2)
        return [(at, self._head["labels"][name]) for at, name in zip(flat[::2], flat[1::2], strict=True)]

    def _slice(self, part: str, number: int, width: int) -> list[int]:
        start, end = self._parts[f"{part.removesuffix('s')}_starts"][number : number + 2]
        found: list[int] = self._parts[part][width * start : width * end].tolist()
        return found

    def licenses(self, number: int) -> tuple[LicenseId, ...]:
        """Return the license that a text is; several where the same words are several licenses."""
        return tuple(LicenseId(str(each)) for each in self._head["licenses"][number])

    def is_notice(self, number: int) -> bool:
        """Return whether a text is the notice by which a file refers to its license."""
        return bool(number >= self._head["notices"])

    def ids(self) -> tuple[LicenseId, ...]:
        """Return all licenses of the index, sorted."""
        return tuple(sorted({LicenseId(str(each)) for row in self._head["licenses"] for each in row}))


def grams(row: bytes) -> list[int]:
    """Return the gram that begins at each word."""
    words = len(row) // 2
    count = words - GRAM + 1
    if count <= 0:
        return []
    found = [0] * count
    for phase in range(min(GRAM, count)):
        rows = (words - phase) // GRAM
        found[phase::GRAM] = array("Q", row[2 * phase : 2 * phase + 8 * rows]).tolist()
    return found


def is_sampled(gram: int) -> bool:
    """Return whether *gram* is one of those that are looked up."""
    mixed = gram ^ gram >> 16
    return bool(_SAMPLED[(mixed ^ mixed >> 32) & 0xFF])


def sampled(row: bytes, low: int, high: int) -> Iterator[int]:
    """Return at which words between *low* and *high* the grams begin that are looked up.

    The same as `is_sampled` of each, but for all words at once, in the bytes of one number.
    """
    mixed = int.from_bytes(row[2 * low : 2 * high : 2], "little")
    mixed ^= mixed >> 8
    mixed ^= mixed >> 16
    flags = mixed.to_bytes(max(0, high - low), "little").translate(_SAMPLED)
    return compress(range(low, high - GRAM + 1), flags)


class Numbers(dict[bytes, int]):
    """From a word to its number; remembers what it was asked."""

    def __init__(self, vocabulary: memoryview) -> None:
        """Take the sorted digests of the known words."""
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, word: bytes) -> int:
        """Look the word up; a word that no license has is `UNKNOWN`."""
        key = word_digest(word)
        at = bisect_left(self._vocabulary, key)
        number = at if at < len(self._vocabulary) and self._vocabulary[at] == key else UNKNOWN
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        self[word] = number
        return number


class Lists(dict[int, memoryview]):
    """From a gram to the texts that are listed under it; remembers what it was asked."""

    def __init__(self, keys: memoryview, ends: memoryview, lists: memoryview) -> None:
        """Take the sorted grams, where the list of each begins, and the lists."""
        super().__init__()
        self._keys, self._ends, self._lists = keys, ends, lists

    def __missing__(self, gram: int) -> memoryview:
        """Look the gram up; one that no license has is listed nowhere."""
        at = bisect_left(self._keys, gram)
        known = at < len(self._keys) and self._keys[at] == gram
        found = self._lists[self._ends[at] : self._ends[at + 1]] if known else self._lists[:0]
        if len(self) >= MAX_LISTED:
            self.clear()
        self[gram] = found
        return found


def word_digest(word: bytes) -> int:
    """Return 64 bits of a digest of *word*."""
    return int.from_bytes(hashlib.blake2b(word, digest_size=8).digest(), "little")


def digest(words: list[bytes]) -> bytes:
    """Return the 256-bit digest of a row of words."""
    return hashlib.sha256(b" ".join(words)).digest()


@functools.cache
def load() -> Index:
    """Open the index of the package; nothing is read before it is needed."""
    place = files("cleartitle.identification") / NAME
    try:
        with as_file(place) as path, path.open("rb") as stream:
            return Index(memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"the index of license texts cannot be opened: {error}") from error
