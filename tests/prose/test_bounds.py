"""Hostile texts, and the law of verbatim quotes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle.prose import read
from cleartitle.prose.gather import MAX_STATEMENTS
from cleartitle.prose.markdown import MAX_TEXT
from cleartitle.prose.plain import plain
from cleartitle.prose.quotes import MAX_QUOTE
from cleartitle.prose.reader import MAX_LOOKED
from cleartitle.vocabulary.evidence import Evidence, Span
from cleartitle.vocabulary.prose import Prose

PIECES = st.sampled_from(
    [
        *(
            "## License\n",
            "# Finch\n",
            "The code ",
            "the weights ",
            "is under ",
            "the MIT License",
            "[Fox License](FOX.md)",
        ),
        *(
            "模型权重",
            "采用",
            "《青鸾许可协议》",
            "。",
            ".\n",
            "\n\n",
            "- ",
            "| ",
            "**",
            "`",
            ": ",
            ", ",
            " and ",
            "商用",
            "İ",
            "ﬁ",
        ),
        *(
            "for research only",
            "commercial use is allowed",
            "1 million users",
            "contact us",
            "<br>",
            "![a](b)",
            "モデルは",
        ),
        *("[x][y]", "\n[y]: https://creativecommons.org/licenses/by/4.0/\n", "fine-tuned from Llama-2-7B", "𝔘", "\r\n"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=300))


def evidence(made: Prose) -> list[Evidence]:
    found = [e for s in made.statements for e in (s.evidence, *s.terms_evidence, *(c.evidence for c in s.conditions))]
    return [*found, *(b.evidence for b in made.base_models), *(u.evidence for u in made.unclear)]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_quote_stands_in_the_text_at_its_span(text: str) -> None:
    for each in evidence(read(text)):
        assert each.span is not None
        assert text[each.span.start : each.span.end] == each.quote
        assert each.span == Span.of(text, each.span.start, each.span.end)
        assert each.quote


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_plain_text_keeps_its_places(text: str) -> None:
    made = plain(text, 0, len(text))
    assert len(made.text) == len(made.low) == len(made.at)
    assert list(made.at) == sorted(made.at)
    assert all(0 <= k.start <= k.end <= len(made.text) for k in made.links)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_reading_twice_is_reading_once(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "seed",
    ["[", "[MIT](", "**", "# License\n", "- license: MIT\n  ", "| license | MIT ", "\n", "模型许可协议", "<a href='",
     "![license:", "```\n", "<!--", "A-", "A", "商用", "kommerziell",
     "commercial use for research only not ", "MIT License, ",
     "license the model under ", "1,000"],
)  # fmt: skip
def test_hostile_texts_end_soon(seed: str) -> None:
    text = "## License\n" + (seed * (50_000 // len(seed)))
    begun = time.perf_counter()
    made = read(text)
    assert time.perf_counter() - begun < 4
    assert len(made.statements) <= MAX_STATEMENTS


def test_a_long_text_is_cut_and_says_so() -> None:
    made = read("## License\nThe code is under MIT.\n" + "x\n" * MAX_TEXT)
    assert made.truncated
    assert [s.said for s in made.statements] == ["MIT"]


def test_a_text_with_more_on_licenses_than_is_looked_at_says_so() -> None:
    few = read("## License\nThe code is under MIT.\n" + "Licenses are words. " * 100)
    many = read("## License\nThe code is under MIT.\n" + "Licenses are words. " * (MAX_LOOKED // 20))
    assert (few.truncated, many.truncated) == (False, True)
    assert [s.said for s in many.statements] == ["MIT"]


def test_quotes_of_long_sentences_are_cut_around_the_name() -> None:
    (made,) = read("## License\nThe code" + " and so on" * 60 + " is released under the MIT License.").statements
    assert "MIT License" in made.evidence.quote
    assert len(made.evidence.quote) <= MAX_QUOTE
