"""Questions and answers read as the statements that they make."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.clauses.layout import lay_out
from cleartitle.clauses.questions import settled
from cleartitle.vocabulary.words import Action, Decision


def said(text: str) -> list[str]:
    return [p.text for p in settled(lay_out(text)).passages]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Can I sell it? No.", "you may not sell it."),
        (
            "Q: May we use it commercially?\nA: Yes, if your revenue is below $1M.",
            "you may use it commercially if your",
        ),
        ("Is commercial use allowed? Yes.", "commercial use is permitted."),
        ("Is redistribution permitted? No, never.", "redistribution is not permitted; never."),
        ("Am I allowed to fine-tune it? Of course!", "you may fine-tune it."),
        ("Is it OK to host it for my customers? Unfortunately not.", "you may not host it for your customers."),
        ("Do I have to give credit? Yes.", "you must give credit."),
        ("Do I have to give credit? No.", "you do not have to give credit."),
        ("Who owns the outputs? You do.", "you own the outputs."),
        ("问：可以商用吗？\n答：不可以。", "不可以商用。"),
        ("问：能不能把它做成在线服务？\n答：可以，但须登记。", "可以把它做成在线服务,但须登记。"),
        ("问：生成的图片归谁？\n答：归您。", "生成的图片归您。"),
        ("问：我需要署名吗？\n答：需要。", "您必须署名。"),
        ("问：条款会变吗？\n答：会。", "条款会变。"),
    ],
)
def test_an_answer_makes_a_statement(text: str, statement: str) -> None:
    assert any(passage.startswith(statement) for passage in said(text)), said(text)


@pytest.mark.parametrize("text", ["What can I do with it? You may copy it.", "Can I sell it?", "Why? Because.", "?"])
def test_what_is_not_answered_stays_a_question(text: str) -> None:
    assert said(text) == [p.text for p in lay_out(text).passages]


def test_a_statement_is_quoted_with_its_question() -> None:
    text = "BIRCH LICENSE\n\nWe grant you a right to use and copy the Model.\n\nMay I use it commercially? No.\n"
    grant = next(g for g in read(text).terms.grants if Action.USE_COMMERCIALLY in g.actions)
    assert grant.decision is Decision.PROHIBITED
    assert grant.evidence[0].quote == "May I use it commercially? No."


def test_ticks_and_crosses_say_what_is_allowed() -> None:
    lines = "BIRCH LICENSE\n\n✅ Copy and redistribute the Model\n❌ Use the Model commercially\n"
    decided = {a: g.decision for g in read(lines).terms.grants for a in g.actions}
    assert decided[Action.USE_COMMERCIALLY] is Decision.PROHIBITED
    assert decided.get(Action.REDISTRIBUTE) is Decision.ALLOWED


@pytest.mark.parametrize("lead", ["## Prohibited uses", "You may not:"])
def test_a_tick_below_a_prohibition_allows_nothing(lead: str) -> None:
    text = (
        f"BIRCH LICENSE\n\nYou may use the Model.\n\n{lead}\n\n✅ Host the Model as a service for others\n✅ Sell it\n"
    )
    decided = {a: g.decision for g in read(text).terms.grants for a in g.actions}
    assert decided.get(Action.HOST) is not Decision.ALLOWED


@pytest.mark.parametrize(
    "asked",
    [
        "Is commercial use prohibited? Yes.",
        "Do I need a license for commercial use? Yes.",
        "Can I use it commercially? Yes. You need a paid license first.",
        "商用受限制吗？是的。",
    ],
)
def test_a_limit_in_question_and_answer_is_never_allowed(asked: str) -> None:
    text = f"BIRCH LICENSE\n\nWe grant you a license to use, copy and modify the Model.\n\n{asked}\n"
    decided = {a: g.decision for g in read(text).terms.grants for a in g.actions}
    assert decided.get(Action.USE_COMMERCIALLY) is not Decision.ALLOWED
