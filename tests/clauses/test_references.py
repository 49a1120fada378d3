"""Pronouns that stand for outputs."""

import pytest

from cleartitle.clauses import read
from cleartitle.clauses.layout import lay_out
from cleartitle.clauses.references import referred
from cleartitle.vocabulary.words import Action, Decision

GRANT = "OAK MODEL LICENSE\n\nWe grant you a license to use, copy, modify and distribute the Model.\n\n"


def _outputs(text: str) -> set[Decision]:
    return {
        g.decision for g in read(GRANT + text).terms.grants if g.actions == frozenset({Action.USE_OUTPUTS_COMMERCIALLY})
    }


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Oak claims no rights in the outputs. They may not be used for commercial purposes.", Decision.PROHIBITED),
        ("Oak claims no copyright in generated code. You may use it in products and sell it.", Decision.ALLOWED),
    ],
)
def test_a_pronoun_behind_a_sentence_on_outputs_stands_for_them(text: str, decision: Decision) -> None:
    assert _outputs(text) == {decision}


@pytest.mark.parametrize(
    "text",
    [
        "You may fine-tune the Model. You may sell it.",
        "You own the outputs. You may copy the Model, but do not sell it.",
        "You own the outputs.\n\n## Files\n\nThey are on our site.",
    ],
)
def test_a_pronoun_for_something_else_stays(text: str) -> None:
    document = lay_out(text)
    assert [p.text for p in referred(document).passages] == [p.text for p in document.passages]
