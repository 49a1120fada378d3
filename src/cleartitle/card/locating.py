"""Where the front matter of a card is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from attrs import frozen

from cleartitle.card.keys import ANY_LINE, TELLING_LINE
from cleartitle.card.repairs import RepairKind, Repairs
from cleartitle.vocabulary.evidence import Span

MAX_RULERS = 1_000
MAX_UNCLOSED_LINES = 10_000
_RULER = re.compile(r"---[ \t]*$", re.MULTILINE)
_LEAD = re.compile(r"[ \t]*|.{0,200}(?:\"{3}|'{3})")
_BLANK = re.compile(r"\s*")
_LINE = re.compile(r".*\n|.+\Z")
_CODE = re.compile(r"(?:```|~~~).*")
_PART = re.compile(r"\s|-\s")


@frozen(kw_only=True)
class Block:
    """A front matter: ``text[start:end]`` with its rulers, the YAML between them from *inside* to *until*."""

    start: int
    inside: int
    until: int
    end: int


@frozen(kw_only=True)
class Place:
    """The front matter, and one that repeats it further on."""

    block: Block | None
    repeated: Block | None = None


@frozen(kw_only=True)
class _Ruler:
    line: int
    """Where its line begins; *start* is where the dashes do."""
    start: int
    end: int


def locate(text: str, repairs: Repairs) -> Place:
    r"""Return where the front matter is; what is odd about its place is noted.

    >>> place = locate("A model.\n---\nlicense: mit\n---\n", Repairs())
    >>> place.block
    Block(start=9, inside=13, until=25, end=30)
    """
    rulers = tuple(islice(_rulers(text), MAX_RULERS))
    blocks = [_between(text, a, b) for a, b in pairwise(rulers) if b.line == b.start]
    first = blocks[0] if blocks and not text[: blocks[0].start].strip() else None
    likely = [b for b in blocks if (_declares(text, b) if b is not first else _has_keys(text, b))]
    if not likely:
        block = first if first and text[first.inside : first.until].strip() else _unclosed(text, rulers, repairs)
        return Place(block=block)
    _note_surroundings(text, likely[0], repairs)
    return Place(block=likely[0], repeated=likely[1] if len(likely) > 1 else None)


def _rulers(text: str) -> Iterator[_Ruler]:
    for found in _RULER.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        if _LEAD.fullmatch(text, line, found.start()):
            yield _Ruler(line=line, start=found.start(), end=found.end())


def _between(text: str, opening: _Ruler, closing: _Ruler) -> Block:
    inside = opening.end + 1
    return Block(
        start=opening.start, inside=inside, until=max(inside, closing.line - 1), end=min(closing.end + 1, len(text))
    )


def _has_keys(text: str, block: Block) -> bool:
    return ANY_LINE.search(text, block.inside, block.until) is not None


def _declares(text: str, block: Block) -> bool:
    blank = _BLANK.match(text, block.inside, block.until)
    begins = blank and ANY_LINE.match(text, blank.end(), block.until)
    return bool(begins and TELLING_LINE.search(text, block.inside, block.until))


def _unclosed(text: str, rulers: tuple[_Ruler, ...], repairs: Repairs) -> Block | None:
    if not rulers or text[: rulers[0].line].strip():
        return None
    end = inside = min(rulers[0].end + 1, len(text))
    for line in islice(_LINE.finditer(text, inside), MAX_UNCLOSED_LINES):
        if not (_PART.match(line[0]) or ANY_LINE.match(line[0])):
            break
        end = line.end()
    if not TELLING_LINE.search(text, inside, end):
        return None
    place = Span.of(text, rulers[0].start, rulers[0].end)
    repairs.add(RepairKind.UNCLOSED, place, "the front matter has no closing line")
    return Block(start=place.start, inside=inside, until=end, end=end)


def _note_surroundings(text: str, block: Block, repairs: Repairs) -> None:
    line = text.rfind("\n", 0, block.start) + 1
    place = Span.of(text, block.start, block.inside)
    if text[line : block.start].strip():
        repairs.add(RepairKind.SCRIPT, place, "the front matter begins inside a string of a program")
        return
    before = text[:line].rstrip()
    last = before.rfind("\n") + 1
    if _CODE.fullmatch(before, last):
        repairs.add(RepairKind.FENCED, Span.of(text, last, len(before)), "the front matter stands in a code block")
        before = before[:last]
    if before.strip():
        start = len(before) - len(before.lstrip())
        repairs.add(RepairKind.TEXT_BEFORE, Span.of(text, start, line), "text stands before the front matter")
