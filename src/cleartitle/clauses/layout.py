"""Text to passages: the sentences of a text, each with its place, its section and what leads to it.

A list item is read with its lead-in ("You may not use the model to: 1) ..."), an item of a list in a list with both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from attrs import evolve, field, frozen

from cleartitle.clauses.fold import fold, lower
from cleartitle.clauses.language import shape
from cleartitle.vocabulary.evidence import Span

MAX_PASSAGE = 3000
"""Characters; a longer sentence is cut, so that no pattern meets more than this at once."""
MAX_LEAD = 600
MIN_LISTED = 240
"""Characters; a shorter sentence with "(i) ...; (ii) ..." in it is read as it is."""
MAX_DEPTH = 6
MAX_CAPTION = 50
MIN_INDENT = 2
_SIGNS = {"yes": "you may:", "no": "you may not:"}
"""What a tick or a cross before an item says."""
"""Characters by which a list must be set in to lie within one of the same numbering."""
_ZH = r"一二三四五六七八九十百"
_MARK = re.compile(
    r"(?P<bullet>[-+•·●○▪◦*‣➤►▶→])\s+|(?P<yes>[✅✔✓☑🟢]\ufe0f?)\s*|(?P<no>[❌✗✘✖🚫⛔🔴]\ufe0f?\s*|×\s+)|(?P<circled>[①-⑳])\s*"
    r"|(?P<dotted>\(?[0-9]{1,2}(?:\.[0-9a-z]{1,2}){1,3}[.):、]?)(?=\s|[^\x00-\x7f])"
    r"|(?P<number>\(?[0-9]{1,2}[.):、])(?![0-9])|(?P<letter>\(?[a-zA-Z][.):、])(?=\s|[^\x00-\x7f])"
    rf"|(?P<letter2>\([a-zA-Z]\))|(?P<roman>\(?[ivxIVX]{{2,5}}[.):])(?=\s)|(?P<zh>\(?[{_ZH}]{{1,3}}[.):、])"
    rf"|(?P<article>第[{_ZH}0-9]{{1,4}}[条章节款]|§{{1,2}} ?[0-9]{{1,2}}[a-z]?\b[.:]?"
    r"|(?:[Ss]ection|SECTION|[Aa]rticle|ARTICLE)\s+(?:[0-9]{1,2}|[IVX]{1,5})\b[.:]?)"
)
_TITLE = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"[-=_*\s|:]{3,}$")
_END = re.compile(r"""[.!?]["')\]]*\s+(?=["'(\[]*[A-Z0-9\[])|[。!?]["')\]]*""")
_ABBREVIATION = shape("layout.abbreviation")
_INLINE = re.compile(r"\((?<=[\s,;:、]\()(?:([ivx]{1,5})|([a-h])|([A-H])|([1-9]))\)(?=\s|[^\x00-\x7f])\s*")
_CONTINUES = re.compile(
    r"\b(?:sections?|sec\.|articles?|clauses?|paragraphs?|subsections?|exhibits?|versions?|of|under|by|than)$",
    re.IGNORECASE,
)
"""How a line ends whose next line begins with a number that is no number of a clause."""
_OPEN = re.compile(r"\b(?:may|must|shall|not|agree)(?:\b[^.;:!?]{0,200}[a-z])?$")
_BELOW = re.compile(
    r"\b(?:of|for|do|to) the following(?: (?:uses?|purposes?|things|acts|activities|ends))?\.$"
    r"|\b(?:listed|set out|described|named|given) below\.$"
)
_APART = shape("layout.apart")
"""What is said below such a heading is no item of the list above it."""
_LEADS = shape("layout.leads")
_WHEN = shape("layout.when")
_FORBIDDEN = shape("scan.forbidden")
STANDS = shape("layout.stands")
"""How a sentence begins that stands by itself: the list above it is at its end."""
CJK = "\u3400-\u9fff"
_CJK = re.compile(f"[{CJK}]")
_CJK_GAP = re.compile(f" (?:(?<=[{CJK}、。《》] )|(?=[{CJK}]))")


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
    hard: bool
    """A title by its form, not only by its length."""
    indent: int
    """Characters before its mark."""


@frozen(kw_only=True)
class _Level:
    style: str
    mark: str
    lead: str
    indent: int


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
    titles: list[tuple[str, str]] = []
    heading = section = lead = region = held = ""
    for block in _blocks(folded):
        if block.title and not block.mark and (block.hard or not region):
            held = (held or lead) if (held or lead).endswith(":") and not _APART.search(_first(folded, block)) else ""
            heading, lead, region, levels, titles = _first(folded, block), held, "", [], []
        elif block.mark:
            levels = _nest(levels, block, lead)
            titles = _entitle(titles, levels[-1].style, _first(folded, block)) if block.title else titles
            region = region if lead or len(levels) > 1 else ""
            section = ".".join(level.mark for level in levels if level.mark)
        else:
            stands = folded[block.end - 1] == "?" or STANDS.match(_first(folded, block))
            region = region if region and not stands else ""
            held = held if region else ""
            levels = levels if lead or region else [evolve(level, lead="") for level in levels[:1]]
        under = " / ".join([heading, *(said for _, said in titles)]) if titles else heading
        above = [level.lead for level in levels] if block.mark else [region, lead]
        if block.style == "no" or (block.style == "yes" and not any(above) and not _FORBIDDEN.search(under)):
            above = [*above, _SIGNS[block.style]]  # a tick below a prohibition is a bullet
        leads = " ".join(dict.fromkeys(filter(None, above)))[-MAX_LEAD:]
        said = ""
        for start, end in _sentences(folded, block.start, block.end):
            for first_part, last_part, opening in _items(folded, start, end):
                inner = f"{leads} {opening}".strip()[-MAX_LEAD:] if opening else leads
                last = _passage(folded, first_part, last_part, lead=inner, section=section, heading=under)
                said = last.text
                yield last
        below = lead if _is_caption(said, block) else ""
        lead = said[-MAX_LEAD:] if _introduces(said, block) else below
        region = region or lead


def _first(folded: str, block: _Block) -> str:
    """Return how a block begins, as patterns see it."""
    return collapse(lower(folded[block.start : min(block.end, block.start + 120)]))


def _items(folded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a long sentence that lists what one must or may do, each with the words that lead to it."""
    marks = [*_INLINE.finditer(folded, start, end)] if end - start > MIN_LISTED else []
    kinds = [next(n for n, part in enumerate(mark.groups()) if part) for mark in marks]
    chosen = _in_order([mark for mark, kind in zip(marks, kinds, strict=True) if kind == kinds[0]])
    opening = collapse(lower(folded[start : chosen[0].start()])) if len(chosen) > 1 else ""
    if not opening or not _LEADS.search(opening[-160:]) or _WHEN.match(opening):
        yield start, end, ""
        return
    yield from ((a, b, "") for a, b in _pieces(folded, start, chosen[0].start()))
    for mark, following in zip_longest(chosen, chosen[1:]):
        stop = following.start() if following else end
        yield from ((a, b, opening) for a, b in _pieces(folded, mark.end(), stop))


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the marks that follow each other: in "(i) ...; (ii) ... except (x) ..." the last is of another list."""
    kept: list[re.Match[str]] = []
    last = -1
    for mark in marks:
        said = mark[0].strip(" ()").lower()
        place = _ROMAN.index(said) if said in _ROMAN and mark[1] else "123456789abcdefgh".find(said) % 9
        if not kept or place == last + 1:
            kept.append(mark)
            last = place
    return kept


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
        chinese=not plain.isascii() and bool(_CJK.search(plain)),
    )


def _introduces(said: str, block: _Block) -> bool:
    """Tell whether a sentence leads to what follows."""
    if said.endswith((":", ":-")) or _BELOW.search(said):
        return True
    listed = (",", "following", " to", "-")
    if block.mark and said.endswith(listed):
        return True
    return not block.title and "a" <= said[-1:] <= "z" and bool(_OPEN.search(said))


def _is_caption(said: str, block: _Block) -> bool:
    """Tell whether a block only names the first part of a list that the block before it leads to."""
    return not block.mark and len(said) <= MAX_CAPTION and said[-1:].isalpha() and not _APART.search(said)


def _nest(levels: list[_Level], block: _Block, lead: str) -> list[_Level]:
    style = _style(block, levels)
    mark = block.mark.strip("().:、 ")
    alike = [place for place, level in enumerate(levels) if level.style == style]
    beside = [place for place in alike if block.indent - levels[place].indent < MIN_INDENT]
    if beside or (alike and not lead):
        place = (beside or alike)[-1 if len(beside) > 1 and block.indent else 0]
        known = levels[place].lead
        lead = known if known and lead.endswith(",") else lead or known  # "(1) a, (2) b": no item leads to the next
        return [*levels[:place], _Level(style=style, mark=mark, lead=lead, indent=block.indent)]
    outer = levels if lead or style[0] != "#" else []
    known = "" if style.startswith("bullet") else mark
    return [*outer, _Level(style=style, mark=known, lead=lead, indent=block.indent)][-MAX_DEPTH:]


def _entitle(titles: list[tuple[str, str]], style: str, said: str) -> list[tuple[str, str]]:
    """Return the numbered headings that hold from here on: a title ends those of its own numbering, and within."""
    if not said:
        return titles
    styles = [known for known, _ in titles]
    kept = titles[: styles.index(style)] if style in styles else titles
    return [*kept, (style, said)][-MAX_DEPTH:]


def _style(block: _Block, levels: list[_Level]) -> str:
    """Return the kind of numbering; ``i.`` after ``h.`` is a letter, elsewhere a Roman number."""
    bare = block.mark.strip("().:、 ").lower()
    edges = block.mark[:1] == "(", block.mark[-1:].strip("0123456789IVX")
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
    place = indent = 0
    for line in folded.splitlines(keepends=True):
        column = len(line) - len(line.lstrip())
        here = place + column
        stop = place + len(line.rstrip())
        place += len(line)
        blank = here >= stop or bool(_RULE.match(folded, here, stop))
        new = not blank and _begins(folded, here, stop, start, end)
        if (blank or new) and start >= 0:
            yield _block(folded, start, end, mark, style, hashes=title, indent=indent)
            start = -1
        if blank:
            continue
        if start < 0:
            hashes = _TITLE.match(folded, here, stop)
            start, title, indent = (hashes.end() if hashes else here), bool(hashes), column
            found = _MARK.match(folded, start, stop)
            mark, style = (found[0].strip(), str(found.lastgroup)) if found else ("", "")
            start = found.end() if found else start
            while start < stop and folded[start].isspace():
                start += 1
        end = stop
    if start >= 0:
        yield _block(folded, start, end, mark, style, hashes=title, indent=indent)


def _block(folded: str, start: int, end: int, mark: str, style: str, *, hashes: bool, indent: int) -> _Block:
    title = hashes or _is_title(folded, start, end)
    hard = hashes or (title and folded[start:end].isupper())
    return _Block(start=start, end=end, mark=mark, style=style, title=title, hard=hard, indent=indent)


def _begins(folded: str, here: int, stop: int, start: int, end: int) -> bool:
    """Tell whether a line begins a block of its own."""
    last = folded.rfind("\n", start, end) + 1
    if start < 0 or folded[here] == "|" or _TITLE.match(folded, here, stop):
        return True
    if _MARK.match(folded, here, stop):
        return not _CONTINUES.search(folded, max(last, start, end - 24), end)
    length = end - max(last, start)
    if folded[end - 1] in ":。;" or (folded[end - 1] in ".!?" and length < 50):
        return True
    if length > 110 or stop - here > 160:
        return bool(folded[end - 1] in ".!?\"'" or _CJK.search(folded, end - 1, end))
    return length < 40 and (folded[here].isupper() or bool(_CJK.match(folded[here])))


def _is_title(folded: str, start: int, end: int) -> bool:
    said = folded[start:end]
    if "\n" in said or len(said) > 90 or said[-1:] in ".;:,。)" or _OPEN.search(said):
        return False
    words = said.split()
    return len(words) <= 10 and (
        said.isupper() or bool(_CJK.search(said)) or sum(w[0].isupper() for w in words) * 2 >= len(words)
    )


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
    said = folded[start:end].rstrip()
    end = start + len(said)
    start = end - len(said.lstrip())
    while end - start > MAX_PASSAGE:
        cut = max(
            folded.rfind(" ", start, start + MAX_PASSAGE), folded.rfind("\n", start, start + MAX_PASSAGE), start + 1
        )
        cut = cut if cut > start + 1 else start + MAX_PASSAGE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def collapse(text: str) -> str:
    """Return *text* on one line, as patterns see it."""
    joined = " ".join(text.split())
    return _CJK_GAP.sub("", joined) if not joined.isascii() else joined
