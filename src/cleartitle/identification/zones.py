"""What a copy of a license may lack, add or fill in and still be the license: titles, holders, blanks, list marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cleartitle.identification.index import Zone

_YEAR = r"(?:(?:19|20)(?:\d\d|yy|xx)|years?\b|yyyy|dates?\b|xxxx|\$\{?(?:year|date))"
_SIGN = r"(?:\(c\)|©|&copy;|⒞)"
_HOLDER = re.compile(
    rf"\bcopyright(?:[\s:]*{_SIGN})*[\s:,]*[<\[{{(]*\s*{_YEAR}"
    rf"|\bcopyright[\s:]*{_SIGN}|{_SIGN}[\s:]*copyright\b|{_SIGN}\s*[<\[{{(]*\s*{_YEAR}|©(?=\s*\w)"
    r"|(?m:^[^\w\n]*(?-i:C(?:opyright|OPYRIGHT))(?: by)?[ \t:]+(?=(?-i:[A-Z<\[{“\"])))"
    r"|(?m:^[^\w\n]*all rights (?:are )?reserved\b)|版权所有",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?<=\n)|\A)[ \t]*(?:(?:original|some|all)\s+)?(?:portions|parts|modifications|contributions|code)\Z",
    re.IGNORECASE,
)
"""What may lead a copyright line."""
_ALONE = re.compile(rf"(?:{_SIGN}\s*)?copyright[ \t]*{_SIGN}?[ \t,]*{_YEAR}[^\n]{{1,120}}\n", re.IGNORECASE)
"""A line of its own that holds a year and nothing but a copyright."""
_STOP = re.compile(
    r"\n[^\w\n]*(?:\n|$)"
    r"|\b(?:permission|redistribut\w+|licensed|licen[cs]es?|you|your(?! (?:name|company|organi[sz]ation)\b)"
    r"|must|may|shall|hereby|provided|used?|uses|using|copy|"
    r"copying|distribut\w+|notices?|agreements?|terms|conditions?|laws?|everyone|is|are|only|not|no|any|subject|except|"
    r"unless|(?:non-?)?commercial\w*|noncommerc\w*|forbid\w*|prohibit\w*|restrict\w*|evaluation|purposes?|grant\w*)\b|仅|禁止|不得|商业|商用|非商|研究(?![院所室中])",
    re.IGNORECASE,
)
"""Where a copyright line has ended and something is said."""
_HINTS = ("copyright", "©", "(c)", "&copy;", "⒞", "reserved", "版权")
"""One of these is in every copyright line."""
MAX_HOLDER = 240
"""Characters of one copyright line."""
_BLANK = re.compile(
    r"[<\[{](?=[^<>\[\]{}]{0,100}?(?:year|yyyy|name|owner|author|holder|company|organi[sz]ation|program|project|date|mail|insert"
    r"|software|licensor|title|copyright|one line|country|state|jurisdiction|version|model))"
    r"(?!https?:)[^<>\[\]{}]{1,120}[>\]}]"
    r"|\b(?:YOUR NAME|YEAR|YYYY|xxxx|ORGANIZATION NAME|OWNER|AUTHOR)\b(?=[^\n]{0,40}(?:YEAR|OWNER|NAME|$))",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"\bneither[\s*_]+(?:the[\s*_]+)?names?[\s*_]+(?:of[\s*_]+)?(?!of\b)([^.;]{2,120}?)[\s*_,]+nor\b"
    r"|\bprovided[\s*_]+by[\s*_]+([^.;]{2,100}?)[\s*_]+[\W_]*as[\s*_]is\b"
    r"|\bin[\s*_]+no[\s*_]+event[\s*_]+shall[\s*_]+([^.;]{2,100}?)[\s*_]+be[\s*_]+liable\b",
    re.IGNORECASE,
)
"""Where BSD and its kin name the holder inside the terms: SPDX lets a copy name its own."""
_MARK = re.compile(
    r"(?m)^[^\w\n]*(\d{1,2}(?:\.\d{1,2}){1,3}(?![\w%])|(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})(?=[\\*_]{0,3}[.):\]]))"
)
_LINK = re.compile(r"\]\(([^()\s]{1,500})\)|<(https?://[^\s<>]{1,500})>")
_TAG_LINE = re.compile(r"(?m)^.{0,20}SPDX-(?:License-Identifier|FileCopyrightText|PackageName):.{0,200}$")
_END = re.compile(
    r"END[\s*_#]+OF[\s*_#]+(?:THE[\s*_#]+)?TERMS[\s*_#]+AND[\s*_#]+CONDITIONS(?=.{0,300}?\bhow to (?:apply|use)\b)"
    r"|\n(?=[^\w\n]*how to apply[^\n]{0,120}\n)|\n[^\n\w]*如何[^\n]{0,40}(?:应用|适用)",
    re.IGNORECASE | re.DOTALL,
)
"""What follows tells how to apply the license; an attachment is another matter."""
_TITLE_WORD = re.compile(r"licen[cs]e|agreement|terms|policy|public|notice|许可|协议|条款|使用|声明", re.IGNORECASE)
MAX_TITLE = 40


def holder_lines(text: str) -> list[tuple[int, int]]:
    r"""Return where *text* has copyright lines, each up to where something else is said.

    >>> [text[a:b] for text in ["Copyright (c) 2024 Ann\nYou may copy."] for a, b in holder_lines(text)]
    ['Copyright (c) 2024 Ann\n']
    """
    found: list[tuple[int, int]] = []
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return found
    for start in _HOLDER.finditer(text):
        if found and start.start() < found[-1][1]:
            continue
        limit = min(len(text), start.end() + MAX_HOLDER)
        stop = _STOP.search(text, start.end(), limit)
        found.append((start.start(), stop.start() if stop else limit))
    return found


def marks(text: str) -> list[tuple[int, int]]:
    r"""Return the numbers and letters that lead list items.

    >>> [text[a:b] for text in ["1. One\n  (b) two\n3 days"] for a, b in marks(text)]
    ['1', 'b']
    """
    return [found.span(1) for found in _MARK.finditer(text)]


def asides(text: str) -> list[tuple[int, int]]:
    """Return targets of Markdown links, and lines of SPDX tags."""
    found = [m.span(m.lastindex or 0) for m in _LINK.finditer(text)] if "](" in text or "<http" in text else []
    return found + ([m.span() for m in _TAG_LINE.finditer(text)] if "SPDX-" in text else [])


def of(text: str, starts: list[int], *, notices: bool = False) -> Iterator[tuple[int, int, Zone]]:
    """Yield the zones of a license's own (prepared) text, in words; *starts* says where each word starts.

    With *notices* the text may demand that a notice be shown word for word: a holder inside a sentence is no zone then.
    """

    def words(span: tuple[int, int]) -> tuple[int, int]:
        return bisect_left(starts, span[0]), bisect_left(starts, span[1])

    title = _title(text)
    if title:
        yield *words((0, title)), Zone.TITLE
    for start, end in holder_lines(text):
        own = min(end, line if (line := text.find("\n", start)) >= 0 else end)
        if not notices or _begins(text, start, title):
            yield *words((start, own)), Zone.HOLDER
    for blank in _BLANK.finditer(text):
        yield *words(blank.span()), Zone.BLANK
    for party in _PARTY.finditer(text):
        yield *words(party.span(party.lastindex or 0)), Zone.BLANK
    for mark in marks(text):
        yield *words(mark), Zone.MARK
    end_of_terms = _END.search(text, len(text) // 4)
    if end_of_terms:
        yield *words((end_of_terms.start(), len(text))), Zone.TAIL


def _begins(text: str, start: int, title: int) -> bool:
    """Return whether a copyright line of a license's own text stands by itself, not inside a sentence."""
    before = _PART.sub("", text[max(0, start - 2000) : start].rstrip(" \t*#/;-\"'“"))
    if (
        not before
        or before.endswith("\n\n")
        or start <= title + 3
        or (before.endswith("\n") and _ALONE.match(text, start))
    ):
        return True
    if not before.endswith("\n"):
        return False
    line = before.rstrip("\n").rpartition("\n")[2]
    return not line.strip() or bool(_HOLDER.search(line)) or (len(before) < 200 and bool(_TITLE_WORD.search(line)))


