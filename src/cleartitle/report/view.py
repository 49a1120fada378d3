"""What the formats for people show, as plain rows."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from cleartitle.catalog import get, has
from cleartitle.judgment.logic import describe
from cleartitle.judgment.sheet import answer, general_grant, thresholds
from cleartitle.territory import listed
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
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from cleartitle.vocabulary.statement import licenses, render
from cleartitle.vocabulary.terms import Clause, Duty, Terms
from cleartitle.vocabulary.verdict import Finding, Owed, Verdict, Waived
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


MEANING = {
    Outcome.CLEAR: "nothing stands against this deployment",
    Outcome.DUTIES: "clear once the duties below are met",
    Outcome.REVIEW: "a person must look: something is unknown, unclear or contradicted",
    Outcome.BLOCKED: "a license or the policy stands against this deployment",
}
_FLAGS = {
    "commercial": "--commercial / --non-commercial",
    "research": "--research / --no-research",
    "production": "--production / --no-production",
    "role": "--role",
    "organization": "--organization",
    "domicile": "--domicile",
    "hosted_in": "--hosted-in",
    "offered_in": "--offered-in",
    "channels": "--channel",
    "recipients": "--recipient",
    "figures": "--users, --product-users, --licensee-users, --group-users, --revenue or --figure",
    "fine_tunes": "--fine-tune / --no-fine-tune",
    "trains_on_outputs": "--train-on-outputs",
    "purposes": "--purpose",
    "agreements": "--agreement",
    "sanctions_screened": "--sanctions-screened",
}
_NOT_INFERRED = frozenset({Action.SUBLICENSE, Action.PRACTICE_PATENTS})


@frozen
class Row:
    """A line of a table of terms: what, the answer, and the place that says so."""

    what: str
    answer: str
    place: str
    words: str
    clause: Clause


Found: TypeAlias = "tuple[Finding, tuple[tuple[ModelRef, ...], ...]]"
"""A finding, with every path on which the same was found."""


def words_of(kebab: str) -> str:
    """Return a word of the vocabulary as people read it.

    >>> words_of("license-copy")
    'license copy'
    """
    return kebab.replace("-", " ")


def asks(verdict: Verdict) -> list[str]:
    """Return what would settle a review, each with the flag that states it."""
    flags = ((settlement.ask, _FLAGS.get(settlement.fact)) for settlement in verdict.settles)
    return [ask + (f"  ({flag})" if flag else "") for ask, flag in flags]


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
    return license_name(ids[0]) if len(ids) == 1 and str(ids[0]) == text and "Ref-" in text else text


def license_name(license_id: LicenseId) -> str:
    """Return what the catalog calls a license; the id itself for one that it does not know.

    >>> license_name(LicenseId("MIT")), license_name(LicenseId("LicenseRef-Nobody"))
    ('MIT License', 'LicenseRef-Nobody')
    """
    return get(license_id).name if has(license_id) else license_id


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


def found_once(findings: tuple[Finding, ...]) -> list[Found]:
    """Return each finding once, with every path on which the same was found."""
    grouped: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        grouped.setdefault((each.rule, each.outcome, each.license, each.message), []).append(each)
    return [(group[0], tuple(f.path for f in group)) for group in grouped.values()]


@frozen(kw_only=True)
class Sorted:
    """The findings of a verdict as people read them."""

    graver: tuple[Found, ...]
    """What changes the verdict, or should be known."""
    limits: tuple[Found, ...]
    """What the model may not be used for."""
    notes: tuple[Found, ...]


def sort(verdict: Verdict) -> Sorted:
    """Return the findings of a verdict, each once, the graver apart from limits of use and notes."""
    found = found_once(verdict.findings)
    limits = tuple(each for each in found if each[0].rule == "use-limits")
    notes = tuple(e for e in found if e[0].outcome is Outcome.CLEAR and e[0].severity is Severity.NOTE)
    graver = tuple(each for each in found if each not in limits and each not in notes)
    return Sorted(graver=graver, limits=limits, notes=notes)


def at(lineage: Lineage, ref: ModelRef) -> ModelRef:
    """Return an artifact of the lineage as it was resolved: at its commit, where that is known."""
    found = next((node.artifact for node in lineage.nodes if node.ref == ref), None)
    return found.ref if found else ref


def waived_line(waived: Waived) -> str:
    """Return what was found and does not count: what it is, what it would have been, and who decided so."""
    finding, waiver = waived.finding, waived.waiver
    known = f"approved by {waived.approved_by}" if waived.approved_by else "known from the baseline"
    why = f"until {waiver.expires}: {waiver.reason} ({waiver.owner})" if waiver else known
    return f"{finding.outcome}: {finding.message} [{finding.rule}], {why}"


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
        uses = ": " + ", ".join(sorted(map(words_of, r.uses))) if r.uses else ""
        rows.append(_row("restriction", words_of(r.kind) + uses + (f" ({r.policy})" if r.policy else ""), r))
    for t in terms.territories:
        where = f"not {', '.join(listed(t.excluded))}" if t.excluded else f"only {', '.join(listed(t.allowed))}"
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
    at = clause.evidence[0] if clause.evidence else None
    line = f"line {at.span.line}" if at and at.span else ""
    place = ", ".join(filter(None, (clause.section, line)))
    words = clause.anchor or (" ".join(at.quote.split()) if at else "")
    return Row(what, text, place, words, clause)
