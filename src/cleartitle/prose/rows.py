"""Licenses in the rows of tables: one beside its part, one in its own column, several with their parts in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleartitle.prose.covers import DIGIT_NAME
from cleartitle.prose.markdown import Form
from cleartitle.prose.names import Mention, mentions
from cleartitle.prose.patterns import expression
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.sections import Section
from cleartitle.prose.subjects import about, subjects
from cleartitle.prose.values import free_name
from cleartitle.vocabulary.prose import Subject

Told = tuple[Mention, tuple[Subject, ...]]
"""A license, and what it is said to be for."""
MAX_CELLS = 12
_LICENSE_KEY = expression(r"{license-word}")
_SOLD = expression(r"(?:{commercial})(?! licen)")
_END = r"(?=$|[\s,;.(（。—–-])"
_YES = re.compile(
    rf"^\W*?(?:[✅✔✓☑○◯🟢👍]\ufe0f?|(?:yes|y|allowed|permitted|ok|oui|sí|si|sim|ja|是|可以?|可商用|允许|支持|はい|可能|예|네|가능)"
    rf"{_END})"
)
_NO = re.compile(
    rf"^\W*?(?:[❌✗✘✖×🚫⛔🔴]\ufe0f?|(?:no|n|not allowed|prohibited|forbidden|non|nein|não|否"
    rf"|不可|不可商用|禁止|不允许|いいえ|不可能|아니오|아니요|불가|금지){_END})"
)
_BASE = re.compile(
    r"\W*(?:(?:original|pre-?train(?:ed|ing)|pre-?trained) )?(?:base|upstream|original|parent|source|teacher|backbone"
    r"|foundation|underlying)\b(?: models?| weights| checkpoints?| llm| vlm| encoder| project| ?\([^()]{0,60}\))*\W*$"
    r"|\W*(?:ベース|元)モデル\W*$|\W*(?:基座|底座|基础|原始|上游)模型\W*$|\W*베이스 ?모델\W*$"
)
"""Heads a row on what this one was made from."""
_OURS = re.compile(
    r"\W*(?:this|our) (?:\w{1,20} )?(?:artifact|release|build|upload|conversion|export|derivative|variant)\b"
)
_FOR = re.compile(
    r"[\"')\]]{0,2}(?: licen[sc]e)? (?:for|on) (?:the |our |all )?(?P<part>[\w -]{2,30}?)(?=\W*$| ?[,;/|+]| and | & )"
)
_OTHERS = re.compile(
    r"\W*(?:third[- ]party )?(?:packages?|librar(?:y|ies)|dependenc(?:y|ies)|third[- ]party(?: \w+)?|upstream(?: \w+)?"
    r"|tools?|fonts?|icons?|assets?|依赖(?:项|库)?|第三方\w{0,6}|ライブラリ|依存\w{0,6}|의존성|라이브러리)\W*$"
)
"""Heads a column of what others made."""
_LETTERS = re.compile(r"[^\W\d_]+")
_PROPER = re.compile(r"\d|/|(?<=[a-z])[A-Z]| (?!Model|Weights|Code|Data|Checkpoint|Set|File|Card|Script)[A-Z][a-z]")
"""What makes a name of the words in a cell."""
_IN_BRACKETS = re.compile(r"[\"')\]]{0,2}(?: licen[sc]e)? ?\((?:for )?(?:the )?(?P<part>[^()]{2,40})\)")


def row(said: Plain, place: Place) -> list[Told]:
    """Return the licenses that a row of a table tells."""
    cells = [c for c in re.split(r"\s*\|\s*", said.text.strip().strip("|")) if c.strip()]
    if not 2 <= len(cells) <= MAX_CELLS:
        return []
    head = cells[0].lower()
    if place.columns and _LICENSE_KEY.search(place.columns[0]) and len(place.columns) == len(cells):
        return _license_first(said, cells)
    is_key = bool(_LICENSE_KEY.search(head)) and len(head.split()) <= 4
    if not is_key and place.section is not Section.LICENSE:
        return _in_column(said, place, cells)
    if is_key and len(cells) != 2:
        return [*_across(said, place, cells)][::-1]
    if (_BASE.match(head) and not is_key) or (place.columns and _OTHERS.match(place.columns[0])):
        return []
    inside = len(said.text) - len(said.text.lstrip(" |")) + len(cells[0])
    told = [m for m in mentions(said, keyed=is_key) if m.start >= inside and m.named]
    if is_key and (apart := in_parts(said, told)):
        return apart
    covers = _part(_LICENSE_KEY.sub(" ", head) if is_key else head) or ((Subject.WEIGHTS,) if _OURS.match(head) else ())
    if not covers and not is_key and DIGIT_NAME.search(cells[0]):
        covers = (Subject.WEIGHTS,)
    if told:
        return [(told[0], covers)]
    if covers and not is_key and (named := _named_in_column(said, place, cells)):
        return [(named, covers)]
    start = said.text.find(cells[1]) if is_key and place.columns else -1  # else the head of the table
    named = free_name(said, start) if start >= 0 else None
    return [(named, covers)] if named else []


def _named_in_column(said: Plain, place: Place, cells: Sequence[str]) -> Mention | None:
    """Return what stands in the column for licenses, where it could be a name that nobody knows."""
    at = next((n for n, head in enumerate(place.columns) if n and _LICENSE_KEY.search(head)), 0)
    if not at or len(cells) != len(place.columns) or place.head:
        return None
    start = 0
    for cell in cells[: at + 1]:
        start = said.text.find(cell, start)
    return free_name(said, start, start + len(cells[at]))


def _license_first(said: Plain, cells: Sequence[str]) -> list[Told]:
    """Return the license of a row that names it first, and behind it what it is for."""
    end = said.text.find(cells[0]) + len(cells[0])
    told = [m for m in mentions(said, keyed=True) if m.start < end and m.named]
    covers = _part(cells[1].lower())
    return [(told[0], covers)] if told and covers else []


def in_parts(said: Plain, told: Sequence[Mention]) -> list[Told]:
    """Return several licenses, each with the part that stands in brackets behind it: ``MIT (code), Fox (weights)``."""
    found = [(m, _IN_BRACKETS.match(said.low, m.end) or _FOR.match(said.low, m.end)) for m in told]
    parts = [(m, _part(behind["part"])) for m, behind in found if behind]
    return parts if len(told) > 1 and len(parts) == len(told) and all(covers for _, covers in parts) else []


def _in_column(said: Plain, place: Place, cells: Sequence[str]) -> list[Told]:
    """Return the license of a released model: what stands in the column for it."""
    at = next((n for n, head in enumerate(place.columns) if n and _LICENSE_KEY.search(head)), 0)
    if not at or len(cells) != len(place.columns):
        return []
    start = 0
    for cell in cells[: at + 1]:
        start = said.text.find(cell, start)
    end = start + len(cells[at])
    told = [m for m in mentions(said, keyed=True) if start <= m.start < end and m.named]
    covers = (Subject.WEIGHTS,) if place.models or _titled(cells[0], place) else _only_part(cells[0])
    return [(told[0], covers)] if told and covers else []


def _titled(cell: str, place: Place) -> bool:
    """Return whether a cell holds a word of the title: this work, or one of its sizes."""
    return any(len(w) > 3 and w in place.title for w in _LETTERS.findall(cell.lower()))


def _only_part(cell: str) -> tuple[Subject, ...]:
    """Return what the first cell of a row names, where it is a part and no name: ``Model weights``."""
    covers = (_OURS.match(cell.lower()) and (Subject.WEIGHTS,)) or _part(cell.lower())
    short = len(cell.split()) <= 3 and len(cell) <= 30 and not _PROPER.search(cell[1:])
    return covers if short and not _BASE.match(cell.lower()) else ()


def _across(said: Plain, place: Place, cells: Sequence[str]) -> Iterator[Told]:
    """Yield the licenses of a row whose key is the license, in a table with a column for each part."""
    told = mentions(said, keyed=True)
    end = len(said.text)
    for cell, head in zip(reversed(cells[1:]), reversed(place.columns), strict=False):
        end = said.text.rfind(cell, 0, end)
        named = [m for m in told if end <= m.start < end + len(cell) and m.named]
        covers = _part(head)
        ours = _titled(head, place)
        if named and (covers or ours):
            yield named[0], covers


def _part(low: str) -> tuple[Subject, ...]:
    return about([w for w in subjects(low) if w.subject is not Subject.PROJECT], low)


def sold(low: str, place: Place) -> str:
    """Return what a row says in the column on commercial use: ``commercial use: no``; empty where there is none."""
    at = next((n for n, head in enumerate(place.columns) if n and _SOLD.search(head)), 0)
    cells = [c.strip() for c in low.strip().strip("|").split("|")]
    if place.form is not Form.ROW or not at or len(cells) != len(place.columns):
        return ""
    said = _NO.sub("no", _YES.sub("allowed", cells[at]))
    return f"commercial use: {said}" if said else ""
