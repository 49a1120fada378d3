"""Answers in the terminal; plain where the output is no terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from cleartitle.lineage.origins import origins, publisher
from cleartitle.report import view
from cleartitle.report.escape import shorten, terminal
from cleartitle.report.origins import line
from cleartitle.vocabulary.analysis import Analysis, Check
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.lineage import Edge, Lineage
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding, Verdict

STYLE = {
    Outcome.CLEAR: "bold green",
    Outcome.DUTIES: "bold cyan",
    Outcome.REVIEW: "bold yellow",
    Outcome.BLOCKED: "bold red",
}
_MARK = {Outcome.CLEAR: "·", Outcome.DUTIES: "•", Outcome.REVIEW: "?", Outcome.BLOCKED: "✗"}


def check(answer: Check, console: Console) -> None:
    """Print a verdict with its lineage, findings and duties."""
    lineage, verdict = answer.analysis.lineage, answer.verdict
    head = Text.assemble(
        (terminal(lineage.root.short), "bold"), "  ", (verdict.outcome.upper(), STYLE[verdict.outcome])
    )
    console.print(head.append(f"  {view.MEANING[verdict.outcome]}", style="dim"))
    revision = _revision(lineage)
    if revision:
        console.print(Text(revision, style="dim"))
    _section(console, "Lineage", tree(lineage))
    _findings(console, verdict)
    if verdict.waived:
        _section(console, "Waived", Group(*(_item("–", "dim", terminal(view.waived_line(w))) for w in verdict.waived)))
    if verdict.duties:
        _section(console, "Duties", _duties(verdict))
    if verdict.settles:
        _section(console, "What would settle it", Group(*(Text(f"- {terminal(ask)}") for ask in view.asks(verdict))))
    if verdict.assumed:
        _section(console, "Taken as stated", Text("; ".join(verdict.assumed), style="dim"))
    console.print()


def trace(analysis: Analysis, console: Console) -> None:
    """Print a lineage as a tree, with the evidence for each step."""
    lineage = analysis.lineage
    console.print(tree(lineage, evidence=True))
    found = origins(lineage)
    console.print(Text.assemble(("Origins: ", "bold"), terminal(line(found))))
    for gap in found.gaps:
        console.print(Text(f"! {terminal(gap)}", style="yellow"))
    console.print()


def remark(said: str) -> Text:
    """Return what is said above an answer."""
    return Text(terminal(said), style="yellow")


_CHECKED = {
    Checked.TEXT: "checked against the text",
    Checked.KNOWLEDGE: "not checked against a text",
    Checked.CATEGORY: "coarse: from its SPDX id and category alone",
    Checked.READ: "read by the clause engine; no person has checked it",
}


def terms(entry: License, console: Console, *, via: str = "") -> None:
    """Print the terms of a license as a table."""
    console.print(Text.assemble((entry.name, "bold"), "  ", (str(entry.id), "dim")))
    known = [entry.kind.value, entry.publisher or "", entry.url or ""] if entry.checked is not Checked.READ else []
    facts = [*known, f"{_CHECKED[entry.checked]}, {entry.verified}", via]
    console.print(Text(" · ".join(filter(None, facts)), style="dim"))
    if entry.summary:
        console.print(Padding(Text(entry.summary), (1, 0, 0, 0)))
    table = _table(console, "what", "the text says", "section", "in its words")
    for row in view.term_rows(entry.terms):
        style = {"allowed": "green", "prohibited": "red"}.get(row.answer, "")
        words = f"“{shorten(row.words, 90)}”" if row.words else ""
        table.add_row(row.what, Text(terminal(row.answer), style=style), terminal(row.place), Text(words, style="dim"))
    console.print(Padding(table, (1, 0, 1, 0)))
    if entry.checked is Checked.READ and entry.remarks:
        _section(console, "For a person to read", Group(*(_item("?", "yellow", terminal(r)) for r in entry.remarks)))


def tree(lineage: Lineage, *, evidence: bool = False) -> Tree:
    """Return the lineage as a tree; an ancestor that was shown before is only named."""
    shown: set[ModelRef] = set()
    top = Tree(_label(lineage, lineage.root, country=evidence), guide_style="dim")
    _grow(top, lineage, lineage.root, shown, evidence=evidence)
    return top


def _grow(branch: Tree, lineage: Lineage, ref: ModelRef, shown: set[ModelRef], *, evidence: bool) -> None:
    shown.add(ref)
    known = {n.ref for n in lineage.nodes}
    for edge in lineage.parents(ref):
        label = Text(f"{view.relation_line(edge)} ", style="dim")
        parent = _label(lineage, edge.parent, country=evidence) if edge.parent in known else Text(edge.parent.short)
        label.append_text(parent)
        if evidence:
            label.append_text(_why(edge))
        twig = branch.add(label)
        if edge.parent in shown:
            twig.add(Text("(shown above)", style="dim"))
        elif edge.parent in known:
            _grow(twig, lineage, edge.parent, shown, evidence=evidence)


def _label(lineage: Lineage, ref: ModelRef, *, country: bool) -> Text:
    made = publisher(ref) if country else None
    seat = f"  {made.country}" if made and made.country else ""
    return Text.assemble((terminal(ref.short), "bold"), "  ", terminal(view.license_line(lineage, ref)), (seat, "dim"))


def _why(edge: Edge) -> Text:
    first = edge.evidence[0] if edge.evidence else None
    sure = f"{edge.standing}, {edge.confidence} confidence"
    return Text(f"\n{_place(first)} “{shorten(first.quote, 80)}” ({sure})" if first else f"\n({sure})", style="dim")


def _findings(console: Console, verdict: Verdict) -> None:
    found = view.sort(verdict)
    if found.graver:
        _section(console, "Findings", Group(*(_finding(f, paths) for f, paths in found.graver)))
    if found.limits:
        _section(console, "Limits of use", Group(*(_item("•", "cyan", terminal(f.message)) for f, _ in found.limits)))
    if found.notes:
        _section(console, "Notes", Group(*(_item("·", "dim", terminal(f.message)) for f, _ in found.notes)))


def _finding(finding: Finding, paths: tuple[tuple[ModelRef, ...], ...]) -> RenderableType:
    line = Text(terminal(finding.message)).append(f"  [{finding.rule}]", style="dim")
    quotes = [e for e in finding.evidence[:3] if e.quote]
    detail: list[RenderableType] = [Text(f"{_place(e)} “{shorten(e.quote)}”", style="dim") for e in quotes]
    if len(paths) > 1:
        detail.append(Text(f"on {terminal(view.origins(paths))}", style="dim"))
    elif len(finding.path) > 1:
        detail.append(Text(f"by way of {terminal(view.path(finding.path))}", style="dim"))
    if finding.advice:
        detail.append(Text(f"→ {terminal(finding.advice)}"))
    mark = "!" if finding.outcome is Outcome.CLEAR else _MARK[finding.outcome]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark, style=STYLE[finding.outcome] if mark != "!" else "yellow"), Group(line, *detail))
    return grid


def _duties(verdict: Verdict) -> RenderableType:
    parts: list[RenderableType] = []
    for license_id, origin, owed in view.owed_by_license(verdict.duties):
        parts.append(Text.assemble(view.license_name(license_id), (f"  by way of {terminal(origin)}", "dim")))
        for each in owed:
            mark, style = ("•", "cyan") if each.certain else ("?", "yellow")
            parts.append(_item(mark, style, terminal(view.duty_line(each.duty))))
    return Group(*parts)


def _item(mark: str, style: str, text: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark, style=style), Text(text))
    return grid


def _place(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    return terminal(f"{evidence.path or evidence.method}{f':{evidence.span.line}' if evidence.span else ''}")


def _revision(lineage: Lineage) -> str:
    artifact = lineage.node(lineage.root).artifact
    if artifact is None:
        return ""
    commit = f"at {artifact.ref.revision}" if artifact.ref.revision else ""
    return " ".join(
        filter(None, (commit, f"from {artifact.origin}", f"as of {artifact.as_of}" if artifact.as_of else ""))
    )


def _section(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Text(title, style="bold underline"))
    console.print(Padding(body, (0, 0, 0, 2)))


def _table(console: Console, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, show_header=console.is_terminal, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
