"""YAML to nodes with positions, over the event layer: nothing is constructed, nothing recurses, all is bounded.

The one module that knows PyYAML. It needs libyaml, which all wheels of PyYAML have.
"""

from __future__ import annotations

import re

import yaml
from attrs import frozen
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from cleartitle.card.nodes import Field, ListNode, MapNode, Node, Scalar
from cleartitle.card.repairs import RepairKind
from cleartitle.vocabulary.evidence import Span

MAX_DEPTH = 64
MAX_NODES = 50_000
MAX_ALIASED = 1_000
_PROPERTIES = re.compile(r"[&!]\S*(?:[&!]\S*|#.*|\s+)*")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


@frozen(kw_only=True)
class Tree:
    """What the YAML says; *aliases* are the places of aliases that were left alone."""

    root: Node
    aliases: tuple[Scalar, ...] = ()


@frozen(kw_only=True)
class Refused:
    """Why there is no tree: not YAML, or more than we are willing to read."""

    kind: RepairKind
    why: str
    span: Span


def parse(
    text: str, start: int = 0, end: int | None = None, *, line: int | None = None, tabs: bool = True
) -> Tree | Refused:
    """Return the nodes of the YAML in ``text[start:end]``, with spans in *text*.

    *line* is that of *start*, where the caller knows it. With *tabs* false, tabs are read as spaces, which YAML itself
    does not everywhere.

    >>> match parse("license: no"):
    ...     case Tree(root=MapNode(fields=(field,))):
    ...         field.name, field.value
    ('license', Scalar(text='no', span=Span(line=1, end_line=1, start=9, end=11), plain=True))
    >>> parse("[").kind
    <RepairKind.INVALID_YAML: 'invalid-yaml'>
    """
    source = text[start:end] if tabs else text[start:end].replace("\t", " ")
    builder = _Builder(source, offset=start, line=line or text.count("\n", 0, start) + 1)
    if directive := _DIRECTIVE.search(source):  # libyaml compares each %TAG with all before it
        return Refused(kind=RepairKind.INVALID_YAML, why="a directive", span=builder.at(directive.start()))
    try:
        for event in yaml.parse(source, Loader=yaml.CSafeLoader):
            builder.take(event)
    except _Stop as stop:
        return stop.refused
    except (yaml.YAMLError, ValueError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        why = (isinstance(error, yaml.MarkedYAMLError) and error.problem) or "unreadable"
        place = builder.at(min(mark.index, len(source)) if mark else 0)
        return Refused(kind=RepairKind.INVALID_YAML, why=why, span=place)
    return builder.tree()


class _Stop(Exception):
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.why)
        self.refused = refused


class _Made:
    """A node, and what an alias to it would cost."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node, size: int = 1, height: int = 1) -> None:
        self.node, self.size, self.height = node, size, height


class _Builder:
    def __init__(self, source: str, *, offset: int, line: int) -> None:
        self._source, self._offset, self._line = source, offset, line
        self._lines = source.count("\n")  # libyaml counts one more at the end
        self._open: list[tuple[CollectionStartEvent, list[_Made]]] = []
        self._anchors: dict[str, _Made] = {}
        self._aliases: list[Scalar] = []
        self._root: Node | None = None
        self._documents = self._nodes = 0

    def take(self, event: Event) -> None:
        match event:
            case ScalarEvent():
                self._put(_Made(self._scalar(event)), event)
            case AliasEvent():
                self._put(self._alias(event), None)
            case CollectionStartEvent():
                if len(self._open) >= MAX_DEPTH:
                    raise self._stop(RepairKind.TOO_COMPLEX, f"nested deeper than {MAX_DEPTH}", event)
                self._open.append((event, []))
            case CollectionEndEvent():
                opening, made = self._open.pop()
                size, height = 1 + sum(m.size for m in made), 1 + max((m.height for m in made), default=0)
                self._put(_Made(self._collection(opening, made, event), size, height), opening)
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self._stop(RepairKind.INVALID_YAML, "several documents", event)
            case _:
                pass

    def tree(self) -> Tree:
        root = self._root or Scalar(text="", span=self.at(0))
        return Tree(root=root, aliases=tuple(self._aliases))

    def at(self, index: int, end: int | None = None, line: int | None = None) -> Span:
        """Return the span of a stretch of the source; *line*, where it is known, counts from 0."""
        end = index if end is None else end
        first = self._line + (self._source.count("\n", 0, index) if line is None else min(line, self._lines))
        last = first + self._source.count("\n", index, max(index, end - 1))
        return Span(line=first, end_line=last, start=self._offset + index, end=self._offset + end)

    def _put(self, made: _Made, event: NodeEvent | None) -> None:
        self._nodes += made.size if event is None else 1
        if self._nodes > MAX_NODES:
            raise self._stop(RepairKind.TOO_COMPLEX, f"more than {MAX_NODES} values", event)
        if event is not None and event.anchor:
            self._anchors[event.anchor] = made
        if self._open:
            self._open[-1][1].append(made)
        else:
            self._root = made.node

    def _scalar(self, event: ScalarEvent) -> Scalar:
        start, line = _start(event)
        end = event.end_mark.index if event.end_mark else start
        if properties := _PROPERTIES.match(self._source, start, end):
            line += properties[0].count("\n")
            start = properties.end()
        if event.style in {"'", '"'}:
            start, end = start + 1, end - 1
        elif event.style in {"|", ">"}:
            header = self._source.find("\n", start, end) + 1
            start, line = (header, line + 1) if header else (end, line)
            end = start + len(self._source[start:end].rstrip())
        return Scalar(text=event.value, span=self.at(start, max(start, end), line), plain=not event.style)

    def _alias(self, event: AliasEvent) -> _Made:
        made = self._anchors.get(event.anchor or "")
        if made and made.size <= MAX_ALIASED and made.height + len(self._open) <= MAX_DEPTH:
            return made
        start, line = _start(event)
        name = f"*{event.anchor}"
        self._aliases.append(Scalar(text=name, span=self.at(start, start + len(name), line)))
        return _Made(self._aliases[-1])

    def _collection(self, opening: CollectionStartEvent, made: list[_Made], closing: Event) -> Node:
        start, line = _start(opening)
        end = closing.end_mark.index if closing.end_mark else start
        if not opening.flow_style:  # the end of a block is noticed only at the next token
            end = start + len(self._source[start:end].rstrip())
        nodes, span = [m.node for m in made], self.at(start, end, line)
        if not isinstance(opening, MappingStartEvent):
            return ListNode(items=tuple(nodes), span=span)
        pairs = zip(nodes[::2], nodes[1::2], strict=True)
        return MapNode(fields=tuple(Field(key=self._key(key), value=value) for key, value in pairs), span=span)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        span = node.span
        return Scalar(text=self._source[span.start - self._offset : span.end - self._offset], span=span)

    def _stop(self, kind: RepairKind, why: str, event: Event | None) -> _Stop:
        return _Stop(Refused(kind=kind, why=why, span=self.at(_start(event)[0]) if event else self.at(0)))


def _start(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.index, mark.line) if mark else (0, 0)
