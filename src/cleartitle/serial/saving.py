"""An analysis as a file: saved once, judged again as often as one likes, without any network."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cleartitle.errors import DataError, UsageError
from cleartitle.serial.convert import plain, read
from cleartitle.vocabulary.analysis import Analysis

MAX_BYTES = 256 * 1024 * 1024
"""Bytes read of one file."""


def save(analysis: Analysis, path: str | os.PathLike[str]) -> None:
    """Write *analysis* to a JSON file, with the texts that were read, so that nothing is missing when it is judged.

    Whoever reads the file at the same time sees the old one or the new one.

    >>> import tempfile
    >>> from cleartitle.vocabulary.lineage import Lineage
    >>> from cleartitle.vocabulary.reference import ModelRef
    >>> found = Analysis(lineage=Lineage(root=ModelRef.parse("owner/name"), nodes=()))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(found, f"{folder}/name.json")
    ...     load(f"{folder}/name.json") == found
    True

    Raises:
        UsageError: the file cannot be written.

    """
    place = Path(path)
    partial = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        partial.write_text(json.dumps(plain(analysis), ensure_ascii=False) + "\n", encoding="utf-8")
        partial.replace(place)
    except OSError as error:
        partial.unlink(missing_ok=True)
        said = f"cannot write {path}: {error.strerror}"
        raise UsageError(said, advice="name a file in a folder that exists") from error


def load(path: str | os.PathLike[str]) -> Analysis:
    """Return the analysis that `save` wrote.

    >>> load("nowhere.json")
    Traceback (most recent call last):
    ...
    cleartitle.errors.DataError: cannot read the analysis nowhere.json: No such file or directory

    Raises:
        DataError: the file cannot be read, or is no analysis.

    """
    return read(parse(path, what="analysis", limit=MAX_BYTES), Analysis, where=str(path))


def parse(path: str | os.PathLike[str], *, what: str, limit: int) -> object:
    """Return the JSON file at *path* as plain values, if it has at most *limit* bytes.

    >>> parse("nowhere.json", what="analysis", limit=1000)
    Traceback (most recent call last):
    ...
    cleartitle.errors.DataError: cannot read the analysis nowhere.json: No such file or directory

    Raises:
        DataError: the file cannot be read, is longer than *limit*, or is not JSON.

    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read the {what} {path}: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > limit:
        raise DataError(f"the {what} {path} is larger than {limit:,} bytes")
    try:
        found: object = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"the {what} {path} is not JSON: {error}") from error
    return found
