"""What a sentence says of commercial use and research, and of which part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import evolve

from cleartitle.prose.claims import Claim
from cleartitle.prose.covers import SERVICE, names_a_model
from cleartitle.prose.drafts import Event
from cleartitle.prose.markdown import Form
from cleartitle.prose.patterns import first
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.rows import sold
from cleartitle.prose.sections import Section
from cleartitle.prose.subjects import about, subjects
from cleartitle.prose.terms import Said, alone, clauses, commerce, said
from cleartitle.vocabulary.prose import Subject
from cleartitle.vocabulary.words import Decision

_LICENSE_SAYS = re.compile(
    r"^\W*(?:the |this )?(?:[\w.+-]{1,30} ){0,5}licen[sc]e"
    r" (?:permits|allows|lets|grants|means|prohibits|forbids|restricts)\b"
)
"""What a license says holds for whatever it was named for, whatever its own words are about."""
_OPENED = re.compile(r"[\"'\]]{0,2}(?: licen[sc]e)? ?\(")
_BY_LICENSE = re.compile(r"\b(?:under|by|per) (?:the|this|its|our) licen[sc]e\b")
_FREE_TO = re.compile(r"^\W*you are free to\b")
"""How the summary of a Creative Commons license begins: it tells of the license that was named, whatever it covers."""
_PEOPLE = re.compile(r"academi|research|education|student|personal|individual|hobby|个人|学术|研究|個人|개인|연구")
THEY = re.compile(
    r"^\W*(?:(?:it|they|these|sie|es|ils?|elles?|ellos|ellas|они|它们?|これら)\b"
    r"|(?:licensed|released|distributed|published|available) under\b)"
)


def spoken(words: Plain, place: Place, made: Sequence[Claim], *, limited: bool) -> tuple[Event, ...]:
    """Return what a sentence says; *limited* where its section has said before that all is for research only."""
    low = _without_names(words.low, made)
    others = first("traps", low, "trained-by-others") if limited else None
    if others:
        low = low[: others.start()] + low[others.end() :]
    told = Said()
    if not place.head and _speaks(words.low, place.section) and not _grants_others(words.low, place):
        told = _in_cell(said(low), words.low, place)
    covers = () if told.silent else _bracketed(low, made) or _terms_about(words, low, place)
    event = Event(said=told, covers=covers, trained=others is not None)
    return (event,) if told.silent else _events(words, low, event)


def _bracketed(low: str, made: Iterable[Claim]) -> tuple[Subject, ...]:
    """Return what a license is for behind which brackets alone speak of commerce: ``MIT, weights Fox (no sale)``."""
    first_word = commerce(low)
    for claim in made:
        opened = _OPENED.match(low, claim.mention.end) if claim.mention and claim.explicit else None
        if opened and opened.end() <= first_word < (low.find(")", opened.end()) + 1 or len(low)):
            return claim.covers
    return ()


def _in_cell(told: Said, low: str, place: Place) -> Said:
    """Return what a row says of commercial use in a column of its own, unless the row itself forbids it."""
    cell = sold(low, place)
    here = said(cell) if cell and told.decision is not Decision.PROHIBITED else Said()
    return told if here.silent else here


def _speaks(low: str, section: Section) -> bool:
    return not first("traps", low, "others", "some-of-others") and (
        section is Section.LICENSE or not first("traps", low, "others-data")
    )


def _grants_others(low: str, place: Place) -> bool:
    """Return whether a row of a table tells what people of another kind may do: for researchers, for individuals."""
    head = low.strip(" |").partition("|")[0]
    return place.form is Form.ROW and bool(_PEOPLE.search(head)) and "commercial" not in head


def _without_names(low: str, made: Iterable[Claim]) -> str:
    """Return a sentence with the names of licenses blanked: ``Non-Commercial License`` is a name, not a term."""
    for claim in made:
        name = claim.mention
        if name and name.named and name.said:
            low = f"{low[: name.start]}{'_' * (name.end - name.start)}{low[name.end :]}"
    return low


def _terms_about(words: Plain, low: str, place: Place) -> tuple[Subject, ...]:
    """Return what a sentence on commercial use is about: the clauses that speak of it, else all of it."""
    if place.section is Section.NEUTRAL and alone(words.low):
        return (Subject.WEIGHTS,)
    if SERVICE.match(words.low):
        return (Subject.PROJECT,)
    if _FREE_TO.match(words.low):
        return ()
    says = _LICENSE_SAYS.match(words.low)
    if says and not subjects(words.low, 0, says.end()):
        return ()
    if place.section is Section.NEUTRAL and _BY_LICENSE.search(words.low) and not subjects(words.low):
        return (Subject.PROJECT,)
    every = [w for w in subjects(words.low) if w.subject is not Subject.PROJECT]
    reason = first("traps", words.low, "reason")
    every = [w for w in every if reason and w.start < reason.start()] or every
    spans = clauses(low)
    near = [[w for w in every if a <= w.start < b] for a, b in spans]
    if near and all(near):
        every = [w for each in near for w in each]
    elif near and not any(near) and all(_names_project(words.low, a, commerce(low)) for a, _ in spans[:1]):
        return (Subject.PROJECT,)
    before = [w for w in every if w.start < commerce(low)]
    licensed = low.rfind("__", 0, before[-1].start) if before else -1  # the name of a license
    found = about([w for w in every if w.start > licensed], words.low)
    if found:
        return found
    project = about(subjects(words.low), words.low)
    if not project and THEY.match(words.low) and place.before:
        return place.before
    if not project and names_a_model(words):
        return (Subject.WEIGHTS,)
    covers = project or ((place.heading,) if place.heading else place.lead)
    return covers or (place.before if place.section is Section.NEUTRAL else ())


def _names_project(low: str, start: int, end: int) -> bool:
    """Return whether a clause says of this project what it says: ``This project is for research only``."""
    return [w.subject for w in subjects(low, start, max(start, end))] == [Subject.PROJECT]


def _events(words: Plain, low: str, event: Event) -> tuple[Event, ...]:
    """Return what a sentence says part by part, where it allows for one what it forbids for another."""
    spans = clauses(low)
    parts = [[w for w in subjects(words.low, a, b) if w.subject is not Subject.PROJECT] for a, b in spans]
    covers = [about(each, words.low) for each in parts]
    several = len(spans) > 1 and all(covers) and len({c for each in covers for c in each}) == sum(map(len, covers))
    told = [said(low[a:b]) for a, b in spans] if several else []
    if len({each.decision for each in told}) < 2 or any(each.silent for each in told):
        return (event,)
    return tuple(evolve(event, said=one, covers=each) for one, each in zip(told, covers, strict=True))
