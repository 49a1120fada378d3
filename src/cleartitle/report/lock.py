"""What changed since the lock was written, for people: in the terminal, and as a comment."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from cleartitle.report import escape
from cleartitle.report.escape import code, terminal
from cleartitle.vocabulary.lock import DiffAnswer, Difference
from cleartitle.vocabulary.outcomes import Outcome

MARKER = "<!-- cleartitle diff -->"
"""The first line of the comment: by it a job finds its own comment again."""
LIMIT = 60_000
"""Characters of a comment; GitHub refuses more than 65,536."""
_MARKS = {Outcome.CLEAR: ("·", "dim"), Outcome.REVIEW: ("?", "bold yellow"), Outcome.BLOCKED: ("✗", "bold red")}
_SIGNS = {Outcome.CLEAR: "ℹ️", Outcome.REVIEW: "🔎", Outcome.BLOCKED: "⛔"}
_MEANING = {
    Outcome.CLEAR: "nothing that matters has changed",
    Outcome.REVIEW: "there are changes to review",
    Outcome.BLOCKED: "something is blocked now",
}


def text(answer: DiffAnswer, console: Console) -> None:
    """Print the differences, model by model."""
    console.print(Text.assemble((terminal(answer.lock), "bold"), f": {headline(answer)}"))
    for model, found in groups(answer):
        console.print()
        console.print(Text(terminal(_name(model)), style="bold"))
        for each in found:
            mark, style = _MARKS[each.outcome]
            console.print(Text.assemble("  ", (mark, style), " ", terminal(each.message)), soft_wrap=True)
    for failed in answer.failed:
        console.print(Text(f"\n{terminal(_name(failed.model))}: not compared, {terminal(failed.message)}"))


def markdown(answer: DiffAnswer) -> str:
    """Return the differences as a comment, with as many whole blocks as it can hold."""
    kept, size = list[str](), 0
    for block in _blocks(answer):
        size += len(block) + 2
        if size > LIMIT:
            kept.append("*There is more than a comment can hold: see* `cleartitle diff`*.*")
            break
        kept.append(block)
    return "\n\n".join(kept) + "\n"


def _blocks(answer: DiffAnswer) -> Iterator[str]:
    yield MARKER
    yield "## Changes since the license lock"
    yield f"{_SIGNS[answer.outcome]} {headline(answer).capitalize()}, compared with {code(answer.lock)}."
    for model, found in groups(answer):
        yield f"### {code(_name(model))}"
        yield from (f"- {_SIGNS[each.outcome]} {escape.markdown(each.message)}" for each in found)
    for failed in answer.failed:
        yield f"⚠️ {code(_name(failed.model))} **was not compared**: {escape.markdown(failed.message)}"


def headline(answer: DiffAnswer) -> str:
    """Return what to make of the answer, with figures."""
    grave = sum(each.outcome is not Outcome.CLEAR for each in answer.differences)
    count = f"{len(answer.models)} models" if len(answer.models) != 1 else "1 model"
    if not answer.differences:
        return f"nothing has changed ({count})"
    return f"{_MEANING[answer.outcome]} ({count}, {grave} to look at, {len(answer.differences) - grave} to know)"


def groups(answer: DiffAnswer) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    """Yield the differences by model, what concerns all first."""
    for model in ("", *answer.models):
        found = tuple(each for each in answer.differences if each.model == model)
        if found:
            yield model, found


def _name(model: str) -> str:
    return model.removeprefix("hf:") or "all models"
