"""TOML files of people, read within bounds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from cleartitle.errors import DataError

MAX_BYTES = 1_000_000


def parse(path: Path) -> Mapping[str, object]:
    """Return a TOML file as plain values; `DataError` says why it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > MAX_BYTES:
        raise DataError(f"{path} is larger than {MAX_BYTES:,} bytes")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{path} is not TOML: {error}") from error
