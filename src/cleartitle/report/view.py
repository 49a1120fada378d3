"""What the formats for people show, as plain rows."""

from __future__ import annotations

from attrs import frozen

from cleartitle.catalog import get
from cleartitle.judgment.logic import describe
from cleartitle.judgment.sheet import answer, general_grant, thresholds
from cleartitle.vocabulary.conditions import (
    AllOf,
    AnyOf,
    Asked,
    ByOrganization,
    ForPurpose,
    ForUse,
    HasAgreement,
    Not,
    Test,
    Threshold,
    ToRecipient,
)
from cleartitle.vocabulary.lineage import Edge, Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from cleartitle.vocabulary.statement import licenses, render
from cleartitle.vocabulary.terms import Clause, Duty, Terms
from cleartitle.vocabulary.verdict import Finding, Owed
from cleartitle.vocabulary.words import Action, Decision, DutyKind, Level, LicenseId

_OF = {
    Relation.FINETUNE: "fine-tuned from",
    Relation.ADAPTER: "adapter for",
    Relation.MERGE: "merged from",
    Relation.QUANTIZED: "quantized from",
    Relation.DISTILLED: "distilled from",
    Relation.CONTINUED_PRETRAINING: "pretrained on from",
    Relation.PRUNED: "pruned from",
    Relation.CONVERTED: "converted from",
    Relation.COPY: "copy of",
    Relation.COMPONENT: "contains",
    Relation.TRAINED_ON: "trained on",
}


_NOT_INFERRED = frozenset({Action.SUBLICENSE, Action.PRACTICE_PATENTS})


@frozen
class Row:
    """A line of a table of terms: what, the answer, and the place that says so."""

    what: str
    answer: str
    place: str
    words: str


def words_of(kebab: str) -> str:
    """Return a word of the vocabulary as people read it.

    >>> words_of("license-copy")
    'license copy'
    """
    return kebab.replace("-", " ")


def origins(paths: tuple[tuple[ModelRef, ...], ...]) -> str:
    """Return the artifacts at the ends of *paths*, the first three by name."""
    names = list(dict.fromkeys(refs[-1].short for refs in paths))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def path(refs: tuple[ModelRef, ...]) -> str:
    """Return a lineage path, from the model asked about to the ancestor."""
    return " ← ".join(ref.short for ref in refs)


def license_line(lineage: Lineage, ref: ModelRef) -> str:
    """Return the license of an artifact as one line, by name where there is one entry."""
    node = lineage.node(ref)
    if node.missing:
        return "not readable"
    concluded = node.statements.concluded
    ids = licenses(concluded)
    text = render(concluded)
    return get(ids[0]).name if len(ids) == 1 and str(ids[0]) == text and "Ref-" in text else text


def relation_line(edge: Edge) -> str:
    """Return how a parent comes in."""
    sure = f" ({edge.standing})" if edge.standing in (Standing.INFERRED, Standing.CONTRADICTED) else ""
    return f"{_OF[edge.relation]}{sure}"


_SAY = {
    DutyKind.ATTRIBUTION: "credit the source",
    DutyKind.LICENSE_COPY: "hand on the license text",
    DutyKind.NOTICE: "keep a NOTICE",
    DutyKind.STATE_CHANGES: "say what was changed",
    DutyKind.DERIVATIVE_NAME: "name of a derivative",
    DutyKind.KEEP_NAME_OFF: "keep the licensor's names and marks off",
    DutyKind.SHARE_ALIKE: "pass derivatives on only under this license",
    DutyKind.FLOW_DOWN: "pass the restrictions on by contract",
    DutyKind.BIND_USERS: "bind your users to the restrictions",
    DutyKind.DISCLOSE_SOURCE: "give out the source",
    DutyKind.DISCLOSE_AI: "say that output is machine-made",
    DutyKind.KEEP_WATERMARKS: "leave watermarks in place",
    DutyKind.INFORM_RECIPIENTS: "inform recipients",
    DutyKind.NOTIFY_LICENSOR: "inform or register with the licensor",
    DutyKind.UPDATE_TO_LATEST: "use the latest version",
    DutyKind.DELETE_ON_TERMINATION: "delete it when the license ends",
    DutyKind.INDEMNIFY: "indemnify the licensor",
    DutyKind.OBEY_EXPORT_LAW: "obey export and sanctions law",
    DutyKind.LEGAL_CAPACITY: "be of age and able to contract",
}
_EXPLAINED = frozenset({DutyKind.INFORM_RECIPIENTS, DutyKind.NOTIFY_LICENSOR})


def duty_line(duty: Duty) -> str:
    """Return a duty as a line: what, with its words and places."""
    said = _SAY[duty.kind]
    if duty.name_rule:
        return f"{said}: {words_of(duty.name_rule)} {' or '.join(f'“{w}”' for w in duty.words)}"
    if duty.words:
        said += ": " + " or ".join(f"“{w}”" for w in duty.words)
    if duty.places:
        joint = " and " if duty.every_place else " or "
        said += f" ({joint.join(sorted(words_of(p) for p in duty.places))})"
    return f"{said}: {duty.note}" if duty.kind in _EXPLAINED and duty.note else said


