"""Policies that ship with the package: one file each, written like a ``cleartitle.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def names() -> tuple[str, ...]:
    """Return the names of all presets, sorted.

    >>> "no-copyleft" in names()
    True
    """
    listed = (entry.name for entry in files("cleartitle.policies").iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in listed))


def preset(name: str) -> Mapping[str, object]:
    """Return the tables of the preset *name*; `KeyError` where there is none."""
    if name not in names():
        raise KeyError(name)
    return tomllib.loads((files("cleartitle.policies") / f"{name}.toml").read_text(encoding="utf-8"))
