"""A comment on a pull request: GitHub's and GitLab's Markdown, within the size that they take."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.report import quotes, view
from cleartitle.report.escape import code, fence, markdown, shorten
from cleartitle.report.interface import Report
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding

MARKER = "<!-- cleartitle -->"
"""The first line: by it a job finds its own comment again and updates it."""
LIMIT = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""
_CUT = "\n\n*The report is longer than a comment can be: the HTML report has all of it.*\n"
_SIGN = {Outcome.CLEAR: "✅", Outcome.DUTIES: "📋", Outcome.REVIEW: "🔎", Outcome.BLOCKED: "⛔"}


def render(report: Report) -> str:
    """Return the report as Markdown; what stands in cards and licenses is shown, never rendered."""
    parts = [MARKER, "## License check"]
    if len(report.checks) + len(report.failed) > 1:
        parts.append(_table(report))
    parts += [f"⚠️ {code(f.ref)} **could not be checked**: {markdown(f.message)}" for f in report.failed]
    for check in report.checks:
        parts += _check(check)
    parts.append("<sub>cleartitle states what licenses say; it gives no legal advice.</sub>")
    return _fit("\n\n".join(parts) + "\n")


def _fit(text: str) -> str:
    """Return *text*, cut between two blocks where it is too long, with what was opened closed again."""
    if len(text) <= LIMIT:
        return text
    blocks: list[str] = []
    size = 0
    for block in text.split("\n\n"):
        size += len(block) + 2
        if size > LIMIT:
            break
        blocks.append(block)
    kept = "\n\n".join(blocks)
    ticks = [line for line in kept.splitlines() if line.strip().startswith("```")]
    closing = f"\n{ticks[-1].strip().removesuffix('text')}" if len(ticks) % 2 else ""
    return kept + closing + "\n\n</details>" * (kept.count("<details>") - kept.count("</details>")) + _CUT


def _table(report: Report) -> str:
    rows = ["| model | verdict | licenses | findings | duties |", "| --- | --- | --- | ---: | ---: |"]
    for check in report.checks:
        lineage, verdict = check.analysis.lineage, check.verdict
        grave = len(view.sort(verdict).graver)
        owed = sum(len(duties) for _, _, duties in view.owed_by_license(verdict.duties))
        licenses = markdown(shorten(view.license_line(lineage, lineage.root), 80))
        sign = f"{_SIGN[verdict.outcome]} {verdict.outcome}"
        rows.append(f"| {markdown(lineage.root.short)} | {sign} | {licenses} | {grave} | {owed} |")
    rows += [f"| {markdown(shorten(f.ref))} | ⚠️ not checked | | | |" for f in report.failed]
    return "\n".join(rows)


def _check(check: Check) -> Iterator[str]:
    lineage, verdict = check.analysis.lineage, check.verdict
    yield f"### {_SIGN[verdict.outcome]} {code(lineage.root.short)}: {verdict.outcome}"
    yield f"{view.MEANING[verdict.outcome].capitalize()}."
    if asked := view.asks(verdict):
        yield "**What would settle it**\n\n" + "\n".join(f"- {markdown(ask)}" for ask in asked)
    yield from _findings(check)
    if verdict.duties:
        yield "**Duties**"
        yield from _duties(check)
    yield _fold("Lineage", "\n".join(_tree(lineage, lineage.root, set(), 0)))
    if verdict.waived:
        yield _fold("Waived", "\n".join(f"- {markdown(view.waived_line(waived))}" for waived in verdict.waived))
    if verdict.assumed:
        yield _fold("Taken as stated", "\n".join(f"- {markdown(each)}" for each in verdict.assumed))


def _findings(check: Check) -> Iterator[str]:
    found = view.sort(check.verdict)
    if found.graver:
        yield "**Findings**"
    for finding, paths in found.graver:
        yield "\n".join(_finding(finding, paths, check.analysis.lineage))
    for title, rest in (("Limits of use", found.limits), ("Notes", found.notes)):
        if rest:
            yield _fold(title, "\n".join(f"- {markdown(f.message)}" for f, _ in rest))


def _finding(finding: Finding, paths: tuple[tuple[ModelRef, ...], ...], lineage: Lineage) -> Iterator[str]:
    sign = _SIGN[finding.outcome] if finding.outcome is not Outcome.CLEAR else "⚠️"
    yield f"- {sign} {markdown(finding.message)} {code(finding.rule)}"
    where = view.origins(paths) if len(paths) > 1 else view.path(finding.path) if len(finding.path) > 1 else ""
    if where:
        yield f"  <br>on {code(where)}"
    if finding.advice:
        yield f"  <br>→ {markdown(finding.advice)}"
    for each in (quotes.quote(e, lineage) for e in finding.evidence[:3] if e.quote):
        place = f"[{markdown(each.place)}]({each.link})" if each.link else markdown(each.place)
        yield f"\n  {place}\n"
        yield "\n".join(f"  {line}" for line in fence(shorten(each.words, 400)).splitlines())


def _duties(check: Check) -> Iterator[str]:
    for license_id, origin, owed in view.owed_by_license(check.verdict.duties):
        lines = [f"{markdown(view.license_name(license_id))}, by way of {code(origin)}", ""]
        for each in owed:
            doubt = "" if each.certain else " *(may be owed)*"
            lines.append(f"- [ ] {markdown(view.duty_line(each.duty))}{doubt}")
        yield "\n".join(lines)


def _tree(lineage: Lineage, ref: ModelRef, shown: set[ModelRef], depth: int, relation: str = "") -> Iterator[str]:
    known = {node.ref for node in lineage.nodes}
    link = quotes.address(view.at(lineage, ref))
    name = f"[{code(ref.short)}]({link})" if link else code(ref.short)
    said = markdown(view.license_line(lineage, ref)) if ref in known else "not part of this lineage"
    again = " (shown above)" if ref in shown else ""
    yield f"{'  ' * depth}- {relation}{name} {said}{again}"
    if again or ref not in known:
        return
    shown.add(ref)
    for edge in lineage.parents(ref):
        yield from _tree(lineage, edge.parent, shown, depth + 1, f"{view.relation_line(edge)} ")


def _fold(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"
