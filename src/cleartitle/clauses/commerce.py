"""Commercial use: what limits it, what unlocks it, and what follows when a text does both."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from attrs import evolve, frozen

from cleartitle.clauses.duties import either
from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage
from cleartitle.clauses.needs import has_any
from cleartitle.clauses.places import regions
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hit, Hits
from cleartitle.clauses.thresholds import Found
from cleartitle.vocabulary.conditions import AllOf, Asked, HasAgreement, Test
from cleartitle.vocabulary.terms import Condition, Grant
from cleartitle.vocabulary.words import Action, AgreementKind, Decision, Effect, Purpose, Topic

_COMMERCE = frozenset({Action.USE_COMMERCIALLY})
_OUTPUT_ONLY = shape("commerce.output-only")
_CONDITIONAL = shape("commerce.conditional")
_BY_SIZE = shape("commerce.by-size")
_DOUBT = shape("commerce.doubt")
_TRADE = shape("commerce.trade")
"""Who trades, and what for: a sentence of this that no pattern reads may say that they may not."""
_NO_TRADE = shape("commerce.no-trade")
_TOUCHY: tuple[str, ...] = (
    "commerc",
    "research",
    "evaluat",
    "academ",
    "educat",
    "trial",
    "demonstrat",
    "testing",
    "production",
)
_TOUCHY += (
    "development purposes",
    "personal",
    "internal",
    "profit",
    "monetiz",
    "revenue",
    "no other",
    " other use",
    " other purpose",
    " not expressly ",
    " not listed",
    "other than those",
    "other than the ones",
    "未列",
    "未提及",
    "未明确",
    " not set ",
    "learning",
    "reference",
    "study",
    "hobby",
    "compan",
    "paid",
    "not mentioned",
    "商",
    "利",
    "仅",
)
"""What every sentence has that may limit commerce: looked for first, since that is fast."""
_NO_DOUBT = shape("commerce.no-doubt")
_DISCLAIMING = shape("scan.disclaiming")
_LICENSE = shape("commerce.license")
_BY_FORM = shape("commerce.by-form")
"""Names of licenses that are no licenses beside a form: "the license application form"."""
_NO_GRANT = shape("commerce.no-grant")
_NO_CHARGE = shape("commerce.no-charge")
_HEDGED = shape("commerce.hedged")
"""With this, a sentence that welcomes commerce may welcome some of it only."""
_OTHERS = shape("commerce.others")
"""Who does not fit: beside a figure, those whom the figure shuts out."""
_SOME_ONLY = frozenset({"kinds-shut-out", "kinds-shut-out-zh", "other-hardware-shut-out"})
"""Patterns of sentences that forbid commerce to some kinds of users, or on some hardware, and to nobody else."""


@frozen(kw_only=True)
class Commerce:
    """What the text says of commercial use: a decision with its clauses, and what the size of the user changes."""

    grants: tuple[Grant, ...]
    conditions: tuple[Condition, ...]
    decision: Decision

    starts_free: bool = False
    """Whether commercial use is granted from the start, if only below a size."""
    named: bool = False
    """Whether commerce is granted by that word."""


def commerce(document: Document, hits: Hits, limits: tuple[Found, ...], granted: Hit | None) -> Commerce:
    """Return what follows from everything the text says about commercial use."""
    narrow = (*hits.get("signal.noncommercial", ()), *hits.get("signal.commerce-banned", ()))
    sizes = {found.passage for found in limits}
    narrow = tuple(h for h in narrow if not _about_outputs(h) and h.passage not in sizes)
    narrow = tuple(h for h in narrow if not (limits and _BY_SIZE.search(h.passage.text)))
    some = {h.passage for term in _QUESTIONS for h in hits.get(term, ()) if h.compiled.pattern.name in _SOME_ONLY}
    narrow = tuple(h for h in narrow if h.passage not in some)
    narrow += hits.get("signal.nonproduction-grant", ()) if not limits else ()
    registered = hits.get("signal.commerce-registered", ()) or (() if narrow else hits.get("signal.application", ()))
    licensed = hits.get("signal.commerce-licensed", ())
    welcome = tuple(h for h in hits.get("signal.commerce-granted", ()) if not _about_outputs(h))
    sized = tuple(f for f in limits if f.effect is not Effect.ADDS_DUTY)
    below = tuple(f for f in sized if f.effect is Effect.UNLOCKS)
    conditions = tuple(_condition(document, f) for f in sized if f.effect is not Effect.UNLOCKS)
    conditions += tuple(_asked(document, hits, sized))
    agreements = _agreements(registered, _apart(hits, licensed), sized)
    if narrow and not registered and not below and not (welcome and sized) and not _small_free(hits, sized):
        return _narrow(document, narrow, licensed, welcome, conditions)
    asked = {h.passage for h in (*registered, *licensed)}
    free = any(h.passage not in asked for h in welcome) or not (narrow or registered)
    if registered or below or (licensed and AgreementKind.SEPARATE_LICENSE in agreements):
        found = _unlocked(document, (*registered, *licensed), below, conditions, agreements)
        return evolve(found, starts_free=free)
    if granted and _NO_GRANT.search(granted.passage.text):
        granted = next((h for h in hits["signal.grant"] if not _NO_GRANT.search(h.passage.text)), None)
    if not granted and not welcome:
        return Commerce(grants=(), conditions=conditions, decision=Decision.SILENT)
    if hits.get("signal.reference-only") and not welcome:
        return _unknown(
            document, hits["signal.reference-only"][0], "a free grant beside a sentence that narrows its purpose"
        )
    anything = hits.get("signal.any-purpose", ())
    hit = welcome[0] if welcome else anything[0] if anything else granted
    grants = (_grant(document, hit, Decision.ALLOWED),) if hit else ()
    inside = hits.get("signal.commerce-internal", ())
    if inside and not welcome:
        return _inside(document, inside[0], conditions)
    decision = Decision.CONDITIONAL if conditions else Decision.ALLOWED
    return Commerce(grants=grants, conditions=conditions, decision=decision, starts_free=True, named=bool(welcome))


def _inside(document: Document, hit: Hit, conditions: tuple[Condition, ...]) -> Commerce:
    """Return what follows where only the licensee's own business may use it."""
    quote = (evidence(document, hit.passage, hit.start, hit.end),)
    asked = Condition(
        when=Asked(question="Is it used for your own internal business only?", about=Topic.FIELD_OF_USE),
        effect=Effect.UNLOCKS,
        section=hit.passage.section,
        evidence=quote,
    )
    grant = Grant(
        actions=_COMMERCE,
        decision=Decision.CONDITIONAL,
        conditions=(asked,),
        section=hit.passage.section,
        evidence=quote,
    )
    return Commerce(grants=(grant,), conditions=conditions, decision=Decision.CONDITIONAL, starts_free=True)


