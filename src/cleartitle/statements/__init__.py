"""License statements of an artifact, strongest first, and what is concluded from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleartitle.catalog import has
from cleartitle.files import is_legal
from cleartitle.identification import license_of
from cleartitle.statements.declared import declared
from cleartitle.statements.headers import default, headed
from cleartitle.statements.spoken import joined, spoken
from cleartitle.statements.unknowns import has_unknown, marked
from cleartitle.texts import stated
from cleartitle.vocabulary.artifact import Artifact, Origin, TextFile
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.reference import Scheme
from cleartitle.vocabulary.statement import (
    Covers,
    Every,
    Expression,
    One,
    Statement,
    Statements,
    Unclear,
    Unknown,
    licenses,
    render,
)

if TYPE_CHECKING:
    from cleartitle.card import Card, Scalar

_WEIGHTS = re.compile(r"model|weight|checkpoint", re.IGNORECASE)
_CODE = re.compile(r"code", re.IGNORECASE)
_DATA = re.compile(r"data", re.IGNORECASE)
_NOT_TERMS = re.compile(r"notice|copyright", re.IGNORECASE)
_POLICY = re.compile(r"policy|aup|acceptable|prohibited", re.IGNORECASE)
_MODEL = (Covers.WEIGHTS, Covers.PROJECT)
MODELSCOPE_DEFAULTS = frozenset({"apache license 2.0", "apache-2.0"})
"""What the tool for making a repository on ModelScope declares where the publisher says nothing."""
_LONG = 1000
"""Characters from which a gate's prompt can be a whole license."""


def conclude(artifact: Artifact, card: Card | None) -> Statements:
    """Return all license statements about *artifact* and the conclusion about its weights.

    A license text outranks the card, the card outranks what a file's header, the Hub or the atlas says. Where they name
    different licenses the conclusion is unclear, and holds only what holds under all of them. What a tool wrote
    whatever the base is no declaration.
    """
    files, readings = _read(artifact)
    texts = [*files, *_prompt(artifact, card)]
    carded = [s for s in (_card(artifact, card), _remembered(artifact), _tagged(artifact)) if s is not None][:1]
    heads = list(headed(artifact))
    about = [s for s in texts if s.covers is Covers.WEIGHTS] or [s for s in texts if s.covers is Covers.PROJECT]
    said = [s.expression for s in (*carded, *heads) if not s.tool_default and s.covers in _MODEL]
    concluded, disagree = _conclude([s.expression for s in about], said, _none(carded))
    prose = list(spoken(artifact, concluded))
    concluded, against = joined(concluded, [s.expression for s in prose if s.covers in _MODEL])
    return Statements(
        declared=(*texts, *carded, *prose, *heads),
        concluded=concluded,
        disagree=disagree or against,
        readings=readings,
    )


def _none(carded: list[Statement]) -> Unknown:
    """Return what is concluded where nobody declares a license."""
    written = next((s for s in carded if s.tool_default), None)
    if written is None:
        return Unknown(reason="no license is declared: no card, tag or license file names one")
    said = render(written.expression)
    reason = f"the only license is {written.evidence.quote!r}, which a tool wrote whatever the base: nobody chose it"
    return Unknown(reason=reason, said=said, settle="the license that the publisher means")


def _conclude(texts: list[Expression], said: list[Expression], none: Unknown) -> tuple[Expression, bool]:
    """Return the conclusion from license texts and from what is *said* elsewhere, the strongest first."""
    card, disagree = _together(said) if said else (none, False)
    known = list(dict.fromkeys(t for t in texts if not isinstance(t, Unknown)))
    unread = [t for t in texts if isinstance(t, Unknown)]
    if not texts:
        return card, disagree
    if not known:
        if isinstance(card, Unknown):
            return unread[0], disagree
        return Unclear(of=(card, unread[0]), reason=f"{unread[0].reason}; the card says {render(card)}"), True
    text = known[0] if len(known) == 1 else Every(of=tuple(known))
    if isinstance(card, Unknown) or set(licenses(text)) & set(licenses(card)):
        return text, disagree
    return Unclear(of=(text, card), reason=f"the license text is {render(text)}, the card says {render(card)}"), True


def _together(said: list[Expression]) -> tuple[Expression, bool]:
    """Return the first that is known, and whether another contradicts it; then it holds only what holds under both."""
    known = [s for s in said if not isinstance(s, Unknown)]
    if not known:
        return said[0], False
    first, *rest = known
    against = [s for s in rest if licenses(s) and not set(licenses(first)) & set(licenses(s))]
    if not against:
        return first, False
    others = " and ".join(dict.fromkeys(map(render, against)))
    reason = f"the card says {render(first)}, a file says {others}"
    return Unclear(of=(first, *dict.fromkeys(against)), reason=reason), True


