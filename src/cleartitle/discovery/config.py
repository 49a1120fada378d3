"""Configurations: YAML, JSON and TOML of training, serving and deployment; keys, environments and commands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from cleartitle.card import Field, ListNode, MapNode, Node, Scalar
from cleartitle.discovery.commands import Reader
from cleartitle.discovery.keys import keys, normal, valued
from cleartitle.discovery.requirements import required
from cleartitle.discovery.shell import Line, Variables, Word
from cleartitle.discovery.sighting import Lines, Sighting
from cleartitle.discovery.trees import lines, nodes
from cleartitle.formats.training import read_training
from cleartitle.vocabulary.discovery import How, UseKind

MAX_NODES = 200_000
_VARIABLE = re.compile(r"\$\{[A-Za-z_]\w{0,80}:?-(?P<default>[^{}]{1,400})\}")
_REQUIREMENTS = frozenset({"dependencies", "requires", "pip", "optional_dependencies", "install_requires"})


@frozen
class _Item:
    """A node, under which key and keys it stands, and the revision that stands beside it."""

    node: Node
    key: str
    above: tuple[str, ...]
    revision: str


def read_config(text: str, *, toml: bool = False) -> Iterator[Sighting]:
    r"""Yield what a configuration file names.

    >>> [(s.said, s.spot.line) for s in read_config("serve:\n  args: [--model, Qwen/Qwen2.5-7B]\nbase_model: gpt2")]
    [('Qwen/Qwen2.5-7B', 2), ('gpt2', 3)]
    """
    reader = _Config(text)
    for root in nodes(text, toml=toml):
        yield from reader.read(root)
    if not toml:
        yield from _datasets(text)


def read_lines(text: str) -> Iterator[Sighting]:
    r"""Yield what a file of ``key = value`` lines names: Terraform, ``.ini`` and the like.

    >>> [s.said for s in read_lines('environment = {\n  HF_MODEL_ID = "a/b"\n}')]
    ['a/b']
    """
    yield from _Config(text).read(lines(text, 0, len(text)))


class _Config:
    def __init__(self, text: str) -> None:
        self.text, self.lines = text, Lines(text)

    def read(self, root: Node) -> Iterator[Sighting]:
        commands = Reader(self.lines, Variables())
        pending = [_Item(root, "", (), "")]
        for _ in range(MAX_NODES):
            if not pending:
                return
            item = pending.pop()
            match item.node:
                case Scalar() as scalar:
                    yield from self._scalar(scalar, item, commands)
                case ListNode(items=items):
                    yield from self._list(items, item, commands)
                    if normal(item.key) not in keys().commands or not _words(items):
                        pending += [_Item(each, item.key, item.above, item.revision) for each in reversed(items)]
                case MapNode(fields=fields):
                    yield from self._named(item.node)
                    above = ((*item.above, item.key) if item.key else item.above)[-6:]
                    revision = _revision(fields)
                    pending += [_Item(f.value, f.name, above, revision) for f in reversed(fields)]

    def _scalar(self, scalar: Scalar, item: _Item, commands: Reader) -> Iterator[Sighting]:
        if scalar.empty:
            return
        if normal(item.key) in keys().commands:
            yield from commands.text(*self._command(scalar))
            return
        said = _default(scalar.text)
        for part, place in _parts(said):
            spot = self.lines.spot(scalar.span.start + (place if said == scalar.text else 0))
            found = valued(item.key, part, spot, above=item.above, revision=item.revision)
            if found is not None:
                yield found
        if "/resolve/" in said or normal(item.key) in _REQUIREMENTS or item.above[-1:] == ("dependencies",):
            for found in required(f"{item.key} @ {said}" if "://" in said and "@" not in said else said):
                yield evolve(found, spot=self.lines.spot(scalar.span.start))

    def _list(self, items: tuple[Node, ...], item: _Item, commands: Reader) -> Iterator[Sighting]:
        scalars = _words(items)
        if normal(item.key) in keys().commands and scalars:
            if any(" " in s.text.strip() and not s.text.startswith("-") for s in scalars):
                for scalar in scalars:
                    yield from commands.text(*self._command(scalar))
            else:
                yield from commands.line(Line(tuple(Word(_default(s.text), s.span.start) for s in scalars)))
        elif normal(item.key) in keys().environment:
            for scalar in scalars:
                name, equals, value = scalar.text.partition("=")
                spot = self.lines.spot(scalar.span.start + len(name) + 1)
                found = valued(name, _default(value), spot) if equals else None
                if found is not None:
                    yield found

    def _named(self, node: MapNode) -> Iterator[Sighting]:
        """Yield the value of ``name: MODEL_ID, value: owner/name``, as Kubernetes writes variables."""
        name, value = node.get("name"), node.get("value")
        if isinstance(name, Scalar) and isinstance(value, Scalar) and not value.empty:
            found = valued(name.text, _default(value.text), self.lines.spot(value.span.start))
            if found is not None:
                yield found

    def _command(self, scalar: Scalar) -> tuple[str, int]:
        """Return the text of a command as it stands in the file, and where; of a folded one, the lines are one."""
        start, end = scalar.span.start, scalar.span.end
        raw = self.text[start:end]
        folded = self.text[max(0, start - 12) : start].rstrip().endswith((">", ">-", ">+"))
        if folded or "\n" not in scalar.text.strip():
            raw = raw.replace("\n", " ")
        return (raw, start) if raw.strip() else (scalar.text, start)


def _words(items: tuple[Node, ...]) -> list[Scalar]:
    return [each for each in items if isinstance(each, Scalar) and not each.empty]


def _default(said: str) -> str:
    """Return a value in which variables stand for their defaults.

    >>> _default("${MODEL:-a/b}")
    'a/b'
    """
    return _VARIABLE.sub(lambda found: found["default"], said) if "${" in said else said


def _parts(said: str) -> Iterator[tuple[str, int]]:
    """Yield the models of ``base+adapter``, as mergekit writes them, with their places."""
    at = 0
    for part in said.split("+")[:4] if said.count("/") > 1 and "+" in said and "://" not in said else [said]:
        yield part, at
        at += len(part) + 1


def _revision(fields: tuple[Field, ...]) -> str:
    said = {f.name: f.value.text.strip() for f in fields if isinstance(f.value, Scalar) and f.name in keys().revision}
    return next((said[key] for key in keys().revision if said.get(key)), "")


def _datasets(text: str) -> Iterator[Sighting]:
    """Yield the datasets of a training run."""
    if "dataset" not in text:
        return
    training = read_training(text)
    lines = Lines(text)
    for mention in training.datasets if training else ():
        spot = lines.spot(mention.span.start)
        yield Sighting(
            said=mention.named.target, spot=spot, how=How.KEY, by=mention.key, kind=UseKind.DATASET
        )  # fmt: skip
