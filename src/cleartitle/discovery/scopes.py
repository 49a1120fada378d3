"""A Python file as names and what is assigned to them; read by syntax tree, nothing is executed."""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from collections.abc import Iterator

from attrs import frozen

MAX_ASSIGNED = 24
"""Assignments that are kept of one name."""
MAX_NODES = 400_000
MAX_NESTED = 60
"""Functions and classes within each other."""


class NotPython(Exception):
    """The text is no Python that this version can read; says where."""


@frozen(eq=False)
class Scope:
    """A module, class or function with the names assigned in it; *params* are those without a default."""

    node: ast.AST
    parent: Scope | None
    names: dict[str, list[Bound]]
    params: dict[str, int]

    @property
    def is_class(self) -> bool:
        """Whether it is the body of a class."""
        return isinstance(self.node, ast.ClassDef)

    def around(self) -> Iterator[Scope]:
        """Yield the scopes in which a name is looked up, the innermost first."""
        here: Scope | None = self
        while here is not None:
            if here is self or not here.is_class:
                yield here
            here = here.parent

    def owner(self) -> Scope | None:
        """Return the class whose method this is in."""
        here: Scope | None = self
        while here is not None and not here.is_class:
            here = here.parent
        return here


@frozen(eq=False)
class Bound:
    """An expression, in which scope it stands, and whether the name is one of the elements of a loop over it."""

    value: ast.expr
    scope: Scope
    element: bool = False
    index: int | None = None
    """Which part of it, where it is taken apart."""


@frozen(eq=False)
class Called:
    """A call, and in which scope it stands."""

    node: ast.Call
    scope: Scope


