"""The words in which a deployment is stated: ``from cleartitle.facts import Channel, Figure, Metric``.

>>> from cleartitle import Deployment
>>> hosted = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}), domicile=Region("DE"),
...     figures=Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, 40_000))
>>> hosted.offered_in is None
True
"""

from __future__ import annotations

from cleartitle.vocabulary.deployment import UNSTATED, Agreement, Deployment, Figure
from cleartitle.vocabulary.words import (
    WORLD,
    Action,
    AgreementKind,
    Channel,
    Counted,
    Metric,
    Organization,
    Region,
    Role,
    UseCategory,
)

__all__ = [
    "UNSTATED",
    "WORLD",
    "Action",
    "Agreement",
    "AgreementKind",
    "Channel",
    "Counted",
    "Deployment",
    "Figure",
    "Metric",
    "Organization",
    "Region",
    "Role",
    "UseCategory",
]
