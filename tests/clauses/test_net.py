"""The safety net: what may limit an act and was not read makes the act unknown, never allowed."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.vocabulary.words import Action, Decision

GRANT = "BIRCH MODEL LICENSE\n\nWe grant you a license to use, copy, modify and distribute the Model.\n\n"
HOSTED = "You may offer the Model to others as a hosted service.\n\n"
NOTE = "words that may limit it could not be read"


def decisions(sentence: str, action: Action) -> set[Decision]:
    grants = read(GRANT + sentence).terms.grants
    return {g.decision for g in grants if action in g.actions}


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Distribution is meant solely for the members of our circle.", Action.REDISTRIBUTE),
        (
            "The weights are shared with the members of our circle, and nobody beyond it is to see a shared copy.",
            Action.REDISTRIBUTE,
        ),
        (HOSTED + "Only partners of the year may ever, in one year or the next, operate an endpoint.", Action.HOST),
        (HOSTED + "Birch may not be made available over a network to users who are not your staff.", Action.HOST),
        (HOSTED + "Rights to serve it to outside users stay with our company.", Action.HOST),
        (
            "A right to pass copies on exists in favour of the founding members, and of no one else.",
            Action.REDISTRIBUTE,
        ),
        ("高校之间可以互相拷贝本模型，企业用户拿到后不能再给别人。", Action.REDISTRIBUTE),
        (
            "For the first year, use in any revenue-bearing activity is confined to the founders.",
            Action.USE_COMMERCIALLY,
        ),
        ("Fine-tuning is something only our partners do.", Action.MODIFY),
        ("A business that likes the Model needs a word and a contract with us.", Action.USE_COMMERCIALLY),
        ("Scholars only.", Action.USE_COMMERCIALLY),
        ("Businesses are kindly asked to stay away.", Action.USE_COMMERCIALLY),
        ("If money changes hands, talk to us first.", Action.USE_COMMERCIALLY),
        ("商业公司请止步。", Action.USE_COMMERCIALLY),
        ("Torrents of the weights will be taken down.", Action.REDISTRIBUTE),
        ("请勿搬运模型文件。", Action.REDISTRIBUTE),
        ("不要对模型动手脚。", Action.MODIFY),
        ("Can I sell it? No.", Action.USE_COMMERCIALLY),
        ("Q: May I share the weights?\n\nA: No, please send people to our page.", Action.REDISTRIBUTE),
        ("能否再分发？不能，请引导他人到官网下载。", Action.REDISTRIBUTE),
        ("Anything that is not mentioned above is not permitted.", Action.USE_COMMERCIALLY),
        ("Uses other than those listed above need our permission.", Action.USE_COMMERCIALLY),
        ("未列明的用途均不被允许。", Action.USE_COMMERCIALLY),
        ("The user will not attempt to reverse compile, modify or take BIRCH apart.", Action.MODIFY),
        ("You shall not make any modification to the Model when sharing it.", Action.MODIFY),
        ("The Model may not be used for any purpose not expressly set forth above.", Action.USE_COMMERCIALLY),
        (
            "You may not transfer your rights under this license; onward distribution is a matter for us only.",
            Action.REDISTRIBUTE,
        ),
        (
            "You must not hand out, pass round or transfer any rights or shared copies of the weights.",
            Action.REDISTRIBUTE,
        ),
        ("You may only share the Model in the classroom if you comply with these terms.", Action.REDISTRIBUTE),
        ("不得超出训练数据许可的范围对外提供、共享本模型的副本。", Action.REDISTRIBUTE),
        ("You may not use the copies in public; distribution stays with us only.", Action.REDISTRIBUTE),
        (
            "You may not be located in another room when sharing copies, which is for us only.",
            Action.REDISTRIBUTE,
        ),
        ("You may not deploy it in haste; handing copies on and sharing it is for members only.", Action.REDISTRIBUTE),
    ],
)
def test_limit_in_unknown_words_is_never_allowed(sentence: str, action: Action) -> None:
    found = decisions(sentence, action)
    assert found
    assert Decision.ALLOWED not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "We are not obliged to distribute updates.",
        "You are solely responsible for how you use and distribute the Model.",
        '"Distribute" means any sharing of the Model, including but not limited to publishing it.',
        "Outputs are not deemed derivatives of the Model.",
        "This Agreement may only be modified in writing.",
        "You do not have to pay us, and when we speak of freedom we do not mean price.",
        "Birch Company, a business of Birch Holding, makes the Model.",
        "You must not use, modify or distribute the Model outside the Territory.",
        "The Licensed Materials do not include any data used for distributing or modifying, or only some of it.",
    ],
)
def test_words_that_limit_nothing_leave_a_grant_alone(sentence: str) -> None:
    for action in (Action.REDISTRIBUTE, Action.MODIFY, Action.USE_COMMERCIALLY):
        assert decisions(sentence, action) == {Decision.ALLOWED}


def test_reader_is_shown_the_sentence() -> None:
    reading = read(GRANT + "Fine-tuning is something only our partners do.")
    shown = [u for u in reading.unclear if u.why == NOTE]
    assert [u.evidence.quote for u in shown][:1] == ["Fine-tuning is something only our partners do."]


@pytest.mark.parametrize(
    "text", ["You may use the model for research.", "Once registered, you may use it for teaching."]
)
def test_a_grant_for_research_grants_no_commerce(text: str) -> None:
    found = {g.decision for g in read(text).terms.grants if Action.USE_COMMERCIALLY in g.actions}
    assert Decision.ALLOWED not in found
