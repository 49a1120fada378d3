"""Jupyter notebooks: the Python of all cells as one module, and the commands that cells run."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator

from attrs import evolve, field, frozen

from cleartitle.discovery.commands import read_shell
from cleartitle.discovery.python import likely, looks, processes, uses
from cleartitle.discovery.scopes import Module, NotPython, parse
from cleartitle.discovery.sighting import Sighting, Spot, stated
from cleartitle.discovery.values import Project, Values

MAX_CELLS = 2_000
_MAGIC = re.compile(
    r"^(?P<blank>[ \t]*)(?P<rest>(?:[\w, ]{1,60}=[ \t]*)?[!%].*|\?.*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE
)
_SHELL = re.compile(r"^[ \t]*(?:[\w, ]{1,60}=[ \t]*)?(?:!|%sx |%system )(?P<command>.*)$", re.MULTILINE)
_CELL = re.compile(r"%%(?P<magic>\w+)[^\n]*\n")


class NoNotebook(Exception):
    """The text is no notebook; says why."""


@frozen
class _Cell:
    number: int
    text: str


@frozen
class _Joined:
    """The Python of all cells as one text; where in it each cell starts."""

    text: str
    starts: tuple[int, ...] = field(factory=tuple)
    numbers: tuple[int, ...] = field(factory=tuple)

    def spot(self, spot: Spot) -> Spot:
        """Return a place in the text as one in its cell."""
        place = bisect.bisect_right(self.starts, spot.line) - 1
        return evolve(spot, line=spot.line - self.starts[place] + 1, cell=self.numbers[place])


def read_notebook(text: str, file: str, project: Project | None = None) -> Iterator[Sighting]:
    """Yield what the cells of a notebook name; raises `NoNotebook` and `NotPython`."""
    python: list[_Cell] = []
    for cell in _cells(text):
        magic = _CELL.match(cell.text)
        if magic and magic["magic"] in ("bash", "sh", "script"):
            yield from (
                _in(cell, s) for s in read_shell(cell.text[: magic.end()].count("\n") * "\n" + cell.text[magic.end() :])
            )
            continue
        if magic and magic["magic"] not in ("time", "capture", "timeit", "python", "python3"):
            continue
        for command in _SHELL.finditer(cell.text):
            line = cell.text.count("\n", 0, command.start("command")) + 1
            column = command.start("command") - cell.text.rfind("\n", 0, command.start("command")) - 1
            for found in read_shell(command["command"]):
                spot = Spot(line=line, column=found.spot.column + column, cell=cell.number)
                yield evolve(found, spot=spot, used=None)
        yield from (_in(cell, found) for found in stated(cell.text))
        body = ("#" + cell.text) if magic else cell.text
        python.append(_Cell(cell.number, _MAGIC.sub(r"\g<blank>pass", body)))
    yield from _python(python, file, project)


def _in(cell: _Cell, found: Sighting) -> Sighting:
    used = evolve(found.used, cell=cell.number) if found.used else None
    return evolve(found, spot=evolve(found.spot, cell=cell.number), used=used)


def _cells(text: str) -> Iterator[_Cell]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoNotebook(f"it is no notebook: {str(error)[:100]}") from None
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        raise NoNotebook("it is no notebook: it has no cells")
    for number, cell in enumerate(cells[:MAX_CELLS], 1):
        source = cell.get("source") if isinstance(cell, dict) and cell.get("cell_type") == "code" else None
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str) and source.strip():
            yield _Cell(number, source)


def _python(cells: list[_Cell], file: str, project: Project | None) -> Iterator[Sighting]:
    """Yield what Python names; a cell that is none is left out, and said at the end."""
    if not likely("\n".join(cell.text for cell in cells)):
        return
    parts, starts, numbers, broken = [], [], [], []
    line = 1
    for cell in cells:
        try:
            parse(cell.text)
        except NotPython as error:
            if likely(cell.text):
                broken.append(f"cell {cell.number}, {error}")
            continue
        parts.append(cell.text)
        starts.append(line)
        numbers.append(cell.number)
        line += cell.text.count("\n") + 1
    joined = _Joined("\n".join(parts), tuple(starts), tuple(numbers))
    if parts:
        values = Values(Module(joined.text, file), project)
        found = [*uses(values), *processes(values)]
        for each in [*found, *looks(values, {s.spot for s in found})]:
            here = each.spot.file == file
            used = joined.spot(each.used) if each.used and each.used.file == file else each.used
            yield evolve(each, spot=joined.spot(each.spot) if here else each.spot, used=used)
    if broken:
        raise NotPython("; ".join(broken[:5]))
