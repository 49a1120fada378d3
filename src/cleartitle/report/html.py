"""One HTML file for a person to read and to file: nothing is fetched, nothing leaves it, nothing from a card runs."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections import Counter
from collections.abc import Iterator

import jinja2
from attrs import frozen
from markupsafe import Markup, escape

from cleartitle.decide import bindings
from cleartitle.judgment.binding import Binding
from cleartitle.lineage.origins import origins as made
from cleartitle.report import drawing, facts, origins, quotes, view
from cleartitle.report.drawing import Drawing
from cleartitle.report.escape import passage, terminal
from cleartitle.report.interface import Failed, Report
from cleartitle.report.quotes import Quote
from cleartitle.report.view import words_of
from cleartitle.rules import documents
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.statement import Covers
from cleartitle.vocabulary.statement import render as render_expression
from cleartitle.vocabulary.terms import Clause
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import LicenseId

_MOST_QUOTES = 8
_CHECKED = {
    Checked.TEXT: "Our reading was checked against the text",
    Checked.KNOWLEDGE: "Our reading was not checked against a text",
    Checked.READ: "Read by our patterns and by no person,",
    Checked.CATEGORY: "Known is only of what kind it is, as listed",
}


@frozen(kw_only=True)
class Stated:
    """What one place says of the license of an artifact."""

    license: str
    remark: str
    quote: Quote


@frozen(kw_only=True)
class Step:
    """An artifact in the list of the lineage, with those it was made from."""

    name: str
    link: str
    relation: str
    license: str
    again: bool
    stated: tuple[Stated, ...]
    disagree: bool
    quotes: tuple[Quote, ...]
    """The evidence for the step."""
    parents: tuple[Step, ...]


@frozen(kw_only=True)
class Item:
    """A finding as the page shows it."""

    rule: str
    title: str
    severity: str
    outcome: str
    tone: str
    license: str
    license_name: str
    message: str
    advice: str
    confidence: str
    where: str
    explanation: str
    quotes: tuple[Quote, ...]
    settles: tuple[str, ...]


@frozen(kw_only=True)
class Task:
    """A duty as the checklist shows it."""

    what: str
    when: str
    section: str
    certain: bool
    settles: tuple[str, ...]
    quote: Quote | None


@frozen(kw_only=True)
class Tasks:
    """The duties of a license."""

    license: str
    name: str
    origin: str
    tasks: tuple[Task, ...]


@frozen(kw_only=True)
class Term:
    """A term of a license, with the words that say so."""

    what: str
    answer: str
    section: str
    note: str
    quote: Quote | None
    again: bool
    """Whether the words are those of the term above."""


@frozen(kw_only=True)
class Sheet:
    """The terms of a license that binds whoever uses the model."""

    license: License
    checked: str
    origins: str
    quoted_from: str
    terms: tuple[Term, ...]


@frozen(kw_only=True)
class Page:
    """A model on the page."""

    anchor: str
    name: str
    link: str
    revision: str
    provenance: str
    outcome: str
    meaning: str
    license: str
    stated: list[tuple[str, str]]
    unstated: list[str]
    policy: str
    artifacts: int
    counts: dict[str, int]
    drawing: Drawing
    lineage: Step
    cuts: tuple[str, ...]
    origins: str
    graver: tuple[Item, ...]
    limits: tuple[Item, ...]
    notes: tuple[Item, ...]
    waived: list[str]
    asks: list[str]
    duties: tuple[Tasks, ...]
    sheets: tuple[Sheet, ...]
    assumed: tuple[str, ...]
    tool: str


def render(report: Report) -> str:
    """Return the report as one HTML document."""
    pages = [_page(check, f"m{n}") for n, check in enumerate(report.checks, 1)]
    items = [item for page in pages for item in (*page.graver, *page.limits, *page.notes)]
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            pages=pages,
            failed=list(map(_failed, report.failed)),
            duties=sum(len(group.tasks) for page in pages for group in page.duties),
            outcomes=[o.value for o in reversed(Outcome) if any(i.outcome == o for i in items)],
            severities=[s.value for s in Severity if any(i.severity == s for i in items)],
            licenses=sorted({(i.license, i.license_name) for i in items if i.license}),
            box={"width": drawing.WIDTH, "height": drawing.HEIGHT},
            **_parts(),
        )
    )


@functools.cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("cleartitle.report", "templates")
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Return a value as the page shows it: nothing unseen, no markup, no command for the log of a build."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    plain = str(escape(passage(value)))
    return Markup(plain.replace("::", ":&#58;").replace("##", "#&#35;"))  # noqa: S704 - escaped on the line above


@functools.cache
def _parts() -> dict[str, Markup]:
    """Return style and script with their digests, by which the page's own policy lets these run and nothing else."""
    source = _environment().loader
    parts: dict[str, Markup] = {}
    for name, file in (("style", "report.css"), ("script", "report.js")):
        text = source.get_source(_environment(), file)[0] if source else ""
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        parts[name] = Markup(text)  # noqa: S704 - our own file
        parts[f"{name}_digest"] = Markup(f"sha256-{digest}")  # noqa: S704 - our own file
    return parts