def _read(artifact: Artifact) -> tuple[list[Statement], tuple[License, ...]]:
    """Return a statement for each license file, and what is read in those that the catalog does not know as they stand.

    Notices and use policies are no license of their own.
    """
    found: list[Statement] = []
    readings: list[License] = []
    for file in artifact.texts:
        name = file.path.rpartition("/")[2]
        if not is_legal(file.path) or _NOT_TERMS.search(name) or _POLICY.search(name):
            continue
        expression = stated(file.text, file.path, cut=bool(file.cut))
        if has_unknown(expression):
            from cleartitle.readings import read

            terms = read(file.text, file.path, artifact.ref)
            if isinstance(terms, License):
                readings.append(terms)
                expression = marked(expression, terms.id)
        found.append(_statement(file, artifact, _covers(name), expression))
    return found, tuple(readings)


def _statement(file: TextFile, artifact: Artifact, covers: Covers, expression: Expression) -> Statement:
    text = file.text
    first = next((line for line in text.splitlines() if line.strip()), "")
    start = text.find(first)
    span = Span.of(text, start, start + len(first)) if first else None
    evidence = Evidence(
        method=Method.LICENSE_TEXT, artifact=artifact.ref, path=file.path, span=span, quote=first.strip()[:200]
    )
    return Statement(expression=expression, covers=covers, evidence=evidence)


def _prompt(artifact: Artifact, card: Card | None) -> Iterator[Statement]:
    """Yield a statement where the gate's prompt holds a whole license text."""
    prompt = card.gated_prompt if card else None
    found = license_of(prompt.text) if prompt and len(prompt.text) > _LONG else None
    if prompt and found and has(found):
        quote = next((line for line in prompt.text.splitlines() if line.strip()), "")
        yield Statement(
            expression=One(license=found), covers=Covers.WEIGHTS, evidence=_front(artifact, prompt, quote.strip()[:200])
        )


def _card(artifact: Artifact, card: Card | None) -> Statement | None:
    if card is None:
        return None
    said = card.license or card.stray_licenses
    tags = [v.text for v in said]
    named = card.license_name.text if card.license_name else None
    linked = card.license_link.text if card.license_link else None
    value = next(iter(said), None) or card.license_name or card.license_link
    if value is None:
        return None
    return Statement(
        expression=declared(tags, named, linked),
        covers=Covers.WEIGHTS,
        evidence=_front(artifact, value),
        tool_default=default(card),
    )


def _remembered(artifact: Artifact) -> Statement | None:
    said = artifact.declared
    if said is None or not (said.license or said.license_name or said.license_link):
        return None
    quote = ", ".join(filter(None, (*said.license, said.license_name)))
    evidence = Evidence(
        method=Method.ATLAS if artifact.origin is Origin.ATLAS else Method.LISTING,
        artifact=artifact.ref,
        path=artifact.provenance,
        quote=quote,
        confidence=Confidence.MEDIUM,
    )
    return Statement(
        expression=declared(list(said.license), said.license_name, said.license_link),
        covers=Covers.WEIGHTS,
        evidence=evidence,
        tool_default=_prefilled(artifact),
    )


def _prefilled(artifact: Artifact) -> bool:
    """Whether the license is what the tool of ModelScope declares where the publisher says nothing."""
    said = artifact.declared.license if artifact.declared else ()
    return artifact.ref.scheme is Scheme.MODELSCOPE and {s.casefold() for s in said} <= MODELSCOPE_DEFAULTS


def _tagged(artifact: Artifact) -> Statement | None:
    tags = [t.removeprefix("license:") for t in artifact.tags if t.startswith("license:")]
    if not tags:
        return None
    evidence = Evidence(method=Method.HUB_TAG, artifact=artifact.ref, path="tags", quote=f"license:{tags[0]}")
    return Statement(expression=declared(tags, None, None), covers=Covers.WEIGHTS, evidence=evidence)


def _front(artifact: Artifact, value: Scalar, quote: str | None = None) -> Evidence:
    path = next((t.path for t in artifact.texts if t.path.lower() == "readme.md"), "README.md")
    return Evidence(
        method=Method.FRONT_MATTER,
        artifact=artifact.ref,
        path=path,
        span=value.span,
        quote=value.text if quote is None else quote,
    )


def _covers(name: str) -> Covers:
    if _CODE.search(name):
        return Covers.CODE
    if _DATA.search(name):
        return Covers.DATA
    return Covers.WEIGHTS if _WEIGHTS.search(name) else Covers.PROJECT
