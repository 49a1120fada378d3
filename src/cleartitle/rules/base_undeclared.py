"""A model shows signs of having been made from another one, and its card does not say from which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleartitle.lineage.origins import publisher
from cleartitle.lineage.weigh import Rank, rank
from cleartitle.rules.case import Case
from cleartitle.rules.families import named_after, nameless, rootless, told
from cleartitle.rules.shown import title
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Edge, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.publisher import PublisherKind
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding, Settlement
from cleartitle.vocabulary.words import Kind

_FILES = {"adapter_config.json": "an adapter", "mergekit_config.yml": "a merge"}
_PERSONS = frozenset({PublisherKind.INDIVIDUAL, PublisherKind.COMMUNITY})
_LABS = frozenset({PublisherKind.COMPANY, PublisherKind.INSTITUTE, PublisherKind.NONPROFIT, PublisherKind.GOVERNMENT})
"""Who trains a large model from scratch: others rarely do."""
_SIZE = re.compile(r"(?<![a-z\d.])(?<!\d_)(?:(\d{1,3})x)?(\d{1,4}(?:[._]\d{1,3})?)b(?![a-z\d])", re.IGNORECASE)
_AGREEMENTS = frozenset({Kind.COMMUNITY, Kind.RESEARCH_ONLY, Kind.NON_COMMERCIAL, Kind.PROPRIETARY})
"""Where a license is no SPDX one, it is that of one publisher's models; others are free for anybody to choose."""
_LARGE = 6.0
"""Billions of parameters."""
_ADAPTER = re.compile(r"lora", re.IGNORECASE)
_NAME = re.compile(
    r"(?:^|[-_.])(?:gguf|gptq|awq|exl[23]|mlx|bnb|lora|qlora|abliterated|uncensored)(?:$|[-_.])", re.IGNORECASE
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for a base that only files or prose tell of, a review where a derivative has no known base."""
    for node in case.lineage.nodes:
        for edge in case.lineage.parents(node.ref):
            if edge.evidence and not any(rank(e) is Rank.DECLARED for e in edge.evidence):
                yield _undeclared(case, node, edge)
        if rootless(case, node):
            yield from _rootless(case, node)


def _undeclared(case: Case, node: Node, edge: Edge) -> Finding:
    return Finding(
        rule="base-undeclared",
        outcome=Outcome.CLEAR,
        severity=Severity.NOTE,
        message=f"{node.ref.short} does not declare its base; its files or its prose point to {edge.parent.short}",
        subject=edge.parent.name,
        advice="the terms of that base were carried along",
        path=(*case.lineage.path(node.ref), edge.parent),
        evidence=edge.evidence,
    )


def _rootless(case: Case, node: Node) -> Iterator[Finding]:
    """Yield a finding where files say that there must be a base, or the name does and it is no lab's own model."""
    files = {f.path for f in node.artifact.files} if node.artifact else set()
    kind = next((kind for path, kind in _FILES.items() if path in files), None)
    sign = kind or _sign(case, node)
    if sign is None:
        if not told(node):
            yield from _worded(case, node)
        return
    quote = next((path for path in _FILES if path in files), node.ref.short)
    yield Finding(
        rule="base-undeclared",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        message=f"{node.ref.short} is {sign}, and nothing says which base it has",
        advice="ask the publisher for the base model, whose license binds whoever uses this one; if none, waive this",
        path=case.lineage.path(node.ref),
        evidence=(Evidence(method=Method.FILE, artifact=node.ref, path=quote if kind else None, quote=quote),),
        settles=(Settlement(fact="", ask=f"from which base was {node.ref.short} made?"),),
    )


def _worded(case: Case, node: Node) -> Iterator[Finding]:
    """Yield a finding where the card names a base that it does not link to, and of which nothing is known."""
    said = nameless(node)
    if said is None:
        return
    evidence = Evidence(
        method=Method.PROSE, artifact=node.ref, path="README.md", quote=said.quote, confidence=Confidence.MEDIUM
    )
    yield Finding(
        rule="base-undeclared",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f"the card of {node.ref.short} says that it was made from {said.name}, and names no repository of it",
        subject=said.name or "",
        advice="find out under which license that model is: it may bind whoever uses this one",
        path=case.lineage.path(node.ref),
        evidence=(evidence,),
        settles=(Settlement(fact="", ask=f"where is {said.name} published, and under which license?"),),
    )


def _sign(case: Case, node: Node) -> str | None:
    """Return what in the name of a model, and in who published it, says that it has a base."""
    name = title(node.ref)
    named = _NAME.search(name)
    if named and not _own(node.ref, named[0]):
        return "made from another model, by its name"
    size, made = _size(name), publisher(node.ref)
    if size < _LARGE or (made and made.kind in _LABS) or named_after(node.ref):
        return None
    if any(entry.kind in _AGREEMENTS and entry.id.startswith("LicenseRef-") for entry in case.licenses(node)):
        return None  # it tells where the model is from
    return f"larger than what others than labs train from scratch ({size:g} billion parameters, by its name)"


def _size(name: str) -> float:
    """Return the billions of parameters that a name speaks of first; 0 if it speaks of none."""
    found = _SIZE.search(name)
    return float(found[2].replace("_", ".")) * int(found[1] or 1) if found else 0


def _own(ref: ModelRef, word: str) -> bool:
    """Return whether a lab may have made it from a model of its own; an adapter has a base whoever made it."""
    made = publisher(ref)
    return made is not None and made.kind not in _PERSONS and not _ADAPTER.search(word)