def _title(text: str) -> int:
    """Return where the title of a license ends, in characters: paragraphs of short lines that say nothing."""
    end = total = 0
    for at, paragraph in enumerate(re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text[:3000])):
        lines = paragraph[0].split("\n")
        sizes = [_size(line) for line in lines]
        holder = _HOLDER.search(paragraph[0])
        ends = re.search(r"[.;,:。；，：]\s*$", paragraph[0])
        plain = not ends and not _STOP.search(_TITLE_WORD.sub(" ", paragraph[0]))
        if at >= 4 or total + sum(sizes) > MAX_TITLE or max(sizes) > 12 or not plain:
            return max(end, paragraph.start() + _lead(lines)) if at < 2 else end
        if not holder:
            total += sum(sizes)
            end = paragraph.end()
    return 0


def _lead(lines: list[str]) -> int:
    """Return how many characters of a paragraph are a title set directly above the terms."""
    if len(lines) < 2 or not _TITLE_WORD.search(lines[0]) or _size(lines[0]) > 8 or re.search(r"[.,;:]\s*$", lines[0]):
        return 0
    following = lines[1].lstrip("\"'“(*# ")
    return len(lines[0]) if following[:1].isupper() and not _STOP.search(_TITLE_WORD.sub(" ", lines[0])) else 0


def _size(line: str) -> int:
    return len(re.findall(r"[^\W\u3000-\u9fff]+", line)) + len(re.findall(r"[\u3400-\u9fff]", line)) // 2
