"""Several licenses on one artifact: all of them, a choice, or nobody said which."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import evolve

from cleartitle.judgment.opinion import Opinion, together
from cleartitle.judgment.said import NOBODY, Said
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.identification import Status
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown, render
from cleartitle.vocabulary.verdict import Finding, Settlement
from cleartitle.vocabulary.words import LicenseId

Judge = Callable[[LicenseId], Opinion]


def weigh(expression: Expression, judge: Judge, path: tuple[ModelRef, ...], said: Said = NOBODY) -> Opinion:
    """Return the opinion on an artifact under *expression*; *judge* knows each single license, *said* who says so."""
    match expression:
        case One(license=license_id):
            return judge(license_id)
        case Every(of=of):
            return together(weigh(each, judge, path, said) for each in of)
        case Choice(of=of):
            return _choose(tuple((each, weigh(each, judge, path, said)) for each in of), path, said)
        case Unclear(of=of, reason=reason):
            return _unclear(tuple((each, weigh(each, judge, path, said)) for each in of), reason, path, said)
        case Unknown(read=read):
            unknown = Opinion(findings=(_unknown(expression, path, said),))
            return together((unknown, judge(read))) if read else unknown
        case _:
            assert_never(expression)


def _choose(branches: tuple[tuple[Expression, Opinion], ...], path: tuple[ModelRef, ...], said: Said) -> Opinion:
    """Take the best branch; but one that a fact can still make clear is waited for before duties are taken on."""
    taken, opinion = min(branches, key=lambda branch: _preference(branch[1]))
    others = ", ".join(f"{render(e)}: {o.outcome}" for e, o in branches if e is not taken)
    note = Finding(
        rule="license-choice",
        outcome=Outcome.CLEAR,
        severity=Severity.NOTE,
        message=f"of the licenses to choose from, {render(taken)} was taken" + (f" ({others})" if others else ""),
        path=path,
        evidence=said.whole(),
    )
    return Opinion(findings=(note, *opinion.findings), duties=opinion.duties)


def _preference(opinion: Opinion) -> tuple[int, int]:
    hoped = Outcome.CLEAR if opinion.may_clear else opinion.outcome
    return hoped.rank(), opinion.outcome.rank()


def _unclear(
    branches: tuple[tuple[Expression, Opinion], ...], reason: str, path: tuple[ModelRef, ...], said: Said
) -> Opinion:
    """Hold only what holds under every reading; where readings differ, somebody must look."""
    everything = together(opinion for _, opinion in branches)
    outcomes = {opinion.outcome for _, opinion in branches}
    names = ", ".join(f"{render(e)}: {o.outcome}" for e, o in branches)
    same = len(outcomes) == 1
    facts = (s for f in everything.findings for s in f.settles if s.fact and everything.may_clear)
    note = Finding(
        rule="licenses-disagree" if said.statements.disagree else "license-unclear",
        outcome=Outcome.CLEAR if same else Outcome.REVIEW,
        severity=Severity.NOTE if same else Severity.WARNING,
        message=f"{reason} ({names})",
        advice="" if same else "ask the publisher which license holds",
        path=path,
        evidence=said.whole(),
        settles=() if same else (_which(path, reason), *facts),
    )
    if same:
        return Opinion(findings=(note, *everything.findings), duties=everything.duties)
    softened = (evolve(f, outcome=min(f.outcome, Outcome.REVIEW, key=Outcome.rank)) for f in everything.findings)
    return Opinion(findings=(note, *softened), duties=tuple(evolve(d, certain=False) for d in everything.duties))


def _which(path: tuple[ModelRef, ...], reason: str) -> Settlement:
    return Settlement(fact="", ask=f"which license holds for {path[-1].short}? {reason}")


def _unknown(expression: Unknown, path: tuple[ModelRef, ...], said: Said) -> Finding:
    rule, evidence = _why(expression, said)
    return Finding(
        rule=rule,
        outcome=Outcome.REVIEW,
        severity=Severity.ERROR,
        message=expression.reason,
        subject=expression.said,
        advice=expression.settle or "obtain the license text, or ask the publisher",
        path=path,
        evidence=evidence,
        settles=(Settlement(fact="", ask=expression.settle or f"which license does {path[-1].short} have?"),),
    )


def _why(expression: Unknown, said: Said) -> tuple[str, tuple[Evidence, ...]]:
    """Return which rule speaks of an unknown license, and what it quotes."""
    written = said.written(expression)
    if written:
        return "license-tool-default", written
    if expression.said.endswith(f", {Status.ALTERED}"):
        return "license-altered", said.changes(expression)
    return "license-unknown" if expression.said else "license-missing", said.where(expression)
