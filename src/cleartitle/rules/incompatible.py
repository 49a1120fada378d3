"""Duties that cannot be met together: two share-alikes, share-alike beside an agreement that goes along, two names.

They forbid handing the model on, not its use inside the organization.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import combinations

from attrs import frozen

from cleartitle.catalog import fold
from cleartitle.judgment.binding import Binding, Portion
from cleartitle.judgment.travel import Relicensing, relicensing
from cleartitle.rules.case import Case
from cleartitle.serial.convert import read
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import Choice
from cleartitle.vocabulary.verdict import Finding, Owed, Settlement
from cleartitle.vocabulary.words import DutyKind, Kind, LicenseId, NameRule

_SPEAK = 2
"""Artifacts that speak for all under one license."""
_APART = frozenset({Relation.ADAPTER, Relation.COMPONENT})
"""Relations whose ends may be works of their own, side by side: whether share-alike reaches over is open."""


@frozen(kw_only=True)
class Pair:
    """A work under one license may also be passed on under another; an id stands for all that begin with it."""

    under: str
    also: str
    source: str


@frozen(kw_only=True)
class _Pairs:
    pairs: tuple[Pair, ...]


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each two licenses of different artifacts that stand against each other on handing on."""
    found: dict[frozenset[LicenseId], list[Finding]] = {}
    whole = {(b.license.id, b.path) for b in case.bindings if b.portion is Portion.ALL}
    shares = [o for o in case.owed if o.duty.kind is DutyKind.SHARE_ALIKE and (o.license, o.path) in whole]
    named = [o for o in case.owed if o.duty.kind is DutyKind.DERIVATIVE_NAME and o.duty.words]
    groups = _by_artifact(case)
    for owed in _speaking(shares):
        for binding in _against(owed, case, groups):
            pair = frozenset({owed.license, binding.license.id})
            found.setdefault(pair, []).append(_shared(owed, binding, shares, case))
    for one, other in combinations(_speaking(named), 2):
        if one.path[-1] != other.path[-1] and not _one_name(one, other):
            found.setdefault(frozenset({one.license, other.license}), []).append(_named(one, other, case))
    for findings in found.values():
        yield min(findings, key=lambda f: (-f.outcome.rank(), str(f.license), str(f.path[-1])))


def _speaking(owed: Iterable[Owed]) -> list[Owed]:
    """Return for each license the duties of two artifacts, certain ones first: they speak for all others."""
    kept: dict[LicenseId, dict[ModelRef, Owed]] = {}
    for each in sorted(owed, key=lambda o: (not o.certain, str(o.path[-1]))):
        ends = kept.setdefault(each.license, {})
        if len(ends) < _SPEAK:
            ends.setdefault(each.path[-1], each)
    return [each for ends in kept.values() for each in ends.values()]


def _by_artifact(case: Case) -> Mapping[ModelRef, list[Binding]]:
    groups: dict[ModelRef, list[Binding]] = {}
    for binding in case.bindings:
        groups.setdefault(binding.path[-1], []).append(binding)
    return groups


def compatible(one: LicenseId, other: LicenseId) -> bool:
    """Return whether works under these two share-alike licenses can be passed on together.

    >>> compatible(LicenseId("GPL-3.0-only"), LicenseId("AGPL-3.0-or-later"))
    True
    >>> compatible(LicenseId("GPL-3.0-only"), LicenseId("CC-BY-SA-3.0"))
    False
    """
    ways = ((one, other), (other, one))
    return one == other or any(a.startswith(p.under) and b.startswith(p.also) for a, b in ways for p in pairs())


@functools.cache
def pairs() -> tuple[Pair, ...]:
    """Return the pairs of share-alike licenses that go together."""
    text = (files("cleartitle.rules") / "compatible.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text), _Pairs, where="compatible.toml", trusted=True).pairs


def _against(owed: Owed, case: Case, groups: Mapping[ModelRef, list[Binding]]) -> Iterator[Binding]:
    """Yield the bindings that clash with a share-alike duty; of a choice only if every branch does."""
    shared = case.lookup(owed.license)
    for artifact, here in groups.items():
        if artifact != owed.path[-1]:
            clashing = [b for b in here if _clash(shared, b)]
            if clashing and (len(clashing) == len(here) or not _chosen(case, artifact)):
                yield from clashing


def _chosen(case: Case, artifact: ModelRef) -> bool:
    return isinstance(case.lineage.node(artifact).statements.concluded, Choice)


def _clash(shared: License, other: Binding) -> bool:
    entry = other.license
    weak = Kind.WEAK_COPYLEFT in (shared.kind, entry.kind)
    limited = relicensing(entry.terms, entry.kind) is not Relicensing.FREE
    return other.portion is Portion.ALL and limited and not weak and not compatible(shared.id, entry.id)


def _shared(owed: Owed, binding: Binding, shares: list[Owed], case: Case) -> Finding:
    entry, other = case.lookup(owed.license), binding.license
    theirs = sorted((o for o in shares if o.license == other.id), key=lambda o: not o.certain)
    merged = not any(edge.relation in _APART for edge in case.lineage.edges)
    sure = owed.certain and any(o.certain for o in theirs) and merged and entry.family != other.family
    message = f"{entry.name} lets derivatives be passed on under itself only, but the terms of {other.name} go along"
    if theirs:
        message = f"{entry.name} and {other.name} each let derivatives be passed on under itself only"
    return _finding(message, (owed, *theirs[:1]), other.id, case, sure=sure)


def _named(one: Owed, other: Owed, case: Case) -> Finding:
    words = " and ".join(" or ".join(map(repr, o.duty.words)) for o in (one, other))
    message = f"the name of a derivative would have to begin with {words} at once"
    first, second = sorted((one, other), key=lambda o: str(o.license))
    return _finding(message, (first, second), second.license, case, sure=one.certain and other.certain)


def _one_name(one: Owed, other: Owed) -> bool:
    if NameRule.CONTAINS in (one.duty.name_rule, other.duty.name_rule):
        return True
    pairs = ((fold(a), fold(b)) for a in one.duty.words for b in other.duty.words)
    return any(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _finding(message: str, owed: Iterable[Owed], other: LicenseId, case: Case, *, sure: bool) -> Finding:
    duties = tuple(owed)
    cited = (
        e
        for o in duties
        for b in case.bindings
        if b.path == o.path and b.license.id == o.license
        for e in b.cite(o.duty)
    )
    ask = Settlement(fact="", ask=f"can what these licenses ask for be met together? {message}")
    return Finding(
        rule="incompatible-licenses",
        outcome=Outcome.BLOCKED if sure else Outcome.REVIEW,
        severity=Severity.ERROR if sure else Severity.WARNING,
        message=message,
        subject=other,
        advice="do not hand it on; use inside the organization stays possible as far as each license allows it",
        license=duties[0].license,
        path=duties[0].path,
        evidence=tuple(dict.fromkeys(cited)),
        settles=() if sure else (*dict.fromkeys(s for o in duties for s in o.settles), ask),
    )
