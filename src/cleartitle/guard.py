"""A guard for programs that load models: what is not clear is not downloaded."""

from __future__ import annotations

from cleartitle.errors import ClearTitleError
from cleartitle.pipeline import check
from cleartitle.sources.interface import Source
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding

SHOWN = 5
"""Findings that the message names."""


class NotClear(ClearTitleError):
    """A model must not be used as it is meant to be, or a person must look first; *check* has all there is to know.

    >>> from cleartitle.sources.chain import OFFLINE
    >>> try:
    ...     require("facebook/nllb-200-distilled-600M", Deployment(commercial=True), source=OFFLINE)
    ... except NotClear as error:
    ...     print(error.findings[0].rule, error.exit_code)
    action-not-granted 1
    """

    advice = "choose another model, settle what is open, or have the finding waived in the policy"

    def __init__(self, check: Check) -> None:
        self.check = check
        self.exit_code = 1 if check.verdict.outcome is Outcome.BLOCKED else 3
        super().__init__(_sentence(check))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those that stand against it, worst first."""
        return against(self.check)

    def __reduce__(self) -> tuple[type[NotClear], tuple[Check]]:
        return NotClear, (self.check,)


def require(
    ref: ModelRef | str,
    deployment: Deployment,
    *,
    policy: Policy = Policy(),
    accept: Outcome = Outcome.DUTIES,
    source: Source | None = None,
) -> Check:
    """Return the verdict on a model, or raise `NotClear`, before any of its weights are downloaded.

    *accept* is the worst outcome that passes: by default the duties are for you to meet; ``Outcome.CLEAR`` passes
    only what asks for nothing. What nobody could look at does not pass either.

    >>> from cleartitle.sources.chain import OFFLINE
    >>> from cleartitle.vocabulary.words import Channel
    >>> hosted = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
    >>> require("microsoft/phi-2", hosted, source=OFFLINE).verdict.outcome
    <Outcome.CLEAR: 'clear'>
    >>> require("facebook/nllb-200-distilled-600M", hosted, source=OFFLINE)
    Traceback (most recent call last):
    ...
    cleartitle.guard.NotClear: facebook/nllb-200-distilled-600M is blocked:
    ...

    Raises:
        NotClear: the outcome is worse than *accept*.
        BadReference: *ref* names no artifact.
        SourceError: the model itself cannot be read.

    """
    answer = check(ref, deployment, policy=policy, source=source)
    if answer.verdict.outcome.rank() > accept.rank():
        raise NotClear(answer)
    return answer


def against(answer: Check) -> tuple[Finding, ...]:
    """Return the findings that block a deployment or that a person must look at, worst first.

    >>> from cleartitle.sources.chain import OFFLINE
    >>> answer = check("facebook/nllb-200-distilled-600M", Deployment(commercial=True), source=OFFLINE)
    >>> against(answer)[0].rule
    'action-not-granted'
    """
    return tuple(f for f in answer.verdict.findings if f.outcome.rank() >= Outcome.REVIEW.rank())


def _sentence(answer: Check) -> str:
    verdict = answer.verdict
    said = list(dict.fromkeys(finding.message for finding in against(answer)))
    lines = said[:SHOWN] or [f"{len(verdict.duties)} duties are owed"]
    if len(said) > SHOWN:
        lines.append(f"and {len(said) - SHOWN} more")
    return "\n- ".join([f"{answer.analysis.lineage.root.short} is {_WORDS[verdict.outcome]}:", *lines])


_WORDS = {
    Outcome.CLEAR: "clear",
    Outcome.DUTIES: "clear only once its duties are met",
    Outcome.REVIEW: "for a person to look at",
    Outcome.BLOCKED: "blocked",
}
