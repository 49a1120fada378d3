"""What kind of text this is: the languages, and whether it can be a license at all."""

from __future__ import annotations

import re
from enum import StrEnum

from cleartitle.clauses.language import shape

_CJK = re.compile("[\u3400-\u9fff]")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_LATIN = re.compile("[A-Za-z]{2,}")
_ERROR_PAGE = shape("nature.error-page")
_HTML = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_LEGAL = shape("nature.legal")
_PRIVACY = re.compile(r"\bprivacy (?:policy|notice|statement)\b|隐私(?:政策|声明|协议)", re.IGNORECASE)
_COLLECT = shape("nature.collect")
_README = shape("nature.readme")
_GRANTS = re.compile(r"\b(?:hereby grants?|you may not|licensee|as is|as-is)\b|特此授予|您不得|被许可", re.IGNORECASE)


class Problem(StrEnum):
    """Why a text is not read as a license."""

    EMPTY = "empty"
    BINARY = "binary"
    ERROR_PAGE = "error-page"
    """What a server says when the page is not there."""
    README = "readme"
    PRIVACY_POLICY = "privacy-policy"
    NOT_A_LICENSE = "not-a-license"
    """No word of a license in it."""
    OTHER_LANGUAGE = "other-language"
    """Neither English nor Chinese: nothing is read, which does not mean that it says nothing."""


def languages(text: str) -> tuple[str, ...]:
    """Return the languages of *text* that are read: ``en``, ``zh`` or both.

    >>> languages("您可以使用本模型。")
    ('zh',)
    """
    sample = text[:30_000]
    if sample.isascii():
        return ("en",) if _LATIN.search(sample) else ()
    han = _han(sample)
    if not han:
        return ("en",) if _LATIN.search(sample) else ()
    latin = sum(map(len, _LATIN.findall(sample)))
    chinese = (han > 20 and han * 12 > latin) or not latin
    english = latin > 60 and latin > han // 2
    return tuple(name for name, holds in (("en", english), ("zh", chinese)) if holds)


def problem(text: str) -> Problem | None:
    """Return why *text* is no license, or None."""
    sample = text[:40_000]
    if not sample.strip():
        return Problem.EMPTY
    odd = len(_ODD.findall(sample, 0, 4000))
    if odd * 20 > min(len(sample), 4000):
        return Problem.BINARY
    if (
        (len(sample) < 3000 or _HTML.search(sample[:2000]))
        and _ERROR_PAGE.search(sample[:3000])
        and not _GRANTS.search(sample)
    ):
        return Problem.ERROR_PAGE
    if _is_foreign(sample):
        return Problem.OTHER_LANGUAGE
    if not _LEGAL.search(sample):
        return Problem.NOT_A_LICENSE
    if _PRIVACY.search(sample[:600]) and len(_COLLECT.findall(sample)) >= 2:
        return Problem.PRIVACY_POLICY
    if (
        ("```" in sample or "pip install" in sample)
        and len(_README.findall(sample)) >= 2
        and not _GRANTS.search(sample)
    ):
        return Problem.README
    return None


def _han(sample: str) -> int:
    """Return how many Chinese characters there are: line by line, since most lines of most texts need no look."""
    return sum(len(_CJK.findall(line)) for line in sample.splitlines() if not line.isascii())


def _is_foreign(sample: str) -> bool:
    """Tell whether a text of some length has hardly a word of English and no Chinese."""
    said = sample[:6_000].lower()
    words = (_ASCII_WORD if said.isascii() else _WORD).findall(said)
    if len(words) < MIN_WORDS or _han(sample) * 12 > len(sample):
        return False
    return sum(map(_COMMON.__contains__, words)) * 14 < len(words)


MIN_WORDS = 80
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")
_COMMON = frozenset(["the", "of", "and", "to", "a", "in", "or", "any", "you", "this", "for", "by", "is", "that", "not"])
_COMMON |= frozenset(["with", "may", "be", "as", "on", "are", "your"])
