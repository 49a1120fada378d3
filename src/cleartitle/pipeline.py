"""The whole way: a reference, its lineage, the verdict. The only place where the stages are put together."""

from __future__ import annotations

from collections.abc import Iterable

from cleartitle.decide import decide
from cleartitle.errors import SourceError
from cleartitle.lineage.walk import Limits, trace
from cleartitle.progress import Progress, silent
from cleartitle.sources.chain import Chain
from cleartitle.sources.interface import Source
from cleartitle.sources.shared import Shared
from cleartitle.vocabulary.analysis import Analysis, Check
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef

PARALLEL = 6
"""Models that are looked up at the same time."""


def analyze(
    ref: ModelRef | str, *, source: Source | None = None, limits: Limits = Limits(), progress: Progress = silent
) -> Analysis:
    """Return what is found of a model: its lineage with the license statements on it.

    >>> found = analyze("Qwen/Qwen2.5-72B-Instruct-AWQ", source=Chain(offline=True))
    >>> [node.ref.short for node in found.lineage.nodes]
    ['Qwen/Qwen2.5-72B-Instruct-AWQ', 'Qwen/Qwen2.5-72B-Instruct', 'Qwen/Qwen2.5-72B']

    Raises:
        BadReference: *ref* names no artifact.
        SourceError: the model itself cannot be read.

    """
    return Analysis(lineage=trace(_parsed(ref), source or Chain(), limits=limits, progress=progress))


def analyze_all(
    refs: Iterable[ModelRef | str], *, source: Source | None = None, progress: Progress = silent
) -> tuple[Analysis | SourceError, ...]:
    """Return what is found of each model, in their order; of one that cannot be read, the error.

    The models are looked up side by side, at most `PARALLEL` at a time, and what several have in common is fetched
    once.

    >>> found = analyze_all(("microsoft/phi-2", "nobody/has-this"), source=Chain(offline=True))
    >>> [type(each).__name__ for each in found]
    ['Analysis', 'NotFound']

    Raises:
        BadReference: one of *refs* names no artifact; nothing was fetched then.

    """
    from concurrent.futures import ThreadPoolExecutor

    wanted = tuple(map(_parsed, refs))
    shared = Shared(source or Chain())

    def one(ref: ModelRef) -> Analysis | SourceError:
        try:
            return analyze(ref, source=shared, progress=progress)
        except SourceError as error:
            return error

    once = tuple(dict.fromkeys(wanted))
    with ThreadPoolExecutor(PARALLEL) as pool:
        found = dict(zip(once, pool.map(one, once), strict=True))
    return tuple(found[ref] for ref in wanted)


def check(
    ref: ModelRef | str,
    deployment: Deployment,
    *,
    policy: Policy = Policy(),
    source: Source | None = None,
    limits: Limits = Limits(),
    progress: Progress = silent,
) -> Check:
    """Return the verdict for a deployment of a model, with all it rests on.

    >>> answer = check("Qwen/Qwen2.5-72B-Instruct", Deployment(commercial=True), source=Chain(offline=True))
    >>> answer.verdict.outcome
    <Outcome.REVIEW: 'review'>

    Raises:
        BadReference: *ref* names no artifact.
        SourceError: the model itself cannot be read.

    """
    return judge_again(analyze(ref, source=source, limits=limits, progress=progress), deployment, policy=policy)


def check_all(
    refs: Iterable[ModelRef | str],
    deployment: Deployment,
    *,
    policy: Policy = Policy(),
    source: Source | None = None,
    progress: Progress = silent,
) -> tuple[Check | SourceError, ...]:
    """Return the verdict for each model, in their order; for one that cannot be read, the error.

    As `analyze_all` does: side by side, with what they have in common fetched once.

    >>> models = ("microsoft/phi-2", "nobody/has-this")
    >>> [type(answer).__name__ for answer in check_all(models, Deployment(), source=Chain(offline=True))]
    ['Check', 'NotFound']

    Raises:
        BadReference: one of *refs* names no artifact; nothing was fetched then.

    """
    found = analyze_all(refs, source=source, progress=progress)
    return tuple(f if isinstance(f, SourceError) else judge_again(f, deployment, policy=policy) for f in found)


def judge_again(analysis: Analysis, deployment: Deployment, *, policy: Policy = Policy()) -> Check:
    """Return the verdict for another deployment of a model that was analyzed before; nothing is fetched.

    >>> found = analyze("facebook/nllb-200-distilled-600M", source=Chain(offline=True))
    >>> [str(judge_again(found, Deployment(commercial=sold)).verdict.outcome) for sold in (True, False)]
    ['blocked', 'review']
    """
    verdict = decide(analysis, deployment, policy)
    return Check(verdict=verdict, deployment=deployment, policy=policy, analysis=analysis)


def _parsed(ref: ModelRef | str) -> ModelRef:
    return ModelRef.parse(ref) if isinstance(ref, str) else ref
