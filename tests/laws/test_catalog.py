"""The law of facts over every license of the catalog, with figures around its thresholds and its own agreements."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle import catalog
from cleartitle.judgment.sheet import thresholds
from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.terms import Condition
from cleartitle.vocabulary.words import AgreementKind, Counted, Metric, Modality, Outcome, Region, Relation, UseCategory
from laws.drawing import STATED
from laws.worlds import alone, facts, forget

LICENSES = tuple(map(catalog.whole, catalog.ids()))
LIMITS = sorted(
    {
        (limit.metric, limit.currency, limit.value)
        for entry in LICENSES
        for clause in entry.terms.clauses()
        if isinstance(clause, Condition)
        for limit in thresholds(clause.when)
    }
)
print(LIMITS)
