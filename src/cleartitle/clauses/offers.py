"""Grants of what is not copying: hosting, training, outputs, sublicensing and patents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from cleartitle.clauses.commerce import Commerce
from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document
from cleartitle.clauses.partly import for_some, opposed
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hit, Hits
from cleartitle.vocabulary.conditions import Asked
from cleartitle.vocabulary.terms import Condition, Grant
from cleartitle.vocabulary.words import Action, Decision, Effect, Purpose

_BY_SOME = shape("grants.by-some")
_AMONG = shape("grants.among")
_EXCEPTED = shape("offers.excepted")
"""What a ban of hosting leaves open: the licensee's own application."""
_EITHER = shape("offers.either")
_IF_FREE = shape("offers.if-free")
"""Hosting for nothing, or below a sum, and not beyond."""
_HEDGED = shape("offers.hedged")
"""A condition on the sale of outputs that is not merely to keep to the license or the law."""
_BOUND = shape("offers.bound")
"""What those must do who may train models on outputs: "..., but these models must carry our name"."""
_SUBLICENSED = shape("offers.sublicensed")
"""Those to whom alone a license may be passed on, or how."""
_BY_SHARING = re.compile(r"\bdistribut|分发")


def offers(document: Document, hits: Hits, commercial: Commerce, *, shared: bool) -> Iterator[Grant]:
    """Yield what the text decides about sublicensing, patents, hosting, training and outputs.

    *shared* says whether the model may be passed on: hosting that is named only as a kind of that needs it.
    """
    yield from _sublicensing(document, hits)
    yield from _worded(
        document, hits, Action.PRACTICE_PATENTS, allowed="patents-granted", denied="patents-excluded", denial_wins=False
    )
    yield from _hosting(document, hits, commercial, shared=shared)
    yield from _training(document, hits)
    yield from _outputs(document, hits, commercial)


def _sublicensing(document: Document, hits: Hits) -> Iterator[Grant]:
    granted = hits.get("signal.sublicense-granted", ())
    some = [h for h in granted if _SUBLICENSED.match(h.passage.text, h.start)]
    if some and len(some) == len(granted) and "signal.sublicense-denied" not in hits:
        yield conditional(document, Action.SUBLICENSE, some[0], "Is the sublicensee among those the text names?")
    else:
        yield from _worded(document, hits, Action.SUBLICENSE, denied="sublicense-denied", allowed="sublicense-granted")


def _worded(
    document: Document, hits: Hits, action: Action, *, allowed: str, denied: str, denial_wins: bool = True
) -> Iterator[Grant]:
    yes, no = hits.get(f"signal.{allowed}", ()), hits.get(f"signal.{denied}", ())
    if no and (denial_wins or not yes):
        yield decided(document, action, Decision.PROHIBITED, no[0])
    elif yes:
        yield decided(document, action, Decision.ALLOWED, yes[0])


def _hosting(document: Document, hits: Hits, commercial: Commerce, *, shared: bool) -> Iterator[Grant]:
    allowed, banned = hits.get("signal.host-allowed", ()), hits.get("signal.host-banned", ())
    some = hits.get("signal.host-conditional", ())
    some += tuple(h for h in banned if _for_some(h) or opposed(h))
    some += tuple(h for h in allowed if not banned and for_some(document, h))
    some += tuple(h for h in banned if h not in some and _EXCEPTED.search(h.passage.text, h.start))
    if commercial.decision is not Decision.PROHIBITED:
        some += tuple(h for h in allowed if not banned and _IF_FREE.search(h.passage.text, h.start))
    banned = tuple(h for h in banned if h not in some)
    trade = hits.get("signal.host-commercial", ())
    if trade and commercial.decision is Decision.PROHIBITED:
        banned += trade
    elif trade and commercial.decision is Decision.CONDITIONAL:
        some += trade
    outside = hits.get("signal.host-outside-purpose", ())
    if banned:
        yield decided(document, Action.HOST, Decision.PROHIBITED, banned[0])
    elif some:
        yield conditional(document, Action.HOST, some[0], "Is the service within what the text lets one host?")
    elif allowed and (shared or not _BY_SHARING.search(allowed[0].said)):
        yield decided(document, Action.HOST, Decision.ALLOWED, allowed[0])
    elif allowed:
        found = decided(document, Action.HOST, Decision.UNKNOWN, allowed[0])
        yield evolve(found, note="it counts as handing on, which is not plainly allowed")
    elif outside:
        yield decided(document, Action.HOST, Decision.PROHIBITED, outside[0])


