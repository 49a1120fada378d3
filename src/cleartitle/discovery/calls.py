"""The table of calls that load models: ``calls.toml``."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.serial.convert import mapping, read
from cleartitle.vocabulary.discovery import UseKind
from cleartitle.vocabulary.reference import Scheme

_WORD = re.compile(r"[A-Za-z_]\w*")
ANY = "?"
"""The first part of a dotted name whose origin the file does not say."""


@frozen(kw_only=True)
class Callable:
    """A callable, and which of its arguments names a model; the fields are described in the table."""

    names: tuple[str, ...] = field(validator=min_len(1))
    packages: tuple[str, ...] = ()
    position: int = -1
    keywords: tuple[str, ...] = ()
    revision: tuple[str, ...] = ()
    kind: UseKind = UseKind.MODEL
    scheme: Scheme = Scheme.HF
    bare: str = ""
    slash: bool = False
    objects: bool = False
    routes: bool = False
    task: int = -1
    needs: str = ""
    problem: str = ""


@frozen(kw_only=True)
class Table:
    """All that is known of calls."""

    by_last: dict[str, tuple[tuple[tuple[str, ...], Callable], ...]]
    """The callables by the last part of their name, the longest name first."""
    routes: dict[str, Scheme]
    tasks: dict[str, str]

    def likely(self, text: str) -> bool:
        """Return whether one of the calls may stand in a text: its name does, and that of a package it comes from."""
        words = set(_WORD.findall(text))
        return any(
            not entry.packages or not words.isdisjoint(entry.packages)
            for last in words & self.by_last.keys()
            for _, entry in self.by_last[last]
        )

    def find(self, dotted: str) -> Callable | None:
        """Return the entry of a call by its dotted name, resolved through the imports.

        >>> table().find("transformers.AutoModel.from_pretrained").position
        0
        >>> table().find("my_package.pipeline") is None
        True
        """
        if dotted.endswith("()"):  # a call of what another call returned
            return None
        parts = tuple(dotted.replace("()", "").split("."))
        for tail, entry in self.by_last.get(parts[-1], ()):
            inside = not entry.packages or parts[0] in entry.packages
            if inside and (parts[-len(tail) :] == tail or (entry.packages and _through(parts, tail))):
                return entry
        return None


def _through(parts: tuple[str, ...], tail: tuple[str, ...]) -> bool:
    """Return whether the name begins with the package that the tail begins with: ``ollama.Client.chat``."""
    return len(tail) > 1 and parts[0] == tail[0] and parts[-len(tail) + 1 :] == tail[1:]


@functools.cache
def table() -> Table:
    """Return the table, read once."""
    data = tomllib.loads(files("cleartitle.discovery").joinpath("calls.toml").read_text(encoding="utf-8"))
    entries = read(data["call"], tuple[Callable, ...], where="calls.toml", trusted=True)
    grouped: dict[str, list[tuple[tuple[str, ...], Callable]]] = {}
    for entry in entries:
        for name in entry.names:
            tail = tuple(name.split("."))
            grouped.setdefault(tail[-1], []).append((tail, entry))
    ordered = {
        last: tuple(sorted(group, key=lambda each: (len(each[0]), bool(each[1].packages)), reverse=True))
        for last, group in grouped.items()
    }
    routes = {word: Scheme(str(scheme)) for word, scheme in mapping(data["routes"]).items()}
    tasks = {task: str(model) for task, model in mapping(data["tasks"]).items()}
    return Table(by_last=ordered, routes=routes, tasks=tasks)
