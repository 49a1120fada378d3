"""What is gathered while reading: sentences with what was read in them, and statements in the making."""

from __future__ import annotations

from attrs import define, field, frozen

from cleartitle.prose.claims import Claim
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.sections import Section
from cleartitle.prose.terms import Said
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.prose import Binding, ProseCondition, ProseStatement, Subject
from cleartitle.vocabulary.statement import Expression
from cleartitle.vocabulary.words import Decision


@frozen(kw_only=True)
class Event:
    """What a sentence says of commercial use, and of what."""

    said: Said
    covers: tuple[Subject, ...] = ()


@frozen(kw_only=True)
class Sentence:
    """A sentence with what was read in it."""

    unit: int
    words: Plain
    section: Section
    place: Place
    claims: tuple[Claim, ...]
    event: Event


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
