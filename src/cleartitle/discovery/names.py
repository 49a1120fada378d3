"""What a name or an attribute of a Python file stands for: variables, parameters, classes, options, other modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleartitle.discovery.scopes import Bound, Called, Scope

if TYPE_CHECKING:
    from cleartitle.discovery.values import At, Values

MAX_CALLERS = 24
_OWN = frozenset({"self", "cls"})


def follow_name(values: Values, node: ast.Name, scope: Scope) -> Iterator[At]:
    """Yield what a variable stands for: every value it is given, and what callers give to a parameter."""
    for around in scope.around():
        bounds = around.names.get(node.id, ())
        if bounds or node.id in around.params:
            for bound in bounds:
                yield from values.element(bound)
            if node.id in around.params:
                yield from _callers(values, around, node.id)
            return
    target = values.module.imports.get(node.id)
    if target:
        yield from _imported(values, target)
        values.cannot(f"{target} is not part of the project, or does not say it")
        return
    for star in values.module.stars:
        yield from _imported(values, f"{star.rstrip('.')}.{node.id}" if star.strip(".") else f"{star}{node.id}")
    values.cannot(f"nothing in the file says what {node.id} is")


def follow_attribute(values: Values, node: ast.Attribute, scope: Scope) -> Iterator[At]:
    """Yield what ``something.name`` stands for."""
    from cleartitle.discovery.values import At

    if node.attr == "value":
        yield At(values, node.value, scope)
    found = list(_certain(values, node, scope))
    yield from found or _likely(values, node)
    values.cannot(f"nothing in the file says what {ast.unparse(node)[:60]} is")


def _certain(values: Values, node: ast.Attribute, scope: Scope) -> Iterator[At]:
    if not isinstance(node.value, ast.Name):
        return
    base = node.value.id
    if base in _OWN:
        owner = scope.owner()
        yield from _in_class(values, owner, node.attr) if owner else ()
        yield from _each(values, values.module.attributes.get(node.attr, []))
    elif base in values.module.classes:
        yield from _in_class(values, values.module.classes[base], node.attr)
    elif base in values.module.imports:
        yield from _imported(values, f"{values.module.imports[base]}.{node.attr}")
        values.cannot(f"{values.module.imports[base]} is not part of the project, or does not say it")
    else:
        yield from _of_instance(values, node, scope)


def _of_instance(values: Values, node: ast.Attribute, scope: Scope) -> Iterator[At]:
    """Yield the attribute of a variable that is made from a class: its own argument, or the default of the class."""
    from cleartitle.discovery.values import At

    for at in values.follow(node.value, scope):
        if isinstance(at.node, ast.Call) and isinstance(at.node.func, ast.Name):
            given = [k.value for k in at.node.keywords if k.arg == node.attr]
            yield from (At(at.values, each, at.scope) for each in given)
            made = at.values.module.classes.get(at.node.func.id)
            if made and not given:
                yield from _in_class(at.values, made, node.attr)


def _likely(values: Values, node: ast.Attribute) -> Iterator[At]:
    """Yield what an attribute of this name is anywhere in the file: an option, a field of a class, an assignment."""
    module = values.module
    yield from _each(values, module.options.get(node.attr, []))
    yield from _each(values, module.attributes.get(node.attr, []))
    for made in module.classes.values():
        yield from _each(values, made.names.get(node.attr, []))
    if values.project is None:
        return
    for target in list(module.imports.values())[:200]:
        package, _, name = target.rpartition(".")
        other = values.project.module(package, module.file) if package.strip(".") or target.startswith(".") else None
        if other and name in other.module.classes:
            yield from _each(other, other.module.classes[name].names.get(node.attr, []))


def _in_class(values: Values, owner: Scope, name: str, depth: int = 0) -> Iterator[At]:
    """Yield what a class, or one that it is made from, says of an attribute."""
    bounds = owner.names.get(name, [])
    yield from _each(values, bounds)
    if not bounds and isinstance(owner.node, ast.ClassDef) and depth < 4:
        for base in owner.node.bases:
            parent = values.module.classes.get(base.id) if isinstance(base, ast.Name) else None
            if parent:
                yield from _in_class(values, parent, name, depth + 1)


def _each(values: Values, bounds: list[Bound]) -> Iterator[At]:
    for bound in bounds:
        yield from values.element(bound)


def _imported(values: Values, target: str) -> Iterator[At]:
    """Yield what a name of another module of the project stands for."""
    from cleartitle.discovery.values import At

    if values.project is None:
        return
    package, _, name = target.rpartition(".")
    other = values.project.module(package or ".", values.module.file) if name else None
    if other is not None and other is not values:
        wanted = ast.Name(name, ast.Load())
        if name in other.module.top.names or name in other.module.imports:
            yield At(other, wanted, other.module.top)
        elif package and (outer := values.project.module(package.rpartition(".")[0], values.module.file)):
            yield from _class_of(outer, package, name)
    else:  # a class of another module: ``from config import Settings``, ``Settings.MODEL``
        path, _, owner = package.rpartition(".")
        outer = values.project.module(path, values.module.file) if owner else None
        if outer is not None:
            yield from _class_of(outer, package, name)


def _class_of(other: Values, package: str, name: str) -> Iterator[At]:
    """Yield the attribute *name* of a class, or of an instance, that another module has."""
    owner = package.rpartition(".")[2]
    if owner in other.module.classes:
        yield from _in_class(other, other.module.classes[owner], name)
    elif owner in other.module.top.names:
        wanted = ast.Attribute(ast.Name(owner, ast.Load()), name, ast.Load())
        yield from follow_attribute(other, wanted, other.module.top)


def _callers(values: Values, scope: Scope, name: str) -> Iterator[At]:
    """Yield what the calls in this file give to a parameter."""
    from cleartitle.discovery.values import At, argument

    function = scope.node
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        values.cannot(f"{name} is a parameter")
        return
    owner = scope.parent if scope.parent and scope.parent.is_class else None
    called = function.name
    if owner and called in ("__init__", "__new__", "__post_init__") and isinstance(owner.node, ast.ClassDef):
        called = owner.node.name
    place = scope.params[name] - (1 if owner and not _static(function) else 0)
    calls: list[Called] = values.module.called.get(called, [])
    for call in calls[:MAX_CALLERS]:
        given = argument(call, place, (name,))
        if given is not None:
            yield At(values, given, call.scope)
    values.cannot(f"{name} is a parameter of {function.name}()")


def _static(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)
