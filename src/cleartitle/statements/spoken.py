"""What the running text of a card says about its license: statements, and limits without a license."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from cleartitle import catalog
from cleartitle.vocabulary.artifact import Artifact, TextFile
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.prose import Binding, ProseStatement, Subject
from cleartitle.vocabulary.statement import (
    Choice,
    Covers,
    Every,
    Expression,
    One,
    Statement,
    Unclear,
    Unknown,
    licenses,
    render,
)
from cleartitle.vocabulary.words import Action, Decision, LicenseId

LIMIT = "limit"
"""How the words of an unknown begin that stands for a limit in the prose."""
MAX_SHOWN = 160
_INTENDED = re.compile(r"\bintended\b", re.IGNORECASE)
"""What a model is intended for is advice, as sections on uses give it, unless it speaks of licenses or commerce."""
_LICENSED = re.compile(r"licen[sc]|commercial|permi(?:t|ssion)", re.IGNORECASE)
_GENERIC = frozenset({"the", "a", "model", "license", "licence", "agreement", "community", "original"})
_COVERS = {
    Subject.WEIGHTS: Covers.WEIGHTS,
    Subject.CODE: Covers.CODE,
    Subject.DATA: Covers.DATA,
    Subject.PROJECT: Covers.PROJECT,
}


def spoken(artifact: Artifact, concluded: Expression) -> Iterator[Statement]:
    """Yield what the prose of the artifact's README says of its license, beside what else was *concluded*.

    What another model's license is, or a service's, is no statement about this one. A limit ("for research only") that
    neither the license beside it nor the concluded one has by itself is one that nobody can look up: unknown, with the
    sentence.
    """
    readme = next((text for text in artifact.texts if text.path.lower() == "readme.md"), None)
    if readme is None:
        return
    from cleartitle import prose

    for said in prose.read(readme.text).statements:
        covers = _COVERS.get(said.covers)
        expression = _expression(said, concluded) if said.binding is Binding.UNDER else None
        if covers is not None and expression is not None:
            yield Statement(expression=expression, covers=covers, evidence=_evidence(said, artifact, readme))


def joined(concluded: Expression, said: list[Expression]) -> tuple[Expression, bool]:
    """Return the conclusion from what was *concluded* before and what the prose says, and whether they disagree."""
    unread = list(dict.fromkeys(part for each in said for part in _unknown(each)))
    named = list(dict.fromkeys(One(license=found) for each in said for found in licenses(each)))
    against: list[Expression] = [each for each in named if each.license not in licenses(concluded)]
    result, disagree = concluded, False
    if isinstance(concluded, Unknown) and not concluded.said and named:
        result = (
            named[0] if len(named) == 1 else Unclear(of=tuple(named), reason="the card's text names several licenses")
        )
    elif not isinstance(concluded, Unknown) and len(against) == len(named) > 0:
        result = Unclear(of=(concluded, *against), reason=f"the card's text says {' and '.join(map(render, against))}")
        disagree = True
    ids = licenses(concluded)
    unread = [u for u in unread if u.said.startswith(LIMIT) or not (isinstance(result, Unknown) or _is_it(u.said, ids))]
    return (Every(of=(result, *unread)), True) if unread else (result, disagree)


def _expression(said: ProseStatement, concluded: Expression) -> Expression | None:
    if not (said.research_only or said.commercial_use in (Decision.PROHIBITED, Decision.CONDITIONAL)):
        return said.license
    known = licenses(said.license) if said.license else ()
    if any(map(_limited, known or licenses(concluded))):
        return said.license
    quote = next((e.quote for e in said.terms_evidence), said.evidence.quote)
    if _INTENDED.search(quote) and not _LICENSED.search(quote):
        return said.license
    shown = " ".join(quote.split())[:MAX_SHOWN]
    reason = f"the card's text limits its use: “{shown}”"
    limit = Unknown(reason=reason, said=f"{LIMIT}: {shown}", settle="ask the publisher what holds")
    return Every(of=(said.license, limit)) if said.license and known else limit


def _unknown(said: Expression) -> Iterator[Unknown]:
    """Yield the limits, and the licenses nobody knows, that a statement names: what is known beside them is not all."""
    match said:
        case Every(of=of) | Choice(of=of) | Unclear(of=of):
            for part in of:
                yield from _unknown(part)
        case Unknown(said=words) if words:
            yield said


def _is_it(said: str, ids: tuple[LicenseId, ...]) -> bool:
    """Return whether a name says no more than that of a license that is concluded: "Model License", "Meta license"."""
    words = set(re.findall(r"\w+", said.casefold())) - _GENERIC
    own = (each for each in ids if words or each.startswith("LicenseRef-"))  # Apache is nobody's "Model License"
    return any(words <= set(re.findall(r"\w+", f"{each} {catalog.get(each).name}".casefold())) for each in own)


def _limited(license_id: LicenseId) -> bool:
    """Return whether a license itself limits commercial use, so that a card which says so adds nothing."""
    terms = catalog.whole(license_id).terms
    decided = {g.decision for g in terms.grants if Action.USE_COMMERCIALLY in g.actions}
    return bool(terms.conditions or decided & {Decision.PROHIBITED, Decision.CONDITIONAL, Decision.UNKNOWN})


def _evidence(said: ProseStatement, artifact: Artifact, readme: TextFile) -> Evidence:
    return evolve(
        said.evidence, method=Method.PROSE, artifact=artifact.ref, path=readme.path, confidence=Confidence.MEDIUM
    )
