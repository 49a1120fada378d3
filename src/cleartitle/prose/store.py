"""Statements in the making, kept by what they cover, by their license and by their section."""

from __future__ import annotations

import re

from cleartitle.prose.badges import Badge
from cleartitle.prose.drafts import Draft, Sentence, above, alike, within
from cleartitle.prose.markdown import Layout, Unit
from cleartitle.prose.names import Mention
from cleartitle.prose.patterns import first
from cleartitle.prose.quotes import exactly, quote
from cleartitle.prose.sameness import key_of
from cleartitle.prose.sections import Section, kind
from cleartitle.prose.subjects import about, subjects
from cleartitle.vocabulary.prose import Binding, Subject
from cleartitle.vocabulary.statement import Unknown

_TOO = re.compile(r"\b(?:also|too|as well|likewise)\b|同样|同樣|也|同様|도 ")


def _too(draft: Draft) -> bool:
    """Return whether a part is said to be under a license as well: what was said of all the project stays."""
    return _TOO.search(draft.evidence.quote.lower()) is not None


class Store:
    """The drafts of a text."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.drafts: list[Draft] = []
        self.by_key: dict[tuple[Subject, str], Draft] = {}
        self.by_section: dict[int, list[Draft]] = {}

    def put(self, draft: Draft) -> None:
        """Add a draft."""
        self.drafts.append(draft)
        self._know(draft)
        self.by_section.setdefault(draft.section, []).append(draft)

    def _know(self, draft: Draft) -> None:
        """Remember a draft by its license and by its words: of two names the catalog may know only one."""
        self.by_key.setdefault((draft.covers, draft.key), draft)
        if draft.said:
            self.by_key.setdefault((draft.covers, key_of(draft.said, None)), draft)

    def known(self, section: int, cover: Subject, mention: Mention, key: str) -> Draft | None:
        """Return the draft that says the same already, under its full name or a shorter one."""
        found = self.by_key.get((cover, key)) or self.by_key.get((cover, key_of(mention.said, None)))
        if found or not mention.said or not isinstance(mention.license, Unknown):
            return found
        short = mention.said.lower()
        near = [d for d in self.by_section.get(section, ()) if d.covers is cover and d.binding is Binding.UNDER]
        return next((d for d in near if len(d.said) > len(short) and d.said.lower().endswith(f" {short}")), None)

    def around(self, sentence: Sentence) -> tuple[Subject, ...]:
        """Return what the section was about so far: what a policy named after it holds for."""
        before = self.by_section.get(self.layout.units[sentence.unit].section, [])
        return tuple(dict.fromkeys(d.covers for d in before if d.unit == before[-1].unit))

    def told(self, section: int, covers: tuple[Subject, ...]) -> bool:
        """Return whether a section says anything of all that is meant."""
        told = {d.covers for d in self.by_section.get(section, ())}
        return Subject.PROJECT in told or set(covers) <= told

    def beside(self, unit: Unit) -> list[Draft]:
        """Return what the other sentences of a paragraph put under a license."""
        units = self.layout.units
        near = self.by_section.get(unit.section, ())
        return [d for d in near if d.said and d.binding is Binding.UNDER and units[d.unit].block == unit.block]

    def near(self, unit: Unit) -> list[Draft]:
        """Return the drafts of a unit's section, or of the nearest one around or above it."""
        near = self.by_section.get(unit.section)
        if near:
            return near
        units = self.layout.units
        around = [d for d in self.drafts if d.unit >= 0 and units[d.unit].section < unit.section]
        around = [d for d in around if within(above(units[d.unit]), unit.headings)]
        return [d for d in around if d.section == around[-1].section]

    def bare(self, sentence: Sentence, cover: Subject) -> Draft:
        """Return the statement without a license about *cover*, made if need be."""
        known = self.by_key.get((cover, ""))
        if known is None:
            section = self.layout.units[sentence.unit].section
            known = Draft(
                unit=sentence.unit, section=section, covers=cover, key="", evidence=quote(self.layout, sentence.words)
            )
            self.put(known)
        return known

    def badge(self, badge: Badge) -> None:
        """Add the license of a badge, unless the prose already says it."""
        key = key_of(badge.said, badge.license)
        for covers in badge.covers or (Subject.PROJECT,):
            known = [d for d in self.drafts if d.key == key and (not badge.covers or d.covers is covers)]
            if known or (covers, key) in self.by_key:
                continue
            self.put(
                Draft(
                    unit=-1,
                    section=-1,
                    covers=covers,
                    key=key,
                    said=badge.said,
                    license=badge.license,
                    address=badge.address,
                    explicit=bool(badge.covers),
                    evidence=exactly(self.layout, badge.start, badge.end),
                )
            )

    def extend(self, sentence: Sentence) -> bool:
        """Put another part under the license named before it, and return whether the sentence says so.

        ``The license applies to the weights as well.`` ``The weights are under the same license.``
        """
        low = sentence.words.low
        named = any(c.mention and c.mention.named for c in sentence.claims)
        found = None if named or sentence.section is Section.OTHERS else first("binding", low, "extends", "same")
        before = self.by_section.get(self.layout.units[sentence.unit].section, ())
        told = [d for d in before if d.key and d.binding is Binding.UNDER]
        covers = about(subjects(low, found.end()) or subjects(low, 0, found.start()), low) if found and told else ()
        for cover in covers:
            if (cover, told[-1].key) not in self.by_key:
                self.put(told[-1].also(sentence.unit, cover, quote(self.layout, sentence.words)))
        return bool(covers)

    def drop_repeated(self) -> None:
        """Drop what is said of the project at large where it is also said of a part of it."""
        parts = [d for d in self.drafts if d.explicit and d.covers is not Subject.PROJECT and d.key and not _too(d)]

        def repeated(draft: Draft) -> bool:
            whole = draft.covers is Subject.PROJECT and not draft.explicit
            return whole and any(p.key == draft.key and alike(p.said, draft.said) for p in parts)

        self.drafts = [d for d in self.drafts if not repeated(d) and not self._pointer(d)]
        self.by_key = {}
        for draft in self.drafts:
            self._know(draft)
        for section in self.by_section:
            self.by_section[section] = [d for d in self.by_section[section] if d in self.drafts]

    def _pointer(self, draft: Draft) -> bool:
        """Return whether a statement names but a file or a kind of license, and another the license itself."""
        if draft.key or draft.license is not None or draft.binding is not Binding.UNDER:
            return False
        if draft.unit < 0 or kind(self.layout.units[draft.unit].headings) is Section.LICENSE:
            return any(d.said and d.covers is draft.covers for d in self.by_section.get(draft.section, ()))
        return any(d.said and d.covers in (draft.covers, Subject.PROJECT) for d in self.drafts)
