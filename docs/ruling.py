"""The page of the rules: what each means, and the first of its examples that it finds and that it does not.

The examples are those in the files of the rules, which are their tests; what is found in them is found here, too.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from writing import cell, write

from cleartitle import rules
from cleartitle.pipeline import analyze, judge_again
from cleartitle.rules.examples import Example, Repository, examples
from cleartitle.rules.registry import prose
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.artifact import Gate
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.rule import Audience, RuleInfo

OUTCOMES = {
    Outcome.CLEAR: "worth knowing",
    Outcome.DUTIES: "a duty",
    Outcome.REVIEW: "for a person to look at",
    Outcome.BLOCKED: "blocked",
}
"""What a finding makes of the verdict, in words."""
AUDIENCES = {Audience.REGULAR: "for everybody", Audience.STRICT: "only with `--strict`"}


def main() -> None:
    """Write the page of all rules."""
    write(
        "rules.md",
        "# Rules",
        "",
        "What a finding is called, what it means, and what to do. `cleartitle explain ID` shows the same. The examples",
        "are made-up repositories; they are the tests of the rule as well.",
        "",
        *(line for rule in rules.documents().values() for line in section(rule)),
    )


def section(rule: RuleInfo) -> list[str]:
    """Return what the page says of a rule."""
    return [
        f"## {rule.id}",
        "",
        f"**{cell(rule.title)}** · {rule.severity.value} · {AUDIENCES[rule.audience]}",
        "",
        cell(rule.explanation),
        "",
        f"*What to do:* {cell(rule.remedy)}",
        "",
        *shown(rule.id),
    ]


def shown(rule: str) -> Iterator[str]:
    """Yield the examples of a rule, folded up: the first in which it is found, the first in which it is not."""
    listed = list(zip(examples(rule), _tables(rule), strict=True))
    for finds in (True, False):
        for example, table in [pair for pair in listed if pair[0].finds is finds][:1]:
            yield f"<details><summary>{'Found' if finds else 'Not found'}: {cell(example.shows)}</summary>"
            yield from ("", "```none", *_stated(table), *_held(example.repositories), "```", "")
            if finds:
                yield from (f"{found(rule, example)}", "")
            yield from ("</details>", "")
    if not listed:
        yield from ("*No example here:* it takes more than the files of a repository to show it.", "")


def found(rule: str, example: Example) -> str:
    """Return what is said of an example, with the outcome that it leads to."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "hub")
        for name, repository in example.repositories.items():
            repository.write(root / name)
        with FixtureHub(root) as server:
            hub = Hub(endpoint=server.endpoint, token=False, store=Store(Path(folder, "store")))
            analysis = analyze(example.model, source=hub)
    verdict = judge_again(analysis, example.deployment, policy=example.policy).verdict
    first = next(each for each in verdict.findings if each.rule == rule)
    return f"*{OUTCOMES[first.outcome]}:* {cell(first.message)}"


def _held(repositories: Mapping[str, Repository]) -> Iterator[str]:
    """Yield what the repositories hold, a line for each key of a card and for each file."""
    for name, repository in repositories.items():
        yield name
        yield from (f"  {line}" for line in repository.front.splitlines())
        yield from (f"  {line}" for line in repository.body.splitlines())
        yield from (f"  {path}: {' '.join(text.split())}" for path, text in repository.files.items())
        if repository.gate is not Gate.OPEN:
            yield f"  (access must be asked for: {repository.gate})"


def _tables(rule: str) -> list[Mapping[str, object]]:
    listed = prose(rule).get("examples", [])
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _stated(table: Mapping[str, object]) -> Iterator[str]:
    """Yield the facts and the policy of an example, as its file writes them."""
    for part in ("deployment", "policy"):
        stated = table.get(part)
        if isinstance(stated, dict):
            yield f"[{part}]"
            yield from (f"{key} = {_toml(value)}" for key, value in stated.items())
            yield ""


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {_toml(each)}' for key, each in value.items())} }}"
        case _:
            return str(value)