def _page(check: Check, anchor: str) -> Page:
    lineage, verdict = check.analysis.lineage, check.verdict
    found = view.sort(verdict)
    bound = _bound(lineage)
    artifact = lineage.node(lineage.root).artifact
    groups = [
        tuple(_item(f, paths, lineage) for f, paths in some) for some in (found.graver, found.limits, found.notes)
    ]
    return Page(
        anchor=anchor,
        name=lineage.root.short,
        link=quotes.address(view.at(lineage, lineage.root)),
        revision=view.at(lineage, lineage.root).revision or "",
        provenance=artifact.provenance if artifact else "",
        outcome=verdict.outcome.value,
        meaning=view.MEANING[verdict.outcome],
        license=view.license_line(lineage, lineage.root),
        stated=facts.stated(check.deployment),
        unstated=facts.unstated(check.deployment),
        policy=check.policy.name if check.policy.name != "unnamed" else "",
        artifacts=len(lineage.nodes),
        counts=dict(Counter(item.outcome for group in groups for item in group)),
        drawing=drawing.draw(lineage, verdict),
        lineage=_step(lineage, lineage.root, "", set(), ()),
        cuts=lineage.cuts,
        origins=origins.line(made(lineage)),
        graver=groups[0],
        limits=groups[1],
        notes=groups[2],
        waived=list(map(view.waived_line, verdict.waived)),
        asks=[settlement.ask for settlement in verdict.settles],
        duties=tuple(_duties(check, bound)),
        sheets=tuple(_sheet(group, lineage) for group in bound.values()),
        assumed=verdict.assumed,
        tool=check.tool,
    )


def _failed(failed: Failed) -> Failed:
    return Failed(ref=terminal(failed.ref), message=terminal(failed.message), advice=terminal(failed.advice))


def _bound(lineage: Lineage) -> dict[LicenseId, list[Binding]]:
    """Return the licenses that bind, each with everywhere it comes in; first where there is a copy to quote from."""
    grouped: dict[LicenseId, list[Binding]] = {}
    for each in bindings(lineage):
        grouped.setdefault(each.license.id, []).append(each)
    return {key: sorted(group, key=lambda b: b.copy is None) for key, group in grouped.items()}


def _step(lineage: Lineage, ref: ModelRef, relation: str, shown: set[ModelRef], read: tuple[Quote, ...]) -> Step:
    node = next((node for node in lineage.nodes if node.ref == ref), None)
    again = ref in shown
    shown.add(ref)
    parents = [
        _step(lineage, edge.parent, view.relation_line(edge), shown, _read(edge.evidence, lineage))
        for edge in (lineage.parents(ref) if node and not again else ())
    ]
    return Step(
        name=ref.short,
        link=quotes.address(view.at(lineage, ref)),
        relation=relation,
        license=view.license_line(lineage, ref) if node else "not part of this lineage",
        again=again,
        stated=tuple(_stated(node, lineage)) if node and not again else (),
        disagree=node is not None and node.statements.disagree,
        quotes=read,
        parents=tuple(parents),
    )