def found_once(findings: tuple[Finding, ...]) -> list[tuple[Finding, tuple[tuple[ModelRef, ...], ...]]]:
    """Return each finding once, with every path on which the same was found."""
    grouped: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        grouped.setdefault((each.rule, each.outcome, each.license, each.message), []).append(each)
    return [(group[0], tuple(f.path for f in group)) for group in grouped.values()]


def owed_by_license(owed: tuple[Owed, ...]) -> list[tuple[LicenseId, str, list[Owed]]]:
    """Return for each license: its id, where it comes in, and its duties, each once."""
    grouped: dict[LicenseId, list[Owed]] = {}
    for each in owed:
        grouped.setdefault(each.license, []).append(each)
    return [(key, origins(tuple(o.path for o in group)), _once(group)) for key, group in grouped.items()]


def _once(group: list[Owed]) -> list[Owed]:
    """Return each duty once; a certain one stands for one that only may be owed."""
    best: dict[Duty, Owed] = {}
    for each in group:
        if each.duty not in best or each.certain:
            best[each.duty] = each
    return sorted(best.values(), key=lambda o: not o.certain)


def term_rows(terms: Terms) -> list[Row]:
    """Return all terms of a license as rows, in a fixed order."""
    rows = [_action(terms, action) for action in Action if action is not Action.USE]
    rows += [_row("condition", f"{c.effect}: {say(c.when)}", c) for c in terms.conditions]
    for duty in terms.duties:
        when = ", ".join(sorted(words_of(t) for t in duty.on))
        level = "" if duty.level is Level.OWED else " (recommended)"
        limits = "".join(f", if {say(c.when)}" for c in duty.conditions)
        rows.append(_row("duty" + level, f"{duty_line(duty)} [on {when}{limits}]", duty))
    for r in terms.restrictions:
        listed = ": " + ", ".join(sorted(map(words_of, r.uses))) if r.uses else ""
        rows.append(_row("restriction", words_of(r.kind) + listed + (f" ({r.policy})" if r.policy else ""), r))
    for t in terms.territories:
        where = f"not {', '.join(sorted(t.excluded))}" if t.excluded else f"only {', '.join(sorted(t.allowed))}"
        by = ", ".join(sorted(words_of(b) for b in t.by))
        rows.append(_row("territory", f"{where} [by {by}; {t.part}]", t))
    rows += [_row("derivatives", ", ".join(sorted(words_of(w) for w in d.works)), d) for d in terms.derivatives]
    rows += [
        _row("ends on", words_of(e.on) + (f" ({e.cure_days} days to cure)" if e.cure_days else ""), e)
        for e in terms.terminations
    ]
    rows += [_row("outputs belong to", words_of(o.owner), o) for o in terms.outputs]
    rows += [_row("law", f"{law.governing or 'not said'}, venue {law.venue or 'not said'}", law) for law in terms.laws]
    rows += [_row("disclaims", words_of(d.of), d) for d in terms.disclaimers]
    return rows


def say(test: Test) -> str:
    """Say a test in words."""
    match test:
        case AllOf(tests=tests):
            return " and ".join(map(say, tests))
        case AnyOf(tests=tests):
            return "(" + " or ".join(map(say, tests)) + ")"
        case Not(negated=negated):
            return f"not {say(negated)}"
        case Threshold():
            return describe(test)
        case HasAgreement(agreements=kinds):
            return f"with a {' or '.join(sorted(map(words_of, kinds)))}"
        case ForPurpose(purpose=purpose):
            return f"for {words_of(purpose)} use"
        case ForUse(uses=uses):
            return f"for {', '.join(sorted(map(words_of, uses)))}"
        case ByOrganization(organizations=kinds):
            return f"by a {' or '.join(sorted(kinds))}"
        case ToRecipient(recipients=kinds):
            return f"to a {' or '.join(sorted(kinds))}"
        case Asked(question=question):
            return question


def _action(terms: Terms, action: Action) -> Row:
    said = answer(terms, action)
    conditions = [say(c.when) for clause in said.clauses for c in getattr(clause, "conditions", ())]
    conditions += [f"limits: {describe(t)}" for c in terms.conditions if c in said.clauses for t in thresholds(c.when)]
    detail = f" ({'; '.join(dict.fromkeys(conditions))})" if conditions else ""
    clause = said.clauses[0] if said.clauses else Clause()
    general = general_grant(terms) if said.decision is Decision.SILENT and action not in _NOT_INFERRED else None
    if general:
        return _row(words_of(action), "silent; covered by the general grant", general)
    return _row(words_of(action), said.decision + detail, clause)


def _row(what: str, text: str, clause: Clause) -> Row:
    quote = clause.evidence[0].quote if clause.evidence else clause.anchor
    return Row(what, text, clause.section, quote)
