"""Claims and terms of all sentences to statements: what says the same is one, limits are put where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleartitle.prose.asides import of_another
from cleartitle.prose.badges import Badge
from cleartitle.prose.claims import Claim
from cleartitle.prose.covers import SERVICE
from cleartitle.prose.drafts import (
    Draft,
    Sentence,
    apart,
    granted,
    limited,
    may_speak,
    named_before,
    tell_upstream,
)
from cleartitle.prose.markdown import Form, Layout
from cleartitle.prose.names import Mention
from cleartitle.prose.passages import passages
from cleartitle.prose.quotes import quote
from cleartitle.prose.sameness import key_of
from cleartitle.prose.sections import Section
from cleartitle.prose.store import Store
from cleartitle.prose.subjects import about, subjects
from cleartitle.prose.terms import Found, Said, conditions
from cleartitle.vocabulary.prose import (
    Binding,
    ConditionKind,
    OpenPassage,
    ProseCondition,
    ProseStatement,
    Subject,
)
from cleartitle.vocabulary.statement import One
from cleartitle.vocabulary.words import Decision

_LIMITS = (Decision.CONDITIONAL, Decision.PROHIBITED)
MAX_STATEMENTS = 200
_FOLLOWS = re.compile(r", (?:which|and (?:so|therefore|thus)|so|therefore|hence|thus)\b|因此|所以|(?:の|る)ため|따라서")
"""Words after a license for what it brings with it."""
_ASKS = re.compile(
    r"\b(?:please|you (?:need|must|should|have to)|contact|once approved|after (?:review|approval)|we will"
    r" grant|will hereby grant)\b|请|需|须|审核|ください|してください|바랍니다|하세요|veuillez|bitte|por"
    r" favor"
)
_KEYED = re.compile(
    r"\W*(?:commercial use|uso com?mercial\w*|usage commercial|kommerzielle nutzung"
    r"|商用(?:利用)?|商业(?:用途|使用)|商業利用|상업적? ?(?:이용|사용)) ?:"
)


def gather(
    layout: Layout, sentences: Sequence[Sentence], badges: Iterable[Badge]
) -> tuple[tuple[ProseStatement, ...], tuple[OpenPassage, ...]]:
    """Return the statements of a text, and the passages that stay open."""
    maker = _Gathering(layout)
    for sentence in sentences:
        maker.claims(sentence)
    for badge in badges:
        maker.badge(badge)
    for sentence in sentences:
        maker.weak(sentence, named=True)
    maker.drop_repeated()
    for sentence in sentences:
        for each in sentence.spread():
            maker.terms(each)
    for sentence in sentences:
        maker.weak(sentence, named=False)
    maker.limit_trained()
    tell_upstream(maker.drafts)
    maker.drafts.sort(key=lambda d: d.evidence.span.start if d.evidence.span else 0)
    unclear = passages(layout, sentences, found=bool(maker.drafts))
    return tuple(d.finish() for d in maker.drafts[:MAX_STATEMENTS]), unclear


class _Gathering(Store):
    """Holds the drafts while sentences are read in order."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.targets: dict[int, tuple[int, list[Draft]]] = {}
        """By section: the drafts that were spoken of last, and in which unit."""
        self.spoken: dict[int, tuple[Subject, ...]] = {}
        """By paragraph: what its last sentence was about."""
        self.asked: dict[int, list[Draft]] = {}
        """By section: the drafts whose commercial use was limited."""
        self.trained: list[Sentence] = []
        """What limits to research all that is trained on the data."""

    def claims(self, sentence: Sentence) -> None:
        """Add what a sentence claims outright."""
        if self.extend(sentence):
            return
        for claim in sentence.claims:
            if not claim.weak:
                self._add(sentence, claim)

    def weak(self, sentence: Sentence, *, named: bool) -> None:
        """Add what a sentence only points to, where nothing else is said."""
        section = self.layout.units[sentence.unit].section
        for claim in sentence.claims:
            if not claim.weak or claim.mention is None or sentence.section is not Section.LICENSE:
                continue
            named_here = claim.mention.named and _is_name(claim.mention.said)
            if named_here is not named:
                continue
            if named_here:
                key = key_of(claim.mention.said, claim.mention.license)
                if not any(d.key == key for d in self.drafts):
                    self._add(sentence, claim)
            elif claim.covers == (Subject.PROJECT,) and any(
                d.unit < 0 and d.covers is Subject.PROJECT for d in self.drafts
            ):
                continue  # a badge has named the license that the file holds
            elif not self.by_section.get(section) or (claim.explicit and not self.told(section, claim.covers)):
                self._add(sentence, claim)

    def limit_trained(self) -> None:
        """Limit to research the weights of a section which says so of all that is trained on the data."""
        for sentence in self.trained:
            section = self.layout.units[sentence.unit].section
            for draft in self.by_section.get(section, ()):
                if draft.covers is Subject.WEIGHTS and draft.binding is Binding.UNDER:
                    self._apply(draft, sentence, (), Said(decision=Decision.PROHIBITED, research_only=True))

    def terms(self, sentence: Sentence) -> None:
        """Put what a sentence says of commercial use on the statements that it means."""
        unit = self.layout.units[sentence.unit]
        here = [d for d in self.by_section.get(unit.section, ()) if d.unit == sentence.unit]
        if here:
            self.targets[unit.section] = (sentence.unit, here)
        said = sentence.event.said
        low = sentence.words.low
        if sentence.event.trained:
            self.trained.append(sentence)
        if said.silent:
            self._follow_up(sentence, low)
            covers = about([w for w in subjects(low) if w.subject is not Subject.PROJECT], low)
            if covers:
                self.spoken[unit.block] = covers
            return
        goes_on = unit.section in self.targets and said.decision is not Decision.ALLOWED
        beside = self.beside(unit)
        if sentence.section is Section.NEUTRAL and not may_speak(sentence, beside, goes_on=goes_on):
            return
        targets = self._targets(sentence)
        for draft in targets:
            self._apply(draft, sentence, said.conditions, said)
        if targets:
            self.targets[unit.section] = (sentence.unit, targets)
            if said.decision in (Decision.CONDITIONAL, Decision.PROHIBITED):
                self.asked[unit.section] = targets

    def _add(self, sentence: Sentence, claim: Claim) -> None:
        mention = claim.mention
        if mention is None or len(self.drafts) >= MAX_STATEMENTS:
            return
        covers, explicit = claim.covers, claim.explicit
        if not explicit and self._of_another(sentence):
            return
        if claim.binding is Binding.ALSO_SUBJECT_TO and not explicit:
            covers = self.around(sentence) or covers
        listed = () if explicit and Subject.PROJECT not in covers else self._listed(sentence)
        if listed:
            covers, explicit = listed, True
        key = key_of(mention.said, mention.license) or _elsewhere(sentence, mention)
        section = self.layout.units[sentence.unit].section
        for each in covers:
            known = self.known(section, each, mention, key)
            if known and (mention.said or known.key == key):
                known.explicit = known.explicit or explicit
                if claim.binding is Binding.UNDER and explicit:
                    known.binding = Binding.UNDER
                if known.unit != sentence.unit:
                    self.by_section.setdefault(section, []).append(known)
                continue
            self.put(
                Draft(
                    unit=sentence.unit,
                    section=section,
                    covers=each,
                    key=key,
                    said=mention.said,
                    license=mention.license,
                    address=mention.address,
                    binding=claim.binding,
                    explicit=explicit,
                    evidence=quote(self.layout, sentence.words, mention.start, mention.end),
                )
            )

    def _of_another(self, sentence: Sentence) -> bool:
        """Return whether a sentence, after others on this project, tells the license of a part from elsewhere."""
        before = self.by_section.get(self.layout.units[sentence.unit].section, ())
        stated = sentence.section is Section.LICENSE and any(d.unit < sentence.unit and d.explicit for d in before)
        told = [c.mention for c in sentence.claims if c.mention]
        return stated and of_another(sentence.words, told, sentence.place.title)

    def _listed(self, sentence: Sentence) -> tuple[Subject, ...]:
        """Return what the items of a list are about that a sentence leads to."""
        if not sentence.words.text.rstrip().endswith((":", "：")):
            return ()
        found: list[Subject] = []
        for unit in self.layout.units[sentence.unit + 1 : sentence.unit + 30]:
            if unit.lead != sentence.unit:
                break
            low = self.layout.text[unit.start : unit.end].lower()
            found += about([w for w in subjects(low) if w.subject is not Subject.PROJECT], low)[:1]
        return tuple(dict.fromkeys(found))

    def _targets(self, sentence: Sentence) -> list[Draft]:
        unit = self.layout.units[sentence.unit]
        covers = sentence.event.covers
        near = self.near(unit) if sentence.section is Section.LICENSE else self.drafts
        near = [d for d in near if d.binding is not Binding.ALSO_SUBJECT_TO]
        near = named_before(near, sentence)
        if not near and granted(sentence):
            return [self.bare(sentence, cover) for cover in covers or (Subject.PROJECT,)]
        named = {key_of(c.mention.said, c.mention.license) for c in sentence.claims if c.mention and c.mention.named}
        here = [d for d in near if d.unit == sentence.unit] or [d for d in self.drafts if d.key in named]
        if sentence.event.said.decision in _LIMITS:
            follows = _FOLLOWS.search(sentence.words.low) is not None
            here = [d for d in here if d.binding is Binding.UNDER or (follows and d.unit == sentence.unit)]
        if covers and covers != (Subject.PROJECT,):
            return [each for cover in covers for each in self._covered(sentence, cover, near, here)]
        if here:
            return here
        main = [d for d in near if d.covers in (Subject.WEIGHTS, Subject.PROJECT) and d.binding is Binding.UNDER]
        if main and sentence.section is Section.LICENSE and _KEYED.match(sentence.words.low):
            return main
        return self._whole(sentence, near) or self._last(sentence, near)

    def _whole(self, sentence: Sentence, near: list[Draft]) -> list[Draft]:
        """Return the one statement on the whole project, where a sentence can mean no other."""
        covers = sentence.event.covers
        if covers == (Subject.PROJECT,) and SERVICE.match(sentence.words.low):
            return [self.bare(sentence, Subject.PROJECT)]
        if sentence.section is not Section.NEUTRAL and near:
            return []
        whole = [d for d in self.drafts if d.covers is Subject.PROJECT and d.binding is Binding.UNDER and d.said]
        return whole if len(whole) == 1 and (covers or all(d.unit < 0 for d in self.drafts)) else []

    def _last(self, sentence: Sentence, near: list[Draft]) -> list[Draft]:
        """Return what a sentence means that does not say it: what was spoken of last, else all of the project."""
        unit = self.layout.units[sentence.unit]
        covers = sentence.event.covers
        last = self.targets.get(unit.section)
        if last:
            return limited(last[1], near) if sentence.event.said.decision in _LIMITS else last[1]
        beside = [d for d in self.beside(unit) if d.covers in (Subject.WEIGHTS, Subject.PROJECT)]
        if beside and not covers and sentence.section is Section.NEUTRAL:
            return beside
        under = [d for d in near if d.binding is Binding.UNDER and (not covers or d.key or d.unit <= sentence.unit)]
        if under and sentence.section is Section.LICENSE and not self._of_all(sentence, under[-1]):
            return under[-1:]
        if not covers and unit.block in self.spoken:
            covers = self.spoken[unit.block]
        return [self.bare(sentence, cover) for cover in covers or (Subject.PROJECT,)]

    def _of_all(self, sentence: Sentence, draft: Draft) -> bool:
        """Return whether a limit on the whole project is more than what is said of its code, under a public license."""
        whole = sentence.event.covers == (Subject.PROJECT,) and sentence.event.said.decision in _LIMITS
        return whole and draft.covers is Subject.CODE and apart(draft, sentence, later=True)

    def _covered(self, sentence: Sentence, cover: Subject, near: list[Draft], here: list[Draft]) -> list[Draft]:
        """Return the drafts that a sentence about *cover* means; of several the vendor's own license."""
        for pool in (here, near, self.drafts if sentence.section is Section.LICENSE else []):
            fitting = [d for d in pool if d.covers is cover and (pool is here or d.binding is Binding.UNDER)]
            if fitting:
                before = [d for d in fitting if d.unit <= sentence.unit] or fitting
                latest = [d for d in before if d.unit == before[-1].unit]
                own = [
                    d
                    for d in latest
                    if not (isinstance(d.license, One) and not d.license.license.startswith("LicenseRef-"))
                ]
                return own or latest
        handed = [d for d in near if d.covers is cover and d.binding is Binding.INHERITS and d.unit <= sentence.unit]
        if len(handed) == 1 and isinstance(handed[0].license, One) and not apart(handed[0], sentence, later=True):
            return handed  # the only license of it, which came with what it was made from
        whole = [d for d in near if d.covers is Subject.PROJECT and d.binding is Binding.UNDER]
        if (
            cover is Subject.WEIGHTS
            and whole
            and sentence.event.said.decision in _LIMITS
            and apart(whole[-1], sentence)
        ):
            return [self.bare(sentence, cover)]
        if whole and cover in (Subject.WEIGHTS, Subject.CODE):
            return whole[-1:]
        return [self.bare(sentence, cover)]

    def _apply(self, draft: Draft, sentence: Sentence, found: Iterable[Found], said: Said) -> None:
        proof = quote(self.layout, sentence.words)
        if said.decision is not Decision.SILENT:
            draft.decisions.append(said.decision)
            draft.proofs.append(proof)
        draft.research_only = draft.research_only or said.research_only
        for each in found:
            made = ProseCondition(
                kind=each.kind, value=each.value, currency=each.currency, comparator=each.comparator, evidence=proof
            )
            if made not in draft.conditions and len(draft.conditions) < 40:
                draft.conditions.append(made)

    def _follow_up(self, sentence: Sentence, low: str) -> None:
        """Read a sentence that goes on from one that limits commercial use: its list, what to do, whom to ask."""
        unit = self.layout.units[sentence.unit]
        drafts = self.asked.get(unit.section)
        if not drafts or sentence.section is not Section.LICENSE or unit.form is Form.CODE:
            return
        lead = re.search(r"condition|require|criteria|条件|要求|조건", sentence.place.lead_low) is not None
        found = conditions(low) if lead or _ASKS.search(low) else ()
        if lead and not found:
            found = (Found(kind=ConditionKind.OTHER),)
        kept = [f for f in found if lead or f.kind in (ConditionKind.REGISTRATION, ConditionKind.SEPARATE_LICENSE)]
        for draft in drafts if kept else ():
            self._apply(draft, sentence, kept, Said())


def _elsewhere(sentence: Sentence, mention: Mention) -> str:
    """Return what tells the license of one part in a list, which is an address alone, from that of the next."""
    part = sentence.place.form is Form.ITEM and sentence.place.lead and mention.address.startswith("http")
    return f"at:{mention.address}" if part else ""


def _is_name(said: str) -> bool:
    """Return whether words are a name, not that of a file."""
    return bool(said) and ("policy" in said.lower() or ("_" not in said and not said.startswith(("LICEN", "http"))))
