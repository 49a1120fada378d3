"""The names at the top: those in ``__all__``, those that load when used, and those that the docs use, are the same."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleartitle
from cleartitle import facts

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_PYTHON = re.compile(r"^```python[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
MOST = 15
"""Names that a person can keep in mind."""


def used(code: str) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for each name that a piece of Python takes from the top or from `cleartitle.facts`."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(value=ast.Name(id="cleartitle"), attr=name):
                yield "cleartitle", name
            case ast.ImportFrom(module=("cleartitle" | "cleartitle.facts") as module, names=names):
                yield from ((str(module), alias.name) for alias in names)
            case _:
                pass


def test_what_loads_when_used_is_what_is_listed() -> None:
    assert {*cleartitle.HOMES, "__version__"} == set(cleartitle.__all__)


def test_each_name_is_that_of_its_home() -> None:
    for name, home in cleartitle.HOMES.items():
        assert getattr(cleartitle, name) is getattr(importlib.import_module(home), name)


def test_type_checkers_see_each_name_in_the_same_home() -> None:
    tree = ast.parse(inspect.getsource(cleartitle))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == cleartitle.HOMES


def test_there_are_few_and_the_docstring_names_each() -> None:
    assert len(cleartitle.HOMES) <= MOST
    named = set(re.findall(r"`(\w+)`", cleartitle.__doc__ or ""))
    assert named >= set(cleartitle.HOMES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_docs_use_names_that_are_listed(page: Path) -> None:
    for code in _PYTHON.findall(page.read_text(encoding="utf-8")):
        for module, name in used(code):
            listed = facts.__all__ if module == "cleartitle.facts" else [*cleartitle.__all__, *SUBMODULES]
            assert name in listed, f"{page}: {module}.{name}"


SUBMODULES = ("catalog", "facts", "testing")
"""What is taken from the top as a module."""


def test_the_readme_shows_the_first_of_them() -> None:
    shown = {name for code in _PYTHON.findall(PAGES[0].read_text(encoding="utf-8")) for _, name in used(code)}
    assert {"check", "Deployment"} <= shown


@pytest.mark.parametrize("name", sorted(set(cleartitle.HOMES) - {"OFFLINE"}))
def test_each_has_an_example_that_runs(name: str) -> None:
    assert ">>> " in (inspect.getdoc(getattr(cleartitle, name)) or "")
