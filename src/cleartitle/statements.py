"""License statements of an artifact, strongest first, and what is concluded from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleartitle.catalog import ids, resolve
from cleartitle.files import is_legal
from cleartitle.identification import license_of
from cleartitle.texts import stated
from cleartitle.vocabulary.artifact import Artifact, Origin, TextFile
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
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
_LONG = 1000
"""Characters from which a gate's prompt can be a whole license."""


def conclude(artifact: Artifact, card: Card | None) -> Statements:
    """Return all license statements about *artifact* and the conclusion about its weights.

    A license text outranks the card, the card outranks what only the Hub or the atlas says. Where text and card
    name different licenses the conclusion is unclear, and holds only what holds under both.
    """
    texts = [*_texts(artifact), *_prompt(artifact, card)]
    carded = [s for s in (_card(artifact, card), _remembered(artifact), _tagged(artifact)) if s is not None][:1]
    every = (*texts, *carded)
    about = [s for s in texts if s.covers is Covers.WEIGHTS] or [s for s in texts if s.covers is Covers.PROJECT]
    concluded, disagree = _conclude([s.expression for s in about], [s.expression for s in carded])
    return Statements(declared=every, concluded=concluded, disagree=disagree)


def _conclude(texts: list[Expression], cards: list[Expression]) -> tuple[Expression, bool]:
    card = cards[0] if cards else Unknown(reason="no license is declared: no card, tag or license file names one")
    known = list(dict.fromkeys(t for t in texts if not isinstance(t, Unknown)))
    unread = [t for t in texts if isinstance(t, Unknown)]
    if not texts:
        return card, False
    if not known:
        if isinstance(card, Unknown):
            return unread[0], False
        return Unclear(of=(card, unread[0]), reason=f"{unread[0].reason}; the card says {render(card)}"), True
    text = known[0] if len(known) == 1 else Every(of=tuple(known))
    if isinstance(card, Unknown) or set(licenses(text)) & set(licenses(card)):
        return text, False
    return Unclear(of=(text, card), reason=f"the license text is {render(text)}, the card says {render(card)}"), True


def _texts(artifact: Artifact) -> Iterator[Statement]:
    """Yield a statement for each license file; notices and use policies are no license of their own."""
    for file in artifact.texts:
        name = file.path.rpartition("/")[2]
        if is_legal(file.path) and not _NOT_TERMS.search(name) and not _POLICY.search(name):
            yield _statement(file, artifact, _covers(name))


def _statement(file: TextFile, artifact: Artifact, covers: Covers) -> Statement:
    text = file.text
    expression = stated(text, file.path, cut=bool(file.cut))
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
    if prompt and found in ids():
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
    return Statement(expression=declared(tags, named, linked), covers=Covers.WEIGHTS, evidence=_front(artifact, value))


def _remembered(artifact: Artifact) -> Statement | None:
    said = artifact.declared
    if said is None or not (said.license or said.license_name or said.license_link):
        return None
    quote = ", ".join(filter(None, (*said.license, said.license_name)))
    evidence = Evidence(
        method=Method.ATLAS if artifact.origin is Origin.ATLAS else Method.HUB_TAG,
        artifact=artifact.ref,
        path=artifact.provenance,
        quote=quote,
        confidence=Confidence.MEDIUM,
    )
    return Statement(
        expression=declared(list(said.license), said.license_name, said.license_link),
        covers=Covers.WEIGHTS,
        evidence=evidence,
    )


def _tagged(artifact: Artifact) -> Statement | None:
    tags = [t.removeprefix("license:") for t in artifact.tags if t.startswith("license:")]
    if not tags:
        return None
    evidence = Evidence(method=Method.HUB_TAG, artifact=artifact.ref, path="tags", quote=f"license:{tags[0]}")
    return Statement(expression=declared(tags, None, None), covers=Covers.WEIGHTS, evidence=evidence)


def declared(tags: list[str], named: str | None, linked: str | None) -> Expression:
    """Return what a card's ``license``, ``license_name`` and ``license_link`` say together.

    ``other`` defers to the name, an unknown name to the link; a name or a link beside another license contradicts it.

    >>> declared(["other"], "llama3.1", None)
    One(license='LicenseRef-Meta-Llama-3.1-Community')
    """
    tag = resolve.several(tags) if tags else resolve.name("")
    candidates = [resolve.name(named)] if named else []
    candidates += [resolve.link(linked)] if linked and "/" in linked else []
    if not isinstance(tag, Unknown):
        others = [c for c in candidates if licenses(c) and not set(licenses(c)) & set(licenses(tag))]
        reason = f"the card says license: {', '.join(tags)}, and names another one beside it"
        return Unclear(of=(tag, *others), reason=reason) if others else tag
    known = [c for c in candidates if isinstance(c, One)] + [c for c in candidates if isinstance(c, Unclear)]
    if known:
        return known[0]
    if named or linked:
        said = named or linked or ""
        settle = f"read {linked}" if linked else f"the text of the license {said!r}, from the publisher"
        return Unknown(reason=f"the catalog knows no license {said!r}", said=said, settle=settle)
    if tags and tag.said and resolve.names_something(tag.said):
        return tag
    reason = f"the card says license: {', '.join(tags)}, without a name, a link or a text" if tags else tag.reason
    return Unknown(reason=reason, said=", ".join(tags), settle="the license text, from the publisher")


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
