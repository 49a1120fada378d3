"""Facts on well-known models, shipped with the package: dated, and never verified live.

``models.json`` is built from collected facts by ``python -m cleartitle.atlas.build``.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files

from attrs import frozen

from cleartitle.vocabulary.artifact import Artifact, Declared, Origin
from cleartitle.vocabulary.reference import ModelRef, RepoId
from cleartitle.vocabulary.relations import Modality

_DATE, _SOURCE, _LICENSE, _NAME, _LINK, _BASES, _RELATION, _MODALITY = range(8)


@frozen
class _Atlas:
    dates: tuple[str, ...]
    sources: tuple[str, ...]
    models: dict[str, list[object]]


def lookup(name: str) -> Artifact | None:
    """Return what the atlas knows of a repository, or None.

    >>> lookup("Qwen/Qwen2.5-72B-Instruct").declared.base_models
    ('Qwen/Qwen2.5-72B',)
    """
    atlas = _load()
    row = atlas.models.get(name)
    if row is None:
        return None
    padded = [*row, *([""] * (_MODALITY + 1 - len(row)))]
    date, source = padded[_DATE], padded[_SOURCE]
    return Artifact(
        ref=ModelRef.hub(name),
        origin=Origin.ATLAS,
        as_of=atlas.dates[date] if isinstance(date, int) else None,
        source=atlas.sources[source] if isinstance(source, int) else None,
        complete=False,
        declared=Declared(
            license=_strings(padded[_LICENSE]),
            license_name=str(padded[_NAME]) or None,
            license_link=str(padded[_LINK]) or None,
            base_models=_strings(padded[_BASES]),
            relation=str(padded[_RELATION]) or None,
        ),
        modality=Modality(str(padded[_MODALITY]) or Modality.UNKNOWN),
    )


def names() -> tuple[RepoId, ...]:
    """Return the names of all models in the atlas, sorted."""
    return tuple(RepoId(name) for name in sorted(_load().models))


@functools.cache
def _load() -> _Atlas:
    data = json.loads((files("cleartitle.atlas") / "models.json").read_text(encoding="utf-8"))
    return _Atlas(tuple(data["dates"]), tuple(data["sources"]), data["models"])


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
