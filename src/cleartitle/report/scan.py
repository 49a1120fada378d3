"""The models of a project: as a table, and in the formats of reports, with the places where the project names them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cleartitle.report import markdown as comment
from cleartitle.report import sarif as log
from cleartitle.report import view
from cleartitle.report.escape import command, document, parameter, shorten, terminal
from cleartitle.report.escape import markdown as escaped
from cleartitle.report.escape import sarif as message
from cleartitle.report.interface import Failed, Report
from cleartitle.report.terminal import STYLE
from cleartitle.vocabulary.discovery import Location, ScanAnswer, Use, UsedModel
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.outcomes import Outcome

MOST = 200
"""Lines of a list that are shown; JSON has them all."""
PLACES = 4
UNRESOLVED = "model-unresolved"
_ADVICE = "say which model it is with a comment in that line: `# cleartitle: owner/name` (or `none`)"
_LEVEL = {Outcome.BLOCKED: "error", Outcome.REVIEW: "warning", Outcome.DUTIES: "notice", Outcome.CLEAR: "notice"}


def report(answer: ScanAnswer) -> Report:
    """Return what the formats of ``check`` render: the verdicts, and what could not be checked."""
    failed = tuple(Failed(ref=_name(m), message=m.failed) for m in answer.models if m.check is None and m.failed)
    return Report(checks=tuple(m.check for m in answer.models if m.check), failed=failed)


def table(answer: ScanAnswer, console: Console) -> None:
    """Print each model with its verdict and its places, then what could not be resolved or read."""
    if answer.models:
        console.print(Padding(_models(answer, console), (0, 0, 1, 0)))
    else:
        console.print(f"no models found in {answer.files:,} files\n")
    _list(console, "Looks like a model, but which one is not known", map(_unresolved, answer.unresolved))
    _list(console, "Datasets (listed, not judged)", (f"{m.model}  {_places(m.uses)}" for m in answer.datasets))
    _list(console, "Could not be read", (f"{u.path}: {u.reason}" for u in answer.unread))
    _list(console, "Left out", answer.incomplete)
    console.print(Text(_summary(answer), style="dim"))


def _models(answer: ScanAnswer, console: Console) -> Table:
    made = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, show_header=console.is_terminal, pad_edge=False)
    if answer.checked:
        made.add_column("verdict", no_wrap=True)
    for column in ("model", "where", "pinned"):
        made.add_column(column, overflow="fold")
    ordered = sorted(answer.models, key=lambda m: -m.outcome.rank()) if answer.checked else answer.models
    for model in ordered:
        name = Text(terminal(_name(model)))
        reason = _reason(model)
        if reason:
            name.append(f"\n{reason}", style="dim")
        row = [name, Text(terminal(_places(model.uses))), Text("yes" if model.pinned else "no")]
        if answer.checked:
            word = model.outcome.value if model.check else "unknown"
            row.insert(0, Text(word, style=STYLE[model.outcome]))
        made.add_row(*row)
    return made


def _name(model: UsedModel) -> str:
    return model.model.removeprefix("hf:") + (f"@{model.revision}" if model.revision else "")


def _reason(model: UsedModel) -> str:
    """Return why a model is not clear, in one line."""
    if model.failed:
        return shorten(model.failed, 100)
    graver = view.sort(model.check.verdict).graver if model.check else ()
    worst = [f.message for f, _ in graver if model.check and f.outcome is model.check.verdict.outcome]
    more = f" (and {len(graver) - 1} more)" if len(graver) > 1 else ""
    guessed = "only looks like a model" if model.uses[0].confidence is Confidence.LOW else ""
    return "; ".join(filter(None, (guessed, f"{shorten(worst[0], 100)}{more}" if worst else "")))


def _places(uses: tuple[Use, ...]) -> str:
    places = list(dict.fromkeys(str(use.place) for use in uses))
    more = f" and {len(places) - PLACES} more" if len(places) > PLACES else ""
    return ", ".join(places[:PLACES]) + more


def _unresolved(use: Use) -> str:
    return f"{use.place}  {use.by}: {shorten(use.said, 60)}  ({shorten(use.problem, 100)})"


def _list(console: Console, title: str, lines: Iterable[str]) -> None:
    found = [terminal(line) for line in lines]
    if not found:
        return
    console.print(Text(title, style="bold underline"))
    for line in found[:MOST]:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    if len(found) > MOST:
        console.print(Text(f"  and {len(found) - MOST:,} more", style="dim"))
    console.print()


def _summary(answer: ScanAnswer) -> str:
    pinned = sum(m.pinned for m in answer.models)
    count = f"{len(answer.models)} models in {answer.files:,} files, {pinned} pinned to a commit"
    if not answer.checked:
        return count
    words = [word for outcome in reversed(Outcome) if (word := _count(answer, outcome))]
    return ": ".join(filter(None, (count, ", ".join(words))))


def _count(answer: ScanAnswer, outcome: Outcome) -> str:
    number = sum(model.outcome is outcome for model in answer.models)
    return f"{number} {outcome}" if number else ""


def sarif(answer: ScanAnswer) -> str:
    """Return a SARIF log whose results stand at the first place where the project names the model."""
    made: dict[str, Any] = json.loads(log.render(report(answer)))
    run = made["runs"][0]
    by_model = {str(m.check.analysis.lineage.root): m for m in answer.models if m.check}
    for result in run["results"]:
        model = by_model.get(result["properties"]["model"])
        if model is not None:
            there = [{"id": 0, **each} for each in result["locations"]]
            result["relatedLocations"] = [
                {**each, "id": n} for n, each in enumerate([*there, *result.get("relatedLocations", ())], 1)
            ]
            result["locations"] = [_physical(model.uses[0].place)]
    if answer.unresolved:
        rules = run["tool"]["driver"]["rules"]
        rules.append({"id": UNRESOLVED, "shortDescription": {"text": "A model that could not be told"}})
        run["results"] += [_open(use, len(rules) - 1) for use in answer.unresolved]
    return document(made)


def _open(use: Use, rule: int) -> dict[str, object]:
    return {
        "ruleId": UNRESOLVED,
        "ruleIndex": rule,
        "level": "warning",
        "message": {"text": message(terminal(f"{use.by} is given {use.said}: {use.problem}. {_ADVICE}"))},
        "locations": [_physical(use.place)],
    }


def _physical(place: Location) -> dict[str, object]:
    from urllib.parse import quote

    region = {"startLine": place.line, "startColumn": place.column} if place.cell is None else {"startLine": 1}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(place.file)}, "region": region}}


def github(answer: ScanAnswer) -> str:
    """Return workflow commands: an annotation for each model at its first place, the worst first."""
    lines = [_annotation(m) for m in sorted(answer.models, key=lambda m: -m.outcome.rank())]
    lines += [
        _line("warning", use.place, "a model that could not be told", f"{use.said}: {use.problem}\n{_ADVICE}")
        for use in answer.unresolved
    ]
    return "".join(f"{line}\n" for line in lines)


def _annotation(model: UsedModel) -> str:
    said = [model.failed] if model.failed else []
    if model.check:
        found = [f for f, _ in view.sort(model.check.verdict).graver]
        said += [f"{f.message} [{f.rule}] {f.advice}".strip() for f in found[:10]]
    level = "error" if model.failed and model.check is None else _LEVEL[model.outcome]
    word = model.outcome.value if model.check else "not checked"
    return _line(level, model.uses[0].place, f"{_name(model)}: {word}", "\n".join(said) or word)


def _line(level: str, place: Location, title: str, text: str) -> str:
    line = place.line if place.cell is None else 1
    where = f"file={parameter(place.file)},line={line}"
    return f"::{level} {where},title={parameter(terminal(title))}::{command(text)}"


def markdown(answer: ScanAnswer) -> str:
    """Return the comment of ``check``, with the places of each model above it."""
    body = comment.render(report(answer))
    heading = "## License check"
    rows = "\n".join(_rows(answer))
    whole = body.replace(heading, f"{heading}\n\n{rows}", 1)
    return whole if len(whole) <= comment.LIMIT else body


def _rows(answer: ScanAnswer) -> Iterator[str]:
    yield "| model | verdict | where | pinned |"
    yield "| --- | --- | --- | --- |"
    for model in answer.models[:MOST]:
        word = model.outcome.value if model.check else "not checked"
        places = escaped(shorten(_places(model.uses)))
        yield f"| {escaped(_name(model))} | {word} | {places} | {'yes' if model.pinned else 'no'} |"
    for use in answer.unresolved[:MOST]:
        yield f"| {escaped(shorten(use.said, 60))} | unknown | {escaped(str(use.place))} | {escaped(use.problem)} |"
