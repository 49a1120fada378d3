"""The catalog in the terminal: the list of licenses, and one of them explained."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cleartitle.judgment.sheet import answer, general_grant
from cleartitle.report import view
from cleartitle.report.escape import shorten, terminal
from cleartitle.territory import listed
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.listing import Entry, ExplainAnswer, LicensesAnswer
from cleartitle.vocabulary.openness import OpennessQuestion, OpennessReply, Reply
from cleartitle.vocabulary.rule import RuleInfo
from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.words import Action, Decision

_NEVER_INFERRED = frozenset({Action.SUBLICENSE, Action.PRACTICE_PATENTS})
_CHECKED = {
    Checked.TEXT: "every clause checked against the text",
    Checked.KNOWLEDGE: "written from what is publicly known, not checked against a text",
    Checked.CATEGORY: "coarse: derived from the SPDX id and its category, nobody read the text",
}
_STYLE = {Decision.ALLOWED: "green", Decision.PROHIBITED: "red", Decision.UNKNOWN: "yellow"}
_REPLY = {Reply.YES: "green", Reply.NO: "red", Reply.UNKNOWN: "yellow"}
_ASKED = {
    OpennessQuestion.OSI_APPROVED: "approved by OSI",
    OpennessQuestion.NO_DISCRIMINATION: "for everybody (Open Source Definition, 5)",
    OpennessQuestion.ANY_FIELD: "for every field of use (6)",
    OpennessQuestion.AI_ACT: "free and open-source in the sense of the EU AI Act",
}
MAX_LINKS = 8
_LINE = 1000
"""Columns in a pipe: wide enough that no row is broken."""


def decision(terms: Terms, action: Action) -> Decision:
    """Return what *terms* decide about *action*; a silent action falls to a general grant, where there is one."""
    said = answer(terms, action).decision
    covered = said is Decision.SILENT and action not in _NEVER_INFERRED and general_grant(terms) is not None
    return Decision.ALLOWED if covered else said


def listing(found: LicensesAnswer, console: Console) -> None:
    """Print the licenses as a table, one line each."""
    shown = {"commercial": Action.USE_COMMERCIALLY, "derivatives": Action.DISTRIBUTE_DERIVATIVES, "host": Action.HOST}
    table = _table(console, "id", "openness", *shown, "where", "")
    for entry in found.licenses:
        terms = entry.license.terms
        cells = [decision(terms, action) for action in shown.values()]
        marked = (Text(cell, style=_STYLE.get(cell, "")) for cell in cells)
        table.add_row(str(entry.license.id), str(entry.openness.level), *marked, where(terms), _marks(entry))
    if not console.is_terminal:
        console.width = _LINE
    console.print(table)
    console.print(Text(f"{len(found.licenses)} licenses", style="dim"))


def where(terms: Terms) -> str:
    """Return the territory of a license in a few words; empty where it has no limit.

    >>> where(Terms())
    ''
    """
    limits = []
    for territory in terms.territories:
        named = listed(territory.excluded or territory.allowed)
        more = f" +{len(named) - 4}" if len(named) > 4 else ""
        limits.append(f"{'not' if territory.excluded else 'only'} {', '.join(named[:4])}{more}")
    return "; ".join(dict.fromkeys(limits))


def _marks(entry: Entry) -> str:
    """Return what a reader should know of the entry itself."""
    marks = {
        "private": entry.private,
        "stale": entry.stale,
        "unchecked": entry.license.checked is Checked.KNOWLEDGE,
        "coarse": entry.license.checked is Checked.CATEGORY,
    }
    return ", ".join(mark for mark, holds in marks.items() if holds)


def explanation(found: ExplainAnswer, console: Console) -> None:
    """Print all that is known of a license, or of a rule."""
    if found.rule:
        _rule(found.rule, console)
    if found.means:
        console.print(Text(terminal(found.means), style="yellow"))
    if len(found.licenses) == 1:
        _license(found.licenses[0], console)
        return
    for entry in found.licenses:
        console.print(Text.assemble("\n", (str(entry.license.id), "bold"), "  ", terminal(entry.license.summary)))


def _rule(rule: RuleInfo, console: Console) -> None:
    console.print(Text.assemble((rule.id, "bold"), "  ", rule.title, (f"  {rule.severity}, {rule.audience}", "dim")))
    console.print(Padding(Text(rule.explanation), (1, 0, 0, 0)))
    _section(console, "What to do", Text(rule.remedy))


def _license(entry: Entry, console: Console) -> None:
    license = entry.license  # noqa: A001 - the word of the field
    console.print(Text.assemble((terminal(license.name), "bold"), "  ", (terminal(str(license.id)), "dim")))
    publisher = f"{license.publisher or ''}{f' ({entry.seat})' if entry.seat else ''}"
    facts = [license.kind.value, publisher, _dated(license), license.url or ""]
    console.print(Text(" · ".join(map(terminal, filter(None, facts))), style="dim"))
    console.print(Text(_verified(entry), style="yellow" if entry.stale or entry.private else "dim"))
    _section(console, "What it means", Text(terminal(license.summary)))
    if license.advice:
        _section(console, "What to do", Text(terminal(license.advice)))
    _section(console, f"Openness: {entry.openness.level}", _openness(console, entry.openness.replies))
    _section(console, "Terms", _terms(console, license.terms))
    _section(console, "Names", Text(", ".join(map(terminal, _names(license)))))
    if license.links:
        _section(console, "Links", _links(license.links))
    if license.remarks:
        _section(console, "Remarks", Text("\n".join(f"- {terminal(each)}" for each in license.remarks)))


def _dated(license: License) -> str:  # noqa: A002
    version = f"version {license.version}" if license.version else ""
    published = str(license.published or license.dated)
    said = f"published {published}" if published[:1].isdigit() else published
    return ", ".join(filter(None, (version, said)))


def _verified(entry: Entry) -> str:
    said = f"verified {entry.license.verified}: {_CHECKED[entry.license.checked]}"
    said += "; that is long ago: compare it with the official text" if entry.stale else ""
    return f"{said}; a private license, not shipped with the package" if entry.private else said


def _openness(console: Console, replies: Iterable[OpennessReply]) -> RenderableType:
    table = _table(console, "question", "answer", "by")
    for each in replies:
        reasons = [f"{r.says} ({r.section})" if r.section else r.says for r in each.reasons]
        more = f"; and {len(reasons) - 4} more" if len(reasons) > 4 else ""
        reply = Text(each.reply, style=_REPLY[each.reply])
        table.add_row(_ASKED[each.question], reply, terminal("; ".join(reasons[:4])) + more)
    return table


def _terms(console: Console, terms: Terms) -> RenderableType:
    table = _table(console, "what", "the text says", "section", "in its words")
    for row in view.term_rows(terms):
        style = {"allowed": "green", "prohibited": "red"}.get(row.answer, "")
        words = f"“{shorten(row.words, 90)}”" if row.words else ""
        table.add_row(row.what, Text(terminal(row.answer), style=style), terminal(row.place), Text(words, style="dim"))
    return table


def _names(license: License) -> tuple[str, ...]:  # noqa: A002
    return tuple(dict.fromkeys((*license.hub, *license.aliases))) or (str(license.id),)


def _links(links: tuple[str, ...]) -> RenderableType:
    more = [f"and {len(links) - MAX_LINKS} more"] if len(links) > MAX_LINKS else []
    return Text("\n".join([*map(terminal, links[:MAX_LINKS]), *more]))


def _section(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Text(title, style="bold underline"))
    console.print(Padding(body, (0, 0, 0, 2)))


def _table(console: Console, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, show_header=console.is_terminal, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
