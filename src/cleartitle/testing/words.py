"""What a test says of a model that is not clear."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.guard import NotClear
from cleartitle.report.escape import shorten, terminal
from cleartitle.report.view import asks


def explained(error: NotClear) -> str:
    """Return why a model is not clear, a line for each finding, and what would settle it."""
    return "\n".join(_lines(error))


def _lines(error: NotClear) -> Iterator[str]:
    verdict = error.check.verdict
    yield f"{terminal(error.check.analysis.lineage.root.short)} is not clear: {verdict.outcome}"
    for finding in error.findings:
        advice = f" -> {shorten(finding.advice)}" if finding.advice else ""
        yield f"- {terminal(finding.message)} [{finding.rule}]{advice}"
    for ask in asks(verdict):
        yield f"? {terminal(ask)}"
