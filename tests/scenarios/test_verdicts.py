"""The cases that existing tools get wrong, each for its stated reason."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from cleartitle.pipeline import check
from cleartitle.sources.chain import Chain
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, DutyKind, Kind, LicenseId, Metric, Region, Role

MAU, REVENUE = Metric.MONTHLY_ACTIVE_USERS, Metric.ANNUAL_REVENUE
LLAMA = LicenseId("LicenseRef-Meta-Llama-3.1-Community")
HOSTED = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}), today=dt.date(2026, 11, 23))


def region(*codes: str) -> frozenset[Region]:
    return frozenset(map(Region, codes))


def users(number: int, on: dt.date | None = None) -> tuple[Figure, ...]:
    return Figure.for_all(MAU, number, on=on)


def group(number: int, on: dt.date | None = None) -> tuple[Figure, ...]:
    return (Figure(metric=MAU, counted=Counted.GROUP, value=number, on=on),)


def finding(answer: Check, rule: str) -> Finding:
    """Return the worst finding of a rule."""
    found = [f for f in answer.verdict.findings if f.rule == rule]
    assert found, f"no {rule} among {[f.rule for f in answer.verdict.findings]}"
    return found[0]


def blocking(answer: Check) -> set[str]:
    return {f.rule for f in answer.verdict.findings if f.outcome is Outcome.BLOCKED}


def owed(answer: Check) -> set[tuple[DutyKind, LicenseId]]:
    return {(d.duty.kind, d.license) for d in answer.verdict.duties if d.certain}


def test_apache_quant_of_apache_tune_of_a_llama_tune_carries_the_llama_terms(source: Chain) -> None:
    shipped = evolve(HOSTED, channels=frozenset({Channel.WEIGHTS}), figures=users(1000))
    answer = check("quants/poet-8b-chat-GGUF", shipped, source=source)
    assert answer.verdict.outcome is not Outcome.CLEAR
    name = next(d for d in answer.verdict.duties if d.duty.kind is DutyKind.DERIVATIVE_NAME and d.certain)
    assert name.duty.words == ("Llama",)
    assert [r.short for r in name.path][:3] == ["quants/poet-8b-chat-GGUF", "tuner/poet-8b-chat", "tuner/poet-8b"]
    relicensed = finding(answer, "relicensed")
    assert relicensed.license == LLAMA
    assert "tuner/poet-8b-chat" in relicensed.message


def test_apache_merge_of_apache_and_non_commercial_is_blocked_for_commerce(source: Chain) -> None:
    answer = check("merger/both", HOSTED, source=source)
    assert answer.verdict.outcome is Outcome.BLOCKED
    reason = finding(answer, "action-not-granted")
    assert (reason.license, reason.path[-1].short) == ("CC-BY-NC-4.0", "closed/base")


def test_mit_lora_on_llama_owes_both(source: Chain) -> None:
    shipped = evolve(HOSTED, channels=frozenset({Channel.WEIGHTS}), figures=users(1000))
    answer = check("adapters/lora", shipped, source=source)
    assert {"MIT", LLAMA} <= {license_id for _, license_id in owed(answer)}


def test_mit_over_llama_is_a_conflict(source: Chain) -> None:
    answer = check("deepseek/R1-Distill-Llama-8B", evolve(HOSTED, figures=users(1000)), source=source)
    conflict = finding(answer, "relicensed")
    assert "MIT" in conflict.message
    assert "Llama 3.1" in conflict.message


@pytest.mark.parametrize(
    ("domicile", "hosted", "offered", "outcome"),
    [
        ("US", "US", "DE", Outcome.BLOCKED),
        ("BR", "DE", "BR", Outcome.BLOCKED),
        ("BR", "BR", "BR", Outcome.DUTIES),
    ],
)
def test_hunyuan_a13b_is_limited_by_place_of_use(
    source: Chain, domicile: str, hosted: str, offered: str, outcome: Outcome
) -> None:
    deployed = evolve(
        HOSTED,
        domicile=Region(domicile),
        hosted_in=region(hosted),
        offered_in=region(offered),
        figures=users(1_000_000),
    )
    answer = check("tencent/A13B", deployed, source=source)
    assert answer.verdict.outcome is outcome
    assert blocking(answer) == ({"territory-excluded"} if outcome is Outcome.BLOCKED else set())


def test_llama_vision_is_limited_by_domicile_and_spares_end_users(source: Chain) -> None:
    french = evolve(HOSTED, domicile=Region("FR"), hosted_in=region("FR"), offered_in=region("FR"), figures=users(1000))
    vision = "meta/Llama-3.2-11B-Vision"
    answer = check(vision, french, source=source)
    assert blocking(answer) == {"territory-excluded"}
    assert "multimodal" in finding(answer, "territory-excluded").message
    american = evolve(french, domicile=Region("US"), offered_in=region("DE"))
    assert not blocking(check(vision, american, source=source))
    assert not blocking(check(vision, evolve(french, role=Role.END_USER), source=source))
    assert not blocking(check("meta/Llama-3.2-3B", french, source=source))


def test_llama_counts_the_group_once_before_the_release(source: Chain) -> None:
    later = (*group(650_000_000, dt.date(2024, 6, 1)), *group(800_000_000, dt.date(2025, 5, 1)))
    grown = check("meta/Llama-3.1-8B", evolve(HOSTED, figures=later), source=source)
    assert grown.verdict.outcome is Outcome.DUTIES
    assert "in 2024-06" in finding(grown, "scale-threshold").message
    small = (Figure(metric=MAU, counted=Counted.PRODUCT, value=1000), *group(800_000_000, dt.date(2024, 6, 1)))
    subsidiary = evolve(HOSTED, figures=small)
    answer = check("meta/Llama-3.1-8B", subsidiary, source=source)
    assert blocking(answer) == {"scale-threshold"}
    assert "2024-06" in finding(answer, "scale-threshold").message
    held = Agreement(kind=AgreementKind.SEPARATE_LICENSE, license=LLAMA, reference="contract 7")
    settled = check("meta/Llama-3.1-8B", evolve(subsidiary, agreements=(held,)), source=source)
    assert settled.verdict.outcome is Outcome.DUTIES
    assert "contract 7" in finding(settled, "separate-license-held").message


def test_a_later_figure_alone_does_not_block_and_the_month_is_asked_for(source: Chain) -> None:
    late = evolve(HOSTED, figures=group(800_000_000, dt.date(2025, 5, 1)))
    answer = check("meta/Llama-3.1-8B", late, source=source)
    assert answer.verdict.outcome is Outcome.REVIEW
    assert any("2024-06" in s.ask for s in answer.verdict.settles)


@pytest.mark.parametrize(("number", "outcome"), [(200_000_000, Outcome.BLOCKED), (1_000_000, Outcome.DUTIES)])
def test_qwen_counts_the_product(source: Chain, number: int, outcome: Outcome) -> None:
    figure = Figure(metric=MAU, counted=Counted.PRODUCT, value=number)
    answer = check("qwen/72B", evolve(HOSTED, figures=(figure,)), source=source)
    assert answer.verdict.outcome is outcome


def test_qwen_without_a_figure_asks_for_it(source: Chain) -> None:
    answer = check("qwen/72B", HOSTED, source=source)
    assert answer.verdict.outcome is Outcome.REVIEW
    assert [s.fact for s in answer.verdict.settles] == ["figures"]
    assert "monthly active users of the product" in answer.verdict.settles[0].ask


def test_stability_ends_above_its_revenue_limit_for_research_too(source: Chain) -> None:
    rich = evolve(HOSTED, figures=Figure.for_all(REVENUE, 2_000_000, currency="USD"))
    answer = check("stability/sd", rich, source=source)
    assert blocking(answer) >= {"scale-threshold"}
    research = evolve(rich, commercial=False, research=True, channels=frozenset({Channel.INTERNAL}))
    assert blocking(check("stability/sd", research, source=source)) == {"scale-threshold"}
    license_id = "LicenseRef-Stability-AI-Community-2024-07-05"
    enterprise = Agreement(kind=AgreementKind.SEPARATE_LICENSE, license=license_id, reference="enterprise")
    assert not blocking(check("stability/sd", evolve(rich, agreements=(enterprise,)), source=source))


def test_stability_below_its_limit_asks_for_registration_as_a_duty(source: Chain) -> None:
    small = evolve(HOSTED, figures=Figure.for_all(REVENUE, 200_000, currency="USD"))
    answer = check("stability/sd", small, source=source)
    assert answer.verdict.outcome is Outcome.DUTIES
    assert DutyKind.NOTIFY_LICENSOR in {kind for kind, _ in owed(answer)}


def test_gpl_under_a_policy_without_copyleft_is_blocked(source: Chain) -> None:
    policy = Policy(name="no-copyleft", deny_kinds=frozenset({Kind.COPYLEFT}))
    answer = check("gnu/model", HOSTED, policy=policy, source=source)
    assert blocking(answer) == {"policy-denied"}


def test_mnpl_is_blocked_for_commerce(source: Chain) -> None:
    assert check("mistral/code", HOSTED, source=source).verdict.outcome is Outcome.BLOCKED


def test_kimi_with_many_users_owes_the_display(source: Chain) -> None:
    answer = check("moon/k2", evolve(HOSTED, figures=users(150_000_000)), source=source)
    assert answer.verdict.outcome is Outcome.DUTIES
    display = next(d.duty for d in answer.verdict.duties if d.certain and "Kimi K2" in d.duty.words)
    assert display.kind is DutyKind.ATTRIBUTION


def test_apache_with_its_text_is_clear_or_owes_its_notices(source: Chain) -> None:
    assert check("open/base", HOSTED, source=source).verdict.outcome is Outcome.CLEAR
    shipped = evolve(HOSTED, channels=frozenset({Channel.WEIGHTS}))
    answer = check("open/base", shipped, source=source)
    assert answer.verdict.outcome is Outcome.DUTIES
    assert {kind for kind, _ in owed(answer)} <= {
        DutyKind.ATTRIBUTION,
        DutyKind.LICENSE_COPY,
        DutyKind.NOTICE,
        DutyKind.STATE_CHANGES,
    }


def test_mit_tune_of_mit_base_used_inside_is_clear(source: Chain) -> None:
    internal = Deployment(channels=frozenset({Channel.INTERNAL}))
    assert check("mit/tune", internal, source=source).verdict.outcome is Outcome.CLEAR


@pytest.mark.parametrize(("name", "rule"), [("murky/other", "license-unknown"), ("murky/nothing", "license-missing")])
def test_no_license_is_never_clear(source: Chain, name: str, rule: str) -> None:
    internal = Deployment(commercial=False, channels=frozenset({Channel.INTERNAL}))
    answer = check(name, internal, source=source)
    assert answer.verdict.outcome is Outcome.REVIEW
    assert finding(answer, rule).settles


def test_every_answer_names_the_commit(source: Chain) -> None:
    answer = check("mit/tune", HOSTED, source=source)
    for node in answer.analysis.lineage.nodes:
        assert node.artifact is not None
        assert len(node.artifact.ref.revision or "") == 40
