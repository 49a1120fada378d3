"""Makefiles: their recipes as commands, their variables as those of a shell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleartitle.discovery.commands import read_shell
from cleartitle.discovery.sighting import Sighting

_VARIABLE = re.compile(
    r"^(?P<head>(?:export[ \t]+)?(?P<name>[A-Za-z_]\w{0,80})[ \t]*(?::=|\?=|::=|=)[ \t]*)(?=\S)", re.MULTILINE
)
_USE = re.compile(r"\$\((\w{1,80})\)")
_SILENT = re.compile(r"^\t[@-]+", re.MULTILINE)


def read_makefile(text: str) -> Iterator[Sighting]:
    r"""Yield what the recipes of a Makefile name; all stays in its place.

    >>> [(s.said, s.spot.column) for s in read_makefile("MODEL ?= a/b\nserve:\n\tvllm serve $(MODEL)\n")]
    [('a/b', 10), ('a/b', 10)]
    """
    plain = _VARIABLE.sub(lambda found: f"{found['name']}=".rjust(len(found["head"])), text)
    plain = _SILENT.sub(lambda found: " " * len(found[0]), plain)
    yield from read_shell(_USE.sub(r"${\1}", plain))
