"""Exact identification: a digest of the words, without layout, copyright lines and what follows the terms."""

from __future__ import annotations

import functools
import json
import re
from importlib.resources import files

from cleartitle.catalog import resolve
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.statement import licenses
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
_TITLE = 10
"""Words that a title has at most."""
_KINDS = frozenset({"license", "licence", "agreement", "terms", "policy", "notice"})
_RULES = frozenset(
    {"you", "your", "may", "must", "shall", "will", "not", "no", "is", "are", "granted", "hereby", "this"}
)
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
    """Return the digests of a license: with and without its title, and what follows the end of its terms."""
    made: set[str] = set()
    for version in (text, without_title(text)):
        found = words(version)
        end = next((n for n in range(len(found) - 4) if tuple(found[n : n + 5]) == _END), None)
        made.add(_digest(found))
        if end is not None:
            made |= {_digest(found[:end]), _digest(found[: end + len(_END)])}
    return frozenset(made)


def without_title(text: str) -> str:
    """Return *text* without its first line, if that line is a title: it names a license and rules nothing."""
    head, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    found = words(head)
    title = 0 < len(found) <= _TITLE and _KINDS & set(found) and not _RULES & set(found)
    return rest if title and not head.rstrip().endswith((",", ";", ":")) else text


def identify(text: str) -> LicenseId | None:
    """Return the license that *text* is, word for word, or None.

    A title may be missing, or be another name of the same license; the title of another one makes it another text.
    """
    if len(text) > MAX_TEXT:
        return None
    found = _known().get(digest(text))
    if found:
        return found
    body = without_title(text)
    title = text[: len(text) - len(body)].strip(" \t\r\n#*=_-\ufeff")
    found = _known().get(digest(body))
    return found if found and found in licenses(resolve.name(title)) else None


def _digest(found: list[str]) -> str:
    import hashlib

    return hashlib.sha256(" ".join(found).encode()).hexdigest()


@functools.cache
def _known() -> dict[str, LicenseId]:
    data = json.loads((files("cleartitle.identification") / "digests.json").read_text(encoding="utf-8"))
    return {key: LicenseId(str(value)) for key, value in mapping(data, where="digests.json").items()}