def _read(evidence: tuple[Evidence, ...], lineage: Lineage) -> tuple[Quote, ...]:
    return tuple(quotes.quote(each, lineage) for each in evidence[:_MOST_QUOTES] if each.quote)


def _stated(node: Node, lineage: Lineage) -> Iterator[Stated]:
    for each in node.statements.declared[:_MOST_QUOTES]:
        about = "" if each.covers is Covers.PROJECT else f"for the {each.covers}"
        chosen = "written by a tool, whatever the base" if each.tool_default else ""
        remark = ", ".join(filter(None, (about, chosen)))
        yield Stated(
            license=render_expression(each.expression), remark=remark, quote=quotes.quote(each.evidence, lineage)
        )


def _item(finding: Finding, paths: tuple[tuple[ModelRef, ...], ...], lineage: Lineage) -> Item:
    info = documents().get(finding.rule)
    return Item(
        rule=finding.rule,
        title=info.title if info else words_of(finding.rule),
        explanation=info.explanation if info else "",
        severity=finding.severity.value,
        tone=_tone(finding),
        outcome=finding.outcome.value,
        confidence=finding.confidence.value,
        license=finding.license or "",
        license_name=view.license_name(finding.license) if finding.license else "",
        message=finding.message,
        advice=finding.advice,
        where=view.origins(paths) if len(paths) > 1 else view.path(finding.path),
        quotes=_read(finding.evidence, lineage),
        settles=tuple(settlement.ask for settlement in finding.settles),
    )


def _tone(finding: Finding) -> str:
    """Return how a finding is marked: one that leaves the verdict alone never looks like an all-clear."""
    if finding.outcome is not Outcome.CLEAR:
        return finding.outcome.value
    return "note" if finding.severity is Severity.NOTE else "known"


def _duties(check: Check, bound: dict[LicenseId, list[Binding]]) -> list[Tasks]:
    lineage = check.analysis.lineage
    return [
        Tasks(
            license=license_id,
            name=view.license_name(license_id),
            origin=origin,
            tasks=tuple(
                Task(
                    what=view.duty_line(each.duty),
                    when=", ".join(sorted(map(words_of, each.duty.on))),
                    section=each.duty.section,
                    certain=each.certain,
                    settles=tuple(settlement.ask for settlement in each.settles),
                    quote=_quoted(bound[license_id][0], each.duty, lineage) if license_id in bound else None,
                )
                for each in owed
            ),
        )
        for license_id, origin, owed in view.owed_by_license(check.verdict.duties)
    ]


def _sheet(group: list[Binding], lineage: Lineage) -> Sheet:
    first = group[0]
    rows = view.term_rows(first.license.terms)
    read = [_quoted(first, row.clause, lineage) for row in rows]
    return Sheet(
        license=first.license,
        checked=_CHECKED[first.license.checked],
        origins=view.origins(tuple(each.path for each in group)),
        quoted_from=f"{first.path[-1].short} {first.copy.path}" if first.copy else "",
        terms=tuple(
            Term(
                what=row.what,
                answer=row.answer,
                section=row.place,
                note=row.clause.note,
                quote=quote,
                again=quote is not None and quote == above,
            )
            for row, quote, above in zip(rows, read, [None, *read], strict=False)
        ),
    )


def _quoted(binding: Binding, clause: Clause, lineage: Lineage) -> Quote | None:
    """Return the words of a clause: from the copy at hand, else those that find it in the official text."""
    cited = binding.cite(clause)[0]
    return quotes.quote(cited, lineage) if cited.quote else None
