"""Ollama's Modelfile: what a model is made FROM, with which ADAPTER, under which LICENSE."""

from __future__ import annotations

import re

from attrs import frozen

from cleartitle.vocabulary.evidence import Span

MAX_COMMANDS = 1_000
MAX_TEXT = 2 * 1024 * 1024
"""Characters that are read."""
_COMMAND = re.compile(r"[ \t]*(?:(?:MESSAGE|PARAMETER)[ \t]+\w{1,40}|(?P<name>[A-Za-z]{2,20}))[ \t]+", re.IGNORECASE)
_CLOSING = re.compile(r'"[ \t\r]*$', re.MULTILINE)
_READ = frozenset({"from", "adapter", "license", "draft"})
_QUOTES = '"""'


@frozen(kw_only=True)
class Command:
    """One command with its value, without quotes."""

    name: str
    """In small letters."""
    value: str
    span: Span
    """Of the value."""


@frozen(kw_only=True)
class Modelfile:
    """The commands that say where a model comes from, in order."""

    commands: tuple[Command, ...] = ()
    stopped: str = ""
    """Why the rest was not read; empty if all was."""

    def of(self, name: str) -> tuple[Command, ...]:
        """Return the commands of this name (``from``, ``adapter``, ``license``, ``draft``)."""
        return tuple(command for command in self.commands if command.name == name)


def read_modelfile(text: str) -> Modelfile:
    r'''Return what a Modelfile says; what is no command is passed over, as are templates and parameters.

    >>> found = read_modelfile('FROM llama3.2:1b\nTEMPLATE """FROM nobody"""\nLICENSE """One\nTwo"""\n')
    >>> [(c.name, c.value) for c in found.commands]
    [('from', 'llama3.2:1b'), ('license', 'One\nTwo')]
    '''
    found: list[Command] = []
    at, line = 0, 1
    end = min(len(text), MAX_TEXT)
    quotes = max((quote.start() for quote in _CLOSING.finditer(text, 0, end)), default=0)
    stopped = f"only the first {MAX_TEXT:,} characters were read" if end < len(text) else ""
    while at < end:
        command = _COMMAND.match(text, at, end)
        if command is None:
            at, line = _next(text, at, end), line + 1
            continue
        start, stop, following = _value(text, command.end(), end, quotes)
        name = (command["name"] or "").lower()
        if name in _READ:
            if len(found) == MAX_COMMANDS:
                return Modelfile(commands=tuple(found), stopped=f"more than {MAX_COMMANDS:,} commands")
            first = line + text.count("\n", at, start)
            span = Span(line=first, end_line=first + text.count("\n", start, stop), start=start, end=stop)
            found.append(Command(name=name, value=text[start:stop], span=span))
        line += text.count("\n", at, following)
        at = following
    return Modelfile(commands=tuple(found), stopped=stopped)


def _value(text: str, at: int, end: int, quotes: int) -> tuple[int, int, int]:
    """Return where a value starts and stops, and where the next line begins; quotes are left out.

    *quotes* is the place of the last closing quote: without it, a text of many opening ones would be searched as often.
    """
    if text.startswith(_QUOTES, at):
        close = text.find(_QUOTES, at + 3, end)
        stop = end if close < 0 else close
        return at + 3, stop, _next(text, stop, end)
    following = _next(text, at, end)
    if text.startswith('"', at) and at < quotes and (closing := _CLOSING.search(text, at + 1, end)):
        return at + 1, closing.start(), _next(text, closing.start(), end)
    return at, at + len(text[at:following].rstrip()), following


def _next(text: str, at: int, end: int) -> int:
    line = text.find("\n", at, end)
    return end if line < 0 else line + 1
