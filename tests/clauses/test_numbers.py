"""Numbers in any form, and the thresholds they make."""

from __future__ import annotations

import datetime as dt

import pytest

from cleartitle.clauses import read
from cleartitle.clauses.fold import lower
from cleartitle.clauses.numbers import numbers
from cleartitle.judgment.sheet import thresholds
from cleartitle.vocabulary.conditions import Threshold
from cleartitle.vocabulary.words import Comparator, Counted, Effect, Measured, Metric


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("more than 700 million users", 700_000_000),
        ("more than 1,000,000 users", 1_000_000),
        ("more than 1 000 000 users", 1_000_000),
        ("more than 1.5 million users", 1_500_000),
        ("more than 2m users", 2_000_000),
        ("more than 100k users", 100_000),
        ("more than five hundred thousand users", 500_000),
        ("more than ten million (10,000,000) users", 10_000_000),
        ("超过1亿", 100_000_000),
        ("超过100万", 1_000_000),
        ("超过五千万", 50_000_000),
        ("超过一百万", 1_000_000),
        ("超过3.5亿", 350_000_000),
        ("more than half a million users", 500_000),
        ("more than a quarter of a million users", 250_000),
        ("more than two hundred and fifty people", 250),
        ("fewer than forty-five people", 45),
        ("more than 3 crore rupees", 30_000_000),
        ("超过二十人", 20),
    ],
)
def test_forms(text: str, value: int) -> None:
    assert {n.value for n in numbers(text)} == {value}


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("usd 10m", "USD"),
        ("us$10 million", "USD"),
        ("10 million us dollars", "USD"),
        ("one million dollars", "USD"),
        ("€20 million", "EUR"),
        ("20 million euros", "EUR"),
        ("£5 million", "GBP"),
        ("rmb 5 million", "CNY"),
        ("人民币500万元", "CNY"),
        ("1000万美元", "USD"),
        ("100 million yen", "JPY"),
        ("nt$ 30 million", "TWD"),
        ("新台币三千万元", "TWD"),
        ("hk$5 million", "HKD"),
        ("our users 5 million", None),
        ("10 million", None),
    ],
)
def test_currencies(text: str, currency: str | None) -> None:
    assert [n.currency for n in numbers(text)] == [currency]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("more than 5 million", ">"),
        ("in excess of 5 million", ">"),
        ("greater than 5 million", ">"),
        ("exceeds 5 million", ">"),
        ("at least 5 million", ">="),
        ("5 million or more", ">="),
        ("no fewer than 5 million", ">="),
        ("less than 5 million", "<"),
        ("below 5 million", "<"),
        ("does not exceed 5 million", "<="),
        ("no more than 5 million", "<="),
        ("up to 5 million", "<="),
        ("超过500万", ">"),
        ("不低于500万", ">="),
        ("500万以上", ">="),
        ("低于500万", "<"),
        ("不超过500万", "<="),
        ("未超过500万", "<="),
    ],
)
def test_comparators(text: str, comparator: str) -> None:
    assert [n.comparator for n in numbers(text)] == [Comparator(comparator)]


def found(text: str) -> list[Threshold]:
    terms = read(f"We grant you a license to use the model. {text}").terms
    conditions = [*terms.conditions, *(c for g in terms.grants for c in g.conditions)]
    conditions += [c for d in terms.duties for c in d.conditions]
    return [t for c in conditions for t in thresholds(c.when)]


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (
            "If you have more than 5 million monthly active users, you must request a license.",
            "monthly-active-users",
            5_000_000,
        ),
        ("If your service has over 2m daily active users, contact us for a license.", "daily-active-users", 2_000_000),
        ("If your annual revenue exceeds USD 10M, you must obtain a commercial license.", "annual-revenue", 10_000_000),
        ("If you have raised more than $3 million in funding, you must obtain a license.", "funding", 3_000_000),
        ("If you have more than 250 employees, you must obtain a license.", "employees", 250),
        ("若您的产品月活跃用户数超过1亿，则您必须向我们申请许可。", "monthly-active-users", 100_000_000),
        ("若您的年收入超过1000万元，须另行获得商业授权。", "annual-revenue", 10_000_000),
        ("若部署设备超过5000台，须另行取得授权。", "devices", 5000),
    ],
)
def test_thresholds(text: str, metric: str, value: int) -> None:
    assert [(t.metric, t.value) for t in found(text)] == [(Metric(metric), value)]


def test_users_and_revenue_in_one_sentence() -> None:
    text = "若产品月活跃用户数超过5000万，或者月收入超过1000万美元，则应在界面显著展示“晨星”字样。"
    assert {(t.metric.value, t.value, t.currency) for t in found(text)} == {
        ("monthly-active-users", 50_000_000, None),
        ("monthly-revenue", 10_000_000, "USD"),
    }


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            "If you and your affiliates have over 5 million monthly active users, ask for a license.",
            "group",
        ),
        (
            "If all products made available by you have over 5 million monthly active users, contact us.",
            "licensee",
        ),
        ("If a product has more than 5 million monthly active users, you must ask for a license.", "product"),
    ],
)
def test_who_is_counted(text: str, counted: str) -> None:
    assert [t.counted for t in found(text)] == [Counted(counted)]


def test_measured_once_before_the_release() -> None:
    text = (
        "“Release date” means April 5, 2025. If, on the release date, you had more than 700 million monthly active"
        " users in the preceding calendar month, you must request a license."
    )
    (threshold,) = found(text)
    assert (threshold.measured, threshold.released) == (Measured.BEFORE_RELEASE, dt.date(2025, 4, 5))


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("If you have more than 5 million monthly active users, you must request a license from us.", Effect.SUSPENDS),
        (
            "You may use it commercially if your annual revenue is below USD 1 million; else obtain a license.",
            Effect.UNLOCKS,
        ),
        ("If your annual revenue exceeds USD 1 million, this license shall terminate.", Effect.ENDS),
    ],
)
def test_effects(text: str, effect: Effect) -> None:
    terms = read(f"We grant you a license to use the model. {text}").terms
    conditions = [*terms.conditions, *(c for g in terms.grants for c in g.conditions)]
    assert effect in {c.effect for c in conditions}


def test_a_threshold_that_only_adds_a_duty_leaves_the_use_free() -> None:
    text = (
        "You may use the model for any purpose under this license. If your product has more than 100 million monthly"
        " active users, you shall prominently display “Made by Acme” on its user interface."
    )
    terms = read(text).terms
    (duty,) = [d for d in terms.duties if d.conditions]
    assert duty.conditions[0].effect is Effect.ADDS_DUTY
    assert duty.words == ("Made by Acme",)
    assert not terms.conditions


def test_a_share_of_a_company_is_no_size() -> None:
    text = "Control means ownership of more than fifty percent (50%) of the shares. You may use the model."
    assert not found(text)


def test_reais_are_reais_and_hong_kong_dollars_are_not() -> None:
    read = [(n.value, n.currency) for n in numbers("more than r$ 5 million, or 2 million reais, or hkd 3 million")]
    assert read == [(5_000_000, "BRL"), (2_000_000, "BRL"), (3_000_000, "HKD")]


def test_every_traditional_character_of_a_licence_folds() -> None:
    assert lower("本授權資訊於違約時即告消滅，離線條款亦繼續適用") == "本授权资讯于违约时即告消灭，离线条款亦继续适用"
