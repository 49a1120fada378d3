"""What a sentence says of commercial use and research, and what commercial use depends on."""

from __future__ import annotations

import itertools
import re

from attrs import frozen

from cleartitle.clauses.layout import lay_out as clause_layout
from cleartitle.clauses.thresholds import find as find_thresholds
from cleartitle.prose.covers import CLAUSE
from cleartitle.prose.patterns import expression, first
from cleartitle.vocabulary.conditions import Threshold
from cleartitle.vocabulary.prose import ConditionKind
from cleartitle.vocabulary.words import Comparator, Decision

_COMMERCE = expression(
    "{commercial}|employees|business|compan(?:y|ies)|enterprise|"
    "[$€£][0-9]|paid licen|{noncommercial}|{research}|profit|monetiz|active users|revenue|sell"
    "|personal|private|privat|uso personal|usage personnel|个人|個人|개인|thương mại|komersial"
    "|収益|売上|営業|月活|日活|盈利|营利|营收|commercial"
)
_OBEY = expression(r"abide|comply|adhere|in accordance|遵守|遵循|準拠|준수|respect(?:er|ez)")
_CREDIT = re.compile(
    r",? ?(?:\(|- )?(?:provided|(?:as|so) long as|on (?:the )?condition|given|with|subject to)(?: that)?"
    r" (?:you |we |they |it |the |are |is |to |give|provide|include|keep|retain|proper|appropriate|due|full|clear"
    r"|simple|visible|an? |your |users? |original |author'?s?|creators?|copyright| )*(?:credit(?:ed|s)?|attribution"
    r"|acknowledg\w+|cit(?:e|ed|ation|ing)|notices?(?! to (?:us|the)))\b"
    r"(?:(?! and | or | but | unless | if | for |,)[^.;()]){0,80}\)?"
    r"|,? ?(?:with|by) (?:proper |appropriate |due )?(?:attribution|credit)\b(?: only| required)?"
)
"""That credit is given limits nobody's business: it is no condition of commercial use."""
_COMMA = re.compile(r",(?=[\u3400-\u9fff])")
"""Ends a clause where Chinese follows."""
_KINDS = ("registration", "separate-license", "company-type", "field-of-use", "region")
_CONDITIONAL_KINDS = tuple(ConditionKind(kind) for kind in _KINDS)


@frozen(kw_only=True)
class Found:
    """A condition of one sentence."""

    kind: ConditionKind
    value: int | None = None
    currency: str | None = None
    comparator: Comparator | None = None


@frozen(kw_only=True)
class Said:
    """What one sentence says."""

    decision: Decision = Decision.SILENT
    research_only: bool = False
    conditions: tuple[Found, ...] = ()
    meant_for_research: bool = False
    """Research is named, not alone."""

    @property
    def silent(self) -> bool:
        """Whether it says nothing about commercial use."""
        return self.decision is Decision.SILENT and not self.research_only


def said(low: str) -> Said:
    """Return what a sentence (plain, lower case) says of commercial use.

    >>> said("for commercial use, please contact us.").decision
    <Decision.CONDITIONAL: 'conditional'>
    >>> said("the model is for non-commercial research only.").research_only
    True
    """
    if not _COMMERCE.search(low):
        return Said()
    low = _CREDIT.sub(" ", low)
    research = first("commerce", low, "research-only") is not None
    prohibited = research or first("commerce", low, "prohibited") is not None
    conditional = first("commerce", low, "conditional") is not None
    undecided = first("commerce", low, "undecided") is not None
    allowed = first("commerce", low, "allowed") is not None
    sized = thresholds(low)
    meant = first("commerce", low, "meant") is not None
    if undecided and not research:
        return Said(decision=Decision.UNKNOWN, meant_for_research=meant)
    if prohibited:
        found = conditions(low) if conditional else ()
        return Said(decision=Decision.PROHIBITED, research_only=research, conditions=found)
    found = conditions(low) if conditional or sized else ()
    if found or (conditional and not _OBEY.search(low)):
        return Said(decision=Decision.CONDITIONAL, conditions=found)
    return Said(decision=Decision.ALLOWED if allowed else Decision.SILENT, meant_for_research=meant)


def alone(low: str) -> bool:
    """Return whether a sentence is a notice and nothing else: ``For research purposes only.``"""
    return first("commerce", low, "notice") is not None


def clauses(low: str) -> list[tuple[int, int]]:
    """Return (start, end) of the clauses of a sentence that speak of commerce or research.

    >>> clauses("the code is free, while the model is for research only.")
    [(23, 55)]
    """
    cuts = [0, *sorted({m.end() for each in (CLAUSE, _COMMA) for m in each.finditer(low)}), len(low)]
    spans = [(a, b) for a, b in itertools.pairwise(cuts) if a < b]
    return [(a, b) for a, b in spans if _COMMERCE.search(low, a, b)]


def commerce(low: str) -> int:
    """Return where a sentence first speaks of commerce or research."""
    found = _COMMERCE.search(low)
    return found.start() if found else len(low)


def conditions(low: str) -> tuple[Found, ...]:
    """Return what commercial use depends on in a sentence that says that it does.

    >>> [(c.kind.value, c.value) for c in conditions("daily active users of your service is less than 1 million.")]
    [('daily-active-users', 1000000)]
    """
    return (*thresholds(low), *(Found(kind=k) for k in _CONDITIONAL_KINDS if first("conditions", low, k.value)))


def thresholds(low: str) -> tuple[Found, ...]:
    """Return the figures of a sentence that count users, money or people."""
    if not any(c.isdigit() for c in low) and not any(w in low for w in ("million", "billion", "亿", "万", "千")):
        return ()
    found = [t for each in find_thresholds(clause_layout(low)) for t in each.thresholds]
    return tuple(_sized(t) for t in dict.fromkeys(found))


def _sized(threshold: Threshold) -> Found:
    return Found(
        kind=ConditionKind(threshold.metric.value),
        value=threshold.value,
        currency=threshold.currency,
        comparator=threshold.comparator,
    )
