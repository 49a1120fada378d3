"""What must hold for an entry of the catalog, shipped or private, beyond its shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleartitle import catalog
from cleartitle.catalog import anchors
from cleartitle.vocabulary.conditions import AllOf, AnyOf, HasAgreement, Not, Test
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.terms import Clause
from cleartitle.vocabulary.words import Action, AgreementKind, Decision, DutyKind, Kind

FRESH = dt.timedelta(days=365)
"""How long an entry counts as current after a person last verified it."""
MAX_ANCHOR_WORDS = 12
"""An anchor finds a clause; it does not copy it."""


def stale(entry: License, today: dt.date) -> bool:
    """Return whether it is long ago that a person went through *entry*; the texts that SPDX lists do not change.

    >>> from cleartitle.vocabulary.words import LicenseId
    >>> stale(catalog.get(LicenseId("LicenseRef-Meta-SAM")), dt.date(2031, 1, 1))
    True
    """
    return entry.id.startswith("LicenseRef-") and today - entry.verified > FRESH


def mistakes(entry: License) -> Iterator[str]:
    """Yield what is wrong with *entry*, each as a sentence; nothing where it is sound."""
    if not entry.summary.strip():
        yield "summary is missing: say in a sentence or two what it means for a deployer"
    policy = entry.kind is Kind.ACCEPTABLE_USE_POLICY
    if not policy and not any(Action.USE in g.actions for g in entry.terms.grants):
        yield "no grant decides about use: write one, with decision unknown and a note if the text does not tell"
    for included in entry.includes:
        known = catalog.shipped(included)
        if known is None:
            yield f"includes {included}, which the catalog does not have"
        elif known.kind is not Kind.ACCEPTABLE_USE_POLICY:
            yield f"includes {included}, which is no acceptable-use policy"
    yield from _of_grants(entry)
    yield from _of_registration(entry)
    for clause in entry.terms.clauses():
        if len(clause.anchor.split()) > MAX_ANCHOR_WORDS:
            yield f"the anchor {clause.anchor!r} is longer than {MAX_ANCHOR_WORDS} words"


def unfound(entry: License, text: str) -> Iterator[str]:
    """Yield which clauses of *entry* cannot be found in *text* by their anchors."""
    for clause in entry.terms.clauses():
        if not clause.anchor:
            yield f"{_place(clause)} has no anchor"
        elif anchors.find(clause.anchor, text) is None:
            yield f"{_place(clause)}: {clause.anchor!r} does not stand in the text"


def _place(clause: Clause) -> str:
    kind = type(clause).__name__.lower()
    return f"a {kind} of section {clause.section}" if clause.section else f"a {kind}"


def _of_grants(entry: License) -> Iterator[str]:
    for grant in entry.terms.grants:
        if grant.decision is Decision.UNKNOWN and not grant.note:
            yield f"the decision on {', '.join(sorted(grant.actions))} is unknown without a note that says why"


def _of_registration(entry: License) -> Iterator[str]:
    """Whoever asks for registration has it as a duty too: the judge takes it for something to do."""
    terms = entry.terms
    conditions = [*terms.conditions, *(c for grant in terms.grants for c in grant.conditions)]
    asked = any(AgreementKind.REGISTRATION in kinds for c in conditions for kinds in _agreements(c.when))
    if asked and DutyKind.NOTIFY_LICENSOR not in {duty.kind for duty in terms.duties}:
        yield "a condition asks for registration, but there is no duty of kind notify-licensor"


def _agreements(test: Test) -> Iterator[frozenset[AgreementKind]]:
    match test:
        case AllOf(tests=tests) | AnyOf(tests=tests):
            for each in tests:
                yield from _agreements(each)
        case Not(negated=negated):
            yield from _agreements(negated)
        case HasAgreement(agreements=kinds):
            yield kinds
        case _:
            return
