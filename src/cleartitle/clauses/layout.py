"""Text to passages: the sentences of a text, each with its place, its section and what leads to it.

A list item is read with its lead-in ("You may not use the model to: 1) ..."), an item of a list inside a list with both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen

from cleartitle.clauses.fold import fold, lower
from cleartitle.vocabulary.evidence import Span

MAX_PASSAGE = 3000
"""Characters; a longer sentence is cut, so that no pattern meets more than this at once."""
MAX_LEAD = 600
MAX_DEPTH = 6
_ZH = r"一二三四五六七八九十百"
_MARK = re.compile(
    rf"(?P<bullet>[-+•·●○▪◦*‣])\s+|(?P<dotted>\(?[0-9]{{1,2}}(?:\.[0-9a-z]{{1,2}}){{1,3}}[.):、]?)(?=\s|[^\x00-\x7f])"
    rf"|(?P<number>\(?[0-9]{{1,2}}[.):、])(?![0-9])|(?P<letter>\(?[a-zA-Z][.):、])(?=\s|[^\x00-\x7f])"
    rf"|(?P<letter2>\([a-zA-Z]\))|(?P<roman>\(?[ivxIVX]{{2,5}}[.):])(?=\s)|(?P<zh>\(?[{_ZH}]{{1,3}}[.):、])"
    rf"|(?P<article>第[{_ZH}0-9]{{1,4}}[条章节款]|(?:[Ss]ection|SECTION|[Aa]rticle|ARTICLE)\s+(?:[0-9]{{1,2}}|[IVX]{{1,5}})\b[.:]?)"
)
_TITLE = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"[-=_*\s|:]{3,}$")
_END = re.compile(r"""[.!?]["')\]]*\s+(?=["'(\[]*[A-Z0-9\[])|[。!?]["')\]]*""")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|co|corp|no|v|vs|art|sec|cf|al|st|dr|mr|ms|approx)|\b[a-z]|(?:^|[\n(])[ \t]*[0-9a-z.]{1,5})\.$", re.I)
_LATIN = re.compile(r"[A-Za-z]")
CJK = "\u3400-\u9fff"
_CJK = re.compile(f"[{CJK}]")
_CJK_GAP = re.compile(f"(?<=[{CJK}、。《》,;:()]) +|(?<![a-z0-9]) +(?=[{CJK}])| +(?=[{CJK}])")


@frozen(kw_only=True)
class Passage:
    """A sentence, or a list item, as patterns see it."""

    start: int
    end: int
    text: str
    """Lower case, white space collapsed, no space beside Chinese characters."""
    lead: str = ""
    """What introduces it, outermost first, in the same form."""
    section: str = ""
    heading: str = ""
    chinese: bool = False
    plain: str = field(default="", eq=False, repr=False)
    """The text with its capitals."""

    def before(self, place: int) -> str:
        """Return what is read before *place* of the text, lead-in included."""
        return f"{self.lead} {self.text[:place]}"


@frozen(kw_only=True)
class Document:
    """A text and its passages."""

    original: str
    folded: str
    passages: tuple[Passage, ...]

    def span(self, passage: Passage) -> Span:
        """Return the lines of *passage* in the original."""
        return Span.of(self.original, passage.start, passage.end)


@frozen(kw_only=True)
class _Block:
    start: int
    end: int
    mark: str
    style: str
    title: bool


@frozen(kw_only=True)
class _Level:
    style: str
    mark: str
    lead: str


def lay_out(text: str) -> Document:
    r"""Return the passages of *text*.

    >>> document = lay_out("1. You may not:\n  a) sell it;\n  b) rent it.")
    >>> [(p.section, p.lead, p.text) for p in document.passages][1:]
    [('1.a', 'you may not:', 'sell it;'), ('1.b', 'you may not:', 'rent it.')]
    """
    folded = fold(text)
    return Document(original=text, folded=folded, passages=tuple(_passages(folded)))


def _passages(folded: str) -> Iterator[Passage]:
    levels: list[_Level] = []
    heading = lead = ""
    for block in _blocks(folded):
        if block.title and not block.mark:
            heading, lead, levels = collapse(lower(folded[block.start : block.end])), "", []
        elif block.mark:
            levels = _nest(levels, block, lead)
            lead = ""
        elif not lead:
            levels = []
        above = (*(level.lead for level in levels), "" if block.mark else lead)
        leads = " ".join(filter(None, above))[-MAX_LEAD:]
        section = ".".join(level.mark for level in levels if level.mark)
        last = None
        for start, end in _sentences(folded, block.start, block.end):
            last = _passage(folded, start, end, lead=leads, section=section, heading=heading)
            yield last
        said = last.text if last else ""
        lead = _lead(said, leads if not block.mark else "", block, lead)


def _passage(folded: str, start: int, end: int, *, lead: str, section: str, heading: str) -> Passage:
    plain = collapse(folded[start:end])
    return Passage(
        start=start,
        end=end,
        text=lower(plain),
        plain=plain,
        lead=lead,
        section=section,
        heading=heading,
        chinese=bool(_CJK.search(plain)),
    )


def _lead(said: str, outer: str, block: _Block, current: str) -> str:
    """Return what leads to the next block: a sentence that ends in a colon, or one whose list goes on unmarked."""
    if said.endswith((":", "-")) or (said.endswith((",", "following", "to")) and block.mark):
        return said[-MAX_LEAD:]
    if current and not block.mark and said.rstrip(" andor").endswith((";", ",")):
        return current
    return ""


def _nest(levels: list[_Level], block: _Block, lead: str) -> list[_Level]:
    style = _style(block, levels)
    styles = [level.style for level in levels]
    mark = block.mark.strip("().:、 ")
    if style in styles:
        place = styles.index(style)
        return [*levels[:place], _Level(style=style, mark=mark, lead=levels[place].lead)]
    outer = levels if lead or style[0] not in "#" else []
    return [*outer, _Level(style=style, mark="" if style.startswith("bullet") else mark, lead=lead)][-MAX_DEPTH:]


def _style(block: _Block, levels: list[_Level]) -> str:
    """Return the kind of numbering; ``i.`` after ``h.`` is a letter, elsewhere a Roman number."""
    bare = block.mark.strip("().:、 ").lower()
    edges = block.mark[:1] == "(", block.mark[-1:]
    if block.style.startswith("letter"):
        before = [level.mark.lower() for level in levels if level.style.startswith(f"letter{edges}")]
        follows = before and len(before[-1]) == 1 and ord(before[-1]) + 1 == ord(bare)
        kind = "roman" if bare in "ivx" and not follows else "letter"
        return f"{kind}{edges}"
    if block.style == "dotted":
        return f"dotted{bare.count('.')}"
    return f"{block.style}{edges if block.style != 'bullet' else block.mark[:1]}"


def _blocks(folded: str) -> Iterator[_Block]:
    """Yield paragraphs and list items; a hard-wrapped paragraph is one block."""
    start = end = -1
    mark = style = ""
    title = False
    place = 0
    for line in folded.splitlines(keepends=True):
        here = place + len(line) - len(line.lstrip())
        stop = place + len(line.rstrip())
        place += len(line)
        blank = here >= stop or bool(_RULE.match(folded, here, stop))
        new = not blank and _begins(folded, here, stop, start, end)
        if (blank or new) and start >= 0:
            yield _Block(start=start, end=end, mark=mark, style=style, title=title or _is_title(folded, start, end))
            start = -1
        if blank:
            continue
        if start < 0:
            hashes = _TITLE.match(folded, here, stop)
            start, title = (hashes.end(), True) if hashes else (here, False)
            found = _MARK.match(folded, start, stop)
            mark, style = (found[0].strip(), str(found.lastgroup)) if found else ("", "")
            start = found.end() if found else start
            while start < stop and folded[start].isspace():
                start += 1
        end = stop
    if start >= 0:
        yield _Block(start=start, end=end, mark=mark, style=style, title=title or _is_title(folded, start, end))


def _begins(folded: str, here: int, stop: int, start: int, end: int) -> bool:
    """Tell whether a line begins a block of its own."""
    if start < 0 or _MARK.match(folded, here, stop) or _TITLE.match(folded, here, stop):
        return True
    last = folded.rfind("\n", start, end) + 1
    length = end - max(last, start)
    if folded[end - 1] in ":。;" or (folded[end - 1] in ".!?" and length < 50):
        return True
    if length > 110 or stop - here > 160:
        return bool(folded[end - 1] in ".!?\"'" or _CJK.search(folded, end - 1, end))
    return length < 40 and (folded[here].isupper() or bool(_CJK.match(folded[here])))


def _is_title(folded: str, start: int, end: int) -> bool:
    said = folded[start:end]
    if "\n" in said or len(said) > 90 or said[-1:] in ".;:,。)":
        return False
    words = said.split()
    return len(words) <= 10 and (said.isupper() or bool(_CJK.search(said)) or sum(w[0].isupper() for w in words) * 2 >= len(words))


def _sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    for found in _END.finditer(folded, start, end):
        stop = found.end()
        said = folded[place : found.start() + 1]
        if found[0][0] == "." and _ABBREVIATION.search(said[-12:]):
            continue
        yield from _pieces(folded, place, stop)
        place = stop
    yield from _pieces(folded, place, end)


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    while end - start > MAX_PASSAGE:
        cut = max(folded.rfind(" ", start, start + MAX_PASSAGE), folded.rfind("\n", start, start + MAX_PASSAGE), start + 1)
        cut = cut if cut > start + 1 else start + MAX_PASSAGE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def collapse(text: str) -> str:
    """Return *text* on one line, as patterns see it."""
    joined = " ".join(text.split())
    return _CJK_GAP.sub("", joined) if not joined.isascii() else joined
