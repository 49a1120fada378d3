"""Exact identification: a digest of the words, without layout, copyright lines and what follows the terms."""

from __future__ import annotations

import functools
import json
import re
from importlib.resources import files

from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.words import LicenseId

MAX_TEXT = 400_000
"""Characters; no license is longer."""
_COPYRIGHT = re.compile(
    r"^\W*(?:copyright\s*(?:\(c\)|©|[0-9]{4}|\[|<|by\b)|\(c\)\s*(?:copyright|[0-9]{4})|©|all rights reserved\W*$).*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A holder's line; a line of the terms that happens to begin with the word stays."""
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_WORD = re.compile(r"\w+")
_END = ("end", "of", "terms", "and", "conditions")


def words(text: str) -> list[str]:
    r"""Return the words that decide which text it is; numbers are kept as they are.

    >>> words("Copyright (c) 2024 Somebody\nPermission is **hereby** granted")
    ['permission', 'is', 'hereby', 'granted']
    """
    return _WORD.findall(_MARKUP.sub(" ", _COPYRIGHT.sub(" ", text[:MAX_TEXT])).casefold().replace("_", " "))


def digest(text: str) -> str:
    """Return the digest of the words of *text*: 256 bits, in hexadecimal."""
    return _digest(words(text))


def variants(text: str) -> frozenset[str]:
    """Return the digests under which a license is known: with and without what follows the end of its terms."""
    found = words(text)
    ends = (n for n in range(len(found) - 4) if tuple(found[n : n + 5]) == _END)
    end = next(ends, None)
    whole = {_digest(found)}
    return frozenset(whole if end is None else whole | {_digest(found[:end]), _digest(found[: end + len(_END)])})


def identify(text: str) -> LicenseId | None:
    """Return the license that *text* is, word for word, or None."""
    return None if len(text) > MAX_TEXT else _known().get(digest(text))


def _digest(found: list[str]) -> str:
    import hashlib

    return hashlib.sha256(" ".join(found).encode()).hexdigest()


@functools.cache
def _known() -> dict[str, LicenseId]:
    data = json.loads((files("cleartitle.catalog") / "digests.json").read_text(encoding="utf-8"))
    return {key: LicenseId(str(value)) for key, value in mapping(data, where="digests.json").items()}
