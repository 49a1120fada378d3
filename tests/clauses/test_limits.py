"""Uses that are ruled out by exceptions, conditions, lists and answers, and what looks like it."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.vocabulary.words import AgreementKind, RestrictionKind
from cleartitle.vocabulary.words import UseCategory as Use

GRANT = "BIRCH MODEL LICENSE\n\nWe grant you a license to use, copy, modify and distribute the Model.\n\n"


def uses(said: str) -> set[Use]:
    return {use for restriction in read(GRANT + said + "\n").terms.restrictions for use in restriction.uses}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("You may run it for anything other than gambling.", {Use.GAMBLING}),
        ("The license does not extend to uses in warfare.", {Use.WEAPONS_MILITARY}),
        ("We withhold permission from every use for spamming.", {Use.SPAM}),
        ("Your rights end if you use the Model for slavery.", {Use.HUMAN_TRAFFICKING}),
        ("Planting a backdoor with it is a breach of these terms.", {Use.MALWARE_CYBER}),
        ("Off limits:\n1. bookmaking\n2. lewd pictures", {Use.GAMBLING, Use.SEXUAL_CONTENT}),
        ("Users shall not:\n(1) write ransomware,\n(2) libel anyone.", {Use.MALWARE_CYBER, Use.DEFAMATION}),
        ("What may I not do?\nBetting, spam.", {Use.GAMBLING, Use.SPAM}),
        ("除制毒以外,您可以自由使用本模型。", {Use.DRUGS_CONTROLLED}),
        ("【禁用场景】\n(1)刺探间谍活动\n(2)聚众赌博", {Use.NATIONAL_SECURITY, Use.GAMBLING}),
        ("签证审批,不得使用本模型。", {Use.IMMIGRATION_ASYLUM}),
        ("使用者应当承诺不:\n-- 群发广告;\n-- 代写论文。", {Use.SPAM, Use.SCIENTIFIC_MISCONDUCT}),
        (
            "The licensee refrains from any use that consists in:\n- libel;\n- rioting.",
            {Use.DEFAMATION, Use.VIOLENCE_TERROR},
        ),
        (
            "| Topic | You must not use it for |\n|---|---|\n| Safety | rioting |\n| Fraud | spam |",
            {Use.VIOLENCE_TERROR, Use.SPAM},
        ),
        ("|类别|您不得使用本模型|\n|---|---|\n|健康|宣扬自残|\n|其他|赌博|", {Use.SELF_HARM, Use.GAMBLING}),
        ("Betting shops may not embed the Model.", {Use.GAMBLING}),
        ("Deciding on asylum is not a permitted use.", {Use.IMMIGRATION_ASYLUM}),
        ("No license is granted to firms that use it for spam.", {Use.SPAM}),
        ("Fake news may not be written with the help of the Model.", {Use.DISINFORMATION}),
        ("用户同意,绝不以本模型从事赌博,也不用于监控。", {Use.GAMBLING, Use.SURVEILLANCE_BIOMETRICS}),
        ("上线前应确保不存在以下内容:\n1、色情内容;\n2、煽动暴力的内容。", {Use.SEXUAL_CONTENT, Use.VIOLENCE_TERROR}),
    ],
)
def test_ruled_out_use_is_found(said: str, wanted: set[Use]) -> None:
    assert wanted <= uses(said)


@pytest.mark.parametrize(
    "said",
    [
        "The model was never trained on malware.",
        "The filter removed gambling pages, other than news.",
        "You may use it:\n1. for games of poker\n2. for surgery",
        "The license ends if you sue, alleging that the Model infringes a patent.",
        "语料已剔除赌博内容,不含毒品信息。",
        "未成年人不得使用本模型。",
        "| Topic | Allowed |\n|---|---|\n| Medical research | yes |\n| Gambling | yes |",
        "No rights are granted to the trademarks or patents of the licensor.",
        "In no event shall the authors be liable for medical harm.",
        "我们承诺,不会泄露您的个人信息。",
        "The license does not cover clinical data.",
    ],
)
def test_what_forbids_no_use_gives_none(said: str) -> None:
    assert not uses(said)


def test_a_separate_license_that_lifts_a_ban_on_competing_is_kept() -> None:
    said = (
        "You may not use the Model to train a competing model or a rival of it.\n\n"
        "You may not use the Model in a product that competes with ours without a separate commercial license.\n"
    )
    found = [r for r in read(GRANT + said).terms.restrictions if r.kind is RestrictionKind.NO_COMPETE]
    assert any(AgreementKind.SEPARATE_LICENSE in r.lifted_by for r in found)
