"""``cleartitle lock``: what was approved, on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleartitle.cli import access, options, output
from cleartitle.cli.locked import deployment_of, fresh
from cleartitle.cli.settings import configured
from cleartitle.errors import UsageError
from cleartitle.files import LOCK_FILE
from cleartitle.locking.file import load, render
from cleartitle.locking.record import lock, record
from cleartitle.pipeline import analyze_all, judge_again
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleartitle.cli.settings import Settings
    from cleartitle.progress import Progress
    from cleartitle.sources.interface import Source
    from cleartitle.vocabulary.lock import LockedModel

_FIRST = (4, 1, 3)


@click.command()
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option("--scan", "project", metavar="PATH", help="Lock the models that a project uses.")
@click.option("--approved-by", metavar="NAME", default="", help="Who looked at what needs review, and approves it.")
@options.deployment
@options.governed
@click.option("-o", "--output", metavar="FILE", default=LOCK_FILE, show_default=True, help="The lock.")
@options.access
@click.pass_context
def command(ctx: click.Context, /, refs: tuple[str, ...], project: str | None, approved_by: str, **flags: Any) -> int:
    """Lock what was approved: commits, license texts, terms, lineage and verdict of models and all their ancestors.

    A model that is clear, or clear once its duties are met, is locked as it is. One that needs review is locked where a
    person says that they looked (--approved-by); what is blocked cannot be locked: waive it in the policy first.
    Without REF the models of the lock that is there are locked anew. Nothing is written unless all can be locked.

    Exit codes: 0 written, 1 something is blocked, 3 something needs review, 2 wrong usage, 4 a source failed.
    """
    stated = configured(ctx, flags)
    with output.progress(quiet=flags["quiet"]) as progress:
        before = _before(Path(flags["output"])) if not refs and not project else {}
        wanted = tuple(before) or _wanted(refs, project, progress)
        checks, codes = _checked(wanted, before, stated, fresh(access.source(offline=flags["offline"])), progress)
    codes += [_refused(ref, check, approved_by) for ref, check in checks]
    refusal = next((code for code in _FIRST if code in codes), None)
    if refusal is not None:
        return refusal
    models = []
    for ref, check in checks:
        asked = check.verdict.outcome is Outcome.REVIEW
        by, on = (approved_by, stated.today) if asked else ("", None)
        models.append(record(ref, check, approved_by=by, approved_on=on))
    made = lock(models, stated.policy)
    output.write(render(made), flags["output"])
    artifacts = sum(len(model.artifacts) for model in made.models)
    counted = (_count(len(made.models), "model"), _count(artifacts, "artifact"), _count(len(made.licenses), "license"))
    output.say(f"{flags['output']}: {', '.join(counted)}")
    return 0


def _before(file: Path) -> dict[ModelRef, LockedModel]:
    """Return what is locked already."""
    if not file.is_file():
        raise UsageError("there is nothing to lock", advice="name models, or a project with --scan PATH")
    return {ModelRef.parse(model.model): model for model in load(file).models}


def _wanted(refs: Sequence[str], project: str | None, progress: Progress) -> tuple[ModelRef, ...]:
    """Return what to lock, each once: what is named, and what a project uses."""
    named = [*map(ModelRef.parse, refs), *(_used(Path(project), progress) if project else ())]
    if not named:
        raise UsageError(f"no model is used in {project}", advice="name models, or another folder")
    return tuple(dict.fromkeys(named))


def _used(project: Path, progress: Progress) -> list[ModelRef]:
    """Return the models that a project uses; one that cannot be told is no reason to lock less than all."""
    from cleartitle.discovery.scan import scan

    if not project.exists():
        raise UsageError(f"there is no {project}", advice="give a folder or a file")
    found = scan(project, progress=progress)
    unknown = [f"{use.said} ({use.place})" for use in found.unresolved]
    unknown += [f"{model.model} ({model.uses[0].place})" for model in found.models if model.ref is None]
    unknown += [f"{file.path}: {file.reason}" for file in found.unread] + list(found.incomplete)
    if unknown:
        raise UsageError(
            f"{len(unknown)} uses of models cannot be told: {'; '.join(unknown[:3])}",
            advice="say which model it is in its line, `# cleartitle: owner/name` (or `none`)",
        )
    return [model.ref for model in found.models if model.ref]


def _checked(
    wanted: tuple[ModelRef, ...],
    before: Mapping[ModelRef, LockedModel],
    stated: Settings,
    source: Source,
    progress: Progress,
) -> tuple[list[tuple[ModelRef, Check]], list[int]]:
    checks: list[tuple[ModelRef, Check]] = []
    codes: list[int] = []
    for ref, found in zip(wanted, analyze_all(wanted, source=source, progress=progress), strict=True):
        if isinstance(found, Exception):
            output.complain(found)
            codes.append(found.exit_code)
        else:
            known = before.get(ref)
            deployment = deployment_of(known, stated) if known else stated.deployment(ref.name)
            checks.append((ref, judge_again(found, deployment, policy=stated.policy)))
    return checks, codes


def _refused(ref: ModelRef, check: Check, approved_by: str) -> int:
    """Return 0 where a model may be locked; else say why not, and return the exit code."""
    outcome = check.verdict.outcome
    blocked = outcome is Outcome.BLOCKED
    if not blocked and (approved_by or outcome is not Outcome.REVIEW):
        return 0
    reasons = list(dict.fromkeys(f.message for f in check.verdict.findings if f.outcome is outcome))
    more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    advice = (
        "waive it in the policy, or choose another model"
        if blocked
        else "look, then say who approves it: --approved-by"
    )
    word = "blocked" if blocked else "for a person to look at"
    said = f"{ref.short} is not locked, it is {word}: {'; '.join(reasons[:3])}{more}"
    output.complain(UsageError(said, advice=advice))
    return 1 if blocked else 3


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
