"""Whether words state a license of this project, now: not a former one, not a mere pointer, not somebody else's."""

from __future__ import annotations

import re

from cleartitle.prose.names import Mention
from cleartitle.prose.patterns import first, saying, together
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.subjects import Word
from cleartitle.vocabulary.prose import Subject

_POINTED_TO = re.compile(r" ?(?:を(?:ご)?(?:確認|参照|覧|読)|(?:를|을) ?(?:참조|참고|확인))")
_WORD = re.compile(r"[a-z][\w.-]{3,}|[\u3400-\u9fff]{2,}", re.ASCII)
_LOCAL_FILE = re.compile(r"(?:\.{1,2}/){0,2}[\w.%-]{0,40}(?i:licen[sc]e|copying)[\w.%-]{0,40}")
"""The address of a license file that lies beside the text: it is that of this project."""
_FILE_NAME = re.compile("LICEN[SC]E|COPYING")
_WE = re.compile(
    r"\W*(?:and )?we(?:'re| are|'ve| have)? (?:\w{2,12} )?(?:releas(?:e|ing|ed)|publish(?:ing|ed)?|licens(?:e|ing|ed)"
    r"|open-?sourc(?:e|ing|ed)|shar(?:e|ing|ed)) [^.;,]{1,80} under\b"
)
_OPENS = re.compile(
    r"^\W*(?:it\b|licensed|released|distributed|available|this\b|本|この|ライセンスは|라이[선센]스는|许可证[为是])"
)
_THIS = ("本", "该", "此", "この", "当")
_IS_LICENSED = re.compile(
    r"(?: licen[sc]ed)?\W{0,3}$| licen[sc]ed\b(?! (?:to|by))| ?(?:©|\(c\)|copyright\b)", re.IGNORECASE
)
"""What follows the name of a license with which a sentence opens: ``MIT licensed.``, ``MIT © Ann``."""
_OPEN = re.compile(r"\bopen[- ](?:weights?|source|sourced)(?: models?| weights| code)? ?(?:\(|, )(?:the |an? )?$")
"""Words in front of a license, with or without brackets: ``open weights (MIT)``."""
_BEGINS = re.compile(r"\W*(?:(?:The|All|Our|Both|Yes|Note|Open|Trained|Final|Released)\W+){0,3}")
_VERB = re.compile(r"\b(?:is|are)\b")


def former(low: str, begin: int, start: int) -> bool:
    """Return whether the words before a name say that it held once: ``changed from the Fox License to``."""
    for each in saying("traps", "former"):
        for found in each.matches.finditer(low, begin):
            if found.end() > start:
                break
            if start - found.end() < 28:
                return True
    return False


def is_denied(low: str, begin: int, mention: Mention) -> bool:
    """Return whether the words around a name say that it does not hold: ``not licensed under the``."""
    before = low[max(begin, mention.start - 90) : mention.start]
    return bool(
        first("traps", before, "denied") or first("traps", low[mention.end : mention.end + 40], "denied-behind")
    )


def is_reference(low: str, begin: int, start: int, end: int) -> bool:
    """Return whether the words around a name only point to it: ``see the``, ``を参照``."""
    before = low[max(begin, start - 70) : start]
    return bool(together("traps", "reference").search(before) or _POINTED_TO.match(low, end))


def _named_after(low: str, title: str, until: int) -> bool:
    """Return whether a word of the title stands in a sentence."""
    return any(word in low[:until] for word in _WORD.findall(title))


def plainly(said: Plain, words: list[Word], mention: Mention, begin: int, place: Place, *, weak: bool) -> bool:
    """Return whether a sentence outside license sections puts this very project under the license."""
    low = said.low
    window = low[begin : mention.start]
    if mention.named and re.search(
        r"\blicen[sc]e (?:is|can be|may be) (?:available|found|obtained)[^.;]{0,30}$", window
    ):
        return True
    if (
        mention.named
        and mention.said
        and _LOCAL_FILE.fullmatch(mention.address)
        and not _FILE_NAME.search(mention.said)
    ):
        return True
    if _IS_LICENSED.match(low, mention.end) and not low[: mention.start].strip(" *_>#-"):
        return True
    if weak:
        return False
    if mention.named and (_OPEN.search(window) or _after_title(low, mention, place)):
        return True
    tail = low[mention.end : mention.end + 20].lstrip(")\"'] ")
    if not first("binding", window, "stated") and not first("binding", tail, "stated"):
        return False
    heads = [w for w in words if begin <= w.start < mention.start]
    heads = [w for w in heads if not w.complement] or heads
    if heads and heads[0].subject is not Subject.DATA and _named_after(low, place.title, mention.start):
        return True
    if heads:
        before = low[max(begin, heads[0].start - 40) : heads[0].start] + low[heads[0].start : heads[0].end]
        if heads[0].subject is Subject.DATA and not re.search(r"\b(?:this|our)\b|本|この|이 ", before):
            return False
        opens = _BEGINS.fullmatch(said.text[: heads[0].start]) is not None
        opens = opens and heads[0].subject in (Subject.CODE, Subject.WEIGHTS)
        opens = opens or any(low[max(0, w.start - 2) : w.start].endswith(_THIS) for w in heads)
        return opens or bool(first("binding", low[begin : heads[0].start], "own") or first("binding", before, "own"))
    if place.title and low[:80].lstrip().startswith(place.title):
        return True
    if _WE.match(low):
        return True
    return bool(_OPENS.match(low)) or bool(
        re.match(r"^\W*[A-Z][\w.+-]*(?: [\w.+-]+){0,3} (?:is|are)\b", said.text) and _title_like(said, begin)
    )


def _after_title(low: str, mention: Mention, place: Place) -> bool:
    """Return whether a license stands in brackets behind the title: ``Fox (MIT) is a small model``."""
    before = low[: mention.start].strip(" *_")
    return bool(place.title) and before.endswith("(") and before[:-1].strip(" *_") == place.title


def _title_like(said: Plain, begin: int) -> bool:
    verb = _VERB.search(said.low)
    return begin == 0 and not first("bases", said.low[: verb.start() if verb else 60], "family")
