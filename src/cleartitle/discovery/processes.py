"""Commands that Python starts: ``subprocess.run([...])``, ``os.system("...")``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from attrs import evolve

from cleartitle.discovery.commands import Reader
from cleartitle.discovery.scopes import Called
from cleartitle.discovery.shell import Line, Word
from cleartitle.discovery.sighting import Lines, Sighting, Spot
from cleartitle.discovery.values import Values, argument

MAX_WORDS = 200
_STARTS = frozenset(
    {"run", "Popen", "call", "check_call", "check_output", "system", "popen"}
    | {"create_subprocess_exec", "create_subprocess_shell", "getoutput"}
)
_PACKAGES = frozenset({"subprocess", "os", "asyncio"})


class _Nodes(Lines):
    """The places of words that are expressions, each at its number."""

    def __init__(self, spots: list[Spot]) -> None:
        super().__init__("")
        self._spots = spots

    def spot(self, offset: int) -> Spot:
        """Return the place of a word; what is put together from it stands there too."""
        return self._spots[min(offset, len(self._spots) - 1)]


def started(values: Values) -> Iterator[Sighting]:
    """Yield what the commands name that a module starts."""
    for called in values.module.calls:
        function = called.node.func
        last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if last in _STARTS and values.dotted(function, called.scope).partition(".")[0] in _PACKAGES:
            given = argument(called, 0, ("args", "command", "cmd"))
            if given is not None:
                yield from _command(values, called, given)


def _command(values: Values, called: Called, given: ast.expr) -> Iterator[Sighting]:
    nodes = values.lists(given, called.scope)
    for at in nodes[:4]:
        parts = at.node.elts if isinstance(at.node, ast.List | ast.Tuple) else []
        yield from _words(values, parts, called)
    if not nodes and called.node.args[:1] == [given] and len(called.node.args) > 1:
        yield from _words(values, called.node.args, called)  # create_subprocess_exec("ollama", "pull", ...)
    elif not nodes:
        for text in values.ask(given, called.scope).texts:
            for found in Reader(Lines(text.value)).text(text.value):
                yield evolve(found, spot=text.spot, used=None)


def _words(values: Values, parts: list[ast.expr], called: Called) -> Iterator[Sighting]:
    words: list[Word] = []
    spots: list[Spot] = []
    for number, part in enumerate(parts[:MAX_WORDS]):
        texts = values.ask(part, called.scope).texts
        words.append(Word(texts[0].value if texts else f"${ast.unparse(part)[:60]}", number))
        spots.append(texts[0].spot if texts else values.spot(part))
    if words:
        for found in Reader(_Nodes(spots)).line(Line(tuple(words))):
            yield evolve(found, used=None)
