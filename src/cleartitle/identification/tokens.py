"""Words of a text as identification sees them: without layout, markup and punctuation; numbers as they are."""

from __future__ import annotations

import codecs
import functools
import html
import re
import unicodedata
from itertools import accumulate, compress

MAX_TEXT = 1_000_000
"""Characters; what follows is not read."""

_BLOCKS = (
    "p|br|div|h[1-6]|li|ul|ol|tr|td|th|table|title|body|html|head|section|article|pre|blockquote|center|hr|dl|dd|dt"
)
_INLINE = (
    "a|abbr|b|big|code|em|font|i|img|input|ins|link|main|meta|nav|s|small|span|strong|sub|sup|tt|u|tbody|thead|"
    "header|footer|form|button|label|address|cite|q|var|kbd|nobr"
)
_TAG = re.compile(
    rf"<(?:/?(?:({_BLOCKS})|{_INLINE})(?:\s[^<>]{{0,2000}})?/?|!doctype[^<>]{{0,500}}|\?xml[^<>]{{0,200}})>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d?);")
_WORD_PREFIX = re.compile(r"(?im)^[ \t]*(?:dnl|rem)(?=[ \t]|$)")
_FILLER = "\u00ad"
"""A soft hyphen: it is part of a word and then vanishes, so that lengths stay."""
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(
    rf"©|(?![\u3000-\u3004\u3008-\u3020])[{_CJK}]|(?:(?![{_CJK}])[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])+"
)
_NEXT = (1).__add__
_VANISH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TABLE = bytes(b if b > 127 else ord(chr(b).lower()) if chr(b).isalnum() else 32 for b in range(256))
_LATIN = bytes(b if chr(b).isalnum() or b == 0xAD else 99 if b == 0xA9 else 32 for b in range(256))
"""What is a letter among the first 256 characters; ``©`` is a word."""
_COMMON = tuple(
    (lead, [(mark.encode(), b" c " if mark == "©" else b" ") for mark in marks])
    for lead, marks in (
        (b"\xe2\x80", "“”‘’–—…•‑"),
        (b"\xe2\x84", "™"),
        (b"\xc2", "\u00a0©®·§«»"),
    )
)
"""Frequent marks that are no letters, by how they begin in UTF-8."""


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """Put one character of the first 256 for each other one: a letter for a letter, a space for the rest."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    part = error.object[error.start : error.end]
    return "".join("x" if c.isalnum() or ord(c) in _VANISH else " " for c in part), error.end


codecs.register_error("cleartitle", _stand_in)


def prepare(text: str) -> str:
    r"""Return *text* with tags blanked and entities resolved: as many characters, each where it was.

    >>> prepare("<b>caf&eacute;</b>").split()
    ['café\xad\xad\xad\xad\xad\xad\xad']
    """
    if "<" in text:
        text = _TAG.sub(_blank, _without(_without(text, "style"), "script"))
    if "&" in text:
        text = _ENTITY.sub(_resolved, text)
    if text[:200].lstrip()[:3].lower() in {"dnl", "rem"}:
        text = _WORD_PREFIX.sub(lambda m: " " * len(m[0]), text)
    return text


def words(prepared: str) -> list[bytes]:
    r"""Return the words of a prepared text.

    >>> words("* **You** shall pay $1,000 \u2014 \u00a9 Jos\u00e9")[3:]
    [b'1', b'000', b'c', b'jos\xc3\xa9']
    """
    data = prepared.encode("utf-8", "replace")
    if not data.isascii():
        for lead, marks in _COMMON:
            if lead in data:
                for mark, instead in marks:
                    data = data.replace(mark, instead)
    found = data.translate(_TABLE).replace(b"https", b"http").split()
    if data.isascii():
        return found
    return [word for each in found for word in ((each,) if each.isascii() else _pieces(each))]


def places(prepared: str, count: int) -> list[int]:
    """Return where each of the *count* words of `words` starts, in characters."""
    parts = prepared.encode("latin-1", "cleartitle").translate(_LATIN).split(b" ")
    starts = list(compress(accumulate(map(_NEXT, map(len, parts)), initial=0), parts))
    if len(starts) == count:
        return starts
    pieces = list(_PIECE.finditer(prepared))
    if len(pieces) == count:  # no piece folds to several words: the rule, but for ligatures and their like
        return [found.start() for found in pieces]
    return [found.start() for found in pieces for _ in _folded(found[0])]


def end_of(prepared: str, start: int) -> int:
    """Return where the word that starts at *start* ends."""
    found = _PIECE.match(prepared, start)
    return found.end() if found else start


def is_word(character: str) -> bool:
    """Return whether *character* is, or is part of, a word."""
    return _PIECE.match(character) is not None


@functools.lru_cache(maxsize=50_000)
def _pieces(word: bytes) -> tuple[bytes, ...]:
    return tuple(part for piece in _PIECE.findall(word.decode()) for part in _folded(piece))


def _folded(piece: str) -> list[bytes]:
    if piece.isascii():
        return [piece.lower().replace("https", "http").encode()]
    if piece == "©":
        return [b"c"]
    folded = unicodedata.normalize("NFKC", piece.translate(_VANISH)).lower().replace("https", "http")
    return ["".join(c for c in part if c != "\u0307").encode("utf-8", "replace") for part in _split(folded)]


def _split(folded: str) -> list[str]:
    return "".join(c if c.isalnum() or "\u0300" <= c <= "\u036f" else " " for c in folded).split()


def _blank(found: re.Match[str]) -> str:
    length = len(found[0])
    return ("\n" if found[1] else " ") + " " * (length - 1)


def _resolved(found: re.Match[str]) -> str:
    plain = html.unescape(found[0])
    if len(plain) > len(found[0]) or plain == found[0]:
        return found[0]
    return plain + (_FILLER if plain.isalnum() else " ") * (len(found[0]) - len(plain))


def _without(text: str, element: str) -> str:
    """Blank the element with what is in it, in one pass over the text."""
    lower = text.lower()
    if len(lower) != len(text) or f"</{element}" not in lower:
        return text
    parts: list[str] = []
    done = 0
    while (start := lower.find(f"<{element}", done)) >= 0 and (end := lower.find(f"</{element}", start)) >= 0:
        parts += [text[done:start], " " * (end - start)]
        done = end
    return "".join(parts) + text[done:].replace(f"</{element}>", " " * (len(element) + 3))
