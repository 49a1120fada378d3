"""License and provenance analysis of AI models: do we hold clear title to run this?

The names below load when they are used, so that importing the package costs next to nothing.

>>> import cleartitle
>>> internal = cleartitle.Deployment(channels=frozenset({cleartitle.Channel.INTERNAL}))
>>> answer = cleartitle.check("microsoft/phi-2", internal, source=cleartitle.OFFLINE)
>>> str(answer.verdict.outcome)
'clear'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cleartitle._version import __version__

if TYPE_CHECKING:
    from cleartitle.errors import ClearTitleError
    from cleartitle.pipeline import analyze, check, judge_again
    from cleartitle.sources.chain import OFFLINE
    from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure
    from cleartitle.vocabulary.outcomes import Outcome
    from cleartitle.vocabulary.policy import Policy
    from cleartitle.vocabulary.reference import ModelRef
    from cleartitle.vocabulary.words import Action, Channel, Counted, Metric, Region

_HOMES = {
    "Action": "cleartitle.vocabulary.words",
    "Agreement": "cleartitle.vocabulary.deployment",
    "Channel": "cleartitle.vocabulary.words",
    "ClearTitleError": "cleartitle.errors",
    "Counted": "cleartitle.vocabulary.words",
    "Deployment": "cleartitle.vocabulary.deployment",
    "Figure": "cleartitle.vocabulary.deployment",
    "Metric": "cleartitle.vocabulary.words",
    "ModelRef": "cleartitle.vocabulary.reference",
    "OFFLINE": "cleartitle.sources.chain",
    "Outcome": "cleartitle.vocabulary.outcomes",
    "Policy": "cleartitle.vocabulary.policy",
    "Region": "cleartitle.vocabulary.words",
    "analyze": "cleartitle.pipeline",
    "check": "cleartitle.pipeline",
    "judge_again": "cleartitle.pipeline",
}

__all__ = [
    "OFFLINE",
    "Action",
    "Agreement",
    "Channel",
    "ClearTitleError",
    "Counted",
    "Deployment",
    "Figure",
    "Metric",
    "ModelRef",
    "Outcome",
    "Policy",
    "Region",
    "__version__",
    "analyze",
    "check",
    "judge_again",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'cleartitle' has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
