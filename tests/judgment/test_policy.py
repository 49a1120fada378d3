"""What a policy says to licenses, whatever the deployment; waivers and the baseline."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cleartitle import catalog
from cleartitle.decide import decide
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.deployment import UNSTATED, Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Known, Policy, Unsettled, Waiver
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.verdict import Finding, Verdict, fingerprint
from cleartitle.vocabulary.words import Action, Channel, DutyKind, Kind, LicenseId, Region, RestrictionKind
from laws.drawing import deployments, worlds
from laws.worlds import World, alone, forget

TODAY = dt.date(2026, 11, 25)
INTERNAL = Deployment(commercial=False, channels=frozenset({Channel.INTERNAL}), today=TODAY)
LLAMA4, LLAMA31 = LicenseId("LicenseRef-Meta-Llama-4-Community"), LicenseId("LicenseRef-Meta-Llama-3.1-Community")
GPL, MIT = LicenseId("GPL-3.0-only"), LicenseId("MIT")
NC = LicenseId("CC-BY-NC-4.0")


def under(license_id: LicenseId, policy: Policy, modality: Modality = Modality.TEXT) -> Verdict:
    return judge(alone(catalog.whole(license_id), modality), INTERNAL, policy)


def judge(world: World, deployment: Deployment, policy: Policy) -> Verdict:
    return decide(Analysis(lineage=world.lineage), deployment, policy, lookup=world.licenses.__getitem__)


def refusals(verdict: Verdict) -> list[tuple[str, Outcome]]:
    return [(f.subject, f.outcome) for f in verdict.findings if f.rule == "policy-denied"]


@pytest.mark.parametrize(
    ("license_id", "policy", "refused"),
    [
        (GPL, Policy(deny_kinds=frozenset({Kind.COPYLEFT})), "kind"),
        (MIT, Policy(deny_kinds=frozenset({Kind.COPYLEFT})), None),
        (GPL, Policy(deny_licenses=frozenset({GPL})), "license"),
        (GPL, Policy(allow_kinds=frozenset({Kind.PERMISSIVE})), "allowed"),
        (MIT, Policy(allow_kinds=frozenset({Kind.PERMISSIVE})), None),
        (GPL, Policy(allow_kinds=frozenset({Kind.PERMISSIVE}), allow_licenses=frozenset({GPL})), None),
        (GPL, Policy(allow_licenses=frozenset({GPL}), deny_licenses=frozenset({GPL})), "license"),
        (GPL, Policy(deny_duties=frozenset({DutyKind.SHARE_ALIKE})), "share-alike"),
        (LLAMA31, Policy(deny_restrictions=frozenset({RestrictionKind.PROHIBITED_USES})), "prohibited-uses"),
        (NC, Policy(require_grants=frozenset({Action.USE_COMMERCIALLY})), "use-commercially"),
        (MIT, Policy(require_grants=frozenset(Action) - {Action.PRACTICE_PATENTS}), None),
    ],
)
def test_a_license_is_refused_by_id_kind_or_term(license_id: LicenseId, policy: Policy, refused: str | None) -> None:
    assert refusals(under(license_id, policy)) == ([(refused, Outcome.BLOCKED)] if refused else [])


def test_what_is_refused_shows_its_clause() -> None:
    policy = Policy(deny_duties=frozenset({DutyKind.SHARE_ALIKE}))
    (finding,) = (f for f in under(GPL, policy).findings if f.rule == "policy-denied")
    assert finding.evidence[0].quote


@pytest.mark.parametrize(
    ("modality", "outcomes"),
    [(Modality.MULTIMODAL, [Outcome.BLOCKED]), (Modality.UNKNOWN, [Outcome.REVIEW]), (Modality.TEXT, [])],
)
def test_a_license_that_leaves_out_where_one_is(modality: Modality, outcomes: list[Outcome]) -> None:
    policy = Policy(require_territory=frozenset({Region("DE")}))
    assert [o for _, o in refusals(under(LLAMA4, policy, modality))] == outcomes
    elsewhere = Policy(require_territory=frozenset({Region("US")}))
    assert not refusals(under(LLAMA4, elsewhere, modality))


def test_what_is_unknown_can_be_refused() -> None:
    verdict = judge(alone(catalog.whole(LLAMA31)), Deployment(), Policy())
    assert verdict.outcome is Outcome.REVIEW
    strict = judge(alone(catalog.whole(LLAMA31)), Deployment(), Policy(unknown=Unsettled.BLOCKED))
    assert strict.outcome is Outcome.BLOCKED
    assert {f.outcome for f in strict.findings} <= {Outcome.CLEAR, Outcome.DUTIES, Outcome.BLOCKED}


def waiver(
    rule: str = "policy-denied",
    *,
    model: str = "owner/model-0",
    expires: dt.date = TODAY,
    about: LicenseId | None = None,
) -> Waiver:
    return Waiver(model=model, rule=rule, reason="decided", owner="Jane Doe", expires=expires, license=about)


REFUSING = Policy(deny_licenses=frozenset({MIT}))


def waived(*waivers: Waiver, today: dt.date | None = TODAY) -> Verdict:
    policy = evolve(REFUSING, waivers=waivers)
    return judge(alone(catalog.whole(MIT)), evolve(INTERNAL, today=today), policy)


@pytest.mark.parametrize("model", ["owner/model-0", "Owner/*", "*"])
def test_a_waiver_takes_the_effect_and_is_shown(model: str) -> None:
    held = waiver(model=model)
    verdict = waived(held)
    assert verdict.outcome is Outcome.CLEAR
    (shown,) = verdict.waived
    assert (shown.waiver, shown.finding.rule, shown.finding.outcome) == (held, "policy-denied", Outcome.BLOCKED)


@pytest.mark.parametrize(
    "other",
    [waiver(model="owner/model-1"), waiver("relicensed"), waiver(about=LicenseId("Apache-2.0"))],
    ids=["another model", "another rule", "another license"],
)
def test_a_waiver_speaks_only_of_what_it_names(other: Waiver) -> None:
    verdict = waived(other)
    assert verdict.outcome is Outcome.BLOCKED
    assert not verdict.waived


def test_a_waiver_ends_with_its_day() -> None:
    assert waived(waiver(expires=TODAY)).outcome is Outcome.CLEAR
    late = waived(waiver(expires=TODAY - dt.timedelta(days=1)))
    assert late.outcome is Outcome.BLOCKED
    assert [f.message for f in late.findings if f.rule == "waiver-expired"]


def test_on_an_unknown_day_a_person_looks() -> None:
    verdict = waived(waiver(), today=None)
    assert verdict.outcome is Outcome.REVIEW
    assert "today" in {s.fact for s in verdict.settles}


def test_a_waiver_that_matches_nothing_is_said_only_of_its_model() -> None:
    assert [f.rule for f in waived(waiver("relicensed")).findings if f.rule == "waiver-unused"]
    assert not [f for f in waived(waiver("relicensed", model="other/model")).findings if f.rule == "waiver-unused"]


RULES = st.sampled_from(["use-limits", "action-not-granted", "scale-threshold", "license-missing", "duty-undetermined"])


@given(world=worlds(), deployment=deployments(), rules=st.frozensets(RULES), days=st.integers(-1, 1))
def test_waivers_never_make_it_worse_and_hide_nothing(
    world: World, deployment: Deployment, rules: frozenset[str], days: int
) -> None:
    on = evolve(deployment, today=TODAY)
    plain = judge(world, on, Policy())
    policy = Policy(waivers=tuple(waiver(r, model="*", expires=TODAY + dt.timedelta(days=days)) for r in sorted(rules)))
    verdict = judge(world, on, policy)
    assert verdict.outcome.rank() <= plain.outcome.rank()
    shown = {f for f in verdict.findings if not f.rule.startswith("waiver-")} | {w.finding for w in verdict.waived}
    assert shown == set(plain.findings)
    assert judge(world, forget(on, "today"), policy).outcome in (verdict.outcome, Outcome.REVIEW)


def known(finding: Finding, outcome: Outcome | None = None) -> Known:
    return Known(fingerprint=fingerprint(finding), outcome=outcome or finding.outcome)


def test_what_the_baseline_knows_counts_no_more_unless_it_got_worse() -> None:
    world = alone(catalog.whole(LLAMA31))
    before = judge(world, Deployment(), Policy())
    policy = Policy(known=tuple(map(known, before.findings)))
    after = judge(world, Deployment(), policy)
    assert after.outcome.rank() < Outcome.REVIEW.rank()
    assert {w.finding for w in after.waived} == set(before.findings)
    assert all(w.waiver is None for w in after.waived)
    worse = Policy(known=tuple(known(f, Outcome.CLEAR) for f in before.findings))
    assert judge(world, Deployment(), worse).outcome is Outcome.REVIEW


def test_findings_of_a_verdict_are_told_apart() -> None:
    for entry in map(catalog.whole, catalog.ids()):
        for deployment in (UNSTATED, Deployment(commercial=True, today=TODAY)):
            marks = Counter(map(fingerprint, judge(alone(entry), deployment, Policy()).findings))
            assert set(marks.values()) <= {1}, entry.id
