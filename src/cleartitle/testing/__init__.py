"""Help for testing: an assertion that models are clear, a plugin for pytest, and a Hub that serves a folder.

`assert_clear` fails a test whose model must not be used as it is meant to be. :mod:`cleartitle.testing.plugin` brings
the same to pytest as a marker, a fixture and a watch over what tests load. :mod:`cleartitle.testing.hub` is for the
tests of this package and for the CI of those who use it: nothing in it reads a card or a license with the package's own
readers, so that a mistake shows as a difference.

>>> from cleartitle import OFFLINE, Deployment
>>> from cleartitle.facts import Channel
>>> hosted = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
>>> assert_clear("microsoft/phi-2", hosted, source=OFFLINE)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleartitle.sources.interface import Source
    from cleartitle.vocabulary.deployment import Deployment
    from cleartitle.vocabulary.outcomes import Outcome
    from cleartitle.vocabulary.policy import Policy
    from cleartitle.vocabulary.reference import ModelRef

__all__ = ["assert_clear"]


def assert_clear(
    ref: ModelRef | str,
    deployment: Deployment,
    *,
    policy: Policy | None = None,
    accept: Outcome | None = None,
    source: Source | None = None,
) -> None:
    """Fail the test, with the findings and what to do, unless a deployment of a model is clear.

    *accept* is the worst outcome that passes: duties, if not given.

    >>> from cleartitle import OFFLINE, Deployment
    >>> assert_clear("facebook/nllb-200-distilled-600M", Deployment(commercial=True), source=OFFLINE)
    Traceback (most recent call last):
    ...
    AssertionError: facebook/nllb-200-distilled-600M is not clear: blocked
    ...

    Raises:
        AssertionError: the deployment is not clear; the message has the findings and what to do.
        SourceError: the model cannot be read.

    """
    __tracebackhide__ = True
    from cleartitle.guard import NotClear, require
    from cleartitle.testing.words import explained
    from cleartitle.vocabulary.outcomes import Outcome
    from cleartitle.vocabulary.policy import Policy

    try:
        require(ref, deployment, policy=policy or Policy(), accept=accept or Outcome.DUTIES, source=source)
    except NotClear as error:
        raise AssertionError(explained(error)) from None
