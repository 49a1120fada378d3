"""Prose patterns: data in ``patterns/*.toml``, one file for each question that is asked of a sentence.

A pattern says which words mean something, and shows it: every ``yes`` sentence must match and no ``no`` sentence may
(``tests/prose`` walks them all). In ``any``, ``...`` is a gap of up to 60 characters and ``{name}`` a word list of
``words.toml``; the rest is a regular expression over lower-case text with single spaces, plain quotes and punctuation,
and without markup (no space stands beside Chinese characters and kana). Patterns with ``case`` see capitals. Repeats
have an end, so that none is slow: 12 for letters, 40 for classes.
"""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping, read

_GAP = re.compile(r"(?<![.\\])\.\.\.(?![.])")
_ENDLESS = re.compile(r"(\\w|\])([*+])")
_BOUNDS = {"\\w*": "{0,12}", "\\w+": "{1,12}", "]*": "{0,40}", "]+": "{1,40}"}
_BEHIND = re.compile(r"\(\?<![^()]*\)")
_MACRO = re.compile(r"\{([a-z][a-z-]*)\}")
FILES = ("sections", "subjects", "names", "binding", "commerce", "conditions", "bases", "traps")


@frozen(kw_only=True)
class Pattern:
    """One way of saying something."""

    name: str
    says: str
    """What it says: ``license``, ``weights``, ``inherits``, ``allowed``, ``registration``, ..."""
    any: tuple[str, ...] = field(validator=min_len(1))
    needs: tuple[str, ...] = ()
    """One of these, in lower case, stands in every match: where none does, nothing is looked for. For speed."""
    unless: str = ""
    """With this anywhere in the sentence, it does not match."""
    case: bool = False
    """Whether capitals matter."""
    note: str = ""
    yes: tuple[str, ...] = field(validator=min_len(1))
    no: tuple[str, ...] = ()


@frozen(kw_only=True)
class Compiled:
    """A pattern made ready."""

    pattern: Pattern
    matches: re.Pattern[str]
    unless: re.Pattern[str] | None

    def possible(self, low: str) -> bool:
        """Return whether the pattern can match in a sentence, given in lower case."""
        return not self.pattern.needs or any(each in low for each in self.pattern.needs)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match in *text*, unless something speaks against it."""
        found = self.matches.search(text, start)
        return None if found and self.unless and self.unless.search(text) else found


@functools.cache
def words() -> dict[str, str]:
    """Return the word lists, those inside others filled in."""
    found: dict[str, str] = {}
    for name, said in mapping(_toml("words")["words"], where="words.toml").items():
        found[name] = fill(str(said), found)
    return found


@functools.cache
def load(name: str) -> tuple[Compiled, ...]:
    """Return the patterns of one file of ``patterns/``, in its order."""
    listed = _toml(name).get("patterns")
    if not isinstance(listed, list):
        raise DataError(f"{name}.toml has no patterns")
    return tuple(_compiled(read(one, Pattern, where=name, trusted=True), _flags(name)) for one in listed)


@functools.cache
def saying(name: str, *says: str) -> tuple[Compiled, ...]:
    """Return the patterns of a file that say one of these things."""
    return tuple(each for each in load(name) if each.pattern.says in says)


@functools.cache
def together(name: str, *says: str) -> re.Pattern[str]:
    """Return one expression for all patterns of a file that say one of these things; ``unless`` is not seen."""
    return re.compile("|".join(f"(?:{each.matches.pattern})" for each in saying(name, *says)), _flags(name))


def first(name: str, text: str, *says: str) -> re.Match[str] | None:
    """Return the first match of the first pattern that says one of these things, or None."""
    for each in saying(name, *says):
        found = each.search(text)
        if found:
            return found
    return None


def expression(said: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return *said*, in the small language of the patterns, as a regular expression."""
    return re.compile(fill(said, words()), flags)


def ascii_expression(said: str) -> re.Pattern[str]:
    """Return *said* as a regular expression for texts of ASCII alone: what else the word lists hold is left out."""
    return re.compile(fill(said, {name: _ascii(listed) for name, listed in words().items()}))


def _ascii(listed: str) -> str:
    """Return a word list without what ASCII text cannot match; one group behind conditions is looked into."""
    kept = []
    for each in _alternatives(listed):
        bare = _BEHIND.sub(lambda m: m[0] if m[0].isascii() else "", each)
        before, group, inside = bare.partition("(?:")
        if bare.isascii():
            kept.append(bare)
        elif group and before.isascii() and inside.endswith(")"):
            kept.append(f"{before}(?:{_ascii(inside[:-1])})")
    if not kept:
        raise DataError("a word list says nothing in ASCII")
    return "|".join(kept)


def _alternatives(listed: str) -> list[str]:
    """Return the alternatives of a word list, those in brackets whole."""
    found, depth = [""], 0
    for c in listed:
        depth += (c in "([") - (c in ")]")
        if c == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += c
    return found


def fill(said: str, known: dict[str, str]) -> str:
    """Return *said* with its gaps and word lists spelled out."""
    try:
        bounded = _ENDLESS.sub(lambda m: m[1] + _BOUNDS[m[0]], _GAP.sub(".{0,60}?", said))
        return _MACRO.sub(lambda m: f"(?:{known[m[1]]})", bounded)
    except KeyError as error:
        raise DataError(f"no word list is called {error.args[0]!r}") from error


def _flags(name: str) -> re.RegexFlag:
    """Return how a file's patterns read letters: a Latin name ends where Chinese begins, with no space between."""
    return re.ASCII if name in ("names", "bases") else re.NOFLAG


def _compiled(pattern: Pattern, flags: re.RegexFlag) -> Compiled:
    try:
        return Compiled(
            pattern=pattern,
            matches=expression("|".join(pattern.any), flags),
            unless=expression(pattern.unless, flags) if pattern.unless else None,
        )
    except re.error as error:
        raise DataError(f"pattern {pattern.name}: {error}") from error


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads((files("cleartitle.prose") / "patterns" / f"{name}.toml").read_text(encoding="utf-8"))
