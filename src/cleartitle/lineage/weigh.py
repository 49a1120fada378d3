"""Weighing clues: which parents, by which relation, how well supported.

Clues come in four ranks: what the publisher declares; what a tool wrote into a file; what the card says in words; hints
(what a configuration was saved from, the words of a family). Declarations and files always count. Words count where
neither names a parent, and where they name another one; hints where nothing else does: a resave's configuration never
beats a card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum

from cleartitle.lineage.clues import config
from cleartitle.lineage.clues.naming import hint, stem
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Clue, Edge
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing

_DECLARED = frozenset({
    Method.FRONT_MATTER, Method.HUB_TAG, Method.HUB_INFERENCE, Method.ATLAS, Method.LISTING, Method.USER,
})  # fmt: skip
"""All of these come from what the publisher wrote in the card: they do not corroborate each other."""
_BESIDE = frozenset({Relation.TRAINED_ON, Relation.DISTILLED, Relation.COMPONENT})
"""What a model has beside the base whose weights it started from: such a parent stands for itself."""
_FORMATS = frozenset({Relation.QUANTIZED, Relation.CONVERTED})
_QUANTIZED = (".gguf",)


class Rank(IntEnum):
    """How much a clue counts for; less is more."""

    DECLARED = 0
    FILE = 1
    WORDS = 2
    HINT = 3


def rank(evidence: Evidence) -> Rank:
    """Return the rank of a clue with this evidence."""
    if evidence.method in _DECLARED:
        return Rank.DECLARED
    if evidence.confidence is Confidence.LOW:
        return Rank.HINT
    return Rank.WORDS if evidence.method is Method.PROSE else Rank.FILE


def to_be_found(edge: Edge) -> bool:
    """Whether the parent must exist for *edge* to hold: nobody declares it, no tool wrote it down."""
    return all(rank(evidence) > Rank.FILE for evidence in edge.evidence)


def weigh(child: ModelRef, artifact: Artifact, clues: Iterable[Clue]) -> tuple[Edge, ...]:
    """Return an edge for each parent that the clues name, in the order in which they name them."""
    found = [c for c in clues if c.parent is not None and _key(c.parent) != _key(child)]
    grouped: dict[str, list[Clue]] = defaultdict(list)
    for clue in found:
        if clue.parent is not None:
            grouped[_key(clue.parent)].append(clue)
    beside = {key: group for key, group in grouped.items() if all(c.relation in _BESIDE for c in group)}
    bases = {key: group for key, group in grouped.items() if key not in beside}
    if any(_converted(group) for group in bases.values()):  # the rest of such a card is a copy of its source's
        bases = {key: group for key, group in bases.items() if _converted(group) or _rank(group) < Rank.WORDS}
    disputed = _disputed(found)
    best = min((_rank(group) for group in bases.values()), default=Rank.HINT)
    kept = {k for k, g in bases.items() if _rank(g) <= max(best, Rank.FILE) or k in disputed} | set(beside)
    several = len(kept - set(beside)) > 1
    if best is Rank.DECLARED:
        kept |= _against(bases, artifact)
    return tuple(
        _edge(child, artifact, group, several=several, disputed=key in disputed)
        for key, group in grouped.items()
        if key in kept
    )


def _against(bases: Mapping[str, list[Clue]], artifact: Artifact) -> set[str]:
    """Return what words name beside the parents that are declared: all that the card's recipes merge, and one more.

    Whether that one contradicts the declaration is seen later. That it is called like a declared one says that it is
    that one, in another format or before its tuning.
    """
    words = {k: g for k, g in bases.items() if _rank(g) is Rank.WORDS}
    merged = set() if _format_only(artifact) else {k for k, g in words.items() if g[0].relation is Relation.MERGE}
    worded = {k: g for k, g in words.items() if g[0].relation is not Relation.MERGE}
    declared = {stem(c.parent.name) for g in bases.values() if _rank(g) < Rank.WORDS for c in g if c.parent}
    names = {stem(c.parent.name) for g in worded.values() for c in g if c.parent}
    alike = any(a.startswith(b) or b.startswith(a) for a in names for b in declared)
    return merged if alike or len(worded) != 1 else merged | set(worded)


def _format_only(artifact: Artifact) -> bool:
    """Whether the files are another format of another model's: its card is mostly that model's card."""
    weights = any(file.path.endswith(_QUANTIZED) for file in artifact.files)
    return weights or config.quantized(artifact) or hint(artifact.ref.name) is Relation.QUANTIZED


def _edge(child: ModelRef, artifact: Artifact, group: list[Clue], *, several: bool, disputed: bool) -> Edge:
    named = next(c.parent for c in group if c.parent is not None)
    pinned = next((c.parent for c in group if c.parent is not None and c.parent.revision), named)
    said = next((c.relation for c in group if c.relation is not None), None)
    standing, confidence = _standing(group)
    if disputed:
        standing, confidence = Standing.CONTRADICTED, Confidence.LOW
    return Edge(
        child=child,
        parent=pinned,
        relation=said or _guess(artifact, several=several),
        standing=standing,
        confidence=confidence,
        evidence=tuple(dict.fromkeys(c.evidence for c in group)),
    )


def _standing(group: list[Clue]) -> tuple[Standing, Confidence]:
    """Return the standing; a declaration is corroborated by a file, and a file by words, not by itself."""
    ranks = {rank(c.evidence) for c in group}
    if Rank.FILE in ranks and ranks & {Rank.DECLARED, Rank.WORDS}:
        return Standing.CORROBORATED, Confidence.HIGH
    standing = Standing.DECLARED if Rank.DECLARED in ranks else Standing.INFERRED
    return standing, max((c.evidence.confidence for c in group), key=_sureness)


def _disputed(clues: list[Clue]) -> frozenset[str]:
    """Return the parents on which an adapter's configuration and the card do not agree.

    The configuration names exactly one base; a card that names others only contradicts it. That one of them is the
    other in another format is no contradiction.
    """
    filed = {_key(c.parent): c.parent for c in clues if c.parent and _of_adapter(c)}
    ranked = [c for c in clues if c.parent and not _of_adapter(c) and c.relation not in _BESIDE]
    carded = {_key(c.parent): c.parent for c in ranked if c.parent and rank(c.evidence) is Rank.DECLARED}
    if not filed or not carded or {stem(p.name) for p in filed.values()} & {stem(p.name) for p in carded.values()}:
        return frozenset()
    return frozenset({*filed, *carded})


def _of_adapter(clue: Clue) -> bool:
    return clue.evidence.method is Method.FILE and (clue.evidence.path or "").endswith("adapter_config.json")


def _guess(artifact: Artifact, *, several: bool) -> Relation:
    """Return the likeliest relation where nobody says; all of these carry all terms, so a wrong guess frees nothing."""
    paths = [f.path for f in artifact.files]
    if "adapter_config.json" in paths:
        return Relation.ADAPTER
    if _format_only(artifact):
        return Relation.QUANTIZED
    return hint(artifact.ref.name) or (Relation.MERGE if several else Relation.FINETUNE)


def _converted(group: list[Clue]) -> bool:
    """Whether words say that the files are those of this parent, in another format."""
    return any(c.relation in _FORMATS and rank(c.evidence) is Rank.WORDS for c in group)


def _rank(group: list[Clue]) -> Rank:
    return min(rank(c.evidence) for c in group)


def _key(ref: ModelRef) -> str:
    return f"{ref.scheme}:{ref.name.casefold()}"


def _sureness(confidence: Confidence) -> int:
    return (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH).index(confidence)
