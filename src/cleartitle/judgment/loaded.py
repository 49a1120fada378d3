"""Which artifacts of a lineage are loaded when its root is run, and the code that comes with them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import Covers, Every, Expression, licenses

CONFIG = "config.json"
MAPPED = "auto_map"
_LOADED = frozenset({Relation.ADAPTER, Relation.COMPONENT})
_MAX_MAPPED = 100
_OTHER = "--"
"""Between a repository and a module: ``owner/name--module.Class`` is code of another repository."""


def loaded(lineage: Lineage) -> tuple[Node, ...]:
    """Return the root and what must be loaded with it: the bases of an adapter, the parts of a whole."""
    refs = {lineage.root, *(path[-1].parent for path in lineage.paths(_LOADED))}
    return tuple(node for node in lineage.nodes if node.ref in refs)


def modules(artifact: Artifact | None) -> tuple[str, ...]:
    """Return what the configuration names as code to load (its ``auto_map``), each once; empty where it names none."""
    file = artifact.text(CONFIG) if artifact else None
    if file is None or MAPPED.encode() not in file.data:
        return ()
    try:
        data = json.loads(file.text)
    except (ValueError, RecursionError):
        return ()
    mapped = data.get(MAPPED) if isinstance(data, dict) else None
    return tuple(dict.fromkeys(_names(mapped)))[:_MAX_MAPPED]


def repository(module: str) -> str | None:
    """Return the other repository whose code *module* is, or None where it is the artifact's own.

    >>> repository("tiiuae/falcon-7b--modeling_falcon.FalconModel"), repository("modeling_falcon.FalconModel")
    ('tiiuae/falcon-7b', None)
    """
    name, other, _ = module.partition(_OTHER)
    return name if other and name else None


def binding_expression(node: Node) -> Expression:
    """Return the license of the weights of *node* and, where its own code must run, of the code: all of it binds."""
    concluded = node.statements.concluded
    if not any(repository(module) is None for module in modules(node.artifact)):
        return concluded
    known = set(licenses(concluded))
    code = (s.expression for s in node.statements.declared if s.covers is Covers.CODE)
    other = tuple(dict.fromkeys(e for e in code if not licenses(e) or set(licenses(e)) - known))
    return Every(of=(concluded, *other)) if other else concluded


def _names(mapped: object) -> Iterator[str]:
    values = mapped.values() if isinstance(mapped, dict) else ()
    for value in values:
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each)
