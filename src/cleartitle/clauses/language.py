"""The small language of the patterns: regular expressions with gaps, and word lists in their place.

``...`` is a gap of up to 80 characters, ``....`` one of up to 240, ``{name}`` a word list of ``words.toml``; the rest
is a regular expression over lower-case text with single spaces and folded punctuation (Chinese text has no spaces).
"""

from __future__ import annotations

import functools
import hashlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

from attrs import frozen

from cleartitle.clauses.needs import ALWAYS, any_of, stored
from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping

_GAPS = (("....", ".{0,240}?"), ("...", ".{0,80}?"))
_CLASSES = (("[^.;]", "[^;]"), ("[^.]", "."))
"""A passage is a sentence: a full stop inside it belongs to a name (``Acme 3.1``) or an abbreviation."""
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|[:=!]|<[=!]))?")
_CJK = re.compile("[\u3400-\u9fff]")
_MACRO = re.compile(r"\{([a-z][a-z-]*)\}")
_BRACKET = re.compile(r"\\.|\[[^\]]*\]|[()|]", re.DOTALL)
"""What a bracket or a bar can be hidden in, or is."""
_BEGINS = re.compile(r"(?<!\\)\\b([a-z])(?![?*+{])")
"""Where a word begins: its letter is matched first, and then what is before it, since few letters are that one."""
_MIXED, _ALONE = "(?<![a-z](?=[ -~]))", "(?<![a-z])"
"""No letter before, unless Chinese follows it; and what says the same, faster, where there is no Chinese."""
_NOTHING = re.compile("(?!)")
_FLAGS = re.compile(r"\(\?[a-z]+\)")
_CAPTURES = re.compile(r"(?<!\\)\((?!\?)|\(\?P<")


@frozen(kw_only=True, eq=False)
class Expression:
    """A regular expression in two forms: what can only match Chinese is left out where there is none.

    Nothing is made of what was said before it is asked for: most is never needed for one text.
    """

    said: str

    @property
    def english(self) -> str:
        """The form for a text without Chinese, or nothing if it can match nothing there."""
        named = _MACRO.sub(lambda m: m[0] if m[1] in _latin_words() or m[1] not in words() else "列", self.said)
        kept = _latin(named).replace(_MIXED, _ALONE)  # a list that is all Chinese is left out like what is Chinese
        return filled(kept, _latin_words()) if kept else ""

    @property
    def every(self) -> str:
        """The form for any text."""
        return filled(self.said)

    def search(self, text: str, *, chinese: bool) -> re.Match[str] | None:
        """Return the first match, or None."""
        form = _ready(self, chinese=chinese)
        return form.search(text) if form else None

    def form(self, *, chinese: bool) -> re.Pattern[str] | None:
        """Return the form for a text, made ready when first asked for; None if it can match nothing there."""
        return _ready(self, chinese=chinese)


@functools.cache
def _ready(expression: Expression, *, chinese: bool) -> re.Pattern[str] | None:
    said = expression.every if chinese else expression.english
    return _compiled(said) if said else None


@functools.cache
def _compiled(said: str) -> re.Pattern[str]:
    return re.compile(_BEGINS.sub(r"\1(?<=\\b\1)", said))


@functools.cache
def words() -> dict[str, str]:
    """Return the word lists, those inside others filled in."""
    listed = mapping(toml("words.toml")["words"], where="words.toml")
    found: dict[str, str] = {}
    for name, said in listed.items():
        found[name] = filled(str(said), found)
    return found


@frozen(kw_only=True, eq=False)
class Shape:
    """An expression that reads what a pattern found: as a compiled one, but made ready when it is first needed.

    A text in plain ASCII is read without the alternatives that are Chinese, which takes half the time.
    """

    said: str

    def _form(self, text: str) -> re.Pattern[str]:
        form, may = _shaped(self, plain=text.isascii())
        return form if may is None or may(text) else _NOTHING

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match, or None."""
        return self._form(text).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at *start*, or None."""
        return self._form(text).match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match from *start* to *end*, or None."""
        return self._form(text).fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return the matches one after the other."""
        return self._form(text).finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """Return what matched, of an expression without groups."""
        return self._form(text).findall(text)

    def sub(self, by: str, text: str) -> str:
        """Return *text* with *by* in place of each match."""
        return self._form(text).sub(by, text)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """Return what stands between the matches."""
        return [part or "" for part in self._form(text).split(text, maxsplit)]


