"""Python: the calls that load models, by syntax tree, and strings that are named or known like models."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from attrs import evolve

from cleartitle.discovery.calls import ANY, Callable, table
from cleartitle.discovery.naming import known, plausible
from cleartitle.discovery.scopes import Called, Module
from cleartitle.discovery.sighting import MAX_SAID, Sighting, Spot
from cleartitle.discovery.values import Answer, Project, Text, Values, argument
from cleartitle.vocabulary.discovery import How, UseKind
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.reference import Scheme

_NAMED = re.compile(r"['\"][\w.-]{1,96}/[\w.-]{1,96}['\"]")
_LINK = re.compile(r"https://(?:huggingface\.co|hf\.co)/[\w.-]+/[\w.-]+/(?:resolve|raw|blob)/")
_MODEL = re.compile(
    r"(?:^|_)(?:model|checkpoint|ckpt|repo_?id|llm|encoder|embedder|reranker|pretrained|lora|adapter|tokenizer|embedding)s?"
    r"(?:_|$)|model(?:_?name|_?id|_?path)",
    re.IGNORECASE,
)
_STARTS = re.compile(r"subprocess|os\.system|popen")
_OUTSIDE = re.compile(r"\bsys\.argv\b|\b(?:os\.)?(?:environ|getenv)\b|\binput\(")
"""Where a text comes from that is no object: the command line, the environment, a person."""
_OBJECT = re.compile(r"(?:name|id|path|checkpoint|repo|str)s?$", re.IGNORECASE)


def read_python(text: str, file: str, project: Project | None = None) -> Iterator[Sighting]:
    r"""Yield what a Python file names; raises `~cleartitle.discovery.scopes.NotPython`.

    >>> [s.said for s in read_python("from transformers import *\npipeline('x', model='gpt2')", "a.py")]
    ['gpt2']
    """
    if likely(text):
        values = Values(Module(text, file), project)
        found = [*uses(values), *processes(values)]
        yield from found
        yield from looks(values, {s.spot for s in found})


def likely(text: str) -> bool:
    """Return whether a text may name a model at all; reading its syntax costs more."""
    return bool(table().likely(text) or _NAMED.search(text) or _STARTS.search(text) or _LINK.search(text))


def processes(values: Values) -> Iterator[Sighting]:
    """Yield what the commands name that a module starts."""
    if _STARTS.search(values.module.text):
        from cleartitle.discovery.processes import started

        yield from started(values)


def uses(values: Values) -> Iterator[Sighting]:
    """Yield what the calls of a module load."""
    for called in values.module.calls:
        entry = _entry(values, called)
        if entry is not None:
            yield from _loaded(values, called, entry)


def _entry(values: Values, called: Called) -> Callable | None:
    function = called.node.func
    last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    name = values.dotted(function, called.scope)
    if last not in table().by_last and name.rpartition(".")[2] not in table().by_last:
        return None
    found = table().find(name)
    if found is None and name.startswith(f"{ANY}.") and last not in values.module.functions:
        stars = (f"{star}.{name.removeprefix(f'{ANY}.')}" for star in values.module.stars)
        found = next(filter(None, map(table().find, stars)), None)
    return found


def _loaded(values: Values, called: Called, entry: Callable) -> Iterator[Sighting]:
    given = argument(called, entry.position, entry.keywords)
    if entry.needs and not any(k.arg == entry.needs and _true(k.value) for k in called.node.keywords):
        return
    if given is None:
        yield from _by_task(values, called, entry)
        return
    answer = values.ask(given, called.scope)
    if answer.nothing:
        yield from _by_task(values, called, entry)
        return
    revision, kind = _revision(values, called, entry), _kind(values, called, entry)
    if kind is None:
        return
    for text in answer.texts:
        found = _said(text, called, values, entry)
        if found is not None:
            yield evolve(found, revision=revision, kind=kind)
    if not answer.texts and not _passed_over(values, called, entry, given):
        yield _unresolved(given, called, values, entry, answer)


def _true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and not node.value)


def _said(text: Text, called: Called, values: Values, entry: Callable) -> Sighting | None:
    """Return what a string in the place of a model means; None for what is no model that has weights to look at."""
    said, scheme = text.value.strip(), entry.scheme
    if entry.routes:
        way, mark, rest = said.partition("/")
        if not mark or way not in table().routes:
            way, mark, rest = said.partition(":")
        if not mark or way not in table().routes:
            return None
        said, scheme = rest, table().routes[way]
    if not said or (entry.slash and not (plausible(said) or known(said))):
        return None
    used = values.spot(called.node)
    return Sighting(
        said=said,
        spot=text.spot,
        used=used if (used.file, used.line) != (text.spot.file, text.spot.line) else None,
        how=How.CALL,
        by=_callable(called),
        scheme=scheme,
        bare=entry.bare,
        problem=entry.problem,
    )


def _callable(called: Called) -> str:
    return ast.unparse(called.node.func)[:MAX_SAID] if _simple(called.node.func) else _last(called)


def _simple(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _last(called: Called) -> str:
    function = called.node.func
    return function.attr if isinstance(function, ast.Attribute) else "call"


def _by_task(values: Values, called: Called, entry: Callable) -> Iterator[Sighting]:
    """Yield the model that is taken where a call names a task and no model."""
    task = argument(called, entry.task, ("task",)) if entry.task >= 0 else None
    if task is None:
        return
    for text in values.ask(task, called.scope).texts:
        model = table().tasks.get(text.value)
        if model:
            by = f"{_callable(called)}, whose default it is for {text.value}"
            yield Sighting(said=model, spot=values.spot(called.node), how=How.CALL, by=by)


def _kind(values: Values, called: Called, entry: Callable) -> UseKind | None:
    """Return what is loaded; None for a Space."""
    given = argument(called, -1, ("repo_type",))
    said = {text.value for text in values.ask(given, called.scope).texts} if given is not None else set()
    if said == {"space"}:
        return None
    return UseKind.DATASET if said == {"dataset"} else entry.kind


def _revision(values: Values, called: Called, entry: Callable) -> str:
    given = argument(called, -1, entry.revision) if entry.revision else None
    texts = values.ask(given, called.scope).texts if given is not None else ()
    return texts[0].value if len(texts) == 1 else ""


def _passed_over(values: Values, called: Called, entry: Callable, given: ast.expr) -> bool:
    """Return whether what could not be resolved is no name at all, or handed on by a wrapper of the same name."""
    if entry.slash or entry.routes:
        return not _OBJECT.search(_identifier(given)) and not _MODEL.search(_identifier(given))
    if entry.objects and not _OBJECT.search(_identifier(given)) and not _OUTSIDE.search(ast.unparse(given)[:MAX_SAID]):
        return True
    function = called.scope.node
    wrapper = isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name == _last(called)
    return wrapper or (isinstance(given, ast.Call) and _entry(values, Called(given, called.scope)) is not None)


def _identifier(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case _:
            return ""


def _unresolved(given: ast.expr, called: Called, values: Values, entry: Callable, answer: Answer) -> Sighting:
    return Sighting(
        said=ast.unparse(given)[:MAX_SAID],
        spot=values.spot(called.node),
        how=How.CALL,
        by=_callable(called),
        kind=entry.kind,
        problem=answer.why,
    )


def looks(values: Values, taken: set[Spot]) -> Iterator[Sighting]:
    """Yield the strings that no call was seen to load: named like models, known to the atlas, or addresses of files."""
    for node, name in values.module.strings:
        said, spot = str(node.value).strip(), values.spot(node)
        if spot in taken or len(said) > MAX_SAID:
            continue
        if _LINK.match(said):
            kind = UseKind.DATASET if ".co/datasets/" in said else UseKind.MODEL
            yield Sighting(said=said, spot=spot, how=How.LINK, by=name or "address", kind=kind)
            continue
        if "ollama" in name.lower() and _MODEL.search(name) and re.fullmatch(r"[\w./-]{1,100}:[\w.-]{1,40}", said):
            sighting = Sighting(said=said, spot=spot, how=How.NAME, by=name, scheme=Scheme.OLLAMA)
            yield evolve(sighting, confidence=Confidence.LOW)
        elif plausible(said) and (known(said) or _MODEL.search(name)):
            sure = Confidence.MEDIUM if known(said) else Confidence.LOW
            yield Sighting(said=said, spot=spot, how=How.NAME, by=name or "string", confidence=sure)
