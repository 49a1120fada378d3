"""Every quote stands in the original, at its place and on its lines, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle.clauses import read
from cleartitle.vocabulary.evidence import Evidence

SENTENCES = st.sampled_from(
    [
        "You may use, copy, modify and distribute the “Model” under this license.",
        "You may not use it for commercial purposes.",
        "If you have more than 5 million monthly active users, you must request a license.",
        "You must keep all copyright notices, and display “Built with Acme” on a website.",
        "您不得将本模型用于商业用途。",
        "本协议受中华人民共和国法律管辖。",
        "You agree not to use it: (a) to harm minors; (b) for spam; (c) for military purposes.",
        "<b>No</b> warranty &amp; no liability: the model is provided “as is”.",
        "The license terminates if you breach it. " + "This sentence goes on and on, " * 40 + "to an end.",
        "“Territory” means the world, excluding the European Union.",
    ]
)
JOINTS = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\n- ", "\n1. ", "\n(a) ", "\u3000", "\n> ", "\n## Terms\n"])


def quotes(text: str) -> list[Evidence]:
    terms = read(text).terms
    return [e for clause in terms.clauses() for e in clause.evidence]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SENTENCES, JOINTS), min_size=1, max_size=8))
def test_quotes_are_verbatim(parts: list[tuple[str, str]]) -> None:
    text = "".join(sentence + joint for sentence, joint in parts)
    for found in quotes(text):
        assert found.span is not None
        assert found.quote == text[found.span.start : found.span.end]
        assert found.span.line == text.count("\n", 0, found.span.start) + 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for found in quotes("You may use the model under this license. " + text):
        assert found.quote
        assert len(found.quote) <= 700


def test_every_clause_has_a_quote() -> None:
    text = "\n".join(
        [
            "We grant you a license to use and modify the model. You may not sublicense it.",
            "You shall indemnify us. You may not use it for spam. This agreement is governed by French law.",
            "We claim no rights in outputs. The model is provided as is, and we are not liable for any damages.",
        ]
    )
    assert all(clause.evidence for clause in read(text).terms.clauses())
