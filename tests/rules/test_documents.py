"""Every rule is documented, and its examples show what it finds and what it does not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleartitle
from cleartitle import rules
from cleartitle.pipeline import analyze, judge_again
from cleartitle.rules.examples import Example, examples
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.verdict import Finding

SOURCE = Path(cleartitle.__file__).parent
JUDGING = (
    *(path for part in ("judgment", "rules", "locking") for path in (SOURCE / part).glob("*.py")),
    SOURCE / "decide.py",
)
HELPERS = ("_limit", "_finding")
ELSEWHERE = {
    "action-silent": "needs a license of our own: tests/laws",
    "condition-met": "tests/scenarios",
    "license-altered": "needs a license text: tests/rules/test_rules.py",
    "licenses-disagree": "needs a license text: tests/rules/test_rules.py",
    "license-changed": "needs a model of the atlas: tests/rules/test_rules.py",
    "revision-unpinned": "needs a commit: tests/rules/test_rules.py",
    "revision-not-read": "needs the atlas: tests/rules/test_rules.py",
    "differs-from-lock": "needs a lock: tests/locks",
    "lineage-cut": "needs limits: tests/rules/test_rules.py",
    "not-verified-live": "needs a network that fails: tests/sources",
}
"""Rules that repositories alone cannot show."""


def made() -> Iterator[str]:
    """Yield every rule id that the source gives a finding: the argument ``rule``, or the first of a helper or pair."""
    for path in JUDGING:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in HELPERS:
                    yield from words(first)
                case ast.keyword(arg="rule", value=value):
                    yield from words(value)
                case ast.FunctionDef(name="_why"):
                    returned = (each.value for each in ast.walk(call) if isinstance(each, ast.Return))
                    yield from (
                        word for pair in returned if isinstance(pair, ast.Tuple) for word in words(pair.elts[0])
                    )
                case _:
                    pass


def words(expression: ast.expr) -> Iterator[str]:
    """Yield the strings in an expression that can be its value."""
    match expression:
        case ast.Constant(value=str(word)):
            yield word
        case ast.IfExp(body=body, orelse=other):
            yield from (*words(body), *words(other))
        case _:
            return


def problems() -> Iterator[str]:
    """Yield the rule ids of what could not be read: the argument ``what`` of every problem."""
    for path in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Problem":
                named = [word for each in call.keywords if each.arg == "what" for word in words(each.value)]
                yield from (f"source-{what}" for what in named if what != "no-network")


NOTHING_TO_QUOTE = ("license-missing", "action-silent")
"""Rules that find that something is not there."""
CASES = [
    pytest.param(rule, example, id=f"{rule}: {example.shows}")
    for rule in rules.documents()
    for example in examples(rule)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_shows_what_it_says(rule: str, example: Example, tmp_path: Path) -> None:
    found = [f for f in judge(example, tmp_path) if f.rule == rule]
    assert bool(found) is example.finds
    if example.outcome:
        assert max((f.outcome for f in found), key=Outcome.rank) is example.outcome
    for finding in found:
        assert_documented(finding)


@pytest.mark.parametrize("rule", [r for r in rules.documents() if not r.startswith("source-") and r not in ELSEWHERE])
def test_a_rule_has_an_example_of_both_kinds(rule: str) -> None:
    assert {example.finds for example in examples(rule)} == {True, False}


def test_every_rule_that_is_made_anywhere_is_documented_and_no_other() -> None:
    found = {*made(), *problems()}
    assert {"relicensed", "base-missing", "scale-threshold", "condition-met", "waiver-expired", "source-gated"} <= found
    assert found == set(rules.documents())


def judge(example: Example, tmp_path: Path) -> tuple[Finding, ...]:
    """Return what is found of an example on a Hub that holds its repositories."""
    root = tmp_path / "hub"
    for name, repository in example.repositories.items():
        repository.write(root / name)
    with FixtureHub(root) as server:
        hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=lambda _: None)
        analysis = analyze(example.model, source=hub)
    return judge_again(analysis, example.deployment, policy=example.policy).verdict.findings


def assert_documented(finding: Finding) -> None:
    """Whoever reads a finding finds its rule; it is for whom the rule says, and for the strict alone only as a note."""
    info = rules.documents()[finding.rule]
    assert finding.audience is info.audience or finding.audience is Audience.REGULAR
    assert finding.outcome is Outcome.CLEAR or finding.audience is Audience.REGULAR
    graver = list(Severity)[: list(Severity).index(info.severity)]
    assert finding.severity not in graver
    assert finding.evidence or finding.rule in NOTHING_TO_QUOTE
    assert finding.message
    assert finding.path
