"""The safety net: no act is allowed while a sentence that may limit it was not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hits
from cleartitle.vocabulary.terms import Grant
from cleartitle.vocabulary.words import Action, Decision

MAX_LIMITING = 400
"""Sentences with limiting words that are looked at: more than any license has."""
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
_LIMITING = shape("net.limiting")
_NEEDED = shape("net.commercial-need")
"""What a commercial user must do first."""
_HARMLESS = shape("net.harmless")
_ELSEWHERE = shape("net.elsewhere")
_STOP = re.compile("[;。]")
_PAUSE = re.compile(r",(?! (?:is|are|shall|unless|only|without)\b)|[;。]|\bbut\b|但")
"""A limit that follows what it limits stands in the same part of the sentence."""
_REACH = 45
"""Characters between what limits and what is limited."""
_UNREAD: tuple[str, ...] = ("derivative.", "outputs.", "signal.grant", "signal.any-purpose", "signal.act-banned")
_UNREAD += ("signal.passing-on", "signal.derivatives-known", "signal.commerce-granted", "signal.host-allowed")
_UNREAD += ("signal.outputs-allowed", "signal.training-allowed", "signal.sublicense-granted", "signal.patents-granted")
"""Terms whose patterns do not read a limit in their sentence."""
_BY_PURPOSE = ("signal.commerce-", "signal.noncommercial", "signal.research-defined", "restriction.research-only")
"""Terms that read a limit only where the sentence limits the purpose, not the act."""
_PURPOSE = shape("net.purpose")


def doubted(document: Document, hits: Hits, grants: Iterable[Grant]) -> Iterator[Grant]:
    """Yield *grants*; what is allowed becomes unknown where limiting words beside it were left unread."""
    limiting: list[tuple[Passage, str]] | None = None
    grants = list(grants)
    read = {e.span.start for g in grants if g.decision is not Decision.ALLOWED for e in g.evidence if e.span}
    for grant in grants:
        action = next(iter(grant.actions))
        if grant.decision is not Decision.ALLOWED or action not in _WORDS:
            yield grant
            continue
        if limiting is None:
            limiting = [(p, said) for p, said in _limiting(document, hits) if p.start not in read]
        found = next((p for p, said in limiting if _bears(action, said)), None)
        yield _unknown(document, grant, found) if found else grant


def _limiting(document: Document, hits: Hits) -> list[tuple[Passage, str]]:
    """Return the sentences with limiting words that no pattern has read, without what limits nothing."""
    known = {hit.passage.start for term, found in hits.items() for hit in found if _reads(term, hit.passage)}
    left = [p for p in document.passages if p.start not in known and _limits(p.text)][:MAX_LIMITING]
    said = [(passage, _HARMLESS.sub(" ", passage.text)) for passage in left]
    return [(passage, words) for passage, words in said if not _ELSEWHERE.search(words)]


def _limits(said: str) -> bool:
    return _LIMITING.search(said) is not None or _NEEDED.search(said) is not None


def _reads(term: str, passage: Passage) -> bool:
    """Tell whether a pattern of this term reads what limits an act in its sentence."""
    return not term.startswith(_UNREAD) and (not term.startswith(_BY_PURPOSE) or bool(_PURPOSE.search(passage.text)))


def _bears(action: Action, said: str) -> bool:
    """Tell whether limiting words stand near what names an act."""
    if action is Action.USE_COMMERCIALLY and _NEEDED.search(said):
        return True
    limits = [found.span() for found in _LIMITING.finditer(said)]
    return any(_beside(said, limit, word.span()) for word in _WORDS[action].finditer(said) for limit in limits)


def _beside(said: str, limit: tuple[int, int], word: tuple[int, int]) -> bool:
    (_, start), (end, _) = sorted((limit, word))
    stop = _STOP if limit < word else _PAUSE
    return start <= end <= start + _REACH and not stop.search(said, start, end)


def _unknown(document: Document, grant: Grant, passage: Passage) -> Grant:
    return evolve(
        grant,
        decision=Decision.UNKNOWN,
        general=False,
        note="words that may limit it could not be read",
        evidence=(evidence(document, passage), *grant.evidence),
    )
