"""Folding: one spelling for what is typed in many ways, character for character.

Folded text has the length of the original, so that an offset in one is an offset in the other.
"""

from __future__ import annotations

import re
from itertools import pairwise

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDS = str.maketrans(
    {chr(code): plain for code, plain in _WIDE.items()}
    | dict.fromkeys("“”„‟«»「」『』〝〞", '"')
    | dict.fromkeys("‘’‚‛′`", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\u200b\ufeff\t\x0b\x00\u00ad", " ")
    | {"İ": "I", "\u2028": "\n", "\u2029": "\n", "\r": " ", "\f": "\n", "〔": "(", "〕": ")", "【": "(", "】": ")"}
)
_FOLDED = re.compile(r"[^\x01-\x08\n\x0e-_a-~]+")
"""What may change: what is not plain ASCII."""
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]{0,500})?/?>|<!--[^<>]{0,500}-->")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "section",
        "article",
        "blockquote",
        "pre",
        "body",
        "dd",
        "dt",
    ]
)
_ENTITIES = {
    "nbsp": " ",
    "quot": '"',
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "ldquo": '"',
    "rdquo": '"',
    "rsquo": "'",
    "#39": "'",
}
_ENTITY = re.compile(r"&(nbsp|quot|amp|lt|gt|ldquo|rdquo|rsquo|#39);")
_EMPHASIS = re.compile(
    r"\*{2,3}|(?<![\w/])_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?![\w/])|(?<=[^\s*])\*(?=[\s.,;:)]|$)|(?<=[\s(])\*(?=[A-Za-z])|~~"
)
_QUOTE_PREFIX = re.compile(r"^[ ]{0,8}(?:>[ ]?){1,6}|^[ ]{0,4}(?://|;;|--|\* (?=[a-z]))", re.MULTILINE)
_HASH_PREFIX = re.compile(r"^[ ]*#", re.MULTILINE)
_HIDDEN = (("<script", "</script>"), ("<style", "</style>"))


def fold(text: str) -> str:
    """Return *text* with one kind of quotes, dashes, spaces and punctuation, and without markup; the length stays.

    >>> fold("“商用”：见<b>附录</b>")
    '"商用":见   附录    '
    """
    folded = text.replace("\r", " ").replace("\t", " ")  # which is common, and faster so
    folded = _FOLDED.sub(lambda m: m[0].translate(_FOLDS), folded)
    if "<" in folded:
        folded = _TAG.sub(_tag, _hide(folded))
    if "&" in folded:
        folded = _ENTITY.sub(lambda m: _ENTITIES[m[1]].ljust(len(m[0])), folded)
    if "*" in folded or "_" in folded or "~" in folded:
        folded = _EMPHASIS.sub(_blank, folded)
    folded = _QUOTE_PREFIX.sub(_blank, folded)
    lines = folded.count("\n") + 1
    if lines > 5 and "#" in folded and len(_HASH_PREFIX.findall(folded)) * 3 > lines * 2:
        folded = _HASH_PREFIX.sub(_blank, folded)
    return folded


def lower(text: str) -> str:
    """Return *text* in lower case where that keeps its length."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _tag(match: re.Match[str]) -> str:
    name, size = (match[1] or "").lower(), len(match[0])
    if name == "li" and not match[0].startswith("</"):
        return "\n- ".ljust(size)
    if name == "code":
        return '"'.ljust(size) if match[0].startswith("</") else '"'.rjust(size)
    return ("\n" if name in _BLOCKS else "").ljust(size)


def _hide(text: str) -> str:
    """Blank scripts and style sheets: what no reader sees says nothing."""
    small = lower(text)
    cuts = [0, len(text)]
    for opening, closing in _HIDDEN:
        start = small.find(opening)
        while start >= 0:
            end = small.find(closing, start)
            if end < 0:
                break
            cuts += [start, end]
            start = small.find(opening, end)
    if len(cuts) == 2:
        return text
    cuts.sort()
    pieces = [text[a:b] if n % 2 == 0 else " " * (b - a) for n, (a, b) in enumerate(pairwise(cuts))]
    return "".join(pieces)
