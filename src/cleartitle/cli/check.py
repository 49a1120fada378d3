"""``cleartitle check``: the verdict for a deployment."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from cleartitle.cli import access, options, output
from cleartitle.cli.settings import configured
from cleartitle.configuration import baseline
from cleartitle.errors import SourceError
from cleartitle.files import LOCK_FILE
from cleartitle.lineage.walk import Limits
from cleartitle.pipeline import analyze, judge_again
from cleartitle.report.interface import FORMATS, Failed, Report, renderer
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef

if TYPE_CHECKING:
    from cleartitle.cli.locked import Locked
    from cleartitle.cli.output import Written
    from cleartitle.sources.interface import Source

CODES = {Outcome.CLEAR: 0, Outcome.DUTIES: 0, Outcome.BLOCKED: 1, Outcome.REVIEW: 3}
_FIRST = (4, 1, 3, 0)


@click.command()
@click.argument("refs", nargs=-1, metavar="REF...")
@options.deployment
@options.governed
@options.history
@click.option("--strict", is_flag=True, help="Show every loose end, those too that change nothing.")
@click.option("--baseline", metavar="FILE", help="Findings that are known and count no more.")
@click.option("--write-baseline", metavar="FILE", help="Write what is found as the baseline of the next run.")
@click.option("--locked", metavar="[FILE]", is_flag=False, flag_value=LOCK_FILE, help="Verify what a lock approved.")
@options.output
@options.common_with(*FORMATS)
@click.pass_context
def command(ctx: click.Context, /, refs: tuple[str, ...], **flags: Any) -> int:
    """Say whether a deployment of a model is clear, with the evidence for every finding.

    State the facts of the deployment as flags; a fact that matters and was not stated leads to review, which names it.
    With --locked everything is read at the locked commits, without REF every locked model is verified, and each
    difference from the lock is a finding.
    """
    options.no_history_offline(offline=flags["offline"], history=flags["history"])
    if flags["history"] and flags["locked"]:
        raise click.UsageError("--locked reads what was locked; it takes no --history.")
    stated = configured(ctx, flags)
    limits = Limits(history=flags["history"])
    source = access.source(offline=flags["offline"])
    locked = _locked(flags["locked"], source) if flags["locked"] else None
    refs = locked.refs(refs) if locked else refs
    if not refs:
        raise click.UsageError("Missing argument 'REF...'.")
    answers: list[Check] = []
    failed: list[Failed] = []
    codes: list[int] = []
    with output.progress(quiet=flags["quiet"]) as progress:
        for ref in refs:
            try:
                meant = ModelRef.parse(ref)
                if locked:
                    answers.append(locked.check(meant, stated, progress))
                else:
                    found = analyze(meant, source=source, limits=limits, progress=progress)
                    answers.append(judge_again(found, stated.deployment(meant.name), policy=stated.policy))
                codes.append(CODES[answers[-1].verdict.outcome])
            except SourceError as error:
                output.complain(error)
                failed.append(Failed(ref=ref, message=str(error), advice=error.advice))
                codes.append(error.exit_code)
    if flags["write_baseline"]:
        output.write(baseline.render(answer.verdict for answer in answers), flags["write_baseline"])
    if not flags["strict"] and flags["form"] != "json":
        answers = [evolve(answer, verdict=answer.verdict.regular()) for answer in answers]
    report = Report(checks=tuple(answers), failed=tuple(failed))
    output.write(_written(report, flags["form"], several=len(refs) > 1), flags["output"])
    return next(code for code in _FIRST if code in codes)


def _locked(file: str, source: Source) -> Locked:
    from cleartitle.cli.locked import Locked

    return Locked.at(file, source)


def _written(report: Report, form: str, *, several: bool) -> Written:
    """Return the answer in a format; several references make one document where the format can hold them."""
    if form == "text":
        from cleartitle.report import terminal

        return [functools.partial(terminal.check, answer) for answer in report.checks]
    if form == "json":
        slim = [evolve(answer, analysis=answer.analysis.slim()) for answer in report.checks]
        return output.as_json(slim) if several else "".join(map(output.as_json, slim))
    return renderer(form)(report)
