"""Hostile text, medium by medium."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleartitle.report import escape
from report.samples import HOSTILE

ANY = st.text(st.characters(exclude_categories=()), max_size=200) | st.text("`|*_[]()<>!#@:/.\\&;\n \x1b\u202e0aw")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
FORGE = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@given(ANY)
@example(HOSTILE)
def test_a_terminal_gets_one_line_that_it_does_not_act_on(text: str) -> None:
    shown = escape.terminal(text)
    assert "\n" not in shown
    assert not UNSEEN.search(shown)
    assert escape.terminal(shown) == shown


@given(ANY)
@example(HOSTILE)
@example("##vso[task.setvariable variable=x]y")
@example(":::::::error::")
def test_a_log_of_a_build_finds_no_command(text: str) -> None:
    for shown in (escape.terminal(text), escape.fence(text), escape.markdown(text), escape.code(text)):
        assert "::" not in shown
        assert not re.search(r"##\w{0,20}\[", shown)
    for line in escape.lines(text).splitlines():
        assert not line.lstrip().startswith("::")


@given(ANY)
@example(HOSTILE)
def test_markdown_renders_words_as_words(text: str) -> None:
    rendered = FORGE.render(f"- x {escape.markdown(text)} x\n\n| a |\n| - |\n| {escape.markdown(text)} |\n")
    assert set(re.findall(r"</?(\w+)", rendered)) <= {"ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert rendered.count("<tr>") == 2
    assert rendered.count("<td>") == 1


@given(ANY)
@example(HOSTILE)
@example("@someone #12 GH-3 www.evil.example https://evil.example")
def test_markdown_mentions_nobody_and_links_nothing_by_itself(text: str) -> None:
    shown = escape.markdown(text).replace("&#124;", "|")
    assert not re.search(r"@\w|#\d|://|\bwww\.|GH-\d", shown, re.IGNORECASE)


@given(ANY)
@example(HOSTILE)
@example("`")
@example("``` `` `")
def test_nothing_ends_a_code_span_or_a_block(text: str) -> None:
    span = FORGE.render(f"{escape.code(text)} end")
    assert re.fullmatch(r"<p><code>[^<]*</code> end</p>\n", span)
    block = FORGE.render(f"{escape.fence(text)}\n\nend")
    assert re.fullmatch(r'<pre><code class="language-text">[^<]*</code></pre>\n<p>end</p>\n', block)


@given(ANY)
@example(HOSTILE)
def test_a_workflow_command_is_one_line_and_its_properties_end_nowhere(text: str) -> None:
    assert not re.search(r"[\r\n]", escape.command(text))
    assert not re.search(r"%(?!25|0A)", escape.command(text))
    assert not re.search(r"[\r\n:,]", escape.parameter(text))


@given(ANY)
@example(HOSTILE)
def test_xml_can_hold_it(text: str) -> None:
    element = ET.Element("a", b=escape.xml(text))
    element.text = escape.xml(text)
    read = ET.fromstring(ET.tostring(element, encoding="unicode"))  # noqa: S314 - our own text
    assert (read.text or "") == escape.xml(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\x1b[31m", "\x9b31m", "\U000e0041", "\u00ad"])
def test_nothing_unseen_is_left(hidden: str) -> None:
    for shown in (escape.terminal, escape.passage, escape.markdown, escape.code, escape.fence, escape.sarif):
        assert hidden[0] not in shown(f"a{hidden}b")


def test_words_stay_readable() -> None:
    words = "Llama 3.1: “Built with Llama” (website), 中文 许可, naïve, 50 %"
    assert escape.terminal(words) == words
    assert escape.markdown(words) == words
    assert escape.passage("a\r\nb\n") == "a\nb\n"
