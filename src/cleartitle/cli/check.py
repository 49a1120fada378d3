"""``cleartitle check``: the verdict for a deployment."""

from __future__ import annotations

import functools
from typing import Any

import click

from cleartitle.cli import options, output
from cleartitle.cli.settings import settings
from cleartitle.errors import SourceError
from cleartitle.pipeline import check
from cleartitle.sources.chain import Chain
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.outcomes import Outcome

CODES = {Outcome.CLEAR: 0, Outcome.DUTIES: 0, Outcome.BLOCKED: 1, Outcome.REVIEW: 3}
_FIRST = (4, 1, 3, 0)


@click.command()
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@options.deployment
@click.option("--policy", metavar="NAME|FILE", help="A preset, or a TOML file with a [policy] table.")
@click.option("--config", metavar="FILE", help="Facts and policy; cleartitle.toml in this folder is read unasked.")
@options.common
@click.pass_context
def command(ctx: click.Context, /, refs: tuple[str, ...], **flags: Any) -> int:
    """Say whether a deployment of a model is clear, with the evidence for every finding.

    State the facts of the deployment as flags; a fact that matters and was not stated leads to review, which names it.
    """
    deployment, policy = settings(ctx, flags)
    source = Chain(offline=flags["offline"])
    answers: list[Check] = []
    codes: list[int] = []
    with output.progress(quiet=flags["quiet"]) as progress:
        for ref in refs:
            try:
                answers.append(check(ref, deployment, policy=policy, source=source, progress=progress))
                codes.append(CODES[answers[-1].verdict.outcome])
            except SourceError as error:
                output.complain(error)
                codes.append(error.exit_code)
    _print(answers, flags["form"], several=len(refs) > 1)
    return next(code for code in _FIRST if code in codes)


def _print(answers: list[Check], form: str, *, several: bool) -> None:
    from attrs import evolve

    if form == "json":
        slim = [evolve(answer, analysis=answer.analysis.slim()) for answer in answers]
        if several:
            output.dump(slim)
        elif slim:
            output.dump(slim[0])
        return
    from cleartitle.report import terminal

    for answer in answers:
        output.show(functools.partial(terminal.check, answer))
