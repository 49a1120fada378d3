"""YAML, JSON and TOML as nodes with places; what is none of these is read line by line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import islice

from cleartitle.card import Field, ListNode, MapNode, Node, Scalar, Tree, parse
from cleartitle.formats.blocks import documents
from cleartitle.vocabulary.evidence import Span

MAX_DOCUMENTS = 200
MAX_LINES = 50_000
MAX_DEPTH = 40
_LINE = re.compile(
    r"""^[ \t]{0,80}(?:-[ \t]{1,8})?["']?(?P<key>[A-Za-z_][\w.-]{0,80})["']?[ \t]{0,8}(?::[ \t]{1,8}|=[ \t]{0,8})
        (?P<value>"[^"\n]{0,400}"|'[^'\n]{0,400}'|[^\s"'#][^\n#]{0,400})""",
    re.MULTILINE | re.VERBOSE,
)


def nodes(text: str, *, toml: bool = False) -> Iterator[Node]:
    r"""Yield the documents of a configuration file.

    >>> [n.fields[0].name for n in nodes("a: 1\n---\nb: {{ x }}: 2\nc: 3")]
    ['a', 'b']
    """
    if toml:
        yield from _toml(text)
        return
    for block in islice(documents(text, 0, len(text)), MAX_DOCUMENTS):
        parsed = parse(text, block.start, block.end, tabs="\t" not in text[block.start : block.end])
        if isinstance(parsed, Tree):
            yield parsed.root
        else:
            yield lines(text, block.start, block.end)


def lines(text: str, start: int, end: int) -> MapNode:
    """Return the keys with plain values of a text that is no YAML: a template, mostly.r"""
    fields: list[Field] = []
    line, counted = text.count("\n", 0, start) + 1, start
    for found in islice(_LINE.finditer(text, start, end), MAX_LINES):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        value = found["value"].rstrip().rstrip(",")
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        at = found.start("value") + (1 if quoted else 0)
        scalar = Scalar(text=value[1:-1] if quoted else value, span=_span(line, at, len(value)))
        fields.append(Field(key=Scalar(text=found["key"], span=_span(line, found.start("key"), 1)), value=scalar))
    return MapNode(fields=tuple(fields), span=_span(1, start, end - start))


def _span(line: int, start: int, length: int) -> Span:
    return Span(line=line, end_line=line, start=start, end=start + length)


def _toml(text: str) -> Iterator[Node]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        yield lines(text, 0, len(text))
        return
    yield _Placing(text).node(data, "")


class _Placing:
    """Finds the places of values that were read without them: the next one that is written so, from the last on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._used: dict[tuple[str, str], int] = {}

    def node(self, data: object, key: str, depth: int = 0) -> Node:
        """Return *data*, which stands under *key*, as a node."""
        match data:
            case dict() if depth < MAX_DEPTH:
                fields = (
                    Field(key=Scalar(text=str(k), span=_span(1, 0, 0)), value=self.node(v, str(k), depth + 1))
                    for k, v in data.items()
                )
                return MapNode(fields=tuple(fields), span=_span(1, 0, 0))
            case list() if depth < MAX_DEPTH:
                return ListNode(items=tuple(self.node(each, key, depth + 1) for each in data), span=_span(1, 0, 0))
            case _:
                said = data if isinstance(data, str) else ""
                at = self._find(key, said)
                return Scalar(text=said, span=_span(self._text.count("\n", 0, at) + 1 if said else 1, at, len(said)))

    def _find(self, key: str, said: str) -> int:
        if not said or "\n" in said:
            return 0
        after = self._used.get((key, said), 0)
        near = re.compile(
            rf"^[ \t{{,\w.\"'-]*{re.escape(key)}[\"']?[ \t]*=[ \t\[{{]*[\"']+{re.escape(said)}", re.MULTILINE
        )
        found = near.search(self._text, after) if key else None
        at = found.end() - len(said) if found else self._text.find(said, after)
        at = self._text.find(said) if at < 0 else at
        self._used[key, said] = at + len(said)
        return max(at, 0)
