"""Passages that stay open: they speak of licenses or of use, and decide nothing."""

from __future__ import annotations

from collections.abc import Sequence

from cleartitle.prose.drafts import Sentence
from cleartitle.prose.markdown import Layout
from cleartitle.prose.patterns import expression
from cleartitle.prose.quotes import quote
from cleartitle.prose.sections import Section
from cleartitle.vocabulary.prose import OpenPassage
from cleartitle.vocabulary.words import Decision

MAX_UNCLEAR = 20
_TELLS = expression("{license-word}|licen[sc]")


def passages(layout: Layout, sentences: Sequence[Sentence], *, found: bool) -> tuple[OpenPassage, ...]:
    """Return the passages that a person should look at; *found* where any statement was."""
    open_: list[OpenPassage] = []
    for sentence in sentences:
        said = sentence.event.said
        why = ""
        if said.decision is Decision.UNKNOWN:
            why = "it speaks of commercial use without deciding it"
        elif said.meant_for_research and said.decision is Decision.SILENT and not said.research_only:
            why = "it names research as the purpose, but not as the only one"
        if why:
            open_.append(OpenPassage(why=why, evidence=quote(layout, sentence.words)))
    for sentence in () if found else sentences:
        if sentence.section is Section.LICENSE and _TELLS.search(sentence.words.low):
            why = "it speaks of a license and names none"
            open_.append(OpenPassage(why=why, evidence=quote(layout, sentence.words)))
    return tuple({f.evidence: f for f in open_}.values())[:MAX_UNCLEAR]
