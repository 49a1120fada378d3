"""The facts of a deployment in words."""

from __future__ import annotations

import datetime as dt

from cleartitle.report.facts import stated, unstated
from cleartitle.vocabulary.deployment import UNSTATED, Agreement, Deployment, Figure
from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, Metric, Region

REVENUE = Figure(
    metric=Metric.ANNUAL_REVENUE, counted=Counted.GROUP, value=2_000_000, currency="EUR", on=dt.date(2026, 3, 1)
)
FULL = Deployment(
    commercial=True,
    production=False,
    domicile=Region("DE"),
    offered_in=frozenset({Region("EU"), Region("US")}),
    channels=frozenset({Channel.HOSTED, Channel.ON_DEVICE}),
    figures=(
        Figure(
            metric=Metric.ANNUAL_REVENUE, counted=Counted.GROUP, value=2_000_000, currency="EUR", on=dt.date(2026, 3, 1)
        ),
    ),
    agreements=(Agreement(kind=AgreementKind.SEPARATE_LICENSE, license="MIT", reference="contract 12"),),
    today=dt.date(2026, 11, 25),
)


def test_each_stated_fact_is_said_in_words() -> None:
    said = dict(stated(FULL))
    assert said["commercial"] == "yes"
    assert said["production"] == "no"
    assert said["seat of the licensee"] == "DE"
    assert said["offered in"] == "EU, US"
    assert said["channels"] == "hosted, on device"
    assert said["size"] == "2,000,000 EUR annual revenue of the group, 2026-03"
    assert said["agreements held"] == "separate license for MIT (contract 12)"
    assert said["date of the judgment"] == "2026-11-25"


def test_what_nobody_stated_is_listed_as_unknown() -> None:
    assert "research" in unstated(FULL)
    assert not {name for name, _ in stated(FULL)} & set(unstated(FULL))
    assert not stated(UNSTATED)
    assert ("agreements held", "none") in stated(Deployment())
