"""Dockerfiles: what ENV and ARG set, and the commands of RUN, CMD and ENTRYPOINT."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from cleartitle.discovery.commands import Reader
from cleartitle.discovery.keys import in_environment
from cleartitle.discovery.shell import Line, Variables, Word, assigned, commands
from cleartitle.discovery.sighting import Lines, Sighting

MAX_INSTRUCTIONS = 5_000
_INSTRUCTION = re.compile(
    r"^[ \t]{0,40}(?P<name>[A-Za-z]{3,12})[ \t]+(?P<rest>(?:[^\\\n]|\\(?!\n)|\\\n)*)", re.MULTILINE
)
_FLAGS = re.compile(r"(?:--[a-z]+(?:=\S*)?\s+){0,8}")
_OLD = re.compile(r"(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>\S.*)", re.DOTALL)
_HEREDOC = re.compile(r"<<-?['\"]?(\w{1,40})['\"]?")
_COMMENT = re.compile(r"^[ \t]*#[^\n]*\n", re.MULTILINE)


def read_dockerfile(text: str) -> Iterator[Sighting]:
    r"""Yield what a Dockerfile names.

    >>> [(s.said, s.spot.line) for s in read_dockerfile('ENV MODEL=a/b\nCMD ["vllm", "serve", "c/d"]')]
    [('a/b', 1), ('c/d', 2)]
    """
    plain = _COMMENT.sub(lambda found: " " * (len(found[0]) - 2) + "\\\n" if len(found[0]) > 1 else "\n", text)
    reader, lines = Reader(Lines(text), Variables()), Lines(text)
    for found in islice(_INSTRUCTION.finditer(plain), MAX_INSTRUCTIONS):
        rest, at = found["rest"], found.start("rest")
        match found["name"].upper():
            case "ENV" | "ARG":
                yield from _set(rest, at, reader.variables, lines)
            case "RUN" | "CMD" | "ENTRYPOINT" | "SHELL" | "HEALTHCHECK":
                yield from _command(rest, at, reader, text)
            case "ADD":
                yield from reader.text(f"ADD {rest}", at - 4)
            case _:
                pass


def _set(rest: str, at: int, variables: Variables, lines: Lines) -> Iterator[Sighting]:
    """Yield what variables are set to, and note them."""
    words = [word for line in commands(rest, variables, at) for word in line.words]
    old = _OLD.fullmatch(rest.strip())
    if words and assigned(words[0]) is None and old:
        start = at + rest.find(old["value"])
        value = Word(old["value"].strip().strip("\"'"), start)
        variables.set(old["name"], value)
        pairs = [(old["name"], value)]
    else:
        pairs = [pair for word in words if (pair := assigned(word))]
    for name, value in pairs:
        found = in_environment(name, value.text)
        if found is not None:
            yield _at(found, lines, value)


def _at(found: Sighting, lines: Lines, value: Word) -> Sighting:
    from attrs import evolve

    used = lines.spot(value.used) if value.used is not None else None
    return evolve(found, spot=lines.spot(value.at), used=used)


def _command(rest: str, at: int, reader: Reader, text: str) -> Iterator[Sighting]:
    flags = _FLAGS.match(rest)
    start = flags.end() if flags else 0
    if rest[start:].lstrip().startswith("["):
        words = _words(rest, start, at)
        if words:
            yield from reader.line(Line(tuple(map(reader.variables.expand, words))))
            return
    body = _HEREDOC.search(rest)
    if body:
        close = re.compile(rf"^[ \t]*{re.escape(body[1])}[ \t]*$", re.MULTILINE).search(text, at + len(rest))
        end = close.end() if close else len(text)
        if rest[start:].lstrip().startswith("<<"):  # the commands themselves, not what is given to one
            start, end = len(rest), close.start() if close else len(text)
        yield from reader.text(text[at + start : end], at + start)
        return
    yield from reader.text(rest[start:], at + start)


def _words(rest: str, start: int, at: int) -> list[Word]:
    """Return the words of ``["program", "argument"]`` with their places; none where it is no such list."""
    end = rest.rfind("]")
    try:
        listed = json.loads(rest[start : end + 1].replace("\\\n", "  "))
    except (ValueError, RecursionError):
        return []
    if not isinstance(listed, list):
        return []
    words: list[Word] = []
    place = start
    for each in listed:
        if isinstance(each, str):
            found = rest.find(each, place)
            place = max(found, place)
            words.append(Word(each, at + place))
            place += len(each)
    return words
