"""License and provenance analysis of AI models: do we hold clear title to run this?

Seven functions do the work: `check` gives the verdict on a model, `check_all` on many, `require` raises before the
weights of one that is not clear are loaded; `analyze` looks a model up, `judge_again` judges what was looked up, `save`
and `load` keep it in between. They take a `Deployment` (the words it is stated in are in `cleartitle.facts`), if wanted
a `Policy`, and a source (`OFFLINE` asks no Hub); the `Outcome` is one of four; `ClearTitleError` is the root of all
errors, `NotClear` what `require` raises. That is all most users need: everything else is imported from where it lives.

The names load when they are used, so that importing the package costs next to nothing.

>>> import cleartitle
>>> from cleartitle.facts import Channel
>>> internal = cleartitle.Deployment(channels=frozenset({Channel.INTERNAL}))
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
    from cleartitle.guard import NotClear, require
    from cleartitle.pipeline import analyze, check, check_all, judge_again
    from cleartitle.serial.saving import load, save
    from cleartitle.sources.chain import OFFLINE
    from cleartitle.vocabulary.deployment import Deployment
    from cleartitle.vocabulary.outcomes import Outcome
    from cleartitle.vocabulary.policy import Policy

HOMES = {
    "ClearTitleError": "cleartitle.errors",
    "Deployment": "cleartitle.vocabulary.deployment",
    "NotClear": "cleartitle.guard",
    "OFFLINE": "cleartitle.sources.chain",
    "Outcome": "cleartitle.vocabulary.outcomes",
    "Policy": "cleartitle.vocabulary.policy",
    "analyze": "cleartitle.pipeline",
    "check": "cleartitle.pipeline",
    "check_all": "cleartitle.pipeline",
    "judge_again": "cleartitle.pipeline",
    "load": "cleartitle.serial.saving",
    "require": "cleartitle.guard",
    "save": "cleartitle.serial.saving",
}

_MOVED = {
    "Action": "cleartitle.facts",
    "Agreement": "cleartitle.facts",
    "Channel": "cleartitle.facts",
    "Counted": "cleartitle.facts",
    "Figure": "cleartitle.facts",
    "Metric": "cleartitle.facts",
    "ModelRef": "cleartitle.vocabulary.reference",
    "Region": "cleartitle.facts",
}
"""Where names are that once were here: code that imports them from here goes on."""
__all__ = [
    "OFFLINE",
    "ClearTitleError",
    "Deployment",
    "NotClear",
    "Outcome",
    "Policy",
    "__version__",
    "analyze",
    "check",
    "check_all",
    "judge_again",
    "load",
    "require",
    "save",
]


def __getattr__(name: str) -> object:
    home = HOMES.get(name) or _MOVED.get(name)
    if home is None:
        raise AttributeError(f"module 'cleartitle' has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
