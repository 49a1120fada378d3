"""What a card made its reader overlook or mend, as values."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleartitle.vocabulary.evidence import Span

MAX_REPAIRS = 100
MAX_SENTENCE = 300


class RepairKind(StrEnum):
    """What was odd."""

    CUT = "cut"
    """Too long: only the beginning was read."""
    NOT_UTF8 = "not-utf8"
    """Another encoding, or bytes that mean nothing, which became U+FFFD."""
    LEADING_JUNK = "leading-junk"
    """A byte order mark or other invisible characters at the start; dropped."""
    CONTROL_CHARACTERS = "control-characters"
    """Characters that no text has (NUL, escape, ...); replaced one by one with U+FFFD or a space."""
    LINE_ENDS = "line-ends"
    """CRLF or old-Mac line ends; the text we keep has LF."""
    EMPTY = "empty"
    """Nothing but white space."""
    NO_FRONT_MATTER = "no-front-matter"
    """There is none, so that nothing is declared."""
    TEXT_BEFORE = "text-before"
    """Text stands before the front matter. The Hub of 2022 used it all the same; its clients do not."""
    FENCED = "fenced"
    """The front matter stands in a code block."""
    SCRIPT = "script"
    """The front matter begins inside a string of a program, which was uploaded in place of its output."""
    UNCLOSED = "unclosed"
    """The closing ``---`` is missing, or stands below prose. The Hub does not read such a front matter."""
    REPEATED = "repeated"
    """A second front matter follows; it is not used."""
    TABS = "tabs"
    """YAML forbids these tabs; they were read as spaces, as the Hub did."""
    INVALID_YAML = "invalid-yaml"
    """Not YAML: the keys that matter were recovered line by line."""
    NOT_A_MAPPING = "not-a-mapping"
    """YAML, but not keys with values; read line by line."""
    TOO_COMPLEX = "too-complex"
    """Nested too deeply or too many values; read line by line."""
    ALIAS = "alias"
    """A YAML alias that would grow too large, or means nothing; left as ``*name``."""
    DUPLICATE_KEY = "duplicate-key"
    """A key stands several times; the last holds, as on the Hub."""
    WRONG_SHAPE = "wrong-shape"
    """A list or mapping where a value belongs; what could be used was."""
    EMPTY_VALUE = "empty-value"
    """A license or base model key without a value."""
    PLACEHOLDER = "placeholder"
    """A template's blank (``???``, ``{{ license }}``) in place of a license or base model; not used."""
    DUMMY_VALUE = "dummy-value"
    """``licence: license``, which TRL writes into every card; not used."""
    MISSPELT_KEY = "misspelt-key"
    """A license under a key that the Hub does not read (``licence``, ``License``): see `Card.stray_licenses`."""
    COMMENT = "comment"
    """A comment after the value of a license or base model key; it may limit what the value says."""
    BOOLEAN_WORD = "boolean-word"
    """A language that many readers take for a truth value: ``no`` is Norwegian."""
    HTML_BODY = "html-body"
    """The body is HTML only."""


@frozen(kw_only=True)
class Repair:
    """One oddity of a card: where it is and what was done about it."""

    kind: RepairKind
    span: Span
    sentence: str

    def __str__(self) -> str:
        return f"line {self.span.line}: {self.sentence}"


class Repairs:
    """Collects repairs while a card is read; the first hundred are kept, since a hostile card has no end of them."""

    def __init__(self) -> None:
        self._found: list[Repair] = []

    def add(self, kind: RepairKind, span: Span, sentence: str) -> None:
        """Note a repair."""
        if len(self._found) < MAX_REPAIRS:
            self._found.append(Repair(kind=kind, span=span, sentence=sentence[:MAX_SENTENCE]))

    def all(self) -> tuple[Repair, ...]:
        """Return what was noted, in order."""
        return tuple(self._found)
