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
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType, TypeAlias, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from cleartitle.serial.convert import ALWAYS, TAG, kebab, plain
from cleartitle.vocabulary.analysis import SCHEMA_VERSION, Analysis, Check, TermsAnswer
from cleartitle.vocabulary.conditions import Test
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.statement import Expression

Schema: TypeAlias = dict[str, object]

PUBLISHED: dict[str, type] = {"check": Check, "analysis": Analysis, "license": License, "terms": TermsAnswer}
"""The schemas by the name of their file."""
FOLDER = Path("docs/reference/schema")
_UNIONS: dict[object, str] = {Test: "Test", Expression: "Expression"}
_TAGGED = {member for union in _UNIONS for member in get_args(union)}
_BASIC: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
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
    root = definitions.object(PUBLISHED[name])
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
        if isinstance(kind, NewType):
            return self.of(kind.__supertype__) | _described(_assigned(_module(kind.__module__)).get(kind.__name__, ""))
        if get_origin(kind) in (Union, types.UnionType):
            members = [self.of(each) for each in get_args(kind)]
            return self._named(_UNIONS[kind], {"oneOf": members}) if kind in _UNIONS else {"anyOf": members}
        if get_origin(kind) in (tuple, frozenset):
            array: Schema = {"type": "array", "items": self.of(get_args(kind)[0])}
            return array | {"uniqueItems": True} if get_origin(kind) is frozenset else array
        raise TypeError(f"no schema for {kind}")
