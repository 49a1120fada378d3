"""JUnit XML, read back with the field's own reader."""

from __future__ import annotations

from pathlib import Path

import pytest
import xmlschema
from junitparser import Error, Failure, JUnitXml, TestSuite

from cleartitle.report.interface import Report
from cleartitle.report.junit import render
from report.samples import ATTACK, REPORTS, blocked, duties

SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "junit-10.xsd"


def suites(report: Report) -> list[TestSuite]:
    return list(JUnitXml.fromstring(render(report).encode()))


@pytest.mark.parametrize("report", [*REPORTS.values(), ATTACK, Report(checks=())])
def test_jenkins_can_read_it(report: Report) -> None:
    xmlschema.XMLSchema(SCHEMA).validate(render(report))


@pytest.mark.parametrize("report", [*REPORTS.values(), ATTACK, Report(checks=())])
def test_the_counts_are_those_of_the_cases(report: Report) -> None:
    read = JUnitXml.fromstring(render(report).encode())
    results = [result for suite in read for case in suite for result in case.result]
    assert read.tests == sum(1 for suite in read for _ in suite)
    assert read.failures == sum(isinstance(result, Failure) for result in results)
    assert read.errors == sum(isinstance(result, Error) for result in results)


def test_what_blocks_fails_and_what_is_only_worth_knowing_passes() -> None:
    (suite,) = suites(Report(checks=(blocked(),)))
    cases = {case.name.partition(":")[0]: case for case in suite}
    assert [type(r) for r in cases["verdict"].result] == [Failure]
    assert cases["action-not-granted"].result[0].type == "blocked"
    assert cases["relicensed"].is_passed
    assert cases["revision-unpinned"].is_skipped


def test_duties_fail_nothing() -> None:
    (suite,) = suites(Report(checks=(duties(),)))
    assert suite.failures == 0
    assert all(case.is_passed for case in suite)


def test_what_could_not_be_checked_is_an_error() -> None:
    *_, last = suites(REPORTS["several"])
    (case,) = last
    assert isinstance(case.result[0], Error)
