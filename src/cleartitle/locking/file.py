"""The lock as a file: JSON, the same for the same values, a line for each fact, so that a diff of it can be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cleartitle.errors import DataError
from cleartitle.files import LOCK_FILE
from cleartitle.serial.convert import plain, read
from cleartitle.serial.saving import parse
from cleartitle.vocabulary.lock import Lock

NAME = LOCK_FILE
"""What the file is called if nobody says otherwise."""
WIDTH = 120
"""Columns of a line, as far as possible."""
MAX_BYTES = 50_000_000
"""Bytes read of a lock."""


def render(lock: Lock) -> str:
    """Return the lock as its file holds it.

    >>> from cleartitle.vocabulary.lock import LockedPolicy
    >>> render(Lock(policy=LockedPolicy(name="unnamed", sha256="0" * 64))).splitlines()[0]
    '{'
    """
    return _written(plain(lock), "") + "\n"


def _written(value: object, indent: str) -> str:
    """Return JSON with a fact on each line: what is small, and holds no tables or long lists, is not broken up."""
    line = json.dumps(value)
    inner = _inside(value)
    if not inner or (all(_small(each) for each in inner) and len(indent) + len(line) <= WIDTH):
        return line
    deeper = f"{indent}  "
    if isinstance(value, dict):
        rows = [f"{json.dumps(key)}: {_written(each, deeper)}" for key, each in value.items()]
    else:
        rows = [_written(each, deeper) for each in inner]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "".join(f"\n{deeper}{row}," for row in rows).removesuffix(",") + f"\n{indent}{closing}"


def _inside(value: object) -> list[object]:
    return list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, list) else []


def _small(value: object) -> bool:
    return not isinstance(value, dict) and not any(isinstance(each, (dict, list)) for each in _inside(value))


def load(path: str | os.PathLike[str]) -> Lock:
    """Return the lock at *path*.

    >>> load("nowhere.lock")
    Traceback (most recent call last):
    ...
    cleartitle.errors.DataError: there is no lock nowhere.lock

    Raises:
        DataError: there is no such file, or it is no lock.

    """
    if not Path(path).is_file():
        raise DataError(f"there is no lock {path}", advice="write one: cleartitle lock REF...")
    return read(parse(path, what="lock", limit=MAX_BYTES), Lock, where=str(path))
