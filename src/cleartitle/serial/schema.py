"""JSON Schema (draft 2020-12) of what is written and read, made from the types: ``python -m cleartitle.serial.schema``.

Classes refuse a little more than a schema can say (figures that contradict each other, a conditional grant without
conditions): what `~cleartitle.serial.convert.read` takes is valid, but not always the other way round.
"""

from __future__ import annotations

import ast
import datetime as dt
import functools
import inspect
import json
import sys
import textwrap
import types
from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, NewType, TypeAlias, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields

from cleartitle._version import SCHEMA_VERSION
from cleartitle.serial.convert import ALWAYS, TAG, kebab, plain
from cleartitle.vocabulary.analysis import Analysis, Check, TermsAnswer
from cleartitle.vocabulary.conditions import Test
from cleartitle.vocabulary.discovery import ScanAnswer
from cleartitle.vocabulary.identified import IdentifyAnswer
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.listing import ExplainAnswer, LicensesAnswer
from cleartitle.vocabulary.lock import DiffAnswer, Lock
from cleartitle.vocabulary.statement import Expression

Schema: TypeAlias = dict[str, object]

PUBLISHED: dict[str, type] = {
    "check": Check,
    "analysis": Analysis,
    "license": License,
    "terms": TermsAnswer,
    "identify": IdentifyAnswer,
    "licenses": LicensesAnswer,
    "explain": ExplainAnswer,
    "scan": ScanAnswer,
    "lock": Lock,
    "diff": DiffAnswer,
}
"""The schemas by the name of their file."""
FOLDER = Path("docs/reference/schema")
_UNIONS: dict[object, str] = {Test: "Test", Expression: "Expression"}
_TAGGED = {member for union in _UNIONS for member in get_args(union)}
_BASIC: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    dt.date: {"type": "string", "format": "date"},
    types.NoneType: {"type": "null"},
}


def schema(name: str) -> Schema:
    """Return one of the `PUBLISHED` schemas.

    >>> schema("license")["required"]
    ['id', 'name', 'kind', 'family', 'checked', 'verified']
    """
    definitions = _Definitions()
    head: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cleartitle:schema:{SCHEMA_VERSION}:{name}",
    }
    root = definitions.table(PUBLISHED[name])
    return {**head, **root, "$defs": dict(sorted(definitions.found.items()))}


def text(name: str) -> str:
    """Return the file of a published schema."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


class _Definitions:
    """The schemas of everything that has a name, each once."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """Return the schema of a type: written out, or a reference to a definition."""
        if kind in _BASIC:
            return _BASIC[kind]
        if kind in _UNIONS:
            return self._named(_UNIONS[kind], lambda: {"oneOf": [self.of(each) for each in get_args(kind)]})
        if isinstance(kind, NewType):
            return {**self.of(kind.__supertype__), **_described(_docs_of_module(kind.__module__).get(kind.__name__))}
        if get_origin(kind) in (Union, types.UnionType):
            return {"anyOf": [self.of(each) for each in get_args(kind)]}
        if get_origin(kind) in (tuple, frozenset):
            unique: Schema = {"uniqueItems": True} if get_origin(kind) is frozenset else {}
            return {"type": "array", "items": self.of(get_args(kind)[0]), **unique}
        return self._named(kind.__name__, lambda: _words(kind) if issubclass(kind, StrEnum) else self.table(kind))

    def table(self, kind: type) -> Schema:
        """Return the schema of a class: its fields, those that must be there, and no others."""
        hints, docs = get_type_hints(kind), _docs_of_class(kind)
        tag: Schema = {TAG: {"const": kebab(kind.__name__)}} if kind in _TAGGED else {}
        own: Schema = {f.name: self._field(f, hints[f.name]) | _described(docs.get(f.name)) for f in fields(kind)}
        required = [*tag, *(f.name for f in fields(kind) if f.default is NOTHING or f.name in ALWAYS)]
        return {
            "title": kind.__name__,
            **_described(inspect.getdoc(kind)),
            "type": "object",
            "properties": {**tag, **own},
            "required": required,
            "additionalProperties": False,
        }

    def _field(self, attribute: Attribute[Any], kind: Any) -> Schema:
        if attribute.name == "schema_version":
            return {"const": SCHEMA_VERSION}
        found = dict(self.of(kind))
        found |= _limits(attribute.validator)
        if attribute.default is not NOTHING and attribute.name not in ALWAYS:
            found["default"] = plain(attribute.default)
        return found

    def _named(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.found:
            self.found[name] = {}  # types are recursive
            self.found[name] = make()
        return {"$ref": f"#/$defs/{name}"}


def _limits(validator: object) -> Schema:
    """Return what attrs' validators say of a field, as far as a schema has words for it."""
    found: Schema = {}
    for each in getattr(validator, "_validators", (validator,)):  # of one made with and_
        if least := getattr(each, "min_length", None):
            found["minItems"] = least
        if (bound := getattr(each, "bound", None)) is not None:
            found["minimum" if getattr(each, "compare_op", "") == ">=" else "maximum"] = bound
    return found


def _words(kind: type[StrEnum]) -> Schema:
    docs = _docs_of_class(kind)
    said = [f"{each.value}: {docs[each.name]}" for each in kind if each.name in docs]
    whole = "\n".join(filter(None, (_prose(inspect.getdoc(kind)), *said)))
    return {"title": kind.__name__, "description": whole, "type": "string", "enum": [each.value for each in kind]}


def _described(docs: str | None) -> Schema:
    prose = _prose(docs)
    return {"description": prose} if prose else {}


def _prose(docs: str | None) -> str:
    """Return a docstring without its examples, a paragraph a line."""
    prose = inspect.cleandoc(docs or "").partition("\n>>>")[0]
    return "\n".join(" ".join(paragraph.split()) for paragraph in prose.split("\n\n")).strip()


def _docs_of_class(kind: type) -> dict[str, str]:
    """Return what stands under each field or word of a class, its bases included."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith("cleartitle."):
            (body,) = ast.parse(textwrap.dedent(inspect.getsource(each))).body
            found |= _docs_in(body.body if isinstance(body, ast.ClassDef) else [])
    return found


@functools.cache
def _docs_of_module(name: str) -> dict[str, str]:
    return _docs_in(ast.parse(inspect.getsource(sys.modules[name])).body)


def _docs_in(body: list[ast.stmt]) -> dict[str, str]:
    found: dict[str, str] = {}
    for said, after in pairwise(body):
        match said, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(docs))),
            ):
                found[name] = docs
            case _:
                pass
    return found


def main(arguments: list[str]) -> None:
    """Write the published schemas into a folder: the one of the docs, or the one given."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in PUBLISHED:
        (folder / f"{name}.json").write_text(text(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
