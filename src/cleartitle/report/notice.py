"""The notices that the licenses of a lineage ask for, as a text file to hand on with a product."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from cleartitle import files
from cleartitle._version import __version__
from cleartitle.decide import bindings
from cleartitle.identification.holders import holders
from cleartitle.judgment.binding import Binding
from cleartitle.report import bill, quotes, view
from cleartitle.report.escape import lines, terminal
from cleartitle.report.interface import Failed
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.statement import Choice, Expression, Unclear, Unknown, licenses
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.words import DutyKind, Level, LicenseId

KINDS = (
    DutyKind.ATTRIBUTION,
    DutyKind.NOTICE,
    DutyKind.LICENSE_COPY,
    DutyKind.STATE_CHANGES,
    DutyKind.DERIVATIVE_NAME,
    DutyKind.DISCLOSE_AI,
    DutyKind.INFORM_RECIPIENTS,
)
"""The duties that words in a file, or beside it, can meet."""
_WIDTH = 96
_MOST_HOLDERS = 40
_MOST_LINES = 400
_RULE = "=" * _WIDTH


@frozen(kw_only=True)
class Notices:
    """The text, and what keeps it from being whole."""

    text: str
    gaps: tuple[str, ...]
    """Each a sentence: a license that is not known, a base that could not be read."""


def notices(analyses: Sequence[Analysis], failed: Sequence[Failed] = ()) -> Notices:
    """Return the notices for these models and everything they were made from; nothing is fetched.

    They do not depend on a deployment: what any use of the model asks for stands in them.
    """
    gaps = [f"{each.ref} could not be read: {each.message}" for each in failed]
    gaps += [gap for analysis in analyses for gap in _gaps(analysis.lineage)]
    head = [
        "THIRD-PARTY NOTICES",
        "",
        *_wrapped(
            f"Collected by cleartitle {__version__} from what is published about the models below. It states what"
            " licenses say and is no legal advice: have it read before it is handed on."
        ),
    ]
    if gaps:
        head += ["", "NOT COMPLETE", *(line for gap in dict.fromkeys(gaps) for line in _wrapped(gap, "- "))]
    models: dict[str, list[str]] = {}
    bound: dict[LicenseId, list[Binding]] = {}
    for analysis in analyses:
        for node in analysis.lineage.nodes:
            models.setdefault(str(view.at(analysis.lineage, node.ref)), list(_node(analysis.lineage, node)))
        for binding in bindings(analysis.lineage):
            bound.setdefault(binding.license.id, []).append(binding)
    body = [line for model in models.values() for line in ("", _RULE, *model)]
    body += [line for group in bound.values() for line in ("", _RULE, *_license(group))]
    return Notices(text="\n".join(line.rstrip() for line in (*head, *body)) + "\n", gaps=tuple(dict.fromkeys(gaps)))


def _node(lineage: Lineage, node: Node) -> Iterator[str]:
    at = view.at(lineage, node.ref)
    yield terminal(node.ref.short)
    if address := quotes.address(at):
        yield address
    for edge in (e for e in lineage.edges if e.parent == node.ref):
        yield from _wrapped(f"{edge.child.short}: {view.relation_line(edge)} this")
    yield ""
    yield from _wrapped(f"License: {view.license_line(lineage, node.ref)}")
    if isinstance(node.statements.concluded, Choice):
        yield "One of them, as you choose."
    for license_id, (path, digest) in bill.texts(node).items():
        yield f"Text of {view.license_name(license_id)}: {terminal(path)}, SHA-256 {digest}"
    yield from _holders(node)
    yield from _notice_files(node)


def _license(group: list[Binding]) -> Iterator[str]:
    entry = group[0].license
    yield f"{entry.name} ({entry.id})"
    if entry.url:
        yield f"Official text: {entry.url}"
    yield from _wrapped(f"For: {', '.join(dict.fromkeys(binding.path[-1].short for binding in group))}")
    yield ""
    for duty in entry.terms.duties:
        if duty.kind in KINDS and duty.level is Level.OWED:
            yield from _duty(duty)


def _duty(duty: Duty) -> Iterator[str]:
    """Yield what is owed and when, and below it the exact words."""
    verbatim = duty.words if duty.kind in (DutyKind.NOTICE, DutyKind.ATTRIBUTION) else ()
    said = view.duty_line(evolve(duty, words=()) if verbatim else duty)
    when = ", ".join(sorted(map(view.words_of, duty.on)))
    limits = "".join(f", if {view.say(c.when)}" for c in duty.conditions)
    section = f"section {duty.section}, " if duty.section else ""
    choice = ", in any one of these wordings" if len(verbatim) > 1 else ""
    yield from _wrapped(f"{said}{choice} [{section}on {when}{limits}]", "- ")
    for words in verbatim:
        yield f"      {lines(words)}"


def _holders(node: Node) -> Iterator[str]:
    """Yield the copyright lines that the legal files of an artifact name."""
    texts = node.artifact.texts if node.artifact else ()
    found = [
        (f"© {each.years} {each.name}".replace("  ", " "), file.path, each.span.line)
        for file in texts
        if files.is_legal(file.path)
        for each in holders(file.text)
    ]
    for said, path, line in found[:_MOST_HOLDERS]:
        yield from _wrapped(f"{said}  ({path}, line {line})", "  ")
    if len(found) > _MOST_HOLDERS:
        yield f"  and {len(found) - _MOST_HOLDERS} more holders, in the files of the repository"


def _notice_files(node: Node) -> Iterator[str]:
    for file in node.artifact.texts if node.artifact else ():
        if "notice" in file.path.rpartition("/")[2].lower() and files.is_legal(file.path):
            content = lines(file.text).splitlines()
            yield from ("", f"{terminal(file.path)} of {terminal(node.ref.short)}, as it stands:", "")
            yield from (f"    {line}" for line in content[:_MOST_LINES])
            if file.cut or len(content) > _MOST_LINES:
                yield f"    [goes on: take the whole of {terminal(file.path)} from the repository]"


def _gaps(lineage: Lineage) -> Iterator[str]:
    for node in lineage.nodes:
        name = node.ref.short
        if node.missing:
            yield f"{name} could not be read: {node.missing}"
        elif not licenses(node.statements.concluded) or _open(node.statements.concluded):
            yield f"the license of {name} is not known for certain: {view.license_line(lineage, node.ref)}"
        for clue in node.unresolved:
            yield f"{name} names a base that cannot be looked up: {clue.said}"
    yield from lineage.cuts


def _open(expression: Expression) -> bool:
    if isinstance(expression, (Unknown, Unclear)):
        return True
    return any(map(_open, getattr(expression, "of", ())))


def _wrapped(text: str, lead: str = "") -> list[str]:
    """Return *text* in lines of a width that mail and terminals take; addresses and digests stay whole."""
    return textwrap.wrap(
        terminal(text),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [lead.rstrip()]
