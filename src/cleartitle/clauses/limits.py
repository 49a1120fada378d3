"""Restrictions, territory, derivative scope, endings, law, rights in outputs, disclaimers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from ahocorasick_rs import AhoCorasick, Implementation
from attrs import evolve

from cleartitle.clauses.frames import frames
from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import STANDS, Document, Passage
from cleartitle.clauses.names import policy
from cleartitle.clauses.numbers import han
from cleartitle.clauses.patterns import Compiled, patterns
from cleartitle.clauses.places import jurisdiction, regions
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hit, Hits, banned, barred, scan
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.terms import (
    DerivativeScope,
    Disclaimed,
    Law,
    OutputRights,
    Restriction,
    Termination,
    Territory,
)
from cleartitle.vocabulary.words import (
    EMBARGOED,
    AgreementKind,
    DerivedWork,
    Disclaimer,
    Ending,
    OutputOwner,
    Part,
    Region,
    RestrictionKind,
    Role,
    TerritoryBasis,
    UseCategory,
)

T = TypeVar("T")
_CURE = shape("limits.cure")
_CURED = shape("limits.cured")
_EXAMPLES = re.compile(r"\((?:e\.g\.|for example|such as|例如|如)[^()]{0,300}\)")
_WITHOUT = shape("limits.without")
_RISK = shape("limits.risk")
_RESEARCH = shape("limits.research")
_ALSO_RESEARCH = shape("limits.also-research")
_WIDER = shape("limits.wider")
_DOMICILE = shape("limits.domicile")
_PLACE = shape("limits.place")
_OUTPUTS = shape("limits.outputs")
_AUTHORITY = shape("limits.authority")
_TAIL = shape("limits.tail")
_LEFT_OUT = shape("limits.left-out")
_LAW_ENDS = shape("limits.law-ends")
_EXCEPT = shape("uses.except")
_OPEN = shape("uses.open")
_UNLIMITED = shape("uses.unlimited")
_LABEL = shape("uses.label")
_HEADING = shape("uses.heading")
_REASON = shape("uses.reason")
_MARKED = re.compile(r"\W*\w{0,5}\W+$|\W+$")
"""What stands on a line before a list item: its mark."""
_MIXED = re.compile(r"(?:yes|(?<!not )(?:allowed|permitted)|(?<!不)允许|(?<!不)可以?|是否)(?=[^|]{0,12}\|)")
"""What stands above a column of answers: its rows say both what may and what may not be done."""
_SANCTION = re.compile("违反|违者|如|若")
"""How an item begins that says what happens to who does it."""
MAX_OPENING = 300
"""Characters of what opens a list and ends with a colon."""
MAX_TITLE = 120
"""Characters of what opens a list without one."""


def restrictions(document: Document, hits: Hits, *, research: bool) -> Iterator[Restriction]:
    """Yield what may not be done; *research* says whether a limit to research holds for all use."""
    for kind in (RestrictionKind.NO_COMPETE, RestrictionKind.NO_REVERSE_ENGINEERING, RestrictionKind.NON_PRODUCTION):
        said = {hit.passage: hit for hit in hits.get(f"restriction.{kind.value}", ())}
        for hit in [*said.values()][:2]:
            lifted = frozenset({AgreementKind.SEPARATE_LICENSE} if _WITHOUT.search(hit.passage.text) else ())
            yield Restriction(kind=kind, lifted_by=lifted, section=hit.passage.section, evidence=_quote(document, hit))
    if research:
        limits = (*hits.get("restriction.research-only", ()), *hits.get("signal.research-defined", ()))
        limits += tuple(h for h in hits.get("signal.noncommercial", ()) if _names_research(h))
        for hit in limits[:2]:
            yield Restriction(
                kind=RestrictionKind.RESEARCH_ONLY, section=hit.passage.section, evidence=_quote(document, hit)
            )
    yield from _uses(document, hits)


def _names_research(hit: Hit) -> bool:
    """Tell whether the words of a limit name research, and nothing wider beside it."""
    said = hit.passage.text[hit.start :]
    named = _RESEARCH.search(hit.said) or _ALSO_RESEARCH.match(said, hit.end - hit.start)
    return bool(named) and not _WIDER.search(hit.passage.text)


def _uses(document: Document, hits: Hits) -> Iterator[Restriction]:
    by_passage: dict[Passage, set[UseCategory]] = {}
    for category in UseCategory:
        for hit in hits.get(f"use.{category.value}", ()):
            said = _EXAMPLES.sub("", hit.passage.text)
            if hit.compiled.matches.search(said, chinese=hit.passage.chinese) and not _RISK.search(said):
                by_passage.setdefault(hit.passage, set()).add(category)
    for hit in _ruled_out(document):
        by_passage.setdefault(hit.passage, set()).add(UseCategory(hit.term.removeprefix("use.")))
    for hit in hits.get("law-abiding.illegal", ())[:1]:
        by_passage.setdefault(hit.passage, set()).add(UseCategory.ILLEGAL)
    listed = hits.get("signal.use-list", ())
    seen: set[UseCategory] = set()
    for passage, uses in sorted(by_passage.items(), key=lambda item: item[0].start):
        if uses - seen:
            seen |= uses
            yield _use(document, passage, frozenset(uses))
    if listed and not seen:
        yield _use(document, listed[0].passage, frozenset())
    policies = hits.get("signal.policy", ())
    for hit in policies[:1]:
        found = next(filter(None, (policy(document, h.passage) for h in policies)), None)
        yield Restriction(
            kind=RestrictionKind.PROHIBITED_USES,
            policy=found,
            section=hit.passage.section,
            evidence=_quote(document, hit),
        )


def _ruled_out(document: Document) -> Iterator[Hit]:
    """Yield the uses that are ruled out in words that forbid nothing but a use: "other than gambling"."""
    governed = tuple(part for passage in document.passages if _names_a_use(passage) for part in _governed(passage))
    listed = tuple(_listed(document))
    if not governed and not listed:
        return
    whole = {passage.start: passage for passage in document.passages}
    found = scan(evolve(document, passages=(*governed, *listed)), _unconditional())
    for hit in (hit for hits in found.values() for hit in hits):
        said = _EXAMPLES.sub("", hit.passage.text)
        if hit.compiled.matches.search(said, chinese=hit.passage.chinese) and not _RISK.search(said):
            yield evolve(hit, passage=whole[hit.passage.start])


@functools.cache
def _unconditional() -> tuple[Compiled, ...]:
    """Return the patterns of uses, made to match where nothing forbids: for what is known to be forbidden."""
    uses = (c for c in patterns() if c.pattern.term.startswith("use.") and c.pattern.banned)
    return tuple(evolve(c, pattern=evolve(c.pattern, banned=False)) for c in uses)


def _names_a_use(passage: Passage) -> bool:
    """Tell whether a sentence has a word of any use that can be forbidden: most have none."""
    return bool(_words_of_uses().find_matches_as_indexes(passage.text))


@functools.cache
def _words_of_uses() -> AhoCorasick:
    found = {w for c in _unconditional() for way in c.ways for branch in way.needs for w in branch[0].words}
    return AhoCorasick(found, implementation=Implementation.ContiguousNFA)


def _governed(passage: Passage) -> Iterator[Passage]:
    """Yield the parts of a sentence that name what may not be done: behind some words, before others."""
    text = passage.text
    headed = _heads(passage.heading) and not STANDS.match(text)
    excepted = [found for found in _EXCEPT.finditer(text) if _OPEN.search(text, 0, found.start())]
    before = [*frames("uses.before").found(text, chinese=passage.chinese), *excepted]
    behind = frames("uses.behind").found(text, chinese=passage.chinese)
    if not (headed or before or behind) or _UNLIMITED.search(text):
        return
    if headed:
        yield evolve(passage, lead="")
    for found in before:
        stop = text.find(";", found.end())
        yield _part(passage, text[found.end() : stop if stop >= 0 else len(text)])
    for found in behind:
        first = max(text.rfind(";", 0, found.start()), text.rfind("。", 0, found.start())) + 1
        yield _part(passage, _REASON.sub("", text[first : found.start()]))


@functools.lru_cache(maxsize=2000)
def _heads(heading: str) -> bool:
    """Tell whether a heading rules out the uses that stand below it."""
    return _HEADING.search(heading.rpartition(" / ")[2]) is not None


def _part(passage: Passage, said: str) -> Passage:
    return evolve(passage, text=said, lead="", heading="")


def _listed(document: Document) -> Iterator[Passage]:
    """Yield the items of lists, and the rows of tables, that open with words that forbid them all."""
    opening: Passage | None = None
    forbids: bool | None = None
    for passage in document.passages:
        line = document.folded.rfind("\n", 0, passage.start) + 1
        row = opening is not None and passage.text[:1] == opening.text[:1] == "|"
        marked = passage.start - line <= 12 and _MARKED.fullmatch(document.folded, line, passage.start)
        if not (row or marked):
            opening, forbids = passage, None
        elif opening and forbids is not False and _names_a_use(passage):
            forbids = _opens(opening) if forbids is None else forbids
            if forbids and _is_item(passage.text):
                yield evolve(passage, lead="", heading="")


def _is_item(said: str) -> bool:
    return not (STANDS.match(said) or _UNLIMITED.search(said) or _SANCTION.match(said))


def _opens(passage: Passage) -> bool:
    """Tell whether a sentence forbids the items of the list that follows it."""
    said = passage.text
    if (
        len(said) > (MAX_OPENING if said.endswith(":") else MAX_TITLE)
        or said[-1:] in ".。!?;"
        or _UNLIMITED.search(said)
        or (said[:1] == "|" and _MIXED.search(said))
    ):
        return False
    return _LABEL.search(said) is not None or banned(f"{said} ") or barred(said, 0)


def _use(document: Document, passage: Passage, uses: frozenset[UseCategory]) -> Restriction:
    return Restriction(
        kind=RestrictionKind.PROHIBITED_USES,
        uses=uses,
        section=passage.section,
        evidence=(evidence(document, passage),),
    )


def territories(document: Document, hits: Hits) -> Iterator[Territory]:
    """Yield where the license does not reach, or the only places where it does."""
    exempt = frozenset({Role.END_USER} if "signal.end-users-exempt" in hits else ())
    done: set[Passage] = set()
    for hit in hits.get("territory.excluded", ()):
        named = regions(_AUTHORITY.sub("", _named_part(hit)))
        if named and hit.passage not in done:
            done.add(hit.passage)
            yield _territory(document, hit, named, exempt)
    for hit in hits.get("territory.embargoed", ())[:2]:
        yield _territory(document, hit, frozenset({EMBARGOED}), frozenset())
    for hit in hits.get("territory.allowed", ()):
        named = regions(hit.passage.text[hit.start : hit.end + 160])
        if named and hit.passage not in done:
            yield Territory(
                allowed=named,
                by=frozenset({TerritoryBasis.PLACE_OF_USE}),
                section=hit.passage.section,
                evidence=_quote(document, hit),
            )


def _named_part(hit: Hit) -> str:
    """Return the part of the sentence that names the excluded places."""
    text = hit.passage.text
    if hit.compiled.pattern.name != "territory-excludes":
        return text if hit.passage.chinese else text[hit.start :]
    if _LEFT_OUT.search(text, hit.start):
        return text[hit.start :]
    tail = _TAIL.search(text, hit.start)
    return text[tail.start() :] if tail else text[hit.start :]


def _territory(document: Document, hit: Hit, excluded: frozenset[Region], exempt: frozenset[Role]) -> Territory:
    said = hit.passage.before(len(hit.passage.text))
    by = {TerritoryBasis.DOMICILE} if _DOMICILE.search(said) else set()
    if not by or re.search(r"located|territory|\baccess", said):
        by.add(
            TerritoryBasis.OUTPUTS if _OUTPUTS.search(said) and not _PLACE.search(said) else TerritoryBasis.PLACE_OF_USE
        )
    multimodal = re.search(
        r"(?:with respect to|regarding|as to|for|concerning) (?:any |the |all )?multi-?modal|对于多模态", said
    )
    return Territory(
        excluded=excluded,
        part=Part.MULTIMODAL if multimodal else Part.ALL,
        by=frozenset(by),
        exempt=exempt,
        section=hit.passage.section,
        evidence=_quote(document, hit),
    )


def derivatives(document: Document, hits: Hits) -> Iterator[DerivativeScope]:
    """Yield what the text counts as a derivative."""
    works = {work: hits.get(f"derivative.{work.value}", ()) for work in DerivedWork}
    if "signal.outputs-no-derivative" in hits:
        works[DerivedWork.TRAINED_ON_OUTPUTS] = ()
    first = next((h for w in (DerivedWork.TRAINED_ON_OUTPUTS, DerivedWork.CHANGED_WEIGHTS) for h in works[w]), None)
    if first:
        named = frozenset(work for work, found in works.items() if found) | {DerivedWork.CHANGED_WEIGHTS}
        yield DerivativeScope(works=named, section=first.passage.section, evidence=_quote(document, first))


def terminations(document: Document, hits: Hits) -> Iterator[Termination]:
    """Yield what ends the license."""
    for ending in Ending:
        first = {hit.passage: hit for hit in reversed(hits.get(f"ending.{ending.value}", ()))}
        for hit in sorted(first.values(), key=lambda each: each.passage.start)[:2]:
            days = _cure(hit) if ending is Ending.BREACH else None
            yield Termination(on=ending, cure_days=days, section=hit.passage.section, evidence=_quote(document, hit))


def _cure(hit: Hit) -> int | None:
    found = _CURE.search(hit.passage.text) if _CURED.search(hit.passage.text) else None
    if not found:
        return None
    return han(found[3]) if found[3] else int(found[1] or found[2])


def outputs(document: Document, hits: Hits) -> Iterator[OutputRights]:
    """Yield who holds the rights in outputs: the first owner that the text names."""
    order = (OutputOwner.LICENSOR, OutputOwner.LICENSEE, OutputOwner.DISCLAIMED)
    for owner in order:
        for hit in hits.get(f"outputs.{owner.value}", ())[:1]:
            yield OutputRights(owner=owner, section=hit.passage.section, evidence=_quote(document, hit))
            return


def laws(document: Document, hits: Hits) -> Iterator[Law]:
    """Yield governing law and venue."""
    for hit in hits.get("signal.governing", ()):
        place = jurisdiction(_after_law(hit)) or (_before_law(hit) if hit.said.startswith("law ") else None)
        if place:
            yield Law(governing=place, section=hit.passage.section, evidence=_quote(document, hit))
            break
    for hit in hits.get("signal.venue", ()):
        place = jurisdiction(hit.passage.text[hit.start :]) or jurisdiction(hit.passage.text[: hit.start])
        if place:
            yield Law(venue=place, section=hit.passage.section, evidence=_quote(document, hit))
            break


def _before_law(hit: Hit) -> str | None:
    """Return the place whose law it is, where it stands first: "Texas law governs"."""
    return jurisdiction(hit.passage.text[max(0, hit.start - 40) : hit.start])


def _after_law(hit: Hit) -> str:
    """Return where the place of the law stands: up to the courts, which may be elsewhere."""
    text = hit.passage.text[hit.start :]
    return _LAW_ENDS.split(text, maxsplit=1)[0]


def disclaimers(document: Document, hits: Hits) -> Iterator[Disclaimed]:
    """Yield what the licensor does not answer for."""
    for disclaimer in Disclaimer:
        for hit in _one(hits.get(f"disclaimed.{disclaimer.value}", ())):
            yield Disclaimed(of=disclaimer, section=hit.passage.section, evidence=_quote(document, hit))


def _one(found: Iterable[T]) -> Iterator[T]:
    for each in found:
        yield each
        return


def _quote(document: Document, hit: Hit) -> tuple[Evidence, ...]:
    return (evidence(document, hit.passage, hit.start, hit.end),)
