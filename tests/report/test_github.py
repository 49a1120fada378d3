"""Workflow commands: one a line, the right level, and none of a card's own."""

from __future__ import annotations

import re

from attrs import evolve

from cleartitle.report.github import render
from cleartitle.report.interface import Report
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.reference import ModelRef
from report.samples import ATTACK, REPORTS, blocked

LINE = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=[^,:\r\n]*,)*title=[^,:\r\n]*::[^\r\n]*")


def test_every_line_is_one_command() -> None:
    for report in (*REPORTS.values(), ATTACK):
        for line in render(report).splitlines():
            assert LINE.fullmatch(line), line


def test_the_level_is_that_of_the_outcome_and_the_worst_comes_first() -> None:
    lines = render(REPORTS["several"]).splitlines()
    assert lines[0].startswith("::error title=no/body%3A not checked::")
    assert lines[1].startswith("::error title=small/poet-GGUF%3A action-not-granted::")
    assert lines[-1].startswith("::notice title=own/Llama-poet-lora%3A duties::")
    assert "Built with Llama" in lines[-1]


def test_a_finding_about_a_folder_of_the_checkout_is_shown_in_its_file() -> None:
    check = blocked()
    folder = ModelRef.folder("models/poet")
    card = Evidence(
        method=Method.FRONT_MATTER, artifact=folder, path="README.md", span=Span.of("a\nb", 2, 3), quote="b"
    )
    finding = evolve(check.verdict.findings[0], path=(folder,), evidence=(card,))
    here = evolve(check, verdict=evolve(check.verdict, findings=(finding,)))
    first = render(Report(checks=(here,))).splitlines()[0]
    assert first.startswith("::error file=models/poet/README.md,line=2,endLine=2,title=")


def test_notes_are_left_to_the_other_formats() -> None:
    assert "not verified live" not in render(Report(checks=(blocked(),)))
