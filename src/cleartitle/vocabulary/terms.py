"""Terms: what a license says, clause by clause, each with the words that say so."""

from __future__ import annotations

from typing import Protocol, TypeVar

from attrs import evolve, field, fields, frozen
from attrs.validators import min_len

from cleartitle.vocabulary.conditions import Test
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.words import (
    Action,
    AgreementKind,
    Decision,
    DerivedWork,
    Disclaimer,
    DutyKind,
    Effect,
    Ending,
    Level,
    NameRule,
    Organization,
    OutputOwner,
    Part,
    Place,
    Purpose,
    Region,
    RestrictionKind,
    Role,
    TerritoryBasis,
    Trigger,
    UseCategory,
)


@frozen(kw_only=True)
class Clause:
    """What every term has: the place in the text, a few words that find it there, and what was found.

    >>> from cleartitle import catalog
    >>> clause = catalog.get("MIT").terms.clauses()[0]
    >>> clause.anchor
    'to deal in the Software without restriction'
    """

    section: str = ""
    """The section of the text, as it numbers itself: ``1.b.i``."""
    anchor: str = ""
    """A few words, verbatim, that find the clause in the official text."""
    note: str = ""
    """What a reader should know beyond the fields; for an unknown decision, the reason."""
    evidence: tuple[Evidence, ...] = ()
    """The sentence in the copy at hand, once one was read."""


@frozen(kw_only=True)
class Condition(Clause):
    """A test over the facts of the deployment and what it does to rights or duties when it holds.

    >>> from cleartitle import catalog
    >>> condition = catalog.get("LicenseRef-Meta-Llama-3.1-Community").terms.conditions[0]
    >>> condition.section, str(condition.effect), condition.lifted_by
    ('2', 'suspends', frozenset({<AgreementKind.SEPARATE_LICENSE: 'separate-license'>}))
    """

    when: Test
    effect: Effect
    actions: frozenset[Action] = frozenset()
    """The rights touched; empty means all of them."""
    lifted_by: frozenset[AgreementKind] = frozenset()
    """An agreement of one of these kinds with the licensor takes the condition away."""
    exempt: frozenset[Role] = frozenset()
    """Whom it does not concern."""


@frozen(kw_only=True)
class Grant(Clause):
    """What a text decides about actions, for a purpose and an actor where it tells them apart.

    >>> from cleartitle import catalog
    >>> [str(g.decision) for g in catalog.get("CC-BY-NC-4.0").terms.grants if Action.USE_COMMERCIALLY in g.actions]
    ['prohibited']

    Raises:
        ValueError: it is conditional without conditions, or has some without being so.

    """

    actions: frozenset[Action] = field(validator=min_len(1))
    decision: Decision
    purposes: frozenset[Purpose] = frozenset()
    """The decision holds for these purposes only; empty means whatever the purpose."""
    actors: frozenset[Organization] = frozenset()
    """The decision holds for these licensees only; empty means anyone."""
    conditions: tuple[Condition, ...] = ()
    lifted_by: frozenset[AgreementKind] = frozenset()
    """For a prohibition: the agreements with the licensor to which the text sends whoever wants more."""
    general: bool = False
    """A grant in general terms ("deal in the Software without restriction"), to which silent actions fall."""

    def __attrs_post_init__(self) -> None:
        """A conditional grant names its conditions, and no other has any."""
        if (self.decision is Decision.CONDITIONAL) != bool(self.conditions):
            raise ValueError(f"a grant is conditional exactly when it has conditions: {sorted(self.actions)}")


@frozen(kw_only=True)
class Duty(Clause):
    """What is owed, and when.

    >>> from cleartitle import catalog
    >>> [str(duty.kind) for duty in catalog.get("CC-BY-4.0").terms.duties]
    ['attribution', 'license-copy', 'state-changes', 'flow-down']
    """

    kind: DutyKind
    on: frozenset[Trigger] = field(validator=min_len(1))
    """Any of these makes it owed."""
    level: Level = Level.OWED
    words: tuple[str, ...] = ()
    """The exact words to show or keep; where there are several, any one will do."""
    places: frozenset[Place] = frozenset()
    """Where the words go."""
    every_place: bool = False
    """Whether all *places* are asked for; else any one will do."""
    name_rule: NameRule | None = None
    conditions: tuple[Condition, ...] = ()
    """The duty is owed only while these hold (their effect is ``adds-duty``)."""
    exempt: frozenset[Role] = frozenset()


@frozen(kw_only=True)
class Restriction(Clause):
    """What may not be done with the model.

    >>> from cleartitle import catalog
    >>> [str(each.kind) for each in catalog.get("LicenseRef-Meta-Llama-3.1-Community").terms.restrictions]
    ['prohibited-uses']
    """

    kind: RestrictionKind
    uses: frozenset[UseCategory] = frozenset()
    """For prohibited uses: the categories."""
    policy: str | None = None
    """The address or name of a policy included by reference."""
    lifted_by: frozenset[AgreementKind] = frozenset()


@frozen(kw_only=True)
class Territory(Clause):
    """Where the license does not reach, or the only places where it does.

    >>> from cleartitle import catalog
    >>> policy = catalog.whole("LicenseRef-Meta-Llama-3.2-Community")
    >>> [(sorted(each.excluded), str(each.part)) for each in policy.terms.territories]
    [(['EU'], 'multimodal')]
    """

    excluded: frozenset[Region] = frozenset()
    allowed: frozenset[Region] = frozenset()
    """If not empty: the license holds nowhere else."""
    part: Part = Part.ALL
    by: frozenset[TerritoryBasis] = field(validator=min_len(1))
    exempt: frozenset[Role] = frozenset()


