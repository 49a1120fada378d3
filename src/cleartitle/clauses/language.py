"""The small language of the patterns: regular expressions with gaps, and word lists in their place.

``...`` is a gap of up to 80 characters, ``....`` one of up to 240, ``{name}`` a word list of ``words.toml``; the rest
is a regular expression over lower-case text with single spaces and folded punctuation (Chinese text has no spaces).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from attrs import frozen

from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping

_GAPS = (("....", ".{0,240}?"), ("...", ".{0,80}?"))
_CLASSES = (("[^.;]", "[^;]"), ("[^.]", "."))
"""A passage is a sentence: a full stop inside it belongs to a name (``Acme 3.1``) or an abbreviation."""
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|[:=!]|<[=!]))?")
_CJK = re.compile("[\u3400-\u9fff]")
_MACRO = re.compile(r"\{([a-z][a-z-]*)\}")


@frozen(kw_only=True)
class Expression:
    """A regular expression in two forms: what can only match Chinese is left out where there is none."""

    english: str
    every: str

    def search(self, text: str, *, chinese: bool) -> re.Match[str] | None:
        """Return the first match, or None."""
        form = self.form(chinese=chinese)
        return form.search(text) if form else None

    def form(self, *, chinese: bool) -> re.Pattern[str] | None:
        """Return the form for a text, made ready when first asked for; None if it can match nothing there."""
        said = self.every if chinese else self.english
        return _ready(said) if said else None


@functools.cache
def _ready(said: str) -> re.Pattern[str]:
    return re.compile(said)


@functools.cache
def words() -> dict[str, str]:
    """Return the word lists, those inside others filled in."""
    listed = mapping(toml("words.toml")["words"], where="words.toml")
    found: dict[str, str] = {}
    for name, said in listed.items():
        found[name] = _fill(str(said), found)
    return found


@functools.cache
def shape(name: str) -> re.Pattern[str]:
    """Return an expression of ``shapes.toml`` by its table and name: ``grants.object``.

    >>> shape("duties.places-blog").search("in a blog post") is not None
    True
    """
    table, _, key = name.partition(".")
    return expression(str(mapping(toml("shapes.toml")[table], where="shapes.toml")[key]))


def expression(said: str) -> re.Pattern[str]:
    """Return *said*, in the small language of the patterns, as a regular expression."""
    return re.compile(_fill(said, words()))


def both(said: str) -> Expression:
    """Return *said* as a regular expression in both forms."""
    english = _latin(said)
    return Expression(english=_fill(english, _latin_words()) if english else "", every=_fill(said, words()))


def alternatives(way: str) -> tuple[str, ...]:
    """Return the entries of a word list that stands alone, else the way itself."""
    listed = _MACRO.fullmatch(way)
    return tuple(_parts(words()[listed[1]])) if listed else (way,)


@functools.cache
def _latin_words() -> Mapping[str, str]:
    return {name: kept for name, listed in words().items() if (kept := _latin(listed))}


def _latin(said: str) -> str:
    """Return *said* without the alternatives that hold Chinese, at any depth."""
    return "|".join(kept for part in _parts(said) if (kept := _kept(part)) is not None)


def _kept(part: str) -> str | None:
    if not _CJK.search(part):
        return part
    made, place = "", 0
    while place < len(part):
        if part[place] == "(" and (place == 0 or part[place - 1] != "\\"):
            end = _closing(part, place)
            head = _opening(part, place)
            inner = _latin(part[place + len(head) : end])
            if not inner and "!" not in head:
                return None
            made += f"{head}{inner})" if inner else ""
            place = end + 1
        elif _CJK.match(part[place]):
            return None
        else:
            made += part[place]
            place += 1
    return made


def _opening(said: str, start: int) -> str:
    found = _GROUP.match(said, start)
    return found[0] if found else "("


def _closing(said: str, start: int) -> int:
    """Return where the group that opens at *start* closes."""
    depth, place = 0, start
    while place < len(said):
        match said[place]:
            case "\\":
                place += 1
            case "(":
                depth += 1
            case ")":
                depth -= 1
                if depth == 0:
                    return place
            case "[":
                place = said.index("]", place + 1)
            case _:
                pass
        place += 1
    raise re.error(f"no closing bracket: {said}")


def _parts(said: str) -> list[str]:
    """Return the alternatives of *said*: split at each ``|`` outside brackets."""
    parts, depth, start, place = [], 0, 0, 0
    while place < len(said):
        match said[place]:
            case "\\":
                place += 1
            case "(":
                depth += 1
            case ")":
                depth -= 1
            case "[":
                place = said.index("]", place + 1)
            case "|" if depth == 0:
                parts.append(said[start:place])
                start = place + 1
            case _:
                pass
        place += 1
    return [*parts, said[start:]]


@functools.cache
def toml(name: str) -> Mapping[str, object]:
    """Return the tables of one file of ``patterns/``."""
    return tomllib.loads((files("cleartitle.clauses") / "patterns" / name).read_text(encoding="utf-8"))


def _fill(said: str, known: Mapping[str, str]) -> str:
    for mark, gap in (*_GAPS, *_CLASSES):
        said = said.replace(mark, gap)
    try:
        return _MACRO.sub(lambda m: f"(?:{known[m[1]]})", said)
    except KeyError as error:
        raise DataError(f"no word list is called {error.args[0]!r}") from error
