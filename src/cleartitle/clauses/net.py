"""The safety net: no act is allowed while a sentence that may limit it was not read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import evolve, frozen

from cleartitle.clauses.frames import frames
from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage
from cleartitle.clauses.places import regions
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hits
from cleartitle.vocabulary.terms import Condition, Grant
from cleartitle.vocabulary.words import Action, Decision

_WORDS = {
    action: shape(f"net.{action.value}")
    for action in (
        Action.USE_COMMERCIALLY,
        Action.MODIFY,
        Action.REDISTRIBUTE,
        Action.HOST,
        Action.USE_OUTPUTS_COMMERCIALLY,
        Action.TRAIN_OTHER_MODELS,
        Action.SUBLICENSE,
        Action.PRACTICE_PATENTS,
    )
}
_WORDS[Action.DISTRIBUTE_DERIVATIVES] = _WORDS[Action.REDISTRIBUTE]
_ALL = frozenset(_WORDS)
_NEEDED = shape("net.commercial-need")
"""What a commercial user must do first."""
_LEFT_OUT = shape("net.left-out")
"""How a list begins whose items are left out: "non-commercial use does not include: ..."."""
_HARMLESS = shape("net.harmless")
_ELSEWHERE = shape("net.elsewhere")
_NO = re.compile(
    r"\W{0,3}(?:(?:a|answer|答|回答)\W{1,2})?(?:no\b|not\b|never\b|nope\b|sorry\b|unfortunately\b|不|否|抱歉|暂不|目前不|禁止)"
)
"""How an answer begins that denies what was asked."""
_ASKS_LIMITS = re.compile(r"prohibit|forbid|banned|restrict|limit|licen[sc]e|permission|限制|禁止|授权|许可")
_STOP = re.compile("[;。]")
_PAUSE = re.compile(
    r",(?! (?:is|are|shall|unless|only|without)\b|均|皆|一律|都|不|须|应|需|必须|除非|未经|未获|仅|只)"
    r"|[;。✓✔✅☑]|\bbut\b|但"
)
"""A limit that follows what it limits stands in the same part of the sentence."""
_BANS = shape("net.bans")
"""Words that limit what follows, however far behind it stands in their sentence."""
_TAILS = shape("net.tails")
"""Words that limit what precedes, whatever stands between: "..., and to no other person"."""
_FIRST = re.compile(r"\b(?:before|prior|first|after|until|once)\b|前|先|后方|后可")
"""Words that make of a notice a condition."""
_WORDY = 30
"""Characters of a limit that itself says of what: "rights to serve it stay with us"."""
_REACH, _FAR, _AFTER = 45, 200, 20
"""Characters between what limits and what is limited, and behind what limits in which it may be told to be strong."""
_SHARED = frozenset({Action.REDISTRIBUTE, Action.DISTRIBUTE_DERIVATIVES})
_UNREAD = frozenset[Action]()
_READS: tuple[tuple[str, frozenset[Action]], ...] = (
    ("derivative.", _UNREAD),
    ("disclaimed.", _ALL - {Action.HOST, Action.MODIFY}),
    ("outputs.", _UNREAD),
    ("restriction.no-reverse-engineering", _UNREAD),
    ("signal.act-banned", _UNREAD),
    ("signal.any-purpose", _UNREAD),
    ("signal.commerce-granted", _UNREAD),
    ("signal.commerce-", _ALL - {Action.USE_OUTPUTS_COMMERCIALLY}),
    ("signal.derivatives-allowed", _UNREAD),
    ("signal.derivatives-known", _UNREAD),
    ("signal.derivatives-", _SHARED),
    ("signal.distribution-allowed", _UNREAD),
    ("signal.distribution-", _SHARED),
    ("signal.governing", _UNREAD),
    ("signal.grant", _UNREAD),
    ("signal.host-allowed", _UNREAD),
    ("signal.host-", frozenset({Action.HOST, Action.USE_COMMERCIALLY}) | _SHARED),
    ("signal.modification-allowed", _UNREAD),
    ("signal.modification-", frozenset({Action.MODIFY})),
    ("signal.noncommercial", _ALL - {Action.USE_OUTPUTS_COMMERCIALLY}),
    ("signal.organization-limited", _UNREAD),
    ("signal.outputs-allowed", _UNREAD),
    ("signal.outputs-", frozenset({Action.USE_OUTPUTS_COMMERCIALLY})),
    ("signal.passing-on", _UNREAD),
    ("signal.patents-granted", _UNREAD),
    ("signal.sublicense-granted", _UNREAD),
    ("signal.sublicense-", frozenset({Action.SUBLICENSE})),
    ("signal.training-allowed", _UNREAD),
    ("signal.training-", frozenset({Action.TRAIN_OTHER_MODELS})),
)
"""Of which acts the patterns of a term read the limits in their sentence, by how the term begins: else of all."""
_TRADED = ("signal.noncommercial", "signal.commerce-banned", "signal.commerce-licensed", "signal.commerce-registered")
"""Terms that limit commerce: with the outputs, in a sentence that names them."""
_BY_PURPOSE = ("signal.commerce-", "signal.noncommercial", "signal.research-defined", "restriction.research-only")
"""Terms that read a limit only where the sentence limits the purpose, not the act."""
_PURPOSE = shape("net.purpose")
_BY_PLACE = ("territory.excluded", "territory.allowed")
"""Terms that read a limit only where the sentence names a place, or the territory that the text defines."""
_TERRITORY = re.compile(r"territor|\bplaces?\b|\bareas?\b|countr|jurisdiction|\bregion|地域|区域|地区")


def doubted(
    document: Document, hits: Hits, grants: Iterable[Grant], conditions: Iterable[Condition] = ()
) -> Iterator[Grant]:
    """Yield *grants*; what is allowed becomes unknown where limiting words beside it were left unread.

    The sentences of *conditions* were read.
    """
    left: list[_Left] | None = None
    grants = list(grants)
    for grant in grants:
        action = next(iter(grant.actions))
        if grant.decision is not Decision.ALLOWED or action not in _WORDS:
            yield grant
            continue
        if left is None:
            left = _left(document, hits, grants, conditions)
        found = next((one.passage for one in left if _bears(action, one)), None)
        yield _unknown(document, grant, found) if found else grant


@frozen(kw_only=True)
class _Left:
    """A sentence of which not all was read: its words without those that limit nothing, and where limits are."""

    passage: Passage
    said: str
    limits: tuple[tuple[int, int], ...]
    read: frozenset[Action] = _UNREAD
    """The acts whose limits were read."""
    traded: bool = False
    """Whether commerce is limited in it: with what, if it names outputs?"""
    denied: bool = False
    """Whether it is a question that the next sentence answers with no."""


def _left(document: Document, hits: Hits, grants: Iterable[Grant], conditions: Iterable[Condition]) -> list[_Left]:
    """Return the sentences that may limit an act, as far as no pattern has read them."""
    read: dict[int, frozenset[Action]] = {}
    for term, found in hits.items():
        for hit in found:
            read[hit.passage.start] = read.get(hit.passage.start, _UNREAD) | _reads(term, hit.passage)
    decided = [(g.actions, g.evidence) for g in grants if g.decision is not Decision.ALLOWED]
    decided += [(_ALL, c.evidence) for c in conditions]
    for acts, where in decided:
        known = _ALL - {Action.HOST} if acts <= _SHARED else _ALL
        read |= {e.span.start: read.get(e.span.start, _UNREAD) | known for e in where if e.span}
    unread = ((p, read.get(p.start, _UNREAD)) for p in document.passages if read.get(p.start) != _ALL)
    traded = {h.passage.start for term in _TRADED for h in hits.get(term, ())}
    each = ((p, known, *_limits(p.lead, p.text, chinese=p.chinese)) for p, known in unread)
    left = (_Left(passage=p, said=s, limits=at, read=known, traded=p.start in traded) for p, known, s, at in each)
    return [*_denied(document), *left]


def _denied(document: Document) -> Iterator[_Left]:
    """Yield the questions that are answered with no, or that ask about limits: "Can I sell it? No."."""
    for asked, answer in pairwise(document.passages):
        if asked.text.endswith("?") and (_NO.match(answer.text) or _ASKS_LIMITS.search(asked.text)):
            yield _Left(passage=asked, said=asked.text, limits=(), denied=True)


@functools.lru_cache(maxsize=2000)
def _limits(lead: str, text: str, *, chinese: bool) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a sentence without what limits nothing, and where in it something may be limited."""
    limiting = frames("net.limiting")
    found = limiting.found(text, chinese=chinese)
    out = _LEFT_OUT.search(lead) is not None
    if not found and not out:
        return "", ()
    said = ("not " if out else "") + _HARMLESS.sub(" ", text)
    if said != text:
        found = limiting.found(said, chinese=chinese)
    return (said, tuple(m.span() for m in found)) if found and not _ELSEWHERE.search(said) else ("", ())


