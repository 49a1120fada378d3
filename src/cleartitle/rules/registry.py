"""The documentation of the rules: one TOML file each in ``prose/``, named like the rule."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from cleartitle.serial.convert import read
from cleartitle.vocabulary.rule import RuleInfo

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@functools.cache
def documents() -> Mapping[str, RuleInfo]:
    """Return the documentation of every rule, by the id that findings carry, in the order of the ids.

    >>> documents()["relicensed"].title
    'Relicensed derivative'
    """
    names = (entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    return MappingProxyType({rule: _info(rule) for rule in sorted(name.removesuffix(".toml") for name in names)})


def prose(rule: str) -> Mapping[str, object]:
    """Return the file of a rule as it stands: its documentation and its examples."""
    return tomllib.loads((_folder() / f"{rule}.toml").read_text(encoding="utf-8"))


def _info(rule: str) -> RuleInfo:
    said = {key: _unwrap(value) for key, value in prose(rule).items() if key != "examples"}
    return read({"id": rule, **said}, RuleInfo, where=f"{rule}.toml", trusted=True)


def _unwrap(value: object) -> object:
    """Return a text without the line ends that only keep its file readable."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _folder() -> Traversable:
    return files("cleartitle.rules") / "prose"
