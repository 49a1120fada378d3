"""From an artifact of a lineage to what is locked of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from cleartitle.card import Card, Scalar, read_card
from cleartitle.files import is_legal
from cleartitle.vocabulary.artifact import Artifact, Declared
from cleartitle.vocabulary.evidence import Method
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.lock import LockedArtifact, LockedBase, LockedField, LockedText
from cleartitle.vocabulary.statement import Covers, Statement, Statements, render

LONG = 200
"""Characters; of a longer value its hash is kept."""


def locked(lineage: Lineage, node: Node) -> LockedArtifact:
    """Return what is locked of an artifact."""
    artifact, statements = node.artifact, node.statements
    bases = {LockedBase(model=str(e.parent), relation=e.relation) for e in lineage.parents(node.ref)}
    ordered = tuple(sorted(bases, key=lambda base: (base.model, base.relation)))
    if artifact is None:
        return LockedArtifact(model=str(node.ref), missing=node.missing or "not read", bases=ordered)
    texts = tuple(sorted(_texts(artifact, statements), key=lambda text: text.path))
    told = {text.path for text in texts}
    return LockedArtifact(
        model=str(node.ref),
        revision=artifact.ref.revision,
        origin=artifact.origin,
        gate=artifact.gate,
        fields=tuple(_fields(artifact)),
        declared=tuple(sorted({_said(s) for s in statements.declared if not _elsewhere(s, told)})),
        concluded=render(statements.concluded),
        texts=texts,
        bases=ordered,
    )


def _texts(artifact: Artifact, statements: Statements) -> Iterator[LockedText]:
    read = {s.evidence.path: render(s.expression) for s in reversed(statements.declared) if s.evidence.path}
    for text in artifact.texts:
        if is_legal(text.path):
            digest = hashlib.sha256(text.data).hexdigest()
            yield LockedText(path=text.path, sha256=digest, states=shortened(read.get(text.path, "")))


def _elsewhere(statement: Statement, told: set[str]) -> bool:
    """Return whether a statement stands in a text or a field that is locked for itself."""
    return statement.evidence.method is Method.FRONT_MATTER or statement.evidence.path in told


def _said(statement: Statement) -> str:
    place = statement.evidence.path or statement.evidence.method
    of = f" of the {statement.covers}" if statement.covers is not Covers.PROJECT else ""
    return shortened(f"{place}{of}: {render(statement.expression)}")


def _fields(artifact: Artifact) -> Iterator[LockedField]:
    file = next((t for t in artifact.texts if t.path.lower() == "readme.md"), None)
    found = _of_card(read_card(file.data)) if file else {}
    if artifact.declared:
        found = {key: found.get(key) or values for key, values in _of_facts(artifact.declared).items()} | {
            key: values for key, values in found.items() if values
        }
    for key, values in sorted(found.items()):
        if values:
            yield LockedField(key=key, values=tuple(map(shortened, values)))


def _of_card(card: Card) -> dict[str, tuple[str, ...]]:
    return {
        "license": _words(card.license),
        "license (stray)": _words(card.stray_licenses),
        "license_name": _words((card.license_name,)),
        "license_link": _words((card.license_link,)),
        "license_details": _words((card.license_details,)),
        "base_model": _words(card.base_models),
        "base_model_relation": _words((card.base_model_relation,)),
        "datasets": _words(card.datasets),
        "extra_gated_prompt": _words((card.gated_prompt,)),
    }


def _of_facts(said: Declared) -> dict[str, tuple[str, ...]]:
    return {
        "license": said.license,
        "license_name": _given(said.license_name),
        "license_link": _given(said.license_link),
        "base_model": said.base_models,
        "base_model_relation": _given(said.relation),
        "datasets": said.datasets,
    }


def _given(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _words(values: Iterable[Scalar | None]) -> tuple[str, ...]:
    return tuple(" ".join(value.text.split()) for value in values if value is not None)


def shortened(text: str) -> str:
    """Return *text*, or what tells it from others where it is long.

    >>> shortened("MIT"), shortened("a" * 300)[:20]
    ('MIT', 'sha256:9835fa6bf4e20')
    """
    return text if len(text) <= LONG else f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"