@frozen(kw_only=True)
class DerivativeScope(Clause):
    """What this license counts as a derivative, and so keeps under its terms.

    >>> from cleartitle import catalog
    >>> scope = catalog.get("LicenseRef-Meta-Llama-3.1-Community").terms.derivatives[0]
    >>> sorted(str(work) for work in scope.works)
    ['changed-weights']
    """

    works: frozenset[DerivedWork] = field(validator=min_len(1))


@frozen(kw_only=True)
class Termination(Clause):
    """What ends the license.

    >>> from cleartitle import catalog
    >>> [(str(each.on), each.cure_days) for each in catalog.get("CC-BY-4.0").terms.terminations]
    [('breach', 30)]
    """

    on: Ending
    cure_days: int | None = None
    """Days in which mending a breach saves the license."""


@frozen(kw_only=True)
class OutputRights(Clause):
    """Who holds the rights in outputs.

    >>> OutputRights(section="5", owner=OutputOwner.LICENSEE).owner
    <OutputOwner.LICENSEE: 'licensee'>
    """

    owner: OutputOwner


@frozen(kw_only=True)
class Law(Clause):
    """Governing law and venue: ISO country codes, ``US-CA`` for a state.

    >>> from cleartitle import catalog
    >>> law = catalog.get("LicenseRef-Meta-Llama-3.1-Community").terms.laws[0]
    >>> law.governing, law.venue
    ('US-CA', 'US-CA')
    """

    governing: str | None = None
    venue: str | None = None


@frozen(kw_only=True)
class Disclaimed(Clause):
    """What the licensor does not answer for.

    >>> from cleartitle import catalog
    >>> [str(each.of) for each in catalog.get("MIT").terms.disclaimers]
    ['warranty', 'liability']
    """

    of: Disclaimer


C = TypeVar("C", bound=Clause)
N = TypeVar("N", Grant, Duty)


class Change(Protocol):
    """What makes a clause of another one of the same kind.

    >>> from attrs import evolve
    >>> def marked(clause: C) -> C:
    ...     return evolve(clause, note="read on Monday")
    >>> from cleartitle import catalog
    >>> {clause.note for clause in catalog.get("MIT").terms.mapped(marked).clauses()}
    {'read on Monday'}
    """

    def __call__(self, clause: C, /) -> C:
        """Return the clause to put in its place."""


@frozen(kw_only=True)
class Terms:
    """The normalized content of a license: sets of clauses.

    Every field is a set, kept in the order of the text; terms are equal when they say the same in whatever order, so
    that merging is the union: associative, commutative, idempotent.

    >>> one = Terms(disclaimers=(Disclaimed(of=Disclaimer.WARRANTY),))
    >>> one.merge(Terms()) == one == one.merge(one)
    True
    """

    grants: tuple[Grant, ...] = field(default=(), eq=frozenset)
    conditions: tuple[Condition, ...] = field(default=(), eq=frozenset)
    """What suspends or ends the license as a whole."""
    duties: tuple[Duty, ...] = field(default=(), eq=frozenset)
    restrictions: tuple[Restriction, ...] = field(default=(), eq=frozenset)
    territories: tuple[Territory, ...] = field(default=(), eq=frozenset)
    derivatives: tuple[DerivativeScope, ...] = field(default=(), eq=frozenset)
    terminations: tuple[Termination, ...] = field(default=(), eq=frozenset)
    outputs: tuple[OutputRights, ...] = field(default=(), eq=frozenset)
    laws: tuple[Law, ...] = field(default=(), eq=frozenset)
    disclaimers: tuple[Disclaimed, ...] = field(default=(), eq=frozenset)

    def merge(self, other: Terms) -> Terms:
        """Return the terms of both texts together: nothing is lost, nothing is weighed."""
        return Terms(
            grants=_union(self.grants, other.grants),
            conditions=_union(self.conditions, other.conditions),
            duties=_union(self.duties, other.duties),
            restrictions=_union(self.restrictions, other.restrictions),
            territories=_union(self.territories, other.territories),
            derivatives=_union(self.derivatives, other.derivatives),
            terminations=_union(self.terminations, other.terminations),
            outputs=_union(self.outputs, other.outputs),
            laws=_union(self.laws, other.laws),
            disclaimers=_union(self.disclaimers, other.disclaimers),
        )

    def under(self, title: str) -> Terms:
        """Return the same terms, each section led by the title of the document it stands in."""

        def led(clause: C) -> C:
            return evolve(clause, section=f"{title}, {clause.section}".strip(", "))

        return self.mapped(led)

    def mapped(self, change: Change) -> Terms:
        """Return the terms with every clause as *change* gives it; conditions inside of grants and duties as well."""

        def inner(clause: N) -> N:
            return evolve(change(clause), conditions=tuple(map(change, clause.conditions)))

        return Terms(
            grants=tuple(map(inner, self.grants)),
            conditions=tuple(map(change, self.conditions)),
            duties=tuple(map(inner, self.duties)),
            restrictions=tuple(map(change, self.restrictions)),
            territories=tuple(map(change, self.territories)),
            derivatives=tuple(map(change, self.derivatives)),
            terminations=tuple(map(change, self.terminations)),
            outputs=tuple(map(change, self.outputs)),
            laws=tuple(map(change, self.laws)),
            disclaimers=tuple(map(change, self.disclaimers)),
        )

    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause, in the order of the fields; nested conditions follow their owner."""
        found: list[Clause] = []
        for f in fields(Terms):
            for clause in getattr(self, f.name):
                found.append(clause)
                if isinstance(clause, (Grant, Duty)):
                    found.extend(clause.conditions)
        return tuple(found)


def _union(one: tuple[C, ...], other: tuple[C, ...]) -> tuple[C, ...]:
    return tuple(dict.fromkeys((*one, *other)))
