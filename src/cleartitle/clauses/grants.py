"""Grants: which acts a text allows, forbids or leaves open."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from cleartitle.clauses import net
from cleartitle.clauses.commerce import Commerce
from cleartitle.clauses.language import Shape, shape
from cleartitle.clauses.layout import Document
from cleartitle.clauses.offers import conditional, decided, offers
from cleartitle.clauses.partly import for_some, opposed
from cleartitle.clauses.scan import Hit, Hits, barred
from cleartitle.vocabulary.conditions import Threshold
from cleartitle.vocabulary.terms import Grant
from cleartitle.vocabulary.words import Action, Decision

_VERBS = (
    (Action.USE, shape("grants.verbs-use")),
    (Action.MODIFY, shape("grants.verbs-modify")),
    (Action.REDISTRIBUTE, shape("grants.verbs-redistribute")),
    (Action.DISTRIBUTE_DERIVATIVES, shape("grants.verbs-distribute-derivatives")),
)
_BAN = shape("grants.ban")
_LESSER = shape("grants.lesser")
_LESSER_BEFORE = shape("grants.lesser-before")
_SERVED = shape("grants.served")
"""What makes a service of providing: 作为接口提供给第三方."""
_BANNED_VERBS = (
    (
        Action.MODIFY,
        shape("grants.banned-verbs-modify"),
    ),
    (
        Action.REDISTRIBUTE,
        shape("grants.banned-verbs-redistribute"),
    ),
)
_CONSENTED_VERBS = (
    (Action.MODIFY, shape("grants.consented-verbs-modify")),
    (Action.REDISTRIBUTE, shape("grants.consented-verbs-redistribute")),
)
_BEFORE = 8
"""Characters before what needs a consent in which its verb may stand: 产生衍生, "create a derivative"."""
_LESS_SHARED = shape("grants.less-shared")
_LINK = shape("grants.link")
_COORDINATED = shape("grants.coordinated")
_OBJECT = shape("grants.object")
_OBJECT_NEXT = shape("grants.object-next")
_NEXT_ACT = shape("grants.next-act")
_TAKEN_APART = re.compile(r"decompil|disassembl|reverse[- ]engineer")
"""Who may not take a thing apart may not do the acts beside it to that thing either."""
_NOT_OBJECT = shape("grants.not-object")
_QUALIFIED = shape("grants.qualified")
_DERIVATIVE_ONLY = shape("grants.derivative-only")
_COMMERCIAL_ONLY = shape("grants.commercial-only")
_DEFINED = re.compile(
    r"[^A-Z.;]{0,90}?\b(?:the|any|such|of|an?|your|our)(?: [a-z-]+){0,2} "
    r"(?!Agreement|Licen[cs]e|Terms|Licensor|Confidential|Notice|Trademark|Mark|Content|Output|Feedback|Intellectual)[A-Z][A-Za-z-]+"
)
"""A term with a capital, as licenses write what they define."""
_CHANGES = re.compile(
    r"modif|chang|adapt|deriv|alter|tun|train|edit|version|differ|quanti|merg|convert|original|改|变|衍|调|演绎"
)
"""One of these stands where changes must be told: where a machine must be told as the author, none does."""
_EXCEPT = re.compile(r"\b(?:except|unless|other than)\b|除")
_ELSE = shape("grants.else")
_BY_LINK = shape("grants.by-link")
_ORIGINAL = shape("grants.original")
_DERIVATIVE = shape("grants.derivative")
_WITH_MODEL = shape("grants.with-model")
_CONSENT = shape("grants.consent")
_OF_DERIVATIVES = shape("grants.of-derivatives")
_SHARED_MODEL = re.compile(
    r"(?:distribut|shar|publish|transfer|provid|convey)\w* (?:\w+ ){0,4}?(?:weights|model|checkpoint)|(?:模型|权重)"
)
_AMONG_THOSE = "Is the one who does it, or for whom it is done, among those the text lets?"
_SHARED_ACTS = frozenset({Action.MODIFY, Action.REDISTRIBUTE, Action.DISTRIBUTE_DERIVATIVES})
_CHINESE = re.compile("[\u3400-\u9fff]")
_FOR_PURPOSE = shape("grants.for-purpose")


def granted(hits: Hits) -> Hit | None:
    """Return the first grant that names acts and has no purpose limit of its own, or else any."""
    found = [h for h in hits.get("signal.grant", ()) if _acts(h)]
    limited = {h.passage for term in ("signal.noncommercial", "signal.commerce-banned") for h in hits.get(term, ())}
    return next((h for h in found if h.passage not in limited), next(iter(found), None))


def grants(document: Document, hits: Hits, commercial: Commerce) -> Iterator[Grant]:
    """Yield what the text decides about each act; what limits it and was not read makes it unknown."""
    known = commercial.decision is not Decision.ALLOWED
    sized = [c for c in commercial.conditions if isinstance(c.when, Threshold)]
    yield from commercial.grants if known else net.doubted(document, hits, commercial.grants, sized)
    yield from net.doubted(document, hits, _decided(document, hits, commercial), sized)


def _decided(document: Document, hits: Hits, commercial: Commerce) -> Iterator[Grant]:
    """Yield what the patterns decide about each act."""
    allowed = _allowed(hits)
    limited = _limited(document, hits, allowed)
    banned = _banned(hits)
    if Action.MODIFY in banned.keys() - limited.keys():  # nobody has derivatives of what may not be changed
        limited = {a: h for a, h in limited.items() if a is not Action.DISTRIBUTE_DERIVATIVES}
    allowed = {action: hit for action, hit in allowed.items() if action not in limited}
    for action, hit in banned.items():
        known = allowed.get(action)
        if known and known.term == "signal.grant" and _spared(action, hit):
            continue
        allowed.pop(action, None)
        known = known if known and _conflict(action, known, hit) else None
        decision = Decision.UNKNOWN if known else Decision.PROHIBITED
        if not known and action not in limited and opposed(hit):
            yield conditional(document, action, hit, _AMONG_THOSE)
        elif action not in limited:
            yield decided(document, action, decision, *(h for h in (hit, known) if h))
    for action, hit in limited.items():
        yield conditional(document, action, hit, _AMONG_THOSE)
    first = granted(hits)
    for action, hit in allowed.items():
        yield decided(document, action, Decision.ALLOWED, hit, general=hit is first and action is Action.USE)
    yield from offers(document, hits, commercial, shared=Action.REDISTRIBUTE in allowed)


def _limited(document: Document, hits: Hits, allowed: Mapping[Action, Hit]) -> dict[Action, Hit]:
    """Return the acts that some may do, or only for some."""
    found: dict[Action, Hit] = {}
    for hit in hits.get("signal.distribution-limited", ())[:1]:
        acts = [Action.DISTRIBUTE_DERIVATIVES]
        if not _DERIVATIVE_ONLY.search(hit.said):
            acts.insert(0, Action.REDISTRIBUTE)
        for action in acts:
            if action in allowed:
                found[action] = hit
    for hit in hits.get("signal.sharing-limited", ()):
        for action in _shared_things(hit.passage.text):
            found.setdefault(action, hit)
    for hit in hits.get("signal.derivatives-limited", ())[:1]:
        found.setdefault(Action.DISTRIBUTE_DERIVATIVES, hit)
    for hit in hits.get("signal.some-may", ()):
        for action in _SHARED_ACTS.intersection(_named(hit.passage.text)):
            found.setdefault(action, hit)
    for action, hit in allowed.items():
        if action in _SHARED_ACTS and for_some(document, hit):
            found.setdefault(action, hit)
    return found


def _shared_things(text: str) -> tuple[Action, ...]:
    """Return which acts a sentence is about that says with whom something may be shared."""
    if _DERIVATIVE.search(text) and not _WITH_MODEL.search(text):
        return (Action.DISTRIBUTE_DERIVATIVES,)
    if _ORIGINAL.search(text):
        return (Action.REDISTRIBUTE,)
    return (Action.REDISTRIBUTE, Action.DISTRIBUTE_DERIVATIVES)


def _spared(action: Action, hit: Hit) -> bool:
    """Tell whether what is granted by name is outside a ban: of all but what is granted, or of the original alone."""
    text = hit.passage.text
    return bool(_ELSE.search(text)) or (action is Action.DISTRIBUTE_DERIVATIVES and bool(_ORIGINAL.search(text)))


def _conflict(action: Action, granted: Hit, banned: Hit) -> bool:
    """Tell whether an act is granted by its name and forbidden elsewhere; what something presupposes is no grant."""
    return (
        granted.term == "signal.grant"
        and action in _acts(granted)
        and granted.passage != banned.passage
        and banned.term != "signal.derivatives-unshared"
    )


def _acts(hit: Hit) -> dict[Action, Hit]:
    passive = hit.said.endswith(("permitted", "allowed", "granted"))
    return dict.fromkeys(_named(hit.passage.text[0 if passive else hit.start :]), hit)


@functools.lru_cache(maxsize=2000)
def _named(text: str) -> tuple[Action, ...]:
    """Return the acts that *text* names before it forbids anything."""
    ban = _BAN.search(text, 4 if _CHINESE.search(text) else 12)
    text = text[: ban.start()] if ban else text
    return tuple(action for action, verbs in _VERBS if _names(action, verbs, text))


def _names(action: Action, verbs: Shape, text: str) -> bool:
    """Tell whether a verb of an act is there; to pass on derivatives, or parts, is not to pass on the whole."""
    found = verbs.finditer(text)
    return any(action is not Action.REDISTRIBUTE or not _lesser(text, verb) for verb in found)


def _lesser(text: str, verb: re.Match[str]) -> bool:
    """Tell whether what a verb of sharing shares is a derivative or a part alone, named behind it or before it."""
    return bool(_LESSER.match(text, verb.end()) or _LESSER_BEFORE.search(text, 0, verb.start()))


def _allowed(hits: Hits) -> dict[Action, Hit]:
    """Return the acts that are granted by name, or presupposed by a duty or definition."""
    found: dict[Action, Hit] = {}
    for hit in hits.get("signal.grant", ()):
        for action in _acts(hit):
            found.setdefault(action, hit)
    for action, term in (
        (Action.MODIFY, "signal.modification-allowed"),
        (Action.REDISTRIBUTE, "signal.distribution-allowed"),
        (Action.DISTRIBUTE_DERIVATIVES, "signal.derivatives-allowed"),
    ):
        for hit in hits.get(term, ())[:1]:
            found.setdefault(action, hit)
    known = "signal.grant" in hits
    for action, term in (
        (Action.MODIFY, "duty.state-changes"),
        (Action.MODIFY, "signal.passing-on-derivatives"),
        (Action.MODIFY, "signal.derivatives-known"),
        (Action.REDISTRIBUTE, "signal.passing-on"),
        (Action.REDISTRIBUTE, "duty.license-copy"),
        (Action.DISTRIBUTE_DERIVATIVES, "signal.passing-on-derivatives"),
        (Action.DISTRIBUTE_DERIVATIVES, "duty.state-changes"),
    ):
        for hit in [h for h in hits.get(term, ()) if _presupposes(h, known=known)][:1]:
            if action is not Action.REDISTRIBUTE or not _LESS_SHARED.search(hit.passage.text):
                found.setdefault(action, hit)
    for hit in hits.get("signal.act-banned", ()) if known else ():
        for action in _a_contrario(hit):
            found.setdefault(action, hit)
    if Action.MODIFY in found and Action.REDISTRIBUTE in found:
        found.setdefault(Action.DISTRIBUTE_DERIVATIVES, found[Action.MODIFY])
    return found


def _presupposes(hit: Hit, *, known: bool) -> bool:
    """Tell whether a duty or condition presupposes an act: of derivatives always, else where rights are granted."""
    if hit.term == "duty.state-changes":
        return _CHANGES.search(hit.passage.text) is not None
    if known or hit.term == "signal.passing-on-derivatives":
        return True
    return (
        hit.term == "signal.passing-on"
        and _SHARED_MODEL.search(hit.said + hit.passage.text[hit.end : hit.end + 40]) is not None
    )


def _a_contrario(hit: Hit) -> list[Action]:
    """Return the acts that are forbidden for named purposes only."""
    if not _purpose_only(hit.passage.text[_cue(hit.passage.text, hit.start) :]):
        return []
    acts = [action for action, verbs in _BANNED_VERBS if _banned_verb(hit, verbs)]
    return [*acts, Action.DISTRIBUTE_DERIVATIVES] if len(acts) == 2 else acts


def _purpose_only(rest: str) -> bool:
    stop = _EXCEPT.search(rest)
    purpose = _FOR_PURPOSE.search(rest, 0, stop.start() if stop else len(rest))
    return purpose is not None and not _CONSENT.search(rest)


def _banned(hits: Hits) -> dict[Action, Hit]:
    found: dict[Action, Hit] = {}
    for hit in hits.get("signal.distribution-banned", ()):
        found |= {Action.REDISTRIBUTE: hit, Action.DISTRIBUTE_DERIVATIVES: hit}
    for hit in hits.get("signal.derivatives-unshared", ()):
        found[Action.DISTRIBUTE_DERIVATIVES] = hit
    some = {hit.passage for hit in hits.get("signal.distribution-limited", ())}
    for hit in hits.get("signal.modification-banned", ()):
        found[Action.MODIFY] = hit
    for action, hit in _consented(hits):
        found.setdefault(action, hit)
    for hit in hits.get("signal.act-banned", ()):
        text = hit.passage.text
        if hit.passage in some:
            continue
        for action, verbs in _BANNED_VERBS:
            verb = _banned_verb(hit, verbs)
            if not verb:
                continue
            rest = text[verb.end() :]
            if action is Action.REDISTRIBUTE and _OF_DERIVATIVES.match(rest):
                found.setdefault(Action.DISTRIBUTE_DERIVATIVES, hit)
                continue
            said = text[_cue(text, verb.start()) :].partition(";")[0].lstrip(" ,:").removeprefix("to ")
            said = _first_act(said)
            open_to = _ELSE.sub("", _BY_LINK.sub("", said))
            if _QUALIFIED.search(open_to) and (_COMMERCIAL_ONLY.search(said) or not _CONSENT.search(text)):
                continue
            found.setdefault(action, hit)
            if action is Action.REDISTRIBUTE:
                found.setdefault(Action.DISTRIBUTE_DERIVATIVES, hit)
    return found


def _first_act(said: str) -> str:
    """Return what is forbidden first, up to the next act: what qualifies that one does not qualify this one."""
    following = _NEXT_ACT.search(said)
    return said[: following.start("next")] if following else said


def _consented(hits: Hits) -> Iterator[tuple[Action, Hit]]:
    """Yield the acts for which a consent is needed first."""
    for hit in hits.get("signal.act-consent", ()):
        said = hit.passage.text
        for action, verbs in _CONSENTED_VERBS:
            verb = verbs.search(said, max(0, hit.start - _BEFORE), hit.end)
            if not verb or not _OBJECT.search(said):
                continue
            lesser = action is Action.REDISTRIBUTE and _LESSER.match(said, verb.end())
            yield Action.DISTRIBUTE_DERIVATIVES if lesser else action, hit
            if action is Action.REDISTRIBUTE or "derivative" in verb[0] or "衍生" in verb[0]:
                yield Action.DISTRIBUTE_DERIVATIVES, hit


def _banned_verb(hit: Hit, verbs: Shape) -> re.Match[str] | None:
    """Return the first verb of an act that the hit forbids to do with the model."""
    text = hit.passage.text
    for verb in verbs.finditer(text, _cue(text, hit.start)):
        rest = text[verb.end() :]
        if _NOT_OBJECT.search(rest) or _SERVED.search(text, 0, verb.start()):
            continue
        if _governed(hit, verb.start(), _LINK) or barred(text, verb.end()):
            if _OBJECT.search(_object(text, verb, rest)) or _DEFINED.match(hit.passage.plain, verb.end()):
                return verb
        elif _governed(hit, verb.start(), _COORDINATED) and (_OBJECT_NEXT.search(rest) or _TAKEN_APART.search(text)):
            return verb
    return None


def _object(text: str, verb: re.Match[str], rest: str) -> str:
    """Return where the object of a verb stands: after it; before the prohibition where the verb is passive or Chinese.

    "The model may not be shared"; 将本模型上传.
    """
    said = verb[0] + rest[:90]
    cue = _BAN.search(text, 0, verb.start())
    if _CHINESE.search(text):
        first = cue.start() if cue else verb.start()
        return text[max(0, first - 12) : verb.start()] + said
    passive = cue and re.search(r"\bbe\b", text[cue.end() - 3 : verb.end()])
    return text[max(0, cue.start() - 60) : verb.start()] + said if cue and passive else said


def _cue(text: str, place: int) -> int:
    """Return where the last prohibition before *place* ends, or 0."""
    return max((m.end() for m in _BAN.finditer(text, 0, place)), default=0)


def _governed(hit: Hit, place: int, between: Shape) -> bool:
    """Tell whether the prohibition is of this very act: only other acts stand between."""
    before = hit.passage.before(place)
    cues = [*_BAN.finditer(before)]
    return bool(cues and between.fullmatch(before, cues[-1].end()))