def doubted(document: Document, found: Commerce, figure: Passage | None) -> Commerce:
    """Return *found*, but never allowed where words, or a figure of size, may limit it and could not be read."""
    if found.decision is not Decision.ALLOWED:
        return found
    read = {e.span.start for g in found.grants for e in g.evidence if e.span}
    note = "a figure that may limit who can use it could not be read"
    if figure is None and not found.named:
        figure = next((p for p in document.passages if p.start not in read and _doubtful(p.text)), None)
        note = "words that may limit commercial use could not be read"
    if figure is None and found.named:
        figure = next((p for p in document.passages if p.start in read and _HEDGED.search(p.text)), None)
        note = "words that welcome commercial use may welcome some of it only"
        figure = figure or next((p for p in document.passages if _NO_CHARGE.search(p.text)), None)
    if figure is None:
        return found
    grant = Grant(
        actions=_COMMERCE,
        decision=Decision.UNKNOWN,
        section=figure.section,
        note=note,
        evidence=(evidence(document, figure),),
    )
    return evolve(found, grants=(grant,), decision=Decision.UNKNOWN)


def _doubtful(text: str) -> bool:
    """Tell whether a sentence may limit commerce."""
    limited = has_any(_TOUCHY, text) and _DOUBT.search(text)
    if not limited and (not _TRADE.search(text) or _NO_TRADE.search(text)):
        return False
    return not _NO_DOUBT.search(text) and not _DISCLAIMING.search(text)


