"""The docstrings of what the API pages show: what it is, an example that runs, and the errors that it raises."""

from __future__ import annotations

import doctest
import enum
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from raising import raised

sys.path.append(str(Path(__file__).parents[2] / "docs"))

GENERATE = importlib.import_module("generate")
MODULES = sorted({module for part in GENERATE.PUBLIC for module in GENERATE.modules(part)})
NO_EXAMPLE = {
    "cleartitle.testing.plugin": "pytest calls it; the page on running it everywhere shows how it is used",
    "cleartitle.testing.modelscope.ModelScopeDesk": "the inside of `FixtureModelScope`",
    "cleartitle.testing.ollama.OllamaDesk": "the inside of `FixtureOllama`",
    "cleartitle.testing.served.FolderDesk": "the inside of `FixtureServer`",
}
"""Why a name, or all names of a module, have no example of their own."""
NEVER_RAISED = {
    "cleartitle.configuration.facts.mistakes: DataError": "each fact was read before, and what is wrong is returned",
}
"""What the source seems to raise and never does, and why."""
_SENTENCE = re.compile(r'[A-Z0-9`"*~].*[.:?!]["`)]*', re.DOTALL)


def offered(module: str) -> Iterator[tuple[str, object]]:
    """Yield the classes and functions that a module defines for others."""
    namespace = vars(importlib.import_module(module))
    for name in namespace.get("__all__", list(namespace)):
        value = namespace[name]
        made = inspect.isclass(value) or inspect.isfunction(inspect.unwrap(value) if callable(value) else None)
        if made and not name.startswith("_") and getattr(value, "__module__", "") == module:
            yield name, value


def functions(module: str) -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield the functions of a module, and the methods and properties of its classes."""
    for name, value in offered(module):
        if not isinstance(value, type):
            assert callable(value)
            yield name, inspect.unwrap(value)
            continue
        for inner, method in vars(value).items():
            plain = method.fget if isinstance(method, property) else getattr(method, "__func__", method)
            if not inner.startswith("_") and inspect.isfunction(plain) and plain.__module__ == module:
                yield f"{name}.{inner}", inspect.unwrap(plain)


def makers(module: str) -> Iterator[tuple[str, Callable[..., object], object]]:
    """Yield what makes the classes of a module, each with the class: its docstring is theirs."""
    for name, value in offered(module):
        if isinstance(value, type):
            made = (vars(value).get(inner) for inner in ("__init__", "__attrs_post_init__"))
            own = (each for each in made if inspect.isfunction(each))
            yield from ((name, each, value) for each in own if each.__code__.co_filename == inspect.getfile(value))


def first(value: object) -> str:
    """Return the first paragraph of a docstring."""
    return (inspect.getdoc(value) or "").partition("\n\n")[0]


def errors_named(value: object) -> set[str]:
    """Return the errors that the section ``Raises`` of a docstring names, each with when it is raised."""
    _, _, said = (inspect.getdoc(value) or "").partition("Raises:\n")
    return set(re.findall(r"^    (\w+): \S", said, re.MULTILINE))


@pytest.mark.parametrize("module", MODULES)
def test_each_begins_with_a_sentence(module: str) -> None:
    documented = [(module, importlib.import_module(module)), *offered(module), *functions(module)]
    assert [name for name, value in documented if not _SENTENCE.fullmatch(first(value))] == []


@pytest.mark.parametrize("module", MODULES)
def test_each_has_an_example_that_runs(module: str) -> None:
    found = doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module), module)
    run = {test.name.removeprefix(f"{module}.").partition(".")[0] for test in found if test.examples}
    wanted = {name for name, value in offered(module) if not (isinstance(value, type) and issubclass(value, enum.Enum))}
    assert sorted(name for name in wanted - run if not {module, f"{module}.{name}"} & set(NO_EXAMPLE)) == []


@pytest.mark.parametrize("module", MODULES)
def test_each_says_which_errors_it_raises(module: str) -> None:
    documented = [*((name, function, function) for name, function in functions(module)), *makers(module)]
    missing = [
        f"{name}: {error.__name__}"
        for name, function, owner in documented
        for error in set(raised(function))
        if not any(each.__name__ in errors_named(owner) for each in error.__mro__)
    ]
    assert [each for each in missing if f"{module}.{each}" not in NEVER_RAISED] == []


def test_the_examples_of_the_sources_are_run_with_the_tests(pytestconfig: pytest.Config) -> None:
    assert "--doctest-modules" in pytestconfig.getini("addopts")
    assert "src" in pytestconfig.getini("testpaths")


def test_what_has_no_example_is_there() -> None:
    names = {f"{module}.{name}" for module in MODULES for name, _ in offered(module)}
    assert set(NO_EXAMPLE) <= names | set(MODULES)