class Module:
    """The names of one file."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.imports: dict[str, str] = {}
        self.stars: list[str] = []
        self.calls: list[Called] = []
        self.called: dict[str, list[Called]] = defaultdict(list)
        self.classes: dict[str, Scope] = {}
        self.functions: dict[str, list[Scope]] = defaultdict(list)
        self.attributes: dict[str, list[Bound]] = defaultdict(list)
        """By the last name of what is assigned to: ``self.name = ...``, ``config.name = ...``."""
        self.options: dict[str, list[Bound]] = defaultdict(list)
        """The defaults of options of the command line, by the name of the attribute or parameter."""
        self.returns: dict[int, list[Bound]] = defaultdict(list)
        """By the id of the function's node."""
        self.strings: list[tuple[ast.Constant, str]] = []
        """Strings, each with the name it is given to; docstrings are left out."""
        tree = parse(text)
        self.top = Scope(tree, None, {}, {})
        self._read(tree)

    def _read(self, tree: ast.Module) -> None:
        pending: list[tuple[ast.AST, Scope, int]] = [(tree, self.top, 0)]
        count = 0
        while pending:
            node, scope, depth = pending.pop()
            count += 1
            if count > MAX_NODES:
                raise NotPython(f"more than {MAX_NODES:,} nodes")
            inner = self._enter(node, scope)
            if inner is not scope:
                depth += 1
                if depth > MAX_NESTED:
                    raise NotPython(f"nested more than {MAX_NESTED} deep")
            self._note(node, inner, scope)
            children = list(ast.iter_child_nodes(node))
            pending.extend((child, inner, depth) for child in reversed(children))

    def _enter(self, node: ast.AST, scope: Scope) -> Scope:
        """Return the scope of what is inside *node*."""
        match node:
            case ast.ClassDef(name=name):
                made = Scope(node, scope, {}, {})
                self.classes.setdefault(name, made)
                return made
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                made = Scope(node, scope, {}, {})
                _parameters(node.args, made, scope)
                if not isinstance(node, ast.Lambda):
                    self.functions[node.name].append(made)
                    self._decorated(node, made)
                return made
            case _:
                return scope

    def _note(self, node: ast.AST, scope: Scope, outer: Scope) -> None:
        match node:
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value, outer)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                self._assign(target, value, outer)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                self._assign(target, value, outer, element=True)
            case ast.Return(value=ast.expr() as value):
                self._returned(value, outer)
            case ast.Call():
                self._call(node, scope)
            case ast.Dict(keys=keys, values=values):
                for key, each in zip(keys, values, strict=True):
                    self._string(each, key.value if isinstance(key, ast.Constant) else "")
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                for each in items:
                    self._string(each, "")
            case _:
                pass

    def _call(self, node: ast.Call, scope: Scope) -> None:
        called = Called(node, scope)
        self.calls.append(called)
        last = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if last:
            self.called[last].append(called)
        if last == "add_argument":
            self._option(node, scope)
        for argument in node.args:
            self._string(argument, "")
        for keyword in node.keywords:
            self._string(keyword.value, "" if last == "add_argument" else keyword.arg or "")

    def _string(self, node: ast.AST | None, name: object) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.strings.append((node, name if isinstance(name, str) else ""))

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.imports[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
            return
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(module)
            else:
                joint = "" if module.endswith(".") or not module else "."
                self.imports[alias.asname or alias.name] = f"{module}{joint}{alias.name}"

    def _assign(
        self, target: ast.expr, value: ast.expr, scope: Scope, *, element: bool = False, index: int | None = None
    ) -> None:
        bound = Bound(value, scope, element, index)
        match target:
            case ast.Name(id=name):
                _add(scope.names.setdefault(name, []), bound)
                self._string(value, name)
            case ast.Attribute(attr=name):
                _add(self.attributes[name], bound)
                self._string(value, name)
            case ast.Subscript(slice=ast.Constant(value=str(name))):
                _add(self.attributes[name], bound)
                self._string(value, name)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._unpack(targets, value, scope, element=element)
            case _:
                pass

    def _unpack(self, targets: list[ast.expr], value: ast.expr, scope: Scope, *, element: bool) -> None:
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(targets) and not element:
            for target, each in zip(targets, value.elts, strict=True):
                self._assign(target, each, scope)
            return
        for index, target in enumerate(targets):
            self._assign(target, value, scope, element=element, index=index)

    def _returned(self, value: ast.expr, scope: Scope) -> None:
        if isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef):
            _add(self.returns[id(scope.node)], Bound(value, scope))

    def _option(self, node: ast.Call, scope: Scope) -> None:
        """Note the default of an option that argparse adds."""
        given = {k.arg: k.value for k in node.keywords}
        names = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        long = [n for n in names if n.startswith("--")] or names
        destination = given.get("dest")
        name = destination.value if isinstance(destination, ast.Constant) else (long[0].lstrip("-") if long else "")
        if "default" in given and isinstance(name, str) and name:
            _add(self.options[name.replace("-", "_")], Bound(given["default"], scope))
            self._string(given["default"], name)

    def _decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        """Note the defaults that ``click.option`` gives to the parameters of a function."""
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") in ("option", "argument"):
                words = [a.value for a in decorator.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                plain = [w for w in words if not w.startswith("-")] or [w for w in words if w.startswith("--")]
                name = plain[0].lstrip("-").replace("-", "_") if plain else ""
                for keyword in decorator.keywords:
                    if keyword.arg == "default" and name:
                        _add(scope.names.setdefault(name, []), Bound(keyword.value, scope.parent or scope))


def _add(bounds: list[Bound], bound: Bound) -> None:
    if len(bounds) < MAX_ASSIGNED:
        bounds.append(bound)


def _parameters(arguments: ast.arguments, made: Scope, outer: Scope) -> None:
    positional = [*arguments.posonlyargs, *arguments.args]
    without = len(positional) - len(arguments.defaults)
    for place, parameter in enumerate(positional):
        made.params[parameter.arg] = place
        if place >= without:
            made.names[parameter.arg] = [Bound(arguments.defaults[place - without], outer)]
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        made.params[parameter.arg] = -1
        if default is not None:
            made.names[parameter.arg] = [Bound(default, outer)]


def parse(text: str) -> ast.Module:
    """Return the syntax tree, or raise `NotPython`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise NotPython(f"line {error.lineno or 1}: {error.msg}") from None
    except ValueError as error:
        raise NotPython(str(error)) from None
    except (RecursionError, MemoryError):
        raise NotPython("nested too deep") from None
