"""The comment on a pull request."""

from __future__ import annotations

import re

from attrs import evolve
from markdown_it import MarkdownIt

from cleartitle.report.interface import Report
from cleartitle.report.markdown import LIMIT, MARKER, render
from report.samples import ATTACK, REPORTS, blocked, duties

FORGE = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"details", "summary", "sub", "br"}
RENDERED = {
    "h2",
    "h3",
    "p",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "pre",
    "a",
    "strong",
    "em",
}


def test_it_can_be_found_again_and_says_the_verdict() -> None:
    text = render(Report(checks=(blocked(),)))
    assert text.startswith(MARKER)
    for part in (
        "⛔ `small/poet-GGUF`: blocked",
        "prohibits commercial use",
        "No money is to be made",
        "quantized from",
    ):
        assert part in text


def test_duties_are_a_checklist() -> None:
    text = render(Report(checks=(duties(),)))
    assert text.count("- [ ] ") == 4
    assert "- [ ] credit the source: “Built with Llama” (documentation or website)" in text


def test_several_models_have_a_table_with_what_could_not_be_checked() -> None:
    text = render(REPORTS["several"])
    assert "| own/Llama-poet-lora | 📋 duties |" in text
    assert "| no/body | ⚠️ not checked |" in text


def test_a_card_can_neither_link_nor_mark_up() -> None:
    html = FORGE.render(render(ATTACK))
    assert set(re.findall(r"<(\w+)", html)) <= OURS | RENDERED
    assert all(link.startswith("https://huggingface.co/") for link in re.findall(r'href="([^"]*)"', html))
    assert "evil" not in "".join(re.findall(r'(?:href|src)="(?!https://huggingface.co/)([^"]*)"', html))
    assert html.count("<details>") == html.count("</details>")


def test_it_fits_into_a_comment_and_says_what_was_cut() -> None:
    check = blocked()
    many = tuple(
        evolve(check.verdict.findings[0], message=f"finding {n} {'x' * 200}", subject=str(n)) for n in range(900)
    )
    long = evolve(check, verdict=evolve(check.verdict, findings=many))
    text = render(Report(checks=(long, duties())))
    assert len(text) < LIMIT + 500
    assert "The report is longer than a comment can be" in text
    assert sum(line.strip().startswith("```") for line in text.splitlines()) % 2 == 0
    assert text.count("<details>") == text.count("</details>")
    assert len(render(Report(checks=(check,)))) < 3000
