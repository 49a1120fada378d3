"""What a word means by what stands around it: prohibition, exception, condition, "solely", the last cue."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.clauses.scan import banned
from cleartitle.judgment.sheet import answer
from cleartitle.vocabulary.words import Action, Decision, DutyKind, Level, RestrictionKind

GRANT = "We grant you a license to use, copy, modify and distribute the model. "
ALLOWED, CONDITIONAL, PROHIBITED, UNKNOWN = (
    Decision.ALLOWED,
    Decision.CONDITIONAL,
    Decision.PROHIBITED,
    Decision.UNKNOWN,
)


def decided(text: str, action: Action = Action.USE_COMMERCIALLY) -> Decision:
    return answer(read(text).terms, action).decision


@pytest.mark.parametrize(
    ("before", "forbidden"),
    [
        ("you may not ", True),
        ("you shall not, and shall not permit others to, ", True),
        ("you may not sell it; you may ", False),
        ("you must keep notices; you may not ", True),
        ("不得", True),
        ("您可以使用,但不得", True),
        ("不可撤销的许可,您可以", False),
        ("this applies whether or not you ", False),
    ],
)
def test_the_last_cue_counts(before: str, forbidden: bool) -> None:  # noqa: FBT001 - a table
    assert banned(before) is forbidden


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        (GRANT, ALLOWED),
        (GRANT + "You may use it for any purpose, including commercially.", ALLOWED),
        (GRANT + "You may use it solely for non-commercial purposes.", PROHIBITED),
        (GRANT + "Commercial use is strictly prohibited.", PROHIBITED),
        (GRANT + "Commercial use is prohibited without a separate license from the Licensor.", PROHIBITED),
        (GRANT + "The weights are provided for academic research only.", PROHIBITED),
        (GRANT + "This license is non-exclusive and non-transferable.", ALLOWED),
        (GRANT + "In no event shall the Licensor be liable for commercial damages or losses.", ALLOWED),
        (GRANT + "Users who wish to use it commercially must first register.", CONDITIONAL),
        (GRANT + "You may use it for your own internal business purposes only.", CONDITIONAL),
        ("您可以使用、复制、修改和分发本模型。", ALLOWED),
        ("您可以使用本模型，仅限于非商业用途。", PROHIBITED),
        ("您可以使用本模型。除非获得书面授权，不得将本模型用于商业用途。", PROHIBITED),
        ("您可以使用本模型。商业使用须先填写登记表。", CONDITIONAL),
        ("您可以免费使用本模型，包括商业用途，无需另行申请。", ALLOWED),
        ("您可以使用本模型。贡献者不对任何商业损失负责。", ALLOWED),
    ],
)
def test_commercial_use(text: str, decision: Decision) -> None:
    assert decided(text) is decision


@pytest.mark.parametrize(
    ("text", "action", "decision"),
    [
        (GRANT + "You may not sublicense it.", Action.SUBLICENSE, PROHIBITED),
        (GRANT + "The license is non-sublicensable.", Action.SUBLICENSE, PROHIBITED),
        (GRANT + "You will not distribute it for any military purposes.", Action.REDISTRIBUTE, ALLOWED),
        ("You may use it under this license. You may not distribute the model.", Action.REDISTRIBUTE, PROHIBITED),
        (
            "You may use it under this license. You may not share any derivative.",
            Action.DISTRIBUTE_DERIVATIVES,
            PROHIBITED,
        ),
        (GRANT + "You may not offer the model as a hosted service.", Action.HOST, PROHIBITED),
        (GRANT + "You may host it for remote access by third parties.", Action.HOST, ALLOWED),
        (GRANT + "You may not use outputs to train any other language model.", Action.TRAIN_OTHER_MODELS, PROHIBITED),
        (
            GRANT + "You may not use outputs to train a model that competes with ours.",
            Action.TRAIN_OTHER_MODELS,
            CONDITIONAL,
        ),
        (GRANT + "You may fine-tune the model.", Action.TRAIN_OTHER_MODELS, Decision.SILENT),
        (GRANT + "No patent license is granted.", Action.PRACTICE_PATENTS, PROHIBITED),
        ("您可以使用本模型，但不得向第三方分发本模型。", Action.REDISTRIBUTE, PROHIBITED),
        ("授予您不可转让、不可再许可的许可，您可以使用本模型。", Action.SUBLICENSE, PROHIBITED),
    ],
)
def test_other_acts(text: str, action: Action, decision: Decision) -> None:
    assert decided(text, action) is decision


def test_examples_in_brackets_forbid_nothing() -> None:
    text = (
        GRANT + "You may not use it to make automated decisions (e.g., law enforcement, migration, medical diagnosis)."
    )
    uses = {u.value for r in read(text).terms.restrictions for u in r.uses}
    assert uses == {"automated-decisions"}


def test_encouraged_is_not_owed() -> None:
    (duty,) = read(GRANT + "You are encouraged to credit the authors in your publication.").terms.duties or (None,)
    assert duty is None or duty.level is Level.RECOMMENDED


def test_a_right_to_reverse_engineer_is_no_ban() -> None:
    kinds = {r.kind for r in read(GRANT + "You may reverse engineer the model.").terms.restrictions}
    assert RestrictionKind.NO_REVERSE_ENGINEERING not in kinds


def test_a_ban_on_endorsement_is_no_ban_on_the_name() -> None:
    text = GRANT + "You may not use the name of the Licensor to endorse or promote products."
    assert DutyKind.KEEP_NAME_OFF not in {d.kind for d in read(text).terms.duties}


def test_what_stands_below_a_prohibition_is_no_permission() -> None:
    text = (
        GRANT + "\nYou will not:\n(a) use the model or its outputs for any commercial purpose;\n"
        "(b) make it accessible to third parties through an API or otherwise as a service."
    )
    terms = read(text).terms
    for action in (Action.USE_COMMERCIALLY, Action.USE_OUTPUTS_COMMERCIALLY, Action.HOST):
        assert answer(terms, action).decision is PROHIBITED


def test_a_ban_outside_ones_house_is_a_ban() -> None:
    text = (
        "We grant you a license to use the weights. You may alter the weights for teaching purposes but shall not make"
        " the weights, or anything derived from them, available outside your institution."
    )
    assert decided(text, Action.REDISTRIBUTE) is PROHIBITED


def test_a_part_of_another_word_is_no_word() -> None:
    kinds = {r.kind for r in read(GRANT + "You may use it solely for non-commercial research.").terms.restrictions}
    assert RestrictionKind.RESEARCH_ONLY in kinds
