"""``cleartitle scan``: the models that a project uses, each with its places and its own verdict."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from cleartitle.cli import access, options, output
from cleartitle.cli.settings import configured
from cleartitle.errors import ClearTitleError, NotFound, SourceError, UsageError
from cleartitle.report.interface import FORMATS, renderer
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.outcomes import Outcome

if TYPE_CHECKING:
    from cleartitle.cli.output import Written
    from cleartitle.cli.settings import Settings
    from cleartitle.progress import Progress
    from cleartitle.vocabulary.analysis import Analysis
    from cleartitle.vocabulary.discovery import ScanAnswer, UsedModel

_CODES = {Outcome.CLEAR: 0, Outcome.DUTIES: 0, Outcome.BLOCKED: 1, Outcome.REVIEW: 3}
_FIRST = (4, 1, 3, 0)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="Only list the models; do not check them.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Files and folders to pass over, as in .gitignore.")
@options.deployment
@options.governed
@click.option("--strict", is_flag=True, help="Show every loose end, those too that change nothing.")
@click.option("--baseline", metavar="FILE", help="Findings that are known and count no more.")
@options.output
@options.common_with(*FORMATS)
@click.pass_context
def command(ctx: click.Context, /, path: Path, exclude: tuple[str, ...], *, only_list: bool, **flags: Any) -> int:
    """Find the models that a project uses, and say for each whether the deployment is clear.

    Read are Python (by its syntax), notebooks, configurations, Dockerfiles, scripts, workflows, Modelfiles,
    requirements and caches of the Hub's client; what git ignores is passed over, but for .env files. A model that
    cannot be told leads to review, as does a file that cannot be read: name it in its line,
    `# cleartitle: owner/name` (or `none`).

    Exit codes as of check; with --list 0 whatever is found.
    """
    from cleartitle.discovery.scan import scan

    if not path.exists():
        raise UsageError(f"there is no {path}", advice="give a folder or a file")
    if only_list and flags["form"] not in ("text", "json"):
        raise UsageError(f"--list has no {flags['form']} format", advice="write --format text or json")
    stated = configured(ctx, flags)
    with output.progress(quiet=flags["quiet"]) as progress:
        answer = scan(path, exclude=exclude, progress=progress)
        codes: list[int] = []
        if not only_list:
            answer, codes = _checked(answer, stated, offline=flags["offline"], progress=progress)
    if not flags["strict"] and flags["form"] != "json":
        answer = evolve(answer, models=tuple(map(_regular, answer.models)))
    output.write(_written(answer, flags["form"]), flags["output"])
    return next((code for code in _FIRST if code in codes), 0)


def _written(answer: ScanAnswer, form: str) -> Written:
    from cleartitle.report import scan as report

    match form:
        case "text":
            return [functools.partial(report.table, answer)]
        case "json":
            return output.as_json(_slim(answer))
        case "sarif":
            return report.sarif(answer)
        case "github":
            return report.github(answer)
        case "markdown":
            return report.markdown(answer)
        case _:
            return renderer(form)(report.report(answer))


def _regular(model: UsedModel) -> UsedModel:
    """Return the model without the findings that only the strict want to see."""
    check = model.check
    return evolve(model, check=evolve(check, verdict=check.verdict.regular())) if check else model


def _slim(answer: ScanAnswer) -> ScanAnswer:
    """Return the answer without the files of the models that were read."""
    slim = [evolve(m, check=evolve(m.check, analysis=m.check.analysis.slim())) if m.check else m for m in answer.models]
    return evolve(answer, models=tuple(slim))


def _checked(
    answer: ScanAnswer, stated: Settings, *, offline: bool, progress: Progress
) -> tuple[ScanAnswer, list[int]]:
    """Return the answer with a verdict for each model, and the exit codes that they ask for."""
    from cleartitle.pipeline import analyze_all

    refs = [model.ref for model in answer.models if model.ref]
    found = dict(zip(refs, analyze_all(refs, source=access.source(offline=offline), progress=progress), strict=True))
    judged = [_judged(m, found[m.ref] if m.ref else None, stated) for m in answer.models]
    whole = evolve(answer, models=tuple(model for model, _ in judged), checked=True)
    return whole, [*(code for _, code in judged), 3 if whole.outcome.rank() >= Outcome.REVIEW.rank() else 0]


def _judged(model: UsedModel, found: Analysis | SourceError | None, stated: Settings) -> tuple[UsedModel, int]:
    """Return the model with its verdict, or why there is none; and the exit code."""
    from cleartitle.pipeline import judge_again

    if found is None or model.ref is None:
        return evolve(model, failed="nothing of this kind can be looked up"), 3
    if isinstance(found, SourceError):
        guessed = isinstance(found, NotFound) and all(use.confidence is not Confidence.HIGH for use in model.uses)
        return evolve(model, failed=_said(found)), 3 if guessed else found.exit_code
    check = judge_again(found, stated.deployment(model.ref.name), policy=stated.policy)
    return evolve(model, check=check), _CODES[check.verdict.outcome]


def _said(error: ClearTitleError) -> str:
    return f"{error} ({error.advice})" if error.advice else str(error)
