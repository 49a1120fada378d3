"""From a text to its terms."""

from __future__ import annotations

from attrs import frozen

from cleartitle.clauses import limits
from cleartitle.clauses.commerce import commerce, doubted
from cleartitle.clauses.definitions import resolved
from cleartitle.clauses.duties import duties
from cleartitle.clauses.grants import granted, grants
from cleartitle.clauses.layout import Document, lay_out
from cleartitle.clauses.nature import Problem, languages, problem
from cleartitle.clauses.patterns import patterns
from cleartitle.clauses.questions import settled
from cleartitle.clauses.references import referred
from cleartitle.clauses.scan import Hits, scan
from cleartitle.clauses.thresholds import find, unread
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.words import Decision

MAX_TEXT = 1_200_000
"""Characters that are read."""


@frozen(kw_only=True)
class Unclear:
    """A passage that a person should look at, and why.

    >>> from cleartitle.vocabulary.evidence import Method
    >>> evidence = Evidence(method=Method.LICENSE_TEXT, path="LICENSE", quote="Use may be commercial, or not.")
    >>> Unclear(evidence=evidence, why="it says both").why
    'it says both'
    """

    evidence: Evidence
    why: str


@frozen(kw_only=True)
class Reading:
    """What a text says, as far as it could be read.

    >>> reading = read("Commercial use is prohibited. You may use the model for research.")
    >>> reading.languages, reading.problems
    (('en',), ())
    """

    terms: Terms
    languages: tuple[str, ...] = ()
    """``en``, ``zh``: the languages that hold a good part of the text."""
    unclear: tuple[Unclear, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Why the text is no license at all: then there are no terms."""


def read(text: str, *, without: frozenset[str] = frozenset()) -> Reading:
    r"""Return the terms of *text*, each with the sentence that says so; patterns of these names are left out.

    >>> reading = read("You may use the model for academic research only.\nCommercial use is prohibited.")
    >>> [(g.decision.value, g.evidence[0].quote) for g in reading.terms.grants if g.decision.value == "prohibited"]
    [('prohibited', 'You may use the model for academic research only.')]
    """
    found = problem(text)
    if found:
        return Reading(terms=Terms(), languages=languages(text), problems=(found,))
    document = referred(resolved(settled(lay_out(text[:MAX_TEXT]))))
    hits = scan(document, [p for p in patterns() if p.pattern.name not in without] if without else None)
    terms = _terms(document, hits)
    return Reading(terms=terms, languages=languages(text), unclear=tuple(_unclear(terms)))


def _terms(document: Document, hits: Hits) -> Terms:
    sized = find(document)
    commercial = commerce(document, hits, sized, granted(hits))
    if commercial.decision is Decision.ALLOWED:
        commercial = doubted(document, commercial, unread(document, sized))
    narrow = commercial.decision is Decision.PROHIBITED
    return Terms(
        grants=tuple(grants(document, hits, commercial)),
        conditions=commercial.conditions,
        duties=tuple(duties(document, hits, sized)),
        restrictions=tuple(limits.restrictions(document, hits, research=narrow)),
        territories=tuple(limits.territories(document, hits)),
        derivatives=tuple(limits.derivatives(document, hits)),
        terminations=tuple(limits.terminations(document, hits)),
        outputs=tuple(limits.outputs(document, hits)),
        laws=tuple(limits.laws(document, hits)),
        disclaimers=tuple(limits.disclaimers(document, hits)),
    )


def _unclear(terms: Terms) -> list[Unclear]:
    open_grants = (g for g in terms.grants if g.decision is Decision.UNKNOWN)
    return [Unclear(evidence=e, why=g.note) for g in open_grants for e in g.evidence]
