"""Shell text as commands: words with their places, variables with the values that the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

MAX_WORDS = 50_000
MAX_EXPANDED = 1_000
_SPACE = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_PLAIN = re.compile(r"[^\s\\'\"`$#;&|()<>\n]+")
_QUOTED = re.compile(r"[^\"\\`$]+")
_HEREDOC = re.compile(r"<<-?[ \t]*(?P<quote>['\"]?)(?P<mark>\w{1,40})(?P=quote)")
_REDIRECT = re.compile(r"\d?(?:>>|>&|<&|>|<)&?\d?")
_ASSIGNED = re.compile(r"(?P<name>[A-Za-z_]\w{0,80})=(?P<value>.*)", re.DOTALL)
_VARIABLE = re.compile(
    r"\$(?:(?P<plain>[A-Za-z_]\w{0,80})|\{(?P<name>[A-Za-z_]\w{0,80})(?::?[-=](?P<default>[^{}]{0,400})|:?\?[^{}]{0,200})?\})"
)
_SETS = frozenset({"export", "declare", "local", "readonly", "typeset", "set"})


@frozen
class Word:
    """A word of a command, without quotes; *at* is where it starts in the text."""

    text: str
    at: int
    used: int | None = None
    """Where it stands, if *at* is where its value was given."""


@frozen
class Line:
    """A command; *body* is the text that is given to it in place of a file, with where it starts."""

    words: tuple[Word, ...]
    body: Word | None = None


class Variables:
    """What variables are known to be."""

    def __init__(self) -> None:
        self._values: dict[str, Word] = {}

    def set(self, name: str, value: Word) -> None:
        """Note a value; the first one counts, as later ones are often set only in some case."""
        self._values.setdefault(name, value)

    def expand(self, word: Word) -> Word:
        """Return the word with the variables that are known, at the place of the value if it is nothing else."""
        if "$" not in word.text:
            return word
        whole = _VARIABLE.fullmatch(word.text)
        known = self._values.get(whole["plain"] or whole["name"]) if whole else None
        if known is not None:
            return Word(known.text, known.at, word.at)
        return Word(_VARIABLE.sub(self._value, word.text)[:MAX_EXPANDED], word.at)

    def _value(self, found: re.Match[str]) -> str:
        known = self._values.get(found["plain"] or found["name"])
        if known is not None:
            return known.text
        return found["default"] or found[0]


def commands(text: str, variables: Variables, at: int = 0) -> Iterator[Line]:
    """Yield the commands of a text whose first character is at *at*; what they assign is noted in *variables*.

    >>> known = Variables()
    >>> [[w.text for w in line.words] for line in commands("M=a/b; vllm serve $M # x", known)]
    [['M=a/b'], ['vllm', 'serve', 'a/b']]
    """
    for line in _lines(text, at):
        expanded = Line(tuple(map(variables.expand, line.words)), line.body)
        assign(expanded.words, variables)
        yield expanded


def assign(words: tuple[Word, ...], variables: Variables) -> None:
    """Note the variables that a command sets."""
    for word in words:
        found = _ASSIGNED.fullmatch(word.text)
        if found is not None:
            variables.set(found["name"], Word(found["value"], word.at + found.start("value")))
        elif word.text not in _SETS and not word.text.startswith("-"):
            return


def assigned(word: Word) -> tuple[str, Word] | None:
    """Return name and value of ``NAME=value``; None for anything else."""
    found = _ASSIGNED.fullmatch(word.text)
    return (found["name"], Word(found["value"], word.at + found.start("value"), word.used)) if found else None


def _lines(text: str, at: int) -> Iterator[Line]:
    """Yield the commands with their words as written."""
    words: list[Word] = []
    marks: list[str] = []
    body: Word | None = None
    here, count = 0, 0
    while here < len(text) and count < MAX_WORDS:
        if space := _SPACE.match(text, here):
            here = space.end()
            continue
        char = text[here]
        if char == "#":
            here = _end(text, here)
        elif char == "\n":
            here += 1
            if marks:
                body, here = _heredoc(text, here, marks[0], at)
                marks.clear()
            yield from _line(words, body)
            words, body = [], None
        elif char in ";&|()`":
            if not marks:
                yield from _line(words, None)
                words = []
            here += 1
        elif marked := _HEREDOC.match(text, here):
            marks.append(marked["mark"])
            here = marked.end()
        elif redirect := _REDIRECT.match(text, here):
            here = redirect.end()
        else:
            word, here = _word(text, here, at)
            words.append(word)
            count += 1
    yield from _line(words, body)


def _line(words: list[Word], body: Word | None) -> Iterator[Line]:
    if words:
        yield Line(tuple(words), body)


def _word(text: str, here: int, at: int) -> tuple[Word, int]:
    start, parts = here, []
    first: int | None = None
    while here < len(text) and text[here] not in " \t\r\n;&|()<>`":
        char = text[here]
        if char in "'\"":
            first = here + 1 if first is None and here == start else first
            part, here = _quoted(text, here)
        elif char == "\\":
            part, here = text[here + 1 : here + 2].replace("\n", ""), here + 2
        elif char == "$":
            part, here = _dollar(text, here)
        elif found := _PLAIN.match(text, here):
            part, here = found[0], found.end()
        else:
            part, here = char, here + 1
        parts.append(part)
    return Word("".join(parts), at + (start if first is None else first)), max(here, start + 1)


def _quoted(text: str, here: int) -> tuple[str, int]:
    mark = text[here]
    here += 1
    if mark == "'":
        close = text.find("'", here)
        close = len(text) if close < 0 else close
        return text[here:close], close + 1
    parts: list[str] = []
    while here < len(text) and text[here] != '"':
        if text[here] == "\\":
            escaped = text[here + 1 : here + 2]
            parts.append(escaped if escaped in '"\\$`' else f"\\{escaped}")
            here += 2
        elif text[here] == "$":
            part, here = _dollar(text, here)
            parts.append(part)
        elif found := _QUOTED.match(text, here):
            parts.append(found[0])
            here = found.end()
        else:
            parts.append(text[here])
            here += 1
    return "".join(parts), here + 1


def _dollar(text: str, here: int) -> tuple[str, int]:
    """Return a ``$`` with its variable; of ``$(...)`` only that it is there, its commands follow as others."""
    if found := _VARIABLE.match(text, here):
        return found[0], found.end()
    return "$", here + 1


def _heredoc(text: str, here: int, mark: str, at: int) -> tuple[Word, int]:
    start = here
    while here < len(text):
        end = _end(text, here)
        if text[here:end].strip() == mark:
            return Word(text[start:here], at + start), end
        here = end + 1
    return Word(text[start:], at + start), len(text)


def _end(text: str, here: int) -> int:
    end = text.find("\n", here)
    return len(text) if end < 0 else end
