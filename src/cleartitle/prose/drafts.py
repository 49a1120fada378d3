"""What is gathered while reading: sentences with what was read in them, and statements in the making."""

from __future__ import annotations

import re

from attrs import define, evolve, field, frozen

from cleartitle.prose.claims import Claim
from cleartitle.prose.markdown import Form, Unit
from cleartitle.prose.patterns import first
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.sameness import pieces
from cleartitle.prose.sections import Section
from cleartitle.prose.terms import Said, alone
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.prose import Binding, ProseCondition, ProseStatement, Subject
from cleartitle.vocabulary.statement import Expression, One
from cleartitle.vocabulary.words import Decision

_FAMILY = re.compile("llama|gemma|qwen|mistral")
_THIS_PROJECT = re.compile(
    r"\b(?:this|our) (?:project|repo\w*|work|release)\b|本(?:项目|仓库)|本プロジェクト|이 프로젝트"
)


@frozen(kw_only=True)
class Event:
    """What a sentence says of commercial use, and of what."""

    said: Said
    covers: tuple[Subject, ...] = ()
    trained: bool = False
    """Whether it limits to research what is trained on the data, as all was limited before it."""


@frozen(kw_only=True)
class Sentence:
    """A sentence with what was read in it."""

    unit: int
    words: Plain
    section: Section
    place: Place
    claims: tuple[Claim, ...]
    event: Event
    more: tuple[Event, ...] = ()
    """What it says of other parts, where that differs."""

    def spread(self) -> tuple[Sentence, ...]:
        """Return the sentence once for each part that it speaks of."""
        return (self, *(evolve(self, event=each, more=()) for each in self.more))


@define(kw_only=True)
class Draft:
    """A statement in the making."""

    unit: int
    section: int
    covers: Subject
    key: str
    said: str = ""
    license: Expression | None = None
    address: str = ""
    binding: Binding = Binding.UNDER
    explicit: bool = True
    evidence: Evidence
    decisions: list[Decision] = field(factory=list)
    conditions: list[ProseCondition] = field(factory=list)
    research_only: bool = False
    proofs: list[Evidence] = field(factory=list)

    def also(self, unit: int, covers: Subject, evidence: Evidence) -> Draft:
        """Return the same license for another part; what it was first said of holds beside it."""
        return Draft(
            unit=unit,
            section=self.section,
            covers=covers,
            key=self.key,
            said=self.said,
            license=self.license,
            address=self.address,
            binding=self.binding,
            explicit=False,
            evidence=evidence,
        )

    def finish(self) -> ProseStatement:
        """Return the statement; of several decisions the limit holds."""
        decision = Decision.SILENT
        for worst in (Decision.PROHIBITED, Decision.UNKNOWN, Decision.CONDITIONAL, Decision.ALLOWED):
            if worst in self.decisions:
                decision = worst
                break
        return ProseStatement(
            covers=self.covers,
            said=self.said,
            license=self.license,
            address=self.address,
            binding=self.binding,
            commercial_use=decision,
            conditions=tuple(self.conditions),
            research_only=self.research_only,
            evidence=self.evidence,
            terms_evidence=tuple(dict.fromkeys(self.proofs)),
        )


def limited(last: list[Draft], near: list[Draft]) -> list[Draft]:
    """Return what a limit without a subject means: after code under a public license, the weights."""
    weights = [d for d in near if d.covers is Subject.WEIGHTS]
    if not weights or any(d.covers is not Subject.CODE for d in last):
        return last
    public = all(isinstance(d.license, One) and not d.license.license.startswith("LicenseRef-") for d in last)
    return weights if public else [*last, *weights]


def apart(draft: Draft, sentence: Sentence, *, later: bool = False) -> bool:
    """Return whether a limit on the weights is no part of the license that was named before: one that lets sell."""
    known = draft.license.license if isinstance(draft.license, One) else "LicenseRef-"
    return (later or draft.unit < sentence.unit) and not known.startswith("LicenseRef-") and "-NC" not in known


def granted(sentence: Sentence) -> bool:
    """Return whether a sentence is itself the license: ``licensed for research use only``."""
    free = sentence.event.said.decision is Decision.ALLOWED
    return not free and first("binding", sentence.words.low, "granted") is not None


def named_before(drafts: list[Draft], sentence: Sentence) -> list[Draft]:
    """Return what a sentence can mean: where it is itself the license, nothing that comes later."""
    return [d for d in drafts if d.unit <= sentence.unit] if granted(sentence) else drafts


def above(unit: Unit) -> tuple[str, ...]:
    """Return the headings over a unit; a heading that is itself a statement stands in the section around it."""
    return unit.headings[:-1] if unit.form is Form.HEADING else unit.headings


def within(outer: tuple[str, ...], inner: tuple[str, ...]) -> bool:
    """Return whether one section lies in the other: their headings are the same up to the last of the outer one."""
    return bool(outer) and inner[: len(outer)] == outer


def alike(one: str, other: str) -> bool:
    """Return whether two names share a word: ``MIT`` and a ``Poet License`` linked to the MIT text do not."""
    return not one or not other or bool(pieces(one) & pieces(other))


def may_speak(sentence: Sentence, beside: list[Draft], *, goes_on: bool) -> bool:
    """Return whether a sentence outside license sections speaks of this very model, or of what is told *beside* it."""
    covers = sentence.event.covers
    said = sentence.event.said
    if not covers and (sentence.claims or goes_on or beside):
        return True
    if {d.covers for d in beside} & set(covers):
        return True
    if any(set(covers) & set(claim.covers) for claim in sentence.claims):
        return True
    low = sentence.words.low
    limiting = said.research_only or said.decision in (Decision.PROHIBITED, Decision.CONDITIONAL)
    if Subject.WEIGHTS not in covers and (not covers or {Subject.DATA, Subject.CODE} & set(covers)):
        return bool(covers) and limiting and _THIS_PROJECT.search(low) is not None
    own = re.search(
        r"\b(?:this|these|our|the|all|it)\b|本|该|此|以上|この|이 |해당|저희|ce |dies\w*|este|quest|\bbu \b|\bini\b"
        r"|\bnày\b",
        low[:120],
    )
    return (
        alone(low)
        or bool(own)
        or (limiting and sentence.place.section is Section.NEUTRAL and Subject.WEIGHTS in covers)
    )


def tell_upstream(drafts: list[Draft]) -> None:
    """Mark the license of a known family of models, beside a license of its own, as that of an upstream model."""
    weights = [d for d in drafts if d.covers in (Subject.WEIGHTS, Subject.PROJECT) and d.binding is Binding.UNDER]
    if not weights or not weights[0].key or first("bases", weights[0].said.lower(), "family"):
        return
    for draft in weights[1:]:
        if draft.said and draft.key != weights[0].key and _FAMILY.search(draft.said.lower()):
            draft.binding = Binding.INHERITS
