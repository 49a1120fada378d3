"""``cleartitle diff``: what changed upstream since the lock was written."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

import click

from cleartitle.cli import access, options, output
from cleartitle.cli.locked import deployment_of, fresh
from cleartitle.cli.settings import configured
from cleartitle.errors import AccessDenied, NotFound, SourceError
from cleartitle.files import LOCK_FILE
from cleartitle.locking.compare import differences
from cleartitle.locking.file import load
from cleartitle.locking.record import lock, record
from cleartitle.pipeline import analyze_all, judge_again
from cleartitle.vocabulary.lock import DiffAnswer, Difference, Lock, LockedModel, Subject, Unseen
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef

if TYPE_CHECKING:
    from cleartitle.cli.settings import Settings
    from cleartitle.vocabulary.analysis import Analysis

CODES = {Outcome.CLEAR: 0, Outcome.DUTIES: 0, Outcome.REVIEW: 3, Outcome.BLOCKED: 1}
_COMMIT = re.compile(r"(?:sha256:)?[0-9a-f]{40,64}")


@click.command()
@click.argument("file", default=LOCK_FILE, metavar="[FILE]")
@options.deployment
@options.governed
@click.option("-o", "--output", metavar="FILE", help="Write the answer to a file.")
@options.common_with("markdown")
@click.pass_context
def command(ctx: click.Context, /, file: str, **flags: Any) -> int:
    """Say what changed upstream since the lock was written: texts, tags, bases, gates, ancestors, verdicts.

    The repositories are read as they are now; of a model that was locked by its commit, the main branch. The verdict
    is that for the deployment on record, where neither flags nor a configuration state another.

    Exit codes: 0 nothing that matters has changed, 3 there are changes to review, 1 something is blocked now,
    2 wrong usage, 4 a source failed.
    """
    before = load(file)
    stated = configured(ctx, flags)
    with output.progress(quiet=flags["quiet"]) as progress:
        wanted = [_upstream(ModelRef.parse(model.model)) for model in before.models]
        found = analyze_all(wanted, source=fresh(access.source(offline=flags["offline"])), progress=progress)
    answer = compare(before, found, stated, file=file)
    output.write(_written(answer, flags["form"]), flags["output"])
    for each in answer.failed:
        output.complain(SourceError(f"{each.model}: {each.message}", advice=each.advice))
    return SourceError.exit_code if answer.failed else CODES[answer.outcome]


def _written(answer: DiffAnswer, form: str) -> output.Written:
    from cleartitle.report import lock as report

    if form == "text":
        return [functools.partial(report.text, answer)]
    return output.as_json(answer) if form == "json" else report.markdown(answer)


def compare(before: Lock, found: tuple[Analysis | SourceError, ...], stated: Settings, *, file: str) -> DiffAnswer:
    """Return what differs between the lock and the models as they are now, in the order of the lock."""
    now: list[LockedModel] = []
    gone: list[Difference] = []
    failed: list[Unseen] = []
    for model, each in zip(before.models, found, strict=True):
        match each:
            case NotFound() | AccessDenied():
                gone.append(_gone(model, each))
            case SourceError():
                failed.append(Unseen(model=model.model, message=str(each), advice=each.advice))
            case _:
                asked = ModelRef.parse(model.model)
                deployment = deployment_of(model, stated)
                now.append(record(asked, judge_again(each, deployment, policy=stated.policy)))
    return DiffAnswer(
        lock=file,
        models=tuple(model.model for model in before.models),
        differences=(*gone, *differences(before, lock(now, stated.policy))),
        failed=tuple(failed),
    )


def _upstream(ref: ModelRef) -> ModelRef:
    """Return what stands for the present of a model: not the commit, which never changes."""
    return ref.at(None) if ref.revision and _COMMIT.fullmatch(ref.revision) else ref


def _gone(model: LockedModel, error: SourceError) -> Difference:
    return Difference(
        subject=Subject.MODEL,
        model=model.model,
        artifact=model.model,
        message=f"{ModelRef.parse(model.model).short} can no longer be read: {error}",
        outcome=Outcome.REVIEW,
    )
