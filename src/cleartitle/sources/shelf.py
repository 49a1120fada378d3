"""The atlas as a source: facts that ship with the package."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from cleartitle import atlas
from cleartitle.errors import NotFound
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Child, Children
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation


class Shelf:
    """Answers from the atlas, under the name asked for or another that the repository has had."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the facts of the atlas on *ref*, or raise `NotFound`."""
        if ref.scheme is Scheme.HF:
            for name in (ref.name, *other_names(ref.name)):
                found = atlas.lookup(name)
                if found is not None:
                    return found
        raise NotFound(f"the atlas does not know {ref.short}", advice="ask a Hub: run without --offline")

    def children(self, ref: ModelRef, most: int) -> Children:
        """Return the models of the atlas that name *ref* as their base, at most *most*."""
        wanted = {name.casefold() for name in (ref.name, *other_names(ref.name))}
        known = (found for name in atlas.names() if (found := atlas.lookup(name)) and found.declared)
        made = [a for a in known if a.declared and wanted & {b.casefold() for b in a.declared.base_models}]
        return Children(models=tuple(map(_child, made[:most])), more=len(made) > most, source="the atlas")


def _child(artifact: Artifact) -> Child:
    said = artifact.declared.relation if artifact.declared else None
    license_tags = artifact.declared.license if artifact.declared else ()
    return Child(ref=artifact.ref, relation=next((r for r in Relation if r == said), None), license=license_tags)


def other_names(name: str) -> Iterator[str]:
    """Yield the names that a repository had before, or has since.

    >>> list(other_names("bert-base-uncased")), list(other_names("google-bert/bert-base-uncased"))
    (['google-bert/bert-base-uncased'], ['bert-base-uncased'])
    """
    moved = _renames()
    owner, slash, rest = name.partition("/")
    if not slash:
        now = moved["first_words"].get(name.partition("-")[0])
        yield from (f"{now}/{name}",) if now else ()
        return
    if moved["first_words"].get(rest.partition("-")[0]) == owner:
        yield rest
    for old, new in moved["owners"].items():
        yield from (f"{new}/{rest}",) if owner == old else (f"{old}/{rest}",) if owner == new else ()
    for old, new in moved["models"].items():
        yield from (new,) if name == old else (old,) if name == new else ()


@functools.cache
def _renames() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        files("cleartitle.sources").joinpath("renames.toml").read_text(encoding="utf-8")
    )
    return found
