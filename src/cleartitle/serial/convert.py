"""JSON and TOML in and out for every value of the vocabulary.

Sets become sorted lists, enums their word, dates ISO strings, bytes Base64, and a member of a union carries its name
under ``is``. Fields at their default are left out, but for those that say which schema and tool wrote an answer.
What cannot be read raises :exc:`~cleartitle.errors.ManyDataErrors` with the dotted place of every mistake.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args

from attrs import fields, has

from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.vocabulary.conditions import Test
from cleartitle.vocabulary.statement import Expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import BaseConverter, Converter

    StructureHook = Callable[[Any, Any], Any]

T = TypeVar("T")
TAG = "is"
UNIONS = (Test, Expression)
"""The unions whose members are told apart by `TAG`."""
ALWAYS = ("schema_version", "tool")
"""Fields that are written even at their default."""
MAX_DEPTH = 60
"""Levels of lists and tables that are read; what is deeper is refused before it exhausts the stack."""


def kebab(name: str) -> str:
    """Return a class name as data spells it.

    >>> kebab("ForPurpose")
    'for-purpose'
    """
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-")


def read(data: object, kind: type[T], *, where: str, trusted: bool = False) -> T:
    """Return *data* (plain lists and mappings) as a value of *kind*; *where* names the file in the error.

    *trusted* data is our own, tested as a whole: it is read faster, and of its mistakes only the first is named.
    """
    from cattrs import transform_error
    from cattrs.errors import BaseValidationError

    if _deeper(data, MAX_DEPTH):
        raise ManyDataErrors([DataError(f"nested more than {MAX_DEPTH} levels deep")], where=where)
    try:
        return converter(detailed=not trusted).structure(data, kind)
    except BaseValidationError as error:
        raise ManyDataErrors(map(_mistake, transform_error(error, format_exception=_say)), where=where) from error
    except (DataError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ManyDataErrors([DataError(_say(error, None))], where=where) from error


def plain(value: object) -> Any:
    """Return *value* as what ``json.dumps`` takes; fields at their default are left out."""
    return converter().unstructure(value)


def _mistake(line: str) -> DataError:
    message, _, path = line.rpartition(" @ $")
    return DataError(message or line, path=path.removeprefix("."))


def _say(error: BaseException, kind: type | None) -> str:
    match error:
        case KeyError():
            return f"required field {error.args[0]!r} is missing"
        case _ if "extra" in str(error).lower() and hasattr(error, "extra_fields"):
            return f"unknown field: {', '.join(sorted(error.extra_fields))}"
        case ValueError() | TypeError() | DataError():
            return str(error.args[0] if error.args else error)  # attrs' validators add the attribute to the sentence
        case _:
            return f"not a {getattr(kind, '__name__', kind)}: {error}"


@functools.cache
def converter(*, detailed: bool = True) -> Converter:
    """Return the converter of the package, made on first use; *detailed* collects all mistakes."""
    from cattrs import Converter
    from cattrs.cols import homogenous_tuple_structure_factory, list_structure_factory
    from cattrs.strategies import configure_tagged_union

    made = Converter(detailed_validation=detailed, omit_if_default=True, forbid_extra_keys=True)
    made.register_structure_hook(StrEnum, lambda data, kind: kind(data))  # more specific than str, which it also is
    hooks = ((dt.date, _date), (str, _string), (int, _integer), (float, _number), (bool, _boolean), (bytes, _bytes))
    for kind, hook in hooks:
        made.register_structure_hook(kind, hook)
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_unstructure_hook(bytes, lambda data: base64.b64encode(data).decode("ascii"))
    made.register_unstructure_hook_func(_is_set, lambda items: sorted(map(made.unstructure, items), key=str))
    made.register_structure_hook_factory(_is_set, functools.partial(_only_lists, frozenset, list_structure_factory))
    made.register_structure_hook_factory(
        _is_tuple, functools.partial(_only_lists, tuple, homogenous_tuple_structure_factory)
    )
    made.register_unstructure_hook_factory(_is_answer, _answer_hook)
    made.register_structure_hook_factory(has, _class_hook)
    for union in UNIONS:
        configure_tagged_union(union, made, tag_name=TAG, tag_generator=lambda kind: kebab(kind.__name__))
        made.register_structure_hook(union, _tagged(union, made))
        _register_optional(union, made)
    return made


def _class_hook(kind: type, made: Converter) -> StructureHook:
    from cattrs.gen import make_dict_structure_fn

    inner: StructureHook = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True)
    return lambda data, target: inner(mapping(data), target)


def _register_optional(union: Any, made: Converter) -> None:
    """Let a member of *union* be left out: with None it is another union to Python."""
    optional = Union[union, None]  # noqa: UP007 - of an alias
    inner = made.get_structure_hook(union)
    made.register_structure_hook(optional, lambda data, _: None if data is None else inner(data, union))
    made.register_unstructure_hook(
        optional, lambda value: None if value is None else made.unstructure(value, unstructure_as=union)
    )


def _tagged(union: Any, made: Converter) -> StructureHook:
    """Say which members there are where the tag is missing or names none of them."""
    inner = made.get_structure_hook(union)
    known = sorted(kebab(kind.__name__) for kind in get_args(union))

    def structure(data: object, target: object) -> object:
        if mapping(data).get(TAG) not in known:
            raise ValueError(f"{TAG!r} must be one of: {', '.join(known)}")
        return inner(data, target)

    return structure


def _deeper(data: object, levels: int) -> bool:
    level = [data]
    for _ in range(levels):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(data: object) -> Iterable[object]:
    match data:
        case dict():
            return data.values()
        case list() | tuple() | set() | frozenset():
            return data
        case _:
            return ()


def _is_answer(kind: object) -> bool:
    return isinstance(kind, type) and has(kind) and {f.name for f in fields(kind)}.issuperset(ALWAYS)


def _answer_hook(kind: type, made: Converter) -> Callable[[Any], dict[str, Any]]:
    from cattrs.gen import make_dict_unstructure_fn, override

    written = override(omit_if_default=False)
    return make_dict_unstructure_fn(kind, made, _cattrs_omit_if_default=True, schema_version=written, tool=written)


def _is_set(kind: object) -> bool:
    return getattr(kind, "__origin__", kind) is frozenset


def _is_tuple(kind: object) -> bool:
    return getattr(kind, "__origin__", None) is tuple


def _only_lists(
    make: type, factory: Callable[[type, BaseConverter], StructureHook], kind: type, made: BaseConverter
) -> StructureHook:
    """Refuse what is iterable but no list: a string would become a list of letters."""
    inner = factory(kind, made)

    def structure(data: object, target: object) -> object:
        if not isinstance(data, (list, tuple, set, frozenset)):
            raise TypeError(f"expected a list, got {data!r}")
        return make(inner(data, target))

    return structure


def _date(data: object, _: object) -> dt.date:
    if isinstance(data, dt.date) and not isinstance(data, dt.datetime):
        return data
    if isinstance(data, str):
        return dt.date.fromisoformat(data)
    raise TypeError(f"expected a date (2024-09-25), got {data!r}")


def _bytes(data: object, _: object) -> bytes:
    if not isinstance(data, str):
        raise TypeError(f"expected bytes in base64, got {type(data).__name__}")
    return base64.b64decode(data, validate=True)


def _string(data: object, _: object) -> str:
    if not isinstance(data, str):
        raise TypeError(f"expected a string, got {data!r}")
    return data


def _integer(data: object, _: object) -> int:
    if not isinstance(data, int) or isinstance(data, bool):
        raise TypeError(f"expected a whole number, got {data!r}")
    return data


def _number(data: object, _: object) -> float:
    if not isinstance(data, (int, float)) or isinstance(data, bool):
        raise TypeError(f"expected a number, got {data!r}")
    return float(data)


def _boolean(data: object, _: object) -> bool:
    if not isinstance(data, bool):
        raise TypeError(f"expected true or false, got {data!r}")
    return data


def mapping(data: object, *, where: str = "") -> Mapping[str, object]:
    """Return *data* if it is a mapping with string keys, or raise."""
    if isinstance(data, dict) and all(isinstance(key, str) for key in data):
        return data
    raise DataError(f"expected a table, got {type(data).__name__}", path=where)
