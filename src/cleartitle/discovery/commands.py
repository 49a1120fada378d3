"""Commands that fetch, serve or train a model: what their words mean is in ``commands.toml``."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.discovery.calls import table as calls
from cleartitle.discovery.keys import in_environment, keys
from cleartitle.discovery.naming import hub_link, known, plausible
from cleartitle.discovery.shell import Line, Variables, Word, assigned, commands
from cleartitle.discovery.sighting import Lines, Sighting, Spot
from cleartitle.serial.convert import read
from cleartitle.vocabulary.discovery import How, UseKind
from cleartitle.vocabulary.reference import Scheme

MAX_NESTED = 3
MAX_WORDS = 2_000
"""Of one command."""
MAX_PROGRAMS = 20
_SAYS = frozenset({"echo", "printf", "#", "grep", "sed", "pip", "conda"})
_SHELLS = frozenset({"sh", "bash", "zsh", "ash"})
_SETTING = frozenset({"export", "declare", "env", "set", "-e", "--env", "--build-arg", "ENV", "-x"})
_PYTHON = re.compile(r"(?:python|python3|python3\.\d+|uv|ipython)$")
_ARGUMENT = re.compile(r"(?:pretrained|peft|model|tokenizer|revision)=")


@frozen(kw_only=True)
class Command:
    """A command, and which of its words names a model; the fields are described in the table."""

    programs: tuple[str, ...] = field(validator=min_len(1))
    words: tuple[str, ...] = ()
    position: int = -1
    options: tuple[str, ...] = ()
    revision: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    scheme: Scheme = Scheme.HF
    bare: str = ""
    routes: bool = False
    link: bool = False


@frozen(kw_only=True)
class _Any:
    options: tuple[str, ...]
    revision: tuple[str, ...]


@frozen(kw_only=True)
class _Table:
    programs: dict[str, tuple[Command, ...]]
    any: _Any


@functools.cache
def table() -> _Table:
    """Return the table, read once."""
    data = tomllib.loads(files("cleartitle.discovery").joinpath("commands.toml").read_text(encoding="utf-8"))
    entries = read(data["command"], tuple[Command, ...], where="commands.toml", trusted=True)
    programs: dict[str, tuple[Command, ...]] = {}
    for entry in entries:
        for program in entry.programs:
            programs[program] = (*programs.get(program, ()), entry)
    return _Table(programs=programs, any=read(data["any"], _Any, where="commands.toml", trusted=True))


class Reader:
    """Reads the commands of one text; *spots* turns offsets into places."""

    def __init__(self, lines: Lines, variables: Variables | None = None) -> None:
        self.lines, self.variables = lines, variables or Variables()

    def text(self, text: str, at: int = 0, depth: int = 0) -> Iterator[Sighting]:
        """Yield what the commands of a text name; *at* is where it starts."""
        for line in commands(text, self.variables, at):
            yield from self.line(line, depth)

    def line(self, line: Line, depth: int = 0) -> Iterator[Sighting]:
        """Yield what one command names."""
        words = line.words[:MAX_WORDS]
        yield from self._environment(words)
        yield from self._links(words)
        if not words or words[0].text in _SAYS:
            return
        matched = 0
        for place, word in enumerate(words):
            if matched >= MAX_PROGRAMS:
                return
            program = word.text.rpartition("/")[2]
            for entry in table().programs.get(program, ()):
                after = words[place + 1 :]
                if not entry.words or (after and after[0].text in entry.words):
                    matched += 1
                    yield from self._known(entry, program, after[1:] if entry.words else after)
            if depth < MAX_NESTED:
                yield from self._inner(word, words[place + 1 :], line.body if not place else None, depth)
        if not matched:
            yield from self._any(words)

    def _known(self, entry: Command, program: str, words: tuple[Word, ...]) -> Iterator[Sighting]:
        options, plain = parted(words, entry.flags)
        given = [value for name, value in options if name in entry.options]
        if 0 <= entry.position < len(plain):
            given.append(plain[entry.position])
        kind = UseKind.DATASET if any(n == "--repo-type" and v.text == "dataset" for n, v in options) else UseKind.MODEL
        revision = next((value.text for name, value in options if name in entry.revision), "")
        for value in given:
            said, scheme = value.text, entry.scheme
            if entry.link and not hub_link(said):
                continue
            if entry.routes:
                way, _, said = said.partition("/")
                if way not in calls().routes:
                    continue
                scheme = calls().routes[way]
            yield self._found(value, said, program, scheme=scheme, bare=entry.bare, revision=revision, kind=kind)

    def _any(self, words: tuple[Word, ...]) -> Iterator[Sighting]:
        """Yield the values of options that are called like models, of programs that are not known."""
        options, _ = parted(words, ())
        revision = next((value.text for name, value in options if name in table().any.revision), "")
        for name, value in options:
            if _is_model(name) and (plausible(value.text) or known(value.text)):
                yield self._found(value, value.text, name, revision=revision)
            elif name in ("--model_args", "--model-args") and _ARGUMENT.search(value.text):
                yield from self._arguments(name, value)

    def _arguments(self, name: str, value: Word) -> Iterator[Sighting]:
        """Yield the models in ``pretrained=owner/name,revision=main``."""
        pairs = dict(part.partition("=")[::2] for part in value.text.split(","))
        for key in ("pretrained", "peft", "model", "tokenizer"):
            if plausible(pairs.get(key, "")):
                yield self._found(value, pairs[key], name, revision=pairs.get("revision", ""))

    def _environment(self, words: tuple[Word, ...]) -> Iterator[Sighting]:
        for place, word in enumerate(words):
            if not _sets(words, place):
                continue
            pair = assigned(word)
            sighting = in_environment(pair[0], pair[1].text) if pair else None
            if pair and sighting:
                yield self._found(pair[1], sighting.said, pair[0], scheme=sighting.scheme, how=How.KEY)

    def _links(self, words: tuple[Word, ...]) -> Iterator[Sighting]:
        for word in words:
            if "/resolve/" in word.text and hub_link(word.text):
                kind = UseKind.DATASET if "/datasets/" in word.text else UseKind.MODEL
                yield self._found(word, word.text, words[0].text, how=How.LINK, kind=kind)

    def _inner(self, word: Word, after: tuple[Word, ...], body: Word | None, depth: int) -> Iterator[Sighting]:
        """Yield what the code handed to an interpreter names: ``python -c``, ``sh -c``, a here-document."""
        program = word.text.rpartition("/")[2]
        is_python, is_shell = bool(_PYTHON.match(program)), program in _SHELLS
        if not (is_python or is_shell):
            return
        code = next((b for a, b in pairwise(after) if a.text in ("-c", "-lc", "-ec", "-exc")), body)
        if code is None:
            return
        if is_shell:
            yield from self.text(code.text, code.at, depth + 1)
        else:
            yield from inline(code.text, self.lines.spot(code.at))

    def _found(
        self, word: Word, said: str, by: str, *, scheme: Scheme = Scheme.HF, bare: str = "", revision: str = "",
        how: How = How.COMMAND, kind: UseKind = UseKind.MODEL,
    ) -> Sighting:  # fmt: skip
        used = None if word.used is None else self.lines.spot(word.used)
        spot = self.lines.spot(word.at)
        return Sighting(
            said=said, spot=spot, used=used, how=how, by=by, kind=kind, scheme=scheme, bare=bare, revision=revision
        )  # fmt: skip


def _is_model(option: str) -> bool:
    return option in table().any.options or (option.startswith("--") and keys().weight(option[2:]) is not None)


def _sets(words: tuple[Word, ...], place: int) -> bool:
    """Return whether a word of this form sets a variable: before the program, or after ``export`` or ``-e``."""
    before = words[place - 1].text if place else ""
    if before in _SETTING or words[0].text in _SETTING:
        return True
    return all(assigned(word) is not None for word in words[:place])


def parted(words: tuple[Word, ...], flags: tuple[str, ...]) -> tuple[list[tuple[str, Word]], list[Word]]:
    """Return the options with their values, and the other words."""
    options: list[tuple[str, Word]] = []
    plain: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        name, equals, value = word.text.partition("=")
        following = words[place + 1] if place + 1 < len(words) else None
        if not word.text.startswith("-") or word.text in ("-", "--"):
            plain.append(word)
        elif equals:
            options.append((name, Word(value, word.at + len(name) + 1, word.used)))
        elif word.text not in flags and following is not None and not following.text.startswith("-"):
            options.append((word.text, following))
            place += 1
        place += 1
    return options, plain


def inline(code: str, start: Spot) -> Iterator[Sighting]:
    """Yield what Python code inside another file names; its lines count from *start*."""
    from attrs import evolve

    from cleartitle.discovery.python import read_python
    from cleartitle.discovery.scopes import NotPython

    try:
        found = list(read_python(code, ""))
    except NotPython:
        return
    for each in found:
        line = start.line + each.spot.line - 1
        column = each.spot.column + (start.column - 1 if each.spot.line == 1 else 0)
        yield evolve(each, spot=Spot(line=line, column=column), used=None)


def read_shell(text: str) -> Iterator[Sighting]:
    r"""Yield what the commands of a script name.

    >>> [(s.said, s.revision) for s in read_shell("hf download a/b --revision v1\nollama pull llama3.2")]
    [('a/b', 'v1'), ('llama3.2', '')]
    """
    yield from Reader(Lines(text)).text(text)
