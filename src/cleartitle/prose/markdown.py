"""Markdown to units: the sentences, list items and table cells of a text, each with its headings and what leads to it.

Only as much Markdown as license sections use; what is hidden (comments, code) says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from attrs import evolve, frozen

MAX_TEXT = 500_000
"""Characters that are read."""
MAX_UNIT = 1_500
"""Characters; a longer sentence is cut."""
MAX_DEPTH = 8
BOLD = 7
"""The level of a line in bold that stands for a heading."""

_FENCE = re.compile(r"[ \t>]{0,8}(?:```|~~~)")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]*(.*?)[ \t#]*$")
_HTML_HEADING = re.compile(r"[ \t]*<h([1-6])[^<>]{0,200}>(.{0,300}?)(?:</h[1-6]>|$)", re.IGNORECASE)
_BOLD = re.compile(r"[ \t>]*(?:\*\*|__)([^*\n]{2,60}?)(?:\*\*|__)[ \t]*:?[ \t]*$")
_LABEL = re.compile(r"[ \t]*(?:licen[sc]e|licensing)(?: notice| information| terms)?[ \t]*:?[ \t]*$", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"^\W*[Tt]he following licen[sc]es? (?:applies|apply|covers?)\b"
    r"|\bfol+owing\b[^.]{0,60}\.?$|(?:以下|下記)[^。]{0,20}。?$"
)
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:={3,}|-{3,})[ \t]*$")
_ITEM = re.compile(
    r"(?P<indent>[ \t>]{0,24})(?:[-*+•·‣●◦]|\(?[0-9]{1,2}[.)、]|[①-⑳])(?:[ \t]+|(?=[^\x00-\x7f*\-]))(?P<rest>\S)"
)
_KEY = re.compile(r"[ \t>]*(?:\*\*|__)?[A-Z\u3040-\u9fff][\w &/()-]{1,40}(?:\*\*|__)?[ \t]*[:：]")
_KEYS = re.compile(r"[ \t>]*(?:\*\*|__)[^*_|\n]{2,40}(?::(?:\*\*|__)|(?:\*\*|__):)[^|\n]{1,120}\| ?(?:\*\*|__)")
"""Several keys with their values on one line: ``**Code:** MIT | **Weights:** Fox``."""
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}$|[ \t|:-]{3,}$")
_REFERENCE = re.compile(r"[ \t]{0,3}\[([^\[\]\n]{1,100})\]:[ \t]*(\S{1,800})")
_END = re.compile(
    r"[.!?][\"')\]*_`’”]*(?:\s+|<br[ /]*>\s*)"
    r"(?=[\"'(\[*_`“‘]*[A-Z0-9\u00c0-\u00de\u0400-\u042f\u1100-\u11ff\u3040-\u9fff\uac00-\ud7a3\[(<-])"
    r"| [·•|] (?=(?:\*\*|__)[A-Z][^*\n]{1,40}:)|[。！？][\"')\]*_`’”」』》）]*\s*|<br[ /]*>|</(?:p|tr|li|div)>"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|co|corp|no|v|ver|vs|art|sec|cf|al|st|dr|mr|ms|approx|z\.b|bzw|ca|nr"
    r"|p\.ex)|(?<![\w-])[a-z])\.$",
    re.IGNORECASE,
)


class Form(StrEnum):
    """What a unit is."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    """A row of a table."""
    CODE = "code"
    """A fenced block."""
    HEADING = "heading"


@frozen(kw_only=True)
class Unit:
    """A sentence, with where it stands."""

    start: int
    end: int
    form: Form
    headings: tuple[str, ...] = ()
    """As written, outermost first."""
    section: int = 0
    """Counts headings: units of one section share it."""
    block: int = 0
    """Units of one paragraph or item share it."""
    lead: int = -1
    """The unit (its place in the list) that introduces this one: ``as follows:``, or the item around it."""
    first: bool = True
    """Whether it begins its paragraph, item or row."""


@frozen(kw_only=True)
class _Block:
    start: int
    end: int
    form: Form
    indent: int = 0


@frozen(kw_only=True)
class _Head:
    level: int
    words: str
    start: int


@frozen(kw_only=True)
class Layout:
    """A text and its units."""

    text: str
    units: tuple[Unit, ...]
    references: dict[str, str]


def lay_out(text: str) -> Layout:
    r"""Return the units of *text*.

    >>> made = lay_out("# Model\n## License\nCode: MIT. Weights: see below.\n- one\n- two\n")
    >>> [(made.text[u.start:u.end], u.headings[-1]) for u in made.units if u.form is not Form.HEADING]
    [('Code: MIT.', 'License'), ('Weights: see below.', 'License'), ('one', 'License'), ('two', 'License')]
    """
    text = text[:MAX_TEXT]
    shown = _without_comments(text)
    references = {m[1].casefold(): m[2] for line in text.splitlines() if (m := _REFERENCE.match(line))}
    return Layout(text=text, units=tuple(_units(shown)), references=references)


def _without_comments(text: str) -> str:
    """Return *text* with its HTML comments blanked: they are not shown. One that is never closed stays."""
    pieces, place = [], 0
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        pieces += [text[place:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        place = end + 3
        start = text.find("<!--", place)
    return "".join((*pieces, text[place:]))


def _units(text: str) -> list[Unit]:
    units: list[Unit] = []
    headings: list[_Head] = []
    opened: list[tuple[int, int]] = []  # (indent, unit) of the items around
    lead = -1
    section = 0
    for number, found in enumerate(_blocks(text)):
        if isinstance(found, _Head):
            headings = [*(h for h in headings if h.level < found.level), found][-MAX_DEPTH:]
            introduced = lead if found.level == BOLD else -1
            section, opened, lead = section + 1, [], -1
            units += _heading(found, tuple(h.words for h in headings), section=section, block=number, lead=introduced)
            continue
        if found.form is Form.ITEM:
            opened = [each for each in opened if each[0] < found.indent]
            around = opened[-1][1] if opened else lead
        else:
            quoted = "\n>" in text[max(0, found.start - 4) : found.start]
            around = lead if found.form is not Form.PROSE or quoted else -1
        above = tuple(h.words for h in headings)
        made = [
            Unit(
                start=a,
                end=b,
                form=found.form,
                headings=above,
                section=section,
                block=number,
                lead=around,
                first=n == 0,
            )
            for n, (a, b) in enumerate(_sentences(text, found))
        ]
        units += made
        if found.form is Form.ITEM and made:
            opened = [*opened, (found.indent, len(units) - 1)][-MAX_DEPTH:]
        elif found.form is Form.PROSE:
            opened = []
            introduces = bool(made) and _leads(text[made[-1].start : made[-1].end])
            lead = len(units) - 1 if introduces else -1
    return units


def _leads(said: str) -> bool:
    """Return whether a sentence leads to the list below it."""
    return (
        said.rstrip(" *_").endswith((":", "：", " either of", " any of", " one of"))
        or _FOLLOWING.search(said) is not None
    )


def _heading(head: _Head, above: tuple[str, ...], *, section: int, block: int, lead: int) -> list[Unit]:
    end = head.start + min(len(head.words), MAX_UNIT)
    made = Unit(start=head.start, end=end, form=Form.HEADING, headings=above, section=section, block=block, lead=lead)
    return [made] if head.words.strip() else []


def _blocks(text: str) -> Iterator[_Block | _Head]:
    """Yield headings, paragraphs, items, rows and fenced blocks."""
    open_block: _Block | None = None
    fence = -1
    place, blank = _front_matter(text), True
    for line in text[place:].splitlines(keepends=True):
        here, place = place, place + len(line)
        stop = here + len(line.rstrip())
        fenced = _FENCE.match(text, here, stop)
        if fence >= 0:
            if fenced:
                yield _Block(start=fence, end=here, form=Form.CODE)
                fence = -1
            continue
        head = None if stop == here or fenced else _head(text, here, stop, open_block)
        if open_block and (fenced or head or _breaks(text, here, stop, open_block)):
            if not (head and head.level < 0):
                yield open_block
            open_block = None
        if fenced:
            fence = place
        elif head:
            yield evolve(head, level=abs(head.level))
        elif stop > here and not _RULE.match(text, here, stop):
            open_block = evolve(open_block, end=stop) if open_block else _begin(text, here, stop, blank=blank)
        blank = stop == here
    if open_block:
        yield open_block
    if fence >= 0:
        yield _Block(start=fence, end=place, form=Form.CODE)


def _begin(text: str, here: int, stop: int, *, blank: bool) -> _Block | None:
    """Return the block that begins with a line; what is indented as code is none."""
    if _REFERENCE.match(text, here, stop):
        return None
    item = _ITEM.match(text, here, stop)
    if item:
        indent = len(item["indent"].expandtabs(4))
        return _Block(start=item.start("rest"), end=stop, form=Form.ITEM, indent=indent)
    said = text[here:stop]
    if said.lstrip(" >").startswith("|") or (said.count("|") > 1 and not _KEYS.match(said)):
        return _Block(start=here, end=stop, form=Form.ROW)
    if blank and said.expandtabs(4).startswith("    "):
        return None
    return _Block(start=here + len(said) - len(said.lstrip(" \t>")), end=stop, form=Form.PROSE)


def _breaks(text: str, here: int, stop: int, block: _Block) -> bool:
    """Tell whether a line ends the block before it."""
    if here == stop or block.form is Form.ROW or _RULE.match(text, here, stop) or _ITEM.match(text, here, stop):
        return True
    hard = text[block.end : here].startswith("  ") or text[block.end - 1] == "\\"
    table = text.startswith("|", here)
    return hard or table or bool(_KEY.match(text, here, stop)) or bool(_REFERENCE.match(text, here, stop))


def _head(text: str, here: int, stop: int, block: _Block | None) -> _Head | None:
    """Return the heading in a line; a negative level means that the line before is the heading."""
    found = _HEADING.match(text, here, stop)
    if found:
        return _Head(level=len(found[1]), words=found[2], start=found.start(2))
    if (
        block
        and block.form is Form.PROSE
        and "\n" not in text[block.start : block.end]
        and block.end - block.start < 100
    ):
        under = _UNDERLINE.match(text, here, stop)
        if under:
            return _Head(level=-2, words=text[block.start : block.end], start=block.start)
    found = _HTML_HEADING.match(text, here, stop)
    if found:
        return _Head(level=int(found[1]), words=found[2], start=found.start(2))
    label = None if block else _LABEL.match(text, here, stop)
    if label:
        return _Head(level=BOLD, words=label[0].strip(), start=here + len(label[0]) - len(label[0].lstrip()))
    bold = None if block else _BOLD.match(text, here, stop)
    return (
        _Head(level=BOLD, words=bold[1], start=bold.start(1))
        if bold and not bold[1].rstrip().endswith((".", "。"))
        else None
    )


def _front_matter(text: str) -> int:
    """Return where the text goes on after a block of YAML at its beginning."""
    if not text.startswith("---"):
        return 0
    end = text.find("\n---", 3)
    return end + 4 if end >= 0 else 0


def _sentences(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    if block.form in (Form.ROW, Form.CODE):
        yield from _cut(text, block.start, block.end)
        return
    place = block.start
    for found in _END.finditer(text, block.start, block.end):
        if found.start() < place:
            continue
        if found[0][0] == "." and _ABBREVIATION.search(text[max(place, found.start() - 12) : found.start() + 1]):
            continue
        yield from _cut(text, place, found.end())
        place = found.end()
    yield from _cut(text, place, block.end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end:
        stop = min(end, start + MAX_UNIT)
        yield start, stop
        start = stop
