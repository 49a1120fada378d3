"""Which errors a function raises, as far as its source shows: its own ``raise``, and those of its private helpers.

Other public functions are not followed: they say for themselves what they raise, and whether it can happen here is
seldom to be read from the source alone. What a handler catches does not count, unless the handler raises it again.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

_NEVER = (AssertionError, NotImplementedError, AttributeError, StopIteration)
"""What no caller shall catch."""


def raised(function: Callable[..., object], above: tuple[object, ...] = ()) -> Iterator[type[BaseException]]:
    """Yield the errors that *function* raises; *above* are the functions that called it."""
    module = inspect.getmodule(function)
    if module is not None and function not in above:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        yield from _within([tree], module, (*above, function))


def _within(nodes: Iterable[ast.AST], module: ModuleType, above: tuple[object, ...]) -> Iterator[type[BaseException]]:
    for node in nodes:
        rest: Iterable[ast.AST] = ast.iter_child_nodes(node)
        if isinstance(node, ast.Try):
            caught = tuple(each for handler in node.handlers for each in _classes(handler.type, module))
            yield from (each for each in _within(node.body, module, above) if not issubclass(each, caught))
            rest = (*node.handlers, *node.orelse, *node.finalbody)
        elif isinstance(node, ast.Raise):
            yield from (each for each in _classes(node.exc, module) if not issubclass(each, _NEVER))
        elif isinstance(node, ast.Call):
            called = _value(node.func, module)
            called = inspect.unwrap(called) if callable(called) else None
            if inspect.isfunction(called) and called.__module__ == module.__name__ and called.__name__[0] == "_":
                yield from raised(called, above)
        yield from _within(rest, module, above)


def _classes(node: ast.expr | None, module: ModuleType) -> Iterator[type[BaseException]]:
    if isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from _classes(each, module)
        return
    value = _value(node.func if isinstance(node, ast.Call) else node, module)
    for found in value if isinstance(value, tuple) else (value,):
        if isinstance(found, type) and issubclass(found, BaseException):
            yield found


def _value(node: ast.expr | None, module: ModuleType) -> object:
    """Return what a name stands for in *module*, one imported inside a function included."""
    match node:
        case ast.Name(id=name):
            return getattr(module, name, getattr(builtins, name, None)) or _ERRORS.get(name)
        case ast.Attribute(value=inner, attr=name):
            found = _value(inner, module)
            return getattr(found, name, None) if isinstance(found, ModuleType) else None
        case _:
            return None


def _errors() -> dict[str, type[BaseException]]:
    from cleartitle import errors

    return {name: each for name, each in vars(errors).items() if isinstance(each, type)}


_ERRORS = _errors()