def _reads(term: str, passage: Passage) -> frozenset[Action]:
    """Return the acts of which a pattern of this term reads the limits in its sentence."""
    if term in _BY_PLACE and not (_TERRITORY.search(passage.text) or regions(passage.text)):
        return _UNREAD
    if term.startswith(_BY_PURPOSE) and not _PURPOSE.search(passage.text):
        return _UNREAD
    if term == "duty.notify-licensor" and _FIRST.search(passage.text):
        return _UNREAD
    return next((acts for begins, acts in _READS if term.startswith(begins)), _ALL)


def _bears(action: Action, left: _Left) -> bool:
    """Tell whether limiting words stand near what names an act."""
    text = left.passage.text
    if action in left.read:
        return False
    if left.denied:
        return _WORDS[action].search(text) is not None
    if action is Action.USE_COMMERCIALLY and _NEEDED.search(text) and not _ELSEWHERE.search(text):
        return True
    if left.traded and action is Action.USE_OUTPUTS_COMMERCIALLY and _WORDS[action].search(text):
        return True
    if not left.limits:
        return False
    words = _WORDS[action].finditer(left.said)
    return any(_beside(left.said, limit, word.span()) for word in words for limit in left.limits)


def _beside(said: str, limit: tuple[int, int], word: tuple[int, int]) -> bool:
    (_, start), (end, _) = sorted((limit, word))
    if end < start:  # the one within the other: a limit in many words says of what
        return limit[1] - limit[0] > _WORDY
    if limit < word:
        far, stop = _BANS.search(said, max(0, limit[0] - 8), limit[1] + _AFTER), _STOP
    else:
        far = _TAILS.search(said, max(0, limit[0] - 8), limit[1] + _AFTER)
        stop = _STOP if far else _PAUSE
    return end <= start + (_FAR if far else _REACH) and not stop.search(said, start, end)


def _unknown(document: Document, grant: Grant, passage: Passage) -> Grant:
    return evolve(
        grant,
        decision=Decision.UNKNOWN,
        general=False,
        note="words that may limit it could not be read",
        evidence=(evidence(document, passage), *grant.evidence),
    )
