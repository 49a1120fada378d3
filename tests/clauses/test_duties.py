"""What is owed: when, with which words, where, by whom; and what a license counts as its derivative."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.words import DerivedWork, DutyKind, Ending, Level, NameRule, OutputOwner, Place, Trigger

GRANT = "We grant you a license to use, modify and distribute the model. "


def duties(text: str, kind: DutyKind) -> list[Duty]:
    return [d for d in read(GRANT + text).terms.duties if d.kind is kind]


def test_words_places_and_triggers_of_attribution() -> None:
    text = (
        "If you make available a product or service that uses the model, you shall prominently display “Built with"
        " Acme” on a related website, user interface, blogpost, about page, or product documentation."
    )
    (duty,) = duties(text, DutyKind.ATTRIBUTION)
    assert duty.words == ("Built with Acme",)
    assert duty.places == {Place.WEBSITE, Place.USER_INTERFACE, Place.BLOG, Place.ABOUT_PAGE, Place.DOCUMENTATION}
    assert not duty.every_place
    assert duty.on >= {Trigger.EMBED, Trigger.HOST}


def test_all_places_are_asked_for() -> None:
    (duty,) = duties("You must show “Built with Acme” on the website and in the documentation.", DutyKind.ATTRIBUTION)
    assert duty.every_place


def test_either_wording_will_do() -> None:
    text = "You shall prominently display “Built with Acme” or “Improved using Acme” in the documentation."
    (duty,) = duties(text, DutyKind.ATTRIBUTION)
    assert duty.words == ("Built with Acme", "Improved using Acme")


def test_notice_text() -> None:
    text = "You must retain in all copies the following attribution notice: “Acme is licensed under the Acme License.”"
    (duty,) = duties(text, DutyKind.NOTICE)
    assert duty.words == ("Acme is licensed under the Acme License.",)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The name of the derivative must begin with “Acme”.", NameRule.BEGINS_WITH),
        ("The name of the derivative must contain “Acme”.", NameRule.CONTAINS),
        ("衍生模型的名称应当以“晨星”开头。", NameRule.BEGINS_WITH),
    ],
)
def test_name_of_a_derivative(text: str, rule: NameRule) -> None:
    (duty,) = duties(text, DutyKind.DERIVATIVE_NAME)
    assert duty.name_rule is rule


def test_recommended_is_told_from_owed() -> None:
    advised = duties("You are encouraged to keep all copyright notices.", DutyKind.ATTRIBUTION)
    assert {d.level for d in advised} <= {Level.RECOMMENDED}
    (owed,) = duties("You must keep all copyright notices.", DutyKind.ATTRIBUTION)
    assert owed.level is Level.OWED


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Recipients must be given a copy of this Agreement.", DutyKind.LICENSE_COPY),
        ("Modified files must carry prominent notices that you changed them.", DutyKind.STATE_CHANGES),
        ("Derivatives must be released under the same license.", DutyKind.SHARE_ALIKE),
        ("You shall require all users of the model to comply with these restrictions.", DutyKind.FLOW_DOWN),
        ("You must make the corresponding source code available to recipients.", DutyKind.DISCLOSE_SOURCE),
        ("You must label outputs as AI-generated.", DutyKind.DISCLOSE_AI),
        ("Do not remove any watermark from outputs.", DutyKind.KEEP_WATERMARKS),
        ("You shall promptly notify the Licensor of any claim.", DutyKind.NOTIFY_LICENSOR),
        ("You must use the latest version of the model.", DutyKind.UPDATE_TO_LATEST),
        ("Upon termination you shall delete all copies.", DutyKind.DELETE_ON_TERMINATION),
        ("You will indemnify and hold harmless the Licensor.", DutyKind.INDEMNIFY),
        ("You must comply with all export control laws.", DutyKind.OBEY_EXPORT_LAW),
        ("You warrant that you are of legal age.", DutyKind.LEGAL_CAPACITY),
        ("分发时您应当向接收方提供本协议的副本。", DutyKind.LICENSE_COPY),
        ("您应当在修改过的文件中注明修改情况。", DutyKind.STATE_CHANGES),
        ("因您违反本协议造成损失的，您应当赔偿。", DutyKind.INDEMNIFY),
        ("协议终止后，您应当立即删除模型。", DutyKind.DELETE_ON_TERMINATION),
        ("您应当对生成内容添加人工智能生成的标识。", DutyKind.DISCLOSE_AI),
    ],
)
def test_kinds(text: str, kind: DutyKind) -> None:
    assert duties(text, kind)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("“Derivatives” means modifications of the model.", {DerivedWork.CHANGED_WEIGHTS}),
        (
            "“Derivatives” means modifications of the model, and any other model that was created by distillation.",
            {DerivedWork.CHANGED_WEIGHTS, DerivedWork.TRAINED_ON_OUTPUTS},
        ),
        (
            "“衍生作品”指对模型的修改，包括使用模型输出的合成数据训练的模型。",
            {DerivedWork.CHANGED_WEIGHTS, DerivedWork.TRAINED_ON_OUTPUTS},
        ),
    ],
)
def test_derivative_scope(text: str, works: set[DerivedWork]) -> None:
    (scope,) = read(GRANT + text).terms.derivatives
    assert scope.works == works


def test_days_to_mend_a_breach() -> None:
    text = (
        GRANT + "We may terminate this agreement if you breach it and do not cure the breach within 30 days of notice."
    )
    (end,) = [t for t in read(text).terms.terminations if t.on is Ending.BREACH]
    assert end.cure_days == 30


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("You own any outputs generated with the model.", OutputOwner.LICENSEE),
        ("We claim no rights in the outputs.", OutputOwner.DISCLAIMED),
        ("All outputs are and remain the exclusive property of the Licensor.", OutputOwner.LICENSOR),
        ("生成内容的权利归您所有。", OutputOwner.LICENSEE),
    ],
)
def test_rights_in_outputs(text: str, owner: OutputOwner) -> None:
    assert [o.owner for o in read(GRANT + text).terms.outputs] == [owner]


@pytest.mark.parametrize(
    "text",
    [
        "Licensor shall provide the licensee with a copy of this Agreement.",
        "We will send you a copy of this license.",
        "Copy of the license to recipients: not required.",
        "给乙方造成损失的，由甲方赔偿。",
    ],
)
def test_what_the_licensor_owes_or_nobody_is_no_duty(text: str) -> None:
    assert not [d for d in read(GRANT + text).terms.duties if d.kind in (DutyKind.LICENSE_COPY, DutyKind.NOTICE)]
    assert not duties(text, DutyKind.INDEMNIFY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The model you derive must be named with Birch as prefix.", "Birch"),
        ("改编模型的命名格式限定为“Birch-自定义名称”。", "Birch"),
        ("微调模型的名字里必须带有 Birch 字样。", "Birch"),
    ],
)
def test_the_name_that_a_derivative_bears(text: str, name: str) -> None:
    (duty,) = duties(text, DutyKind.DERIVATIVE_NAME)
    assert duty.words == (name,)
