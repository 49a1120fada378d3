"""Line-wise recovery of the keys that matter, where the front matter is not YAML."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice

from cleartitle.card.keys import ANY_LINE, KNOWN_LINE
from cleartitle.card.nodes import Field, ListNode, MapNode, Node, Scalar
from cleartitle.card.tree import Tree, parse
from cleartitle.vocabulary.evidence import Span

MAX_RECOVERED = 500
MAX_ITEMS = 1_000
MAX_RAW = 2_000
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?")
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$", re.MULTILINE)


def recover(text: str, start: int, end: int) -> tuple[Field, ...]:
    r"""Return the fields of the known keys in ``text[start:end]``, the last `MAX_RECOVERED` of them.

    >>> [(f.name, f.value.text) for f in recover("license: mit\n- a stray item\nlicense_link: LICENSE", 0, 49)]
    [('license', 'mit'), ('license_link', 'LICENSE')]
    """
    lines = tuple(deque(KNOWN_LINE.finditer(text, start, end), maxlen=MAX_RECOVERED))
    starts = (*(line.start() for line in lines), end)
    cursor = _Cursor(text)
    return tuple(_field(cursor, line, until) for line, until in zip(lines, starts[1:], strict=True))


class _Cursor:
    """Spans of a text asked for in about ascending order: lines are counted from the last place, not from the top."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at, self._line = 0, 1

    def line(self, at: int) -> int:
        if at >= self._at:
            self._line += self.text.count("\n", self._at, at)
        else:
            self._line -= self.text.count("\n", at, self._at)
        self._at = at
        return self._line

    def span(self, start: int, end: int) -> Span:
        first = self.line(start)
        return Span(
            line=first, end_line=first + self.text.count("\n", start, max(start, end - 1)), start=start, end=end
        )


def _field(cursor: _Cursor, line: re.Match[str], end: int) -> Field:
    following = ANY_LINE.search(cursor.text, line.end(), end)
    until = following.start() if following else end
    first = cursor.line(line.start())
    match parse(cursor.text, line.start(), until, line=first, tabs=False):
        case Tree(root=MapNode(fields=(field,))):
            return field
        case _:
            key = Scalar(text=line["key"], span=cursor.span(line.start("key"), line.end("key")))
            return Field(key=key, value=_raw(cursor, line, until))


def _raw(cursor: _Cursor, line: re.Match[str], until: int) -> Node:
    text, start, rest = cursor.text, line.start("rest"), _COMMENT.sub("", line["rest"][:MAX_RAW])
    inside = min(line.end() + 1, until)
    if _BLOCK.fullmatch(rest.strip()):
        return _stripped(cursor, inside, text[inside:until], plain=False)
    if rest.strip():
        return _stripped(cursor, start, rest)
    found = islice(_ITEM.finditer(text, inside, until), MAX_ITEMS)
    items = tuple(_stripped(cursor, item.start(1), _COMMENT.sub("", item[1][:MAX_RAW])) for item in found)
    if not items:
        return Scalar(text="", span=cursor.span(start, start))
    return ListNode(items=items, span=cursor.span(items[0].span.start, items[-1].span.end))


def _stripped(cursor: _Cursor, start: int, raw: str, *, plain: bool = True) -> Scalar:
    start += len(raw) - len(raw.lstrip())
    value = raw.strip()
    if plain and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        start, value, plain = start + 1, value[1:-1], False
    return Scalar(text=value, span=cursor.span(start, start + len(value)), plain=plain)
