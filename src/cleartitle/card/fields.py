"""From front matter fields to the values of the known keys: one function per shape, all noting what is odd."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import assert_never

from cleartitle.card.keys import misspelt
from cleartitle.card.nodes import Field, ListNode, MapNode, Scalar
from cleartitle.card.repairs import RepairKind, Repairs
from cleartitle.vocabulary.evidence import Span

_PLACEHOLDER = re.compile(
    r"\?+|todo|tbd|\[?more information needed\]?|<[^<>]*>|\{\{.*\}\}|\{[\w .]+\}", re.IGNORECASE | re.DOTALL
)
_BOOLEAN_WORDS = frozenset({"no", "off", "on", "yes", "y", "n"})
_COMMENT = re.compile(r"[\"']?[ \t]+(#.*)")
_WATCHED = ("license", "base_model")


class Values:
    """The values of a front matter's keys; where a key stands several times, of the last."""

    def __init__(self, text: str, fields: tuple[Field, ...], repairs: Repairs) -> None:
        self._text, self._repairs = text, repairs
        self._last = {field.name: field for field in fields}
        _note_duplicates(fields, repairs)

    def many(self, name: str) -> tuple[Scalar, ...]:
        """Return the values of a key that takes one or several."""
        field = self._last.get(name)
        return self._usable(field) if field else ()

    def one(self, name: str) -> Scalar | None:
        """Return the value of a key that takes one."""
        values = self.many(name)
        if len(values) > 1:
            self._note(RepairKind.WRONG_SHAPE, values[1], f"`{name}` takes one value; the first was used")
        return values[0] if values else None

    def licenses(self) -> tuple[Scalar, ...]:
        """Return the licenses that the Hub would read."""
        return self.many("license")

    def stray_licenses(self) -> tuple[Scalar, ...]:
        """Return the licenses under keys that the Hub does not read, without those that no person wrote."""
        found = []
        for field in (field for name, field in self._last.items() if misspelt(name)):
            for value in self._usable(field):
                if value.normal in {"license", "licence"}:
                    sentence = f"`{field.name}: {value.text}` is a template's dummy; not used"
                    self._note(RepairKind.DUMMY_VALUE, value, sentence)
                else:
                    sentence = f"the Hub does not read `{field.name}`; the key is `license`"
                    self._note(RepairKind.MISSPELT_KEY, field.key, sentence)
                    found.append(value)
        return tuple(found)

    def languages(self) -> tuple[Scalar, ...]:
        """Return the languages, as written."""
        values = self.many("language")
        for value in values:
            if value.plain and value.normal in _BOOLEAN_WORDS:
                sentence = f"`{value.text}` is kept as written; many readers take it for a truth value"
                self._note(RepairKind.BOOLEAN_WORD, value, sentence)
        return values

    def _usable(self, field: Field) -> tuple[Scalar, ...]:
        values = self._scalars(field)
        if not (field.name.startswith(_WATCHED) or misspelt(field.name)):
            return tuple(value for value in values if not value.empty)
        return tuple(value for value in values if self._stated(field, value))

    def _scalars(self, field: Field) -> tuple[Scalar, ...]:
        match field.value:
            case Scalar() as value:
                return (value,)
            case ListNode(scalars=values, items=items):
                if len(values) < len(items):
                    self._note(RepairKind.WRONG_SHAPE, field.key, f"`{field.name}` holds a list of more than values")
                return values
            case MapNode(span=span):
                written = self._text[span.start : span.end]
                if _PLACEHOLDER.fullmatch(written):  # {{ license }} is a mapping to YAML
                    return (Scalar(text=written, span=span),)
                self._note(RepairKind.WRONG_SHAPE, field.key, f"`{field.name}` holds a mapping; not used")
                return ()
            case _:
                assert_never(field.value)

    def _stated(self, field: Field, value: Scalar) -> bool:
        if value.empty:
            self._note(RepairKind.EMPTY_VALUE, field.key, f"`{field.name}` has no value")
        elif _PLACEHOLDER.fullmatch(value.text.strip()):
            self._note(RepairKind.PLACEHOLDER, value, f"`{field.name}` still has a template's blank")
        else:
            self._note_comment(field, value)
            return True
        return False

    def _note_comment(self, field: Field, value: Scalar) -> None:
        if found := _COMMENT.match(self._text, value.span.end):
            at = Span(line=value.span.end_line, end_line=value.span.end_line, start=found.start(1), end=found.end(1))
            self._repairs.add(RepairKind.COMMENT, at, f"a comment follows the value of `{field.name}`")

    def _note(self, kind: RepairKind, at: Scalar, sentence: str) -> None:
        self._repairs.add(kind, at.span, sentence)


def _note_duplicates(fields: tuple[Field, ...], repairs: Repairs) -> None:
    keys: defaultdict[str, list[Scalar]] = defaultdict(list)
    for field in fields:
        keys[field.name].append(field.key)
    for name, places in keys.items():
        if len(places) > 1:
            lines = ", ".join(str(key.span.line) for key in (*places[:3], *places[3:][-1:]))
            sentence = f"`{name}` stands {len(places)} times (lines {lines}); the last holds"
            repairs.add(RepairKind.DUPLICATE_KEY, places[0].span, sentence)