def _about_outputs(hit: Hit) -> bool:
    """Tell whether a sentence limits the outputs alone."""
    said = hit.passage.text[: hit.end]
    return bool(
        re.search(
            r"(?:use|using|sell|exploit)\w* (?:the |any |of the )?(?:outputs?|results|generated)\b[^.;]{0,160}$", said
        )
    )


def _small_free(hits: Hits, sized: tuple[Found, ...]) -> bool:
    """Tell whether the sentence that grants lets all but the large, before it narrows anything."""
    granting = {h.passage for h in hits.get("signal.grant", ())}
    narrow = {(h.passage, h.start) for h in hits.get("signal.noncommercial", ())}
    large = (f for f in sized if f.to_license and f.effect is Effect.SUSPENDS and f.passage in granting)
    return any(all(passage != f.passage or start > f.start for passage, start in narrow) for f in large)


def _apart(hits: Hits, licensed: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return what sends all commerce to another agreement, not only those whom the same sentence shuts out."""
    shut = {h.passage for term in _QUESTIONS for h in hits.get(term, ())}
    return tuple(h for h in licensed if h.passage not in shut)


def _agreements(
    registered: tuple[Hit, ...], licensed: tuple[Hit, ...], sized: tuple[Found, ...]
) -> frozenset[AgreementKind]:
    passages = {f.passage for f in sized}
    kinds = {AgreementKind.REGISTRATION} if registered else set()
    open_above = any(f.to_license or f.effect is not Effect.UNLOCKS for f in sized)
    forms = {h.passage for h in registered}
    licensed = tuple(h for h in licensed if not forms or not _for_form(h, forms))
    licensed = tuple(h for h in licensed if not (sized and _BY_SIZE.search(h.passage.text)))
    if any(h.passage not in passages for h in licensed) and not open_above:
        kinds.add(AgreementKind.SEPARATE_LICENSE)
    return frozenset(kinds)


def _for_form(hit: Hit, forms: set[Passage]) -> bool:
    """Tell whether what is said of a license is only that a form leads to it."""
    left = _BY_FORM.sub("", hit.passage.text)
    return not _LICENSE.search(left) and (hit.passage in forms or left != hit.passage.text)


def _narrow(
    document: Document,
    narrow: tuple[Hit, ...],
    licensed: tuple[Hit, ...],
    welcome: tuple[Hit, ...],
    conditions: tuple[Condition, ...],
) -> Commerce:
    lifted = frozenset({AgreementKind.SEPARATE_LICENSE}) if licensed else frozenset()
    quotes = tuple(evidence(document, h.passage, h.start, h.end) for h in (*narrow[:2], *welcome[:1]))
    if licensed:
        quotes = (evidence(document, licensed[0].passage, licensed[0].start, licensed[0].end), *quotes)
    grant = Grant(
        actions=_COMMERCE,
        decision=Decision.PROHIBITED,
        purposes=frozenset({Purpose.COMMERCIAL}),
        lifted_by=lifted,
        section=narrow[0].passage.section,
        evidence=quotes,
        note="a sentence that welcomes commercial use stands beside the limit; the limit holds" if welcome else "",
    )
    return Commerce(grants=(grant,), conditions=conditions, decision=Decision.PROHIBITED)


def _unlocked(
    document: Document,
    asked: tuple[Hit, ...],
    below: tuple[Found, ...],
    conditions: tuple[Condition, ...],
    agreements: frozenset[AgreementKind],
) -> Commerce:
    unlocks = [*_unlocks(document, asked, below, agreements)]
    if not unlocks:
        return Commerce(grants=(), conditions=conditions, decision=Decision.CONDITIONAL)
    grant = Grant(
        actions=_COMMERCE,
        decision=Decision.CONDITIONAL,
        purposes=frozenset({Purpose.COMMERCIAL}),
        conditions=tuple(unlocks),
        section=unlocks[0].section,
        evidence=unlocks[0].evidence,
    )
    return Commerce(grants=(grant,), conditions=conditions, decision=Decision.CONDITIONAL)


def _unlocks(
    document: Document, asked: tuple[Hit, ...], below: tuple[Found, ...], agreements: frozenset[AgreementKind]
) -> Iterator[Condition]:
    for kind in sorted(agreements):
        wanted = kind is AgreementKind.SEPARATE_LICENSE
        hit = next(h for h in asked if (h.term == "signal.commerce-licensed") is wanted)
        yield Condition(
            when=HasAgreement(agreements=frozenset({kind})),
            effect=Effect.UNLOCKS,
            section=hit.passage.section,
            evidence=(evidence(document, hit.passage, hit.start, hit.end),),
        )
    for found in below:
        when: Test = found.thresholds[0] if len(found.thresholds) == 1 else AllOf(tests=found.thresholds)
        yield Condition(
            when=when,
            effect=Effect.UNLOCKS,
            lifted_by=frozenset({AgreementKind.SEPARATE_LICENSE}) if found.to_license else frozenset(),
            section=found.passage.section,
            evidence=(evidence(document, found.passage, found.start, found.end),),
        )


def _condition(document: Document, found: Found) -> Condition:
    return Condition(
        when=either(found),
        effect=found.effect,
        actions=_COMMERCE if "commercial" in found.passage.text or "商" in found.passage.text else frozenset(),
        lifted_by=frozenset({AgreementKind.SEPARATE_LICENSE}) if found.to_license else frozenset(),
        section=found.passage.section,
        evidence=(evidence(document, found.passage, found.start, found.end),),
    )


_QUESTIONS = {
    "signal.organization-limited": (Topic.ORGANIZATION, "Is the licensee one of those whom the text shuts out?"),
    "signal.field-limited": (Topic.FIELD_OF_USE, "Is the use within what the text lets one use it for?"),
    "signal.combination-limited": (Topic.COMBINATION, "Is it used otherwise than together with what the text names?"),
}


def _asked(document: Document, hits: Hits, sized: tuple[Found, ...]) -> Iterator[Condition]:
    """Yield the limits that only a person can judge: who the licensee is, what the model is used with."""
    for term, (topic, question) in _QUESTIONS.items():
        found = (h for h in hits.get(term, ()) if not (sized and _OTHERS.search(h.said)))
        found = (h for h in found if topic is not Topic.FIELD_OF_USE or not regions(h.said))
        for hit in itertools.islice(found, 1):
            yield Condition(
                when=Asked(question=question, about=topic),
                effect=Effect.SUSPENDS,
                section=hit.passage.section,
                evidence=(evidence(document, hit.passage, hit.start, hit.end),),
            )


def _grant(document: Document, hit: Hit, decision: Decision) -> Grant:
    return Grant(
        actions=_COMMERCE,
        decision=decision,
        section=hit.passage.section,
        evidence=(evidence(document, hit.passage, hit.start, hit.end),),
    )


def _unknown(document: Document, hit: Hit, why: str) -> Commerce:
    grant = Grant(
        actions=_COMMERCE,
        decision=Decision.UNKNOWN,
        section=hit.passage.section,
        note=why,
        evidence=(evidence(document, hit.passage, hit.start, hit.end),),
    )
    return Commerce(grants=(grant,), conditions=(), decision=Decision.UNKNOWN)
