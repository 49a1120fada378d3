"""The Python modules of a project, found by the names that others import them by."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from cleartitle.discovery.scopes import Module, NotPython
from cleartitle.discovery.values import Values
from cleartitle.discovery.walk import NotText, read

MAX_MODULES = 2_000
_ROOTS = ("", "src/", "lib/", "app/")


class Modules:
    """Reads a module when it is asked for, once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, Values | None] = {}

    def module(self, dotted: str, file: str) -> Values | None:
        """Return the module that *file* imports as *dotted*, or None where it is not part of the project."""
        for place in _places(dotted, file):
            found = self._at(place)
            if found is not None:
                return found
        return None

    def _at(self, place: str) -> Values | None:
        if place not in self._read and len(self._read) < MAX_MODULES:
            self._read[place] = self._load(place)
        return self._read.get(place)

    def _load(self, place: str) -> Values | None:
        try:
            path = self._root / place
            if not path.is_file() or not path.resolve().is_relative_to(self._root.resolve()):
                return None
            return Values(Module(read(path), place), self)
        except (NotPython, NotText, OSError, ValueError, RuntimeError):
            return None


def _places(dotted: str, file: str) -> list[str]:
    """Return where the module may be: beside the file, above it, or below a usual root."""
    name = dotted.lstrip(".")
    level = len(dotted) - len(name)
    parts = name.replace(".", "/")
    folders = [str(p) for p in PurePosixPath(file).parents]
    if level:
        folders = folders[level - 1 : level]
        roots = [f"{f}/" if f != "." else "" for f in folders]
    else:
        roots = [*_ROOTS, *(f"{f}/" if f != "." else "" for f in folders)]
    if not parts:
        return [f"{root}__init__.py" for root in dict.fromkeys(roots)] if level else []
    found = ((f"{root}{parts}.py", f"{root}{parts}/__init__.py") for root in dict.fromkeys(roots))
    return [place for pair in found for place in pair]
