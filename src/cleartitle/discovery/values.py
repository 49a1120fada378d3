"""Which strings an expression of a Python file can be: constants, variables, defaults and lookups are followed.

What it depends on when it runs (an environment variable, an option) has no value here but its default. All possible
values are given: the two sides of a condition, every entry of a table whose key is not known.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Protocol

from attrs import frozen

from cleartitle.discovery.calls import ANY
from cleartitle.discovery.names import follow_attribute, follow_name
from cleartitle.discovery.scopes import Bound, Called, Module, Scope
from cleartitle.discovery.sighting import MAX_SAID, Spot

MAX_STEPS = 3_000
"""Steps that one expression is followed; a whole file has a hundred times as many."""
MAX_DEPTH = 24
MAX_VALUES = 500
MAX_PRODUCT = 32
_ENVIRONMENT = frozenset({"environ.get", "os.environ.get", "os.getenv", "getenv", "env.get", "env.str"})
_SAME = frozenset({"strip", "rstrip", "lstrip", "as_posix", "resolve", "expanduser", "absolute", "removesuffix"})
_FIRST = frozenset(
    {"str", "Path", "PurePath", "PosixPath", "expanduser", "abspath", "Field", "Option", "Argument", "Query", "Form"}
)
"""What gives back its first argument, or takes it for a default."""
_SECOND = frozenset({"cast", "env", "text_input"})
ENVIRONMENT = "the environment variable "
"""How the reason begins why a value is not known that only the environment has."""
_DEFAULTS = frozenset({"default", "default_value", "value"})


@frozen
class Text:
    """A possible value, and where it is written."""

    value: str
    spot: Spot


@frozen(eq=False)
class At:
    """An expression, and where it stands."""

    values: Values
    node: ast.expr
    scope: Scope


@frozen(kw_only=True)
class Answer:
    """The possible values of an expression; *why* there are none."""

    texts: tuple[Text, ...] = ()
    why: str = ""
    nothing: bool = False
    """Whether the value is None, or no string."""


class Project(Protocol):
    """The other files of the project."""

    def module(self, dotted: str, file: str) -> Values | None:
        """Return the module that *file* imports by this name, if it is part of the project."""


class Values:
    """The strings of one module."""

    def __init__(self, module: Module, project: Project | None = None) -> None:
        self.module, self.project = module, project
        self._steps = 0
        self._left = 100 * MAX_STEPS
        self._why = ""
        self._path: set[tuple[int, int]] = set()

    def ask(self, node: ast.expr, scope: Scope) -> Answer:
        """Return the possible values of *node*."""
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            return Answer(nothing=True)
        self._steps, self._why = min(MAX_STEPS, self._left), ""
        try:
            found = dict.fromkeys(islice(self.texts(node, scope), MAX_VALUES))
        except RecursionError:
            return Answer(why="put together from too many parts")
        self._left -= min(MAX_STEPS, self._left) - self._steps
        return Answer(texts=tuple(found), why="" if found else self._why or "not a constant")

    def lists(self, node: ast.expr, scope: Scope) -> list[At]:
        """Return the lists and tuples that *node* stands for."""
        self._steps = min(MAX_STEPS, self._left)
        found = [at for at in islice(self.follow(node, scope), MAX_VALUES) if isinstance(at.node, ast.List | ast.Tuple)]
        self._left -= min(MAX_STEPS, self._left) - self._steps
        return found

    def texts(self, node: ast.expr, scope: Scope) -> Iterator[Text]:
        """Yield the strings that *node* can be."""
        match node:
            case ast.Constant(value=str(value)):
                yield Text(value, self.spot(node))
            case ast.JoinedStr(values=parts):
                yield from self._joined(
                    node, [p.value if isinstance(p, ast.FormattedValue) else p for p in parts], scope
                )
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield from self._joined(node, [left, right], scope)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                yield from self._joined(node, [left, right], scope, "/")
            case ast.BinOp(left=ast.Constant(value=str(form)), op=ast.Mod(), right=right):
                items = right.elts if isinstance(right, ast.Tuple) else [right]
                yield from self._formatted(node, form, "%s", items, scope)
            case _:
                for at in self.follow(node, scope):
                    if at.node is not node:
                        yield from at.values.texts(at.node, at.scope)

    def follow(self, node: ast.expr, scope: Scope) -> Iterator[At]:
        """Yield the expressions that *node* stands for, as far as names, attributes, keys and calls lead."""
        here = (id(node), id(scope))
        if here in self._path or len(self._path) > MAX_DEPTH or self._steps <= 0:
            return
        self._path.add(here)
        self._steps -= 1
        try:
            yield from self._follow(node, scope)
        finally:
            self._path.discard(here)

    def _follow(self, node: ast.expr, scope: Scope) -> Iterator[At]:
        match node:
            case ast.Name():
                yield from self._through(follow_name(self, node, scope))
            case ast.Attribute():
                yield from self._through(follow_attribute(self, node, scope))
            case ast.Subscript():
                yield from self._entries(node, scope)
            case ast.Call():
                yield from self._through(self._call(node, scope))
            case ast.IfExp(body=first, orelse=second):
                yield from self._through(At(self, each, scope) for each in (first, second))
            case ast.BoolOp(values=options):
                yield from self._through(At(self, each, scope) for each in options)
            case ast.NamedExpr(value=value) | ast.Await(value=value) | ast.Starred(value=value):
                yield from self.follow(value, scope)
            case _:
                yield At(self, node, scope)

    def _through(self, found: Iterable[At]) -> Iterator[At]:
        for at in found:
            at.values.lend(self)
            yield from at.values.follow(at.node, at.scope)

    def lend(self, other: Values) -> None:
        """Go on with the budget of *other*, where an import leads from one to the other."""
        if self is not other:
            self._steps = min(self._steps or MAX_STEPS, other.take())

    def take(self) -> int:
        """Take one step; return how many are left."""
        self._steps -= 1
        return max(self._steps, 0)

    def cannot(self, why: str) -> None:
        """Note why a value is not known; the first reason counts."""
        self._why = self._why or why

    def spot(self, node: ast.expr) -> Spot:
        """Return where an expression stands."""
        return Spot(line=node.lineno, column=node.col_offset + 1, file=self.module.file)

    def element(self, bound: Bound) -> Iterator[At]:
        """Yield the expressions that a bound name stands for; of a loop, what it runs over."""
        if bound.element:
            yield from self._elements(bound.value, bound.scope, bound.index)
        elif bound.index is not None:
            for at in self.follow(bound.value, bound.scope):
                if isinstance(at.node, ast.Tuple | ast.List):
                    yield from (At(at.values, each, at.scope) for each in at.node.elts[bound.index : bound.index + 1])
        else:
            yield At(self, bound.value, bound.scope)

    def _joined(self, node: ast.expr, parts: list[ast.expr], scope: Scope, joint: str = "") -> Iterator[Text]:
        options = [list(islice(self.texts(part, scope), MAX_PRODUCT)) for part in parts]
        for combination in islice(product(*options), MAX_PRODUCT):
            value = joint.join(
                text.value.strip("/") if joint and n else text.value for n, text in enumerate(combination)
            )
            if len(value) <= MAX_SAID:
                yield Text(value, self.spot(node))

    def _formatted(self, node: ast.expr, form: str, mark: str, items: list[ast.expr], scope: Scope) -> Iterator[Text]:
        pieces = form.split(mark)
        if len(pieces) == len(items) + 1 and len(pieces) < MAX_PRODUCT:
            parts: list[ast.expr] = [ast.copy_location(ast.Constant(pieces[0]), node)]
            for item, piece in zip(items, pieces[1:], strict=True):
                parts += [item, ast.copy_location(ast.Constant(piece), node)]
            yield from self._joined(node, parts, scope)

    def _entries(self, node: ast.Subscript, scope: Scope) -> Iterator[At]:
        if self.dotted(node.value, scope).endswith("environ"):
            key = node.slice.value if isinstance(node.slice, ast.Constant) else None
            for bound in self.module.attributes.get(key, ()) if isinstance(key, str) else ():
                yield from self._through(self.element(bound))
            self.cannot(_variable(node.slice))
            return
        yield from self._lookup(node.value, node.slice, scope)

    def _lookup(self, container: ast.expr, key: ast.expr, scope: Scope) -> Iterator[At]:
        """Yield what stands in a container under a key; all of it where the key is not known."""
        keys = {key.value} if isinstance(key, ast.Constant) else {t.value for t in self.texts(key, scope)}
        some = False
        for at in self.follow(container, scope):
            match at.node:
                case ast.Dict(keys=names, values=values):
                    pairs = list(zip(names, values, strict=True))
                case ast.List(elts=items) | ast.Tuple(elts=items):
                    pairs = [(ast.Constant(place), item) for place, item in enumerate(items)]
                case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
                    pairs = [(ast.Constant(k.arg), k.value) for k in keywords]
                case _:
                    continue
            some = True
            fitting = [v for k, v in pairs if isinstance(k, ast.Constant) and k.value in keys]
            for value in fitting or [v for _, v in pairs]:
                yield from at.values.follow(value, at.scope)
        if not some and isinstance(key, ast.Constant) and isinstance(key.value, str):
            for bound in self.module.attributes.get(key.value, ()):
                yield from self._through(self.element(bound))

    def _elements(self, node: ast.expr, scope: Scope, index: int | None) -> Iterator[At]:
        """Yield what a loop over *node* gives; *index* is the part of it that is meant."""
        match node:
            case ast.Call(func=ast.Attribute(value=base, attr=("items" | "values" | "keys") as which)):
                for at in self.follow(base, scope):
                    if isinstance(at.node, ast.Dict):
                        wants_keys = which == "keys" or (which == "items" and not index)
                        parts = [k for k in at.node.keys if k] if wants_keys else at.node.values
                        yield from (At(at.values, each, at.scope) for each in parts)
            case ast.Call(func=ast.Name(id="zip"), args=args) if index is not None and index < len(args):
                yield from self._elements(args[index], scope, None)
            case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]):
                yield from self._elements(first, scope, None)
            case ast.Call(
                func=ast.Name(id="sorted" | "list" | "set" | "tuple" | "reversed" | "tqdm"), args=[first, *_]
            ):
                yield from self._elements(first, scope, index)
            case _:
                for at in self.follow(node, scope):
                    yield from _items(at, index)

    def _call(self, node: ast.Call, scope: Scope) -> Iterator[At]:
        name = self.dotted(node.func, scope)
        last = name.rpartition(".")[2]
        default = next((k.value for k in node.keywords if k.arg in _DEFAULTS), None)
        if name.removeprefix(f"{ANY}.") in _ENVIRONMENT:
            default = default or (node.args[1] if len(node.args) > 1 else None)
            if default is None:
                self.cannot(_variable(node.args[0]) if node.args else "the environment")
            else:
                yield At(self, default, scope)
        elif last in ("get", "pop", "setdefault") and isinstance(node.func, ast.Attribute) and node.args:
            yield from self._lookup(node.func.value, node.args[0], scope)
            yield from (At(self, each, scope) for each in node.args[1:2])
        elif last in _SAME and isinstance(node.func, ast.Attribute):
            yield At(self, node.func.value, scope)
        elif last == "join" and name.endswith("path.join") and node.args:
            yield At(self, _path(node), scope)
        elif default is not None and last not in self.module.functions:
            yield At(self, default, scope)
        elif last in _FIRST | _SECOND:
            yield from (At(self, each, scope) for each in node.args[1 if last in _SECOND else 0 :][:1])
        elif last == "getattr" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
            wanted = ast.Attribute(node.args[0], str(node.args[1].value), ast.Load())
            yield from follow_attribute(self, ast.copy_location(wanted, node), scope)
            yield from (At(self, each, scope) for each in node.args[2:3])
        else:
            yield from self._returned(node, last)

    def _returned(self, node: ast.Call, last: str) -> Iterator[At]:
        """Yield what a function of this file returns."""
        for function in self.module.functions.get(last, ())[:4]:
            for bound in self.module.returns.get(id(function.node), ()):
                yield At(self, bound.value, bound.scope)
        if last not in self.module.functions:
            self.cannot(f"what {ast.unparse(node.func)[:60]}() returns")

    def dotted(self, node: ast.expr, scope: Scope, depth: int = 0) -> str:
        r"""Return the name of a callable, resolved through imports and simple variables; ``()`` marks what it returned.

        >>> module = Module("import ollama\nclient = ollama.Client()\nclient.chat()", "")
        >>> Values(module).dotted(module.calls[-1].node.func, module.top)
        'ollama.Client().chat'
        """
        match node:
            case ast.Name(id=name):
                return self.module.imports.get(name) or self._made(name, scope, depth) or f"{ANY}.{name}"
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                bounds = self.module.attributes.get(name, ())
                made = (self._class(b, depth) for b in bounds)
                return next(filter(None, made), f"{ANY}.{name}")
            case ast.Attribute(value=value, attr=name):
                return f"{self.dotted(value, scope, depth + 1) if depth < 8 else ANY}.{name}"
            case ast.Call(func=function):
                return f"{self.dotted(function, scope, depth + 1)}()" if depth < 8 else ANY
            case _:
                return ANY

    def _made(self, name: str, scope: Scope, depth: int) -> str:
        """Return what made the value of a variable: ``ollama.Client()`` for ``client = ollama.Client()``."""
        for around in scope.around():
            if bounds := around.names.get(name):
                return next(filter(None, (self._class(b, depth) for b in bounds)), "")
        return ""

    def _class(self, bound: Bound, depth: int) -> str:
        if isinstance(bound.value, ast.Call | ast.Name | ast.Attribute) and depth < 4 and not bound.element:
            found = self.dotted(bound.value, bound.scope, depth + 2)
            return "" if found.startswith(ANY) else found
        return ""


def argument(called: Called, position: int, names: Iterable[str]) -> ast.expr | None:
    """Return an argument of a call, by its place or one of its names."""
    wanted = set(names)
    for keyword in called.node.keywords:
        if keyword.arg in wanted:
            return keyword.value
    before = called.node.args[: position + 1]
    if 0 <= position < len(called.node.args) and not any(isinstance(each, ast.Starred) for each in before):
        return called.node.args[position]
    return None


def _variable(name: ast.expr) -> str:
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return ENVIRONMENT + name.value[:60]
    return ENVIRONMENT + ast.unparse(name)[:60]


def _items(at: At, index: int | None) -> Iterator[At]:
    match at.node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            for item in items:
                if index is not None and isinstance(item, ast.Tuple | ast.List):
                    yield from (At(at.values, each, at.scope) for each in item.elts[index : index + 1])
                else:
                    yield At(at.values, item, at.scope)
        case ast.Dict(keys=keys):
            yield from (At(at.values, key, at.scope) for key in keys if key)
        case _:
            pass


def _path(node: ast.Call) -> ast.expr:
    """Return ``os.path.join(a, b)`` as ``a / b``."""
    joined = node.args[0]
    for part in node.args[1:8]:
        joined = ast.copy_location(ast.BinOp(joined, ast.Div(), part), node)
    return joined