def _for_some(hit: Hit) -> bool:
    """Tell whether hosting is barred to some, or as one of the commercial uses."""
    text = hit.passage.text
    some = _BY_SOME.search(text) and not _EITHER.search(text)
    return bool(some or _AMONG.search(hit.passage.before(hit.start)[-160:]))


def _training(document: Document, hits: Hits) -> Iterator[Grant]:
    banned, some = hits.get("signal.training-banned", ()), hits.get("signal.training-limited", ())
    allowed = hits.get("signal.training-allowed", ())
    if "derivative.trained-on-outputs" not in hits:
        allowed += hits.get("signal.outputs-no-derivative", ())
    some += tuple(h for h in (*banned, *allowed) if opposed(h))
    marked = {h.passage for h in hits.get("signal.training-marked", ())}
    bound = (h for h in allowed if h.passage in marked or _BOUND.search(h.passage.text, h.end))
    some += tuple(h for h in allowed if for_some(document, h) or _HEDGED.search(h.passage.text)) + tuple(bound)
    banned = tuple(h for h in banned if h not in some)
    if banned:
        yield decided(document, Action.TRAIN_OTHER_MODELS, Decision.PROHIBITED, banned[0])
    elif some:
        yield conditional(
            document, Action.TRAIN_OTHER_MODELS, some[0], "Does the trained model compete, or serve commerce?"
        )
    elif allowed:
        yield decided(document, Action.TRAIN_OTHER_MODELS, Decision.ALLOWED, allowed[0])


def _outputs(document: Document, hits: Hits, commercial: Commerce) -> Iterator[Grant]:
    action = Action.USE_OUTPUTS_COMMERCIALLY
    allowed, banned = hits.get("signal.outputs-allowed", ()), hits.get("signal.outputs-banned", ())
    owned = next((h for o in ("licensee", "disclaimed") for h in hits.get(f"outputs.{o}", ())), None)
    bound = next(iter(hits.get("signal.outputs-bound", ())), None)
    some = [*(h for h in allowed if for_some(document, h)), *(h for h in banned if opposed(h))]
    whose = [owned] if owned and not banned and commercial.decision is not Decision.PROHIBITED else []
    some += [h for h in (*allowed, *whose) if _HEDGED.search(h.passage.text)]
    if some:
        yield conditional(document, action, some[0], "Is the user among those who may sell the outputs?")
    elif allowed and banned:
        yield decided(document, action, Decision.UNKNOWN, allowed[0], banned[0])
    elif banned:
        yield decided(document, action, Decision.PROHIBITED, banned[0])
    elif allowed:
        yield decided(document, action, Decision.ALLOWED, allowed[0])
    elif hit := owned or bound:
        if commercial.starts_free and not (bound and commercial.decision is Decision.CONDITIONAL):
            yield decided(document, action, Decision.ALLOWED, hit)
        elif commercial.decision is Decision.CONDITIONAL:
            yield conditional(document, action, hit, "Is commercial use of the model itself unlocked?")
        elif commercial.decision is Decision.PROHIBITED:
            yield decided(document, action, Decision.PROHIBITED if bound else Decision.UNKNOWN, hit)


def decided(document: Document, action: Action, decision: Decision, *found: Hit, general: bool = False) -> Grant:
    """Return a grant or a ban of an act with the words that say so."""
    note = "the text both grants and forbids it" if decision is Decision.UNKNOWN else ""
    return Grant(
        actions=frozenset({action}),
        decision=decision,
        general=general,
        note=note,
        section=found[0].passage.section,
        evidence=tuple(evidence(document, h.passage, h.start, h.end) for h in found),
    )


def conditional(document: Document, action: Action, hit: Hit, question: str) -> Grant:
    """Return a grant that holds if the answer to *question* is yes."""
    quote = (evidence(document, hit.passage, hit.start, hit.end),)
    condition = Condition(
        when=Asked(question=question), effect=Effect.UNLOCKS, section=hit.passage.section, evidence=quote
    )
    return Grant(
        actions=frozenset({action}),
        decision=Decision.CONDITIONAL,
        purposes=frozenset({Purpose.COMMERCIAL}) if action is Action.USE_OUTPUTS_COMMERCIALLY else frozenset(),
        conditions=(condition,),
        section=hit.passage.section,
        evidence=quote,
    )
