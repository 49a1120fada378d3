"""Copyright holders and years, as a license, a notice or the head of a source file names them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from cleartitle.identification import signs
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.identification import Holder

MAX_HOLDERS = 500
MAX_READ = 2_000_000
"""Characters of a text that are searched."""
_MAX_PLACES = 20_000
"""Places where a claim could begin that are looked at."""
_REACH = 500
"""Characters of a claim that are read, a line or a few."""
_MAX_NAME = 200
_MAX_LINES = 4
_GOES_ON = re.compile(r"(?:[,，、&]|\b(?:and|of|the|by))\s*\Z", re.IGNORECASE)
_EDGES = " \t\r\n,，;:：*_|#/\\%=\"'“”`~-–—。、"
_PAIRS = {"[": "]", "<": ">", "(": ")", "{": "}"}


def holders(text: str) -> tuple[Holder, ...]:
    r"""Return the copyright holders that *text* names, in order, each name with its years once.

    Blanks to be filled in name nobody, and the copyright of a license text itself (the Free Software Foundation's
    line in the GPL) is not the work's. Names come without addresses; the span holds the words as they stand.

    >>> [(h.name, h.years) for h in holders("Copyright (c) 2019-2024 Jane Doe <j@x.org>\nAll rights reserved.")]
    [('Jane Doe', '2019-2024')]
    """
    found: dict[tuple[str, str], Holder] = {}
    for each in islice(_claims(text[:MAX_READ]), 4 * MAX_HOLDERS):
        found.setdefault((each.name.casefold(), each.years), each)
    return tuple(islice(found.values(), MAX_HOLDERS))


def _claims(text: str) -> Iterator[Holder]:
    done = 0
    for place in _places(text):
        if place < done:
            continue
        found, done = _claim(text, place)
        if found:
            yield found
            for more in _listed(text, found):
                done = more.span.end
                yield more


def _places(text: str) -> list[int]:
    places: set[int] = set()
    for needle in signs.ASCII_NEEDLES if text.isascii() else signs.NEEDLES:
        start = text.find(needle)
        while start >= 0 and len(places) < _MAX_PLACES:
            places.add(start - 1 if needle.lower() == "opyright" and start else start)
            start = text.find(needle, start + len(needle))
    return sorted(places)


def _claim(text: str, place: int) -> tuple[Holder | None, int]:
    """Return the holder of the claim that begins at *place*, if one does, and where to go on."""
    mark = signs.STRONG.match(text, place)
    if mark is None:
        front = text[max(text.rfind("\n", 0, place) + 1, place - 80) : place]
        if signs.FRONT.match(front):
            mark = signs.AT_START.match(text, place) or signs.PLAIN.match(text, place)
        if mark is None:
            found = _chinese(text, place, front)
            return found, found.span.end if found else place
    tail, end = _tail(text, mark.end())
    plain = mark.re is signs.PLAIN
    if signs.HOLE.match(tail.lstrip(" \t*_")) or (plain and not _is_whole(mark[0], tail)):
        return None, mark.end()
    name, years = _parts(tail)
    if not _is_name(name, plain=plain) or _of_the_text(text, place, end, name):
        return None, mark.end()
    return Holder(name=name, years=years, span=Span.of(text, place, end)), end


def _chinese(text: str, place: int, front: str) -> Holder | None:
    """Return the holder where the name stands before or inside the words."""
    if owned := signs.OWNED.match(text, place):
        return Holder(name=owned["name"].strip(_EDGES), span=Span.of(text, place, owned.end()))
    after = signs.RESERVED.match(text, place)
    if after is None or not 1 < len(front.strip()) <= 60 or re.search(r"[，。,；]", front):
        return None
    name, years = _parts(front.strip(_EDGES))
    if not _is_name(name, plain=True):
        return None
    return Holder(name=name, years=years, span=Span.of(text, place - len(front), after.end()))


def _tail(text: str, start: int) -> tuple[str, int]:
    """Return what follows the mark, over line ends where it plainly goes on, and where it ends."""
    stop = min(len(text), start + _REACH)
    tail, place = _line(text, start, stop)
    for _ in range(_MAX_LINES - 1):
        bare = signs.FIRST_YEARS.sub("", tail, count=1).strip(_EDGES)
        if place >= stop or text[place] != "\n" or (bare and not _GOES_ON.search(tail)) or signs.ENDS.search(tail):
            break
        leader = signs.LEADER.match(text, place + 1)
        begin = leader.end() if leader else place + 1
        line, after = _line(text, begin, stop)
        if not line or re.match(r"\W*\d", line) or signs.ENDS.match(line) or signs.STRONG.match(text, begin):
            break
        tail, place = f"{tail} {line}", after
    return tail, place if tail else start


def _line(text: str, start: int, stop: int) -> tuple[str, int]:
    end = text.find("\n", start, stop)
    end = stop if end < 0 else end
    line = text[start:end]
    following = signs.NEXT.search(line)
    if following and following.start():
        return " ".join(line[: following.start()].split()), start + following.start()
    return " ".join(line.split()), end


def _listed(text: str, first: Holder) -> Iterator[Holder]:
    """Yield further holders of a list: lines below the first that are set in and begin with a year."""
    end = first.span.end
    for _ in range(50):
        row = re.compile(rf"\n[ \t#*]{{2,40}}(?={signs.YEARS}[\s,]+\S)").match(text, end)
        if row is None or not first.years:
            return
        tail, end = _tail(text, row.end())
        name, years = _parts(tail)
        if not _is_name(name, plain=True):
            return
        yield Holder(name=name, years=years, span=Span.of(text, row.end(), end))


def _parts(tail: str) -> tuple[str, str]:
    """Return the name and the years of a claim."""
    rest = " ".join(signs.MARKDOWN.sub(r"\1", html.unescape(signs.HTML.sub(" ", tail))).split())
    years = ""
    if first := signs.FIRST_YEARS.match(rest):
        years, rest = first["years"], rest[first.end() :]
    if whole := signs.BRACKETS.match(rest):
        return _tidy(whole[1]), " ".join(years.split())
    rest = signs.CONTACT.sub("", _cut(rest, signs.ENDS))
    rest = _cut(rest, signs.SENTENCE).strip(_EDGES)
    if not years and (last := signs.LAST_YEARS.search(f" {rest}")):
        years, rest = last["years"], rest[: max(0, last.start() - 1)]
    return _tidy(rest), " ".join(years.split())


def _cut(text: str, end: re.Pattern[str]) -> str:
    found = end.search(text)
    return text[: found.start()].rstrip(_EDGES + "(") if found else text


def _tidy(name: str) -> str:
    name = " ".join(name.split()).strip(_EDGES)
    if len(name) > 2 and _PAIRS.get(name[0]) == name[-1] and name[0] not in name[1:]:
        name = name[1:-1].strip(_EDGES)
    if len(name) > _MAX_NAME:
        name = name[:_MAX_NAME].rpartition(" ")[0] or name[:_MAX_NAME]
    return re.sub(r"^by ", "", name, flags=re.IGNORECASE)


def _is_whole(mark: str, tail: str) -> bool:
    """Return whether a line without sign and year claims something: a few words with capitals, or reserved rights."""
    if mark.startswith("版") or re.search(r"rights?\s+reserved", tail, re.IGNORECASE):
        return True
    name = _parts(tail)[0]
    words = name.split()
    few = 2 <= len(words) <= 10 or bool(re.search(r"[a-z][A-Z]", name))
    if not few or mark.isupper() or len(tail) > len(name) + 60 or signs.NO_HOLDER.search(name):
        return False
    return all(not word[0].islower() or signs.LITTLE.fullmatch(word) for word in words)


def _is_name(name: str, *, plain: bool) -> bool:
    if not re.search(r"[^\W\d_]", name) or signs.HOLE.search(name):
        return False
    first = name.split(maxsplit=1)[0].strip(_EDGES)
    bare = re.sub(r"[^\w()' ]+", " ", name)
    blank = signs.BLANK.fullmatch(" ".join(bare.split()) + " ") and bare.casefold() not in ("authors", "the authors")
    return not (blank or re.fullmatch(r"[xX.…]+", name) or (plain and signs.NO_NAME.fullmatch(first)))


def _of_the_text(text: str, place: int, end: int, name: str) -> bool:
    """Return whether the claim is about the license text itself, or about the page that it stands on."""
    before = text[max(0, place - 160) : place]
    if signs.PAGE_FOOT.search(text, place, end):
        return True
    if signs.PUBLISHER.fullmatch(name) or signs.TEXT_BEFORE.search(before):
        return True
    if "Free Software Foundation" in name and signs.GNU_TITLE.search(before):
        return True
    return bool(signs.OF_THE_TEXT.search(text, end, min(len(text), end + 400)))
