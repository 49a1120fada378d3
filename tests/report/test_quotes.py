"""Evidence with its context and address."""

from __future__ import annotations

import pytest
from attrs import evolve

from cleartitle.report import quotes
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.reference import ModelRef
from report.samples import COMMIT, blocked


def test_a_quote_stands_in_its_context_only_where_the_text_has_it_at_that_place() -> None:
    check = blocked()
    lineage = check.analysis.lineage
    found = quotes.quote(check.verdict.findings[0].evidence[0], lineage)
    assert found.before.endswith("license: cc-by-nc-4.0\n---\n")
    assert found.link == f"https://huggingface.co/base/verse-nc/blob/{COMMIT}/README.md#L4"
    moved = evolve(check.verdict.findings[0].evidence[0], span=Span.of("x" * 60, 1, 9))
    assert not quotes.quote(moved, lineage).before
    assert not quotes.quote(Evidence(method=Method.USER, quote="we said so"), lineage).link


@pytest.mark.parametrize(
    ("ref", "address"),
    [
        ("q/poet", "https://huggingface.co/q/poet"),
        ("q/poet@v1", "https://huggingface.co/q/poet/tree/v1"),
        ("ms:q/poet", "https://modelscope.cn/models/q/poet"),
        ("ollama:llama3.2:1b", "https://ollama.com/library/llama3.2%3A1b"),
        ("ollama:q/poet", "https://ollama.com/q/poet"),
        ("ollama:host.example/q/poet", ""),
        ("./models/poet", ""),
    ],
)
def test_an_address_is_made_from_the_reference(ref: str, address: str) -> None:
    assert quotes.address(ModelRef.parse(ref)) == address


def test_a_file_of_a_strange_name_has_an_address_of_plain_characters() -> None:
    strange = quotes.address(ModelRef.parse("q/poet"), 'a b/\udcff"#?.md', Span.of("a\nb\nc", 0, 4))
    assert strange == "https://huggingface.co/q/poet/blob/main/a%20b/%3F%22%23%3F.md#L1-L2"


def test_a_long_quote_is_cut_and_says_so() -> None:
    long = Evidence(method=Method.USER, quote="word " * 1000)
    found = quotes.quote(long, blocked().analysis.lineage)
    assert len(found.words) <= quotes.LONGEST + 1
    assert found.words.endswith("…")
