"""Licenses that a text names without holding them: a README, a header, a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleartitle.catalog import resolve
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.statement import Expression, licenses
from cleartitle.vocabulary.words import LicenseId

MAX_TEXT = 200_000
"""Characters that are looked at."""
MAX_WORDS = 12
"""Words of a name."""
MAX_CUES = 500
"""Places where something is called a license."""
_CUE = re.compile(r"licen[cs]|agreement|许可|协议|ライセンス|라이선스|\bunder\b|SPDX", re.IGNORECASE)
_REACH = 80
"""Characters before and after such a place in which a name can stand."""
_WORD = re.compile(r"[^\W_]+(?:[.+-][^\W_]+|\+)*|[\u3400-\u9fff]")
_AGREEMENT = re.compile(r"licen[cs]e|agreement|许可|协议|policy|terms", re.IGNORECASE)
_ID = re.compile(r"(?=.*\d)[A-Za-z][\w.]*-[\w.+-]*\d[\w.+-]*")
_LICENSED = re.compile(
    r"licen[cs](?:e|ed|ing)\b[\W_]{0,6}(?:is\b|under\b|with\b|:|=)?[\W_]*(?:the\b)?[\W_]*\Z"
    r"|\bunder (?:the |an? )?[\W_]*\Z",
    re.IGNORECASE,
)

_FOLLOWED = re.compile(r"[\W_]{0,3}(?:licen[cs]ed?\b|许可|协议|ライセンス|라이선스)", re.IGNORECASE)


def mentions(text: str, held: Iterable[Span] = ()) -> tuple[LicenseId, ...]:
    """Return the licenses that *text* names, in order, outside the passages *held*, which are licenses themselves.

    A name is one of the catalog that says what it is ("MIT License"), an SPDX id with a version ("Apache-2.0"), or
    another name right behind "licensed under". A name of several licenses gives them all.

    >>> mentions("The code is released under the MIT license, the limits are ours.")
    ('MIT',)
    """
    text = text[:MAX_TEXT]
    spans = [(span.start, span.end) for span in held]
    found: dict[LicenseId, None] = {}
    done = 0
    for n, cue in enumerate(_CUE.finditer(text)):
        if n >= MAX_CUES:
            break
        low, high = max(done, cue.start() - _REACH), min(len(text), cue.end() + _REACH)
        if any(start <= cue.start() < end for start, end in spans) or low >= high:
            continue
        for name in _names(text, low, high):
            found.update(dict.fromkeys(licenses(name)))
        done = max(low, high - _REACH // 2)
    return tuple(found)


def _names(text: str, low: int, high: int) -> Iterator[Expression]:
    """Yield what the longest names between *low* and *high* stand for."""
    words = list(_WORD.finditer(text, low, high))
    at = 0
    while at < len(words):
        for size in range(min(MAX_WORDS, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + size - 1].end()
            said = text[start:end]
            if "\n\n" in said or not _could_be(said, text[max(0, start - 60) : start], text[end : end + 20]):
                continue
            meant = resolve.known(said)
            if meant is not None:
                yield meant
                at += size - 1
                break
        at += 1


def _could_be(said: str, before: str, after: str) -> bool:
    return bool(_AGREEMENT.search(said) or _ID.fullmatch(said) or _LICENSED.search(before) or _FOLLOWED.match(after))
