"""Annotations of a GitHub workflow: one command a line, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from cleartitle.report import view
from cleartitle.report.escape import command, parameter
from cleartitle.report.interface import Report
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import Scheme
from cleartitle.vocabulary.verdict import Finding

_LEVEL = {
    Outcome.BLOCKED: "error",
    Outcome.REVIEW: "warning",
    Outcome.DUTIES: "notice",
    Outcome.CLEAR: "notice",
}


def render(report: Report) -> str:
    """Return workflow commands; what no verdict rests on is left to the other formats."""
    lines = [_line("error", f"{f.ref}: not checked", f"{f.message}\n{f.advice}".strip()) for f in report.failed]
    for check in sorted(report.checks, key=lambda check: -check.verdict.outcome.rank()):
        lines += _check(check)
    return "".join(f"{line}\n" for line in lines)


def _check(check: Check) -> Iterator[str]:
    name, verdict = check.analysis.lineage.root.short, check.verdict
    for finding, paths in view.sort(verdict).graver:
        level = _LEVEL[finding.outcome]
        where = view.origins(paths) if len(paths) > 1 else view.path(finding.path)
        said = [finding.message, f"on {where}" if where != name else "", finding.advice]
        yield _line(level, f"{name}: {finding.rule}", "\n".join(filter(None, said)), _file(finding))
    owed = [view.duty_line(o.duty) for _, _, group in view.owed_by_license(verdict.duties) for o in group]
    said = [view.MEANING[verdict.outcome], *(f"- {duty}" for duty in dict.fromkeys(owed))]
    yield _line(_LEVEL[verdict.outcome], f"{name}: {verdict.outcome}", "\n".join(said))


def _line(level: str, title: str, text: str, properties: str = "") -> str:
    return f"::{level} {properties}title={parameter(title)}::{command(text)}"


def _file(finding: Finding) -> str:
    """Return the file and lines, where they are in the checkout: that of a model in a folder, by a relative path."""
    ref = finding.path[-1]
    evidence = next((e for e in finding.evidence if e.artifact and e.artifact.name == ref.name and e.path), None)
    folder = PurePath(ref.name)
    if ref.scheme is not Scheme.FILE or folder.is_absolute() or evidence is None or evidence.span is None:
        return ""
    path = folder if folder.suffix else folder / (evidence.path or "")
    return f"file={parameter(path.as_posix())},line={evidence.span.line},endLine={evidence.span.end_line},"
