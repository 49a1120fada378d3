"""SARIF 2.1.0: valid, stable, and of use to code scanning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft7Validator

from cleartitle.report.interface import Report
from cleartitle.report.sarif import render
from cleartitle.rules import documents
from cleartitle.vocabulary.verdict import fingerprint
from report.samples import ATTACK, REPORTS, blocked

SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "sarif-schema-2.1.0.json"
ALL = {**REPORTS, "attack": ATTACK, "nothing": Report(checks=())}


def run(report: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render(report))
    assert len(log["runs"]) == 1
    first: dict[str, Any] = log["runs"][0]
    return first


@pytest.mark.parametrize("name", ALL)
def test_it_is_valid(name: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(json.loads(render(ALL[name])))


def test_every_finding_is_a_result_with_its_place_and_rule() -> None:
    check = blocked()
    first = run(Report(checks=(check,)))
    rules = first["tool"]["driver"]["rules"]
    found = [*check.verdict.findings, *(waived.finding for waived in check.verdict.waived)]
    assert [r["ruleId"] for r in first["results"]] == [f.rule for f in found]
    for result, finding in zip(first["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == finding.rule
        assert result["level"] == finding.severity.value
        assert result["properties"]["outcome"] == finding.outcome.value
    place = first["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith("https://huggingface.co/base/verse-nc/blob/0123")
    assert "#" not in place["artifactLocation"]["uri"]
    assert place["region"]["startLine"] == 4
    assert place["region"]["snippet"]["text"] == "No money is to be made with it."


def test_the_lineage_path_can_be_followed() -> None:
    flow = run(Report(checks=(blocked(),)))["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
    names = [step["location"]["logicalLocations"][0]["fullyQualifiedName"] for step in flow]
    assert names == ["hf:small/poet-GGUF", "hf:maker/poet", "hf:base/verse-nc"]


def test_rules_come_with_help() -> None:
    for rule in run(REPORTS["blocked"])["tool"]["driver"]["rules"]:
        info = documents()[rule["id"]]
        assert rule["shortDescription"]["text"] == info.title
        assert info.remedy in rule["help"]["text"]
        assert info.remedy in rule["help"]["markdown"]


def test_a_finding_is_known_again_in_other_words() -> None:
    check = blocked()
    reworded = tuple(evolve(f, message=f"again: {f.message}", evidence=()) for f in check.verdict.findings)
    again = evolve(check, verdict=evolve(check.verdict, findings=reworded))
    marks = [[r["fingerprints"] for r in run(Report(checks=(c,)))["results"]] for c in (check, again)]
    assert marks[0] == marks[1]
    assert marks[0][0] == {"cleartitle/v1": fingerprint(check.verdict.findings[0])}
    assert len({str(mark) for mark in marks[0]}) == len(marks[0])


def test_what_is_waived_is_a_suppressed_result_with_its_reason() -> None:
    (*others, last) = run(REPORTS["blocked"])["results"]
    assert all("suppressions" not in each for each in others)
    assert last["suppressions"][0]["kind"] == "external"
    assert "pinned in the image" in last["suppressions"][0]["justification"]
    assert "jane@example.com" in last["suppressions"][0]["justification"]


def test_what_could_not_be_checked_is_said() -> None:
    invocation = run(REPORTS["several"])["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "no/body" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_no_message_holds_a_link_or_a_placeholder_of_others() -> None:
    for result in run(ATTACK)["results"]:
        text = result["message"]["text"]
        assert "[click](" not in text
        assert "{0}" not in text.replace("{{0}}", "")
        assert "\x1b" not in text
