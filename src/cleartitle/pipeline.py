"""The whole way: a reference, its lineage, the verdict. The only place where the stages are put together."""

from __future__ import annotations

from cleartitle.decide import decide
from cleartitle.lineage.walk import Limits, trace
from cleartitle.progress import Progress, silent
from cleartitle.sources.chain import Chain
from cleartitle.sources.interface import Source
from cleartitle.vocabulary.analysis import Analysis, Check
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef


def analyze(
    ref: ModelRef | str, *, source: Source | None = None, limits: Limits = Limits(), progress: Progress = silent
) -> Analysis:
    """Return what is found of a model: its lineage with the license statements on it.

    Raises :exc:`~cleartitle.errors.BadReference` for what names no artifact and a
    :exc:`~cleartitle.errors.SourceError` where the model itself cannot be read.

    >>> found = analyze("Qwen/Qwen2.5-72B-Instruct-AWQ", source=Chain(offline=True))
    >>> [node.ref.short for node in found.lineage.nodes]
    ['Qwen/Qwen2.5-72B-Instruct-AWQ', 'Qwen/Qwen2.5-72B-Instruct', 'Qwen/Qwen2.5-72B']
    """
    parsed = ModelRef.parse(ref) if isinstance(ref, str) else ref
    return Analysis(lineage=trace(parsed, source or Chain(), limits=limits, progress=progress))


def check(
    ref: ModelRef | str,
    deployment: Deployment,
    *,
    policy: Policy = Policy(),
    source: Source | None = None,
    progress: Progress = silent,
) -> Check:
    """Return the verdict for a deployment of a model, with all it rests on.

    >>> answer = check("Qwen/Qwen2.5-72B-Instruct", Deployment(commercial=True), source=Chain(offline=True))
    >>> answer.verdict.outcome
    <Outcome.REVIEW: 'review'>
    """
    return judge_again(analyze(ref, source=source, progress=progress), deployment, policy=policy)


def judge_again(analysis: Analysis, deployment: Deployment, *, policy: Policy = Policy()) -> Check:
    """Return the verdict for another deployment of a model that was analyzed before; nothing is fetched."""
    verdict = decide(analysis, deployment, policy)
    return Check(verdict=verdict, deployment=deployment, policy=policy, analysis=analysis)