@functools.cache
def _shaped(shape: Shape, *, plain: bool) -> tuple[re.Pattern[str], Callable[[str], bool] | None]:
    """Return the form of an expression for a text, and what tells that the text may match (if that is known)."""
    flags = _FLAGS.match(shape.said)
    head = flags[0] if flags else ""
    listed = alternatives(shape.said[len(head) :])
    kept = [part for part in listed if not (plain and _is_chinese(part))]
    form = _compiled(head + filled("|".join(kept) if plain else shape.said[len(head) :])) if kept else _NOTHING
    words = () if head else _needed(kept, plain=plain)
    return form, any_of(words) if words else None


def _needed(listed: list[str], *, plain: bool) -> tuple[str, ...]:
    """Return words one of which stands wherever one of the expressions matches; none if that is not known."""
    found: set[str] = set()
    for part in listed:
        branches = stored("alone").get(key(part), ALWAYS)
        if not all(branches):
            return ()
        found.update(word for branch in branches for word in branch[0].words)
    least = [w for w in found if not any(v != w and v in w for v in found)]
    usable = [w for w in least if w.isascii() or not plain]
    return tuple(sorted(usable, key=len))


def _is_chinese(part: str) -> bool:
    """Tell whether an alternative can match nothing but Chinese: a character of it must stand there."""
    if _CAPTURES.search(part):
        return False
    place = 0
    while place < len(part):
        found = _BRACKET.match(part, place)
        end = _closing(part, place) + 1 if part[place] == "(" else found.end() if found else place + 1
        if part[end : end + 1] not in ("?", "*", "{"):
            if part[place] == "(" and part.startswith("(?:", place):
                if all(map(_is_chinese, _parts(part[place + 3 : end - 1]))):
                    return True
            elif not found and _CJK.match(part, place):
                return True
        place = end
    return False


@functools.cache
def shape(name: str) -> Shape:
    """Return an expression of ``shapes.toml`` by its table and name: ``grants.object``.

    >>> shape("duties.places-blog").search("in a blog post") is not None
    True
    """
    return Shape(said=shape_said(name))


def shape_said(name: str) -> str:
    """Return an expression of ``shapes.toml`` as it is written there."""
    table, _, key = name.partition(".")
    return str(mapping(toml("shapes.toml")[table], where="shapes.toml")[key])


def prepare() -> None:
    """Make every expression of ``shapes.toml`` ready."""
    for table, listed in toml("shapes.toml").items():
        for name in mapping(listed, where=table):
            for plain in (False, True):
                _shaped(shape(f"{table}.{name}"), plain=plain)


def both(said: str) -> Expression:
    """Return *said* as a regular expression in both forms."""
    return Expression(said=said)


def alternatives(said: str) -> tuple[str, ...]:
    """Return what *said* leaves to choose; a word list that stands alone is its entries.

    >>> alternatives("free|open (?:to|for)")
    ('free', 'open (?:to|for)')
    """
    bare = said[3:-1] if said.startswith("(?:") and _closing(said, 0) == len(said) - 1 else said
    return tuple(entry for part in _parts(bare) for entry in entries(part))


def entries(way: str) -> tuple[str, ...]:
    """Return the entries of a word list that stands alone, else the way itself."""
    listed = _MACRO.fullmatch(way)
    return tuple(_parts(words()[listed[1]])) if listed else (way,)


def spelled(said: str) -> str:
    """Return *said* with the word lists that it names: as long as this stays, so does what it matches."""
    return said + "".join(words()[name] for name in _MACRO.findall(said))


def key(way: str) -> str:
    """Return what stands for a way of saying, with its word lists, in ``needs.json``."""
    return hashlib.blake2b(spelled(way).encode(), digest_size=6).hexdigest()


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
    depth = 0
    for found in _BRACKET.finditer(said, start):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ")":
            return found.start()
    raise re.error(f"no closing bracket: {said}")


def _parts(said: str) -> list[str]:
    """Return the alternatives of *said*: split at each ``|`` outside brackets."""
    parts, depth, start = [], 0, 0
    for found in _BRACKET.finditer(said):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "|":
            parts.append(said[start : found.start()])
            start = found.end()
    return [*parts, said[start:]]


@functools.cache
def toml(name: str) -> Mapping[str, object]:
    """Return the tables of one file of ``patterns/``."""
    return tomllib.loads((files("cleartitle.clauses") / "patterns" / name).read_text(encoding="utf-8"))


def filled(said: str, known: Mapping[str, str] | None = None) -> str:
    """Return *said* as a regular expression: with its gaps, and with the word lists (those *known*) in their place."""
    lists = words() if known is None else known
    for mark, gap in (*_GAPS, *_CLASSES):
        said = said.replace(mark, gap)
    try:
        return _MACRO.sub(lambda m: f"(?:{lists[m[1]]})", said)
    except KeyError as error:
        raise DataError(f"no word list is called {error.args[0]!r}") from error
