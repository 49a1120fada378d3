"""A check against the lock: what a person approved counts no more, and every difference is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from cleartitle.decide import decide
from cleartitle.errors import DataError
from cleartitle.locking.compare import differences
from cleartitle.locking.record import lock as locked
from cleartitle.locking.record import record
from cleartitle.sources.pinned import key
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.lock import Difference, Lock, LockedModel, Subject
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Known
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding, Settlement, Waived, fingerprint

_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,119}")
_ASK = Settlement(fact="", ask="is the difference from the lock acceptable? then lock it anew")


def commits(model: LockedModel) -> dict[str, str]:
    """Return the locked commits of a lineage, as `cleartitle.sources.pinned` takes them.

    The model itself is also named as it was asked for.

    >>> from cleartitle.vocabulary.lock import LockedArtifact
    >>> root = LockedArtifact(model="hf:owner/poet", revision="0" * 40)
    >>> poet = LockedModel(model="hf:owner/poet", outcome=Outcome.CLEAR, artifacts=(root,))
    >>> commits(poet) == {"hf:owner/poet": "0" * 40}
    True

    Raises:
        DataError: what the lock has as a revision is none.

    """
    root = model.artifacts[0]
    named = [(model.model, root.revision), *((each.model, each.revision) for each in model.artifacts)]
    return {key(ModelRef.parse(name)): _revision(name, revision) for name, revision in named if revision}


def _revision(name: str, revision: str) -> str:
    if not _REVISION.fullmatch(revision) or ".." in revision:
        raise DataError(f"the lock names {revision[:60]!r} as the revision of {name}, which is none")
    return revision


def verify(asked: ModelRef, check: Check, lock: Lock, *, file: str) -> Check:
    """Return *check* (of the locked commits, under the policy of today) with a finding for each difference.

    >>> import cleartitle
    >>> model = ModelRef.hub("microsoft/phi-2")
    >>> answer = cleartitle.check(model, cleartitle.Deployment(commercial=False), source=cleartitle.OFFLINE)
    >>> verify(model, answer, locked([], answer.policy), file="cleartitle.lock").verdict.findings[0].message
    'microsoft/phi-2 is not in cleartitle.lock: nobody has approved it'
    """
    model = entry(lock, asked)
    if model is None:
        missing = Difference(
            subject=Subject.MODEL,
            model=str(asked),
            message=f"{asked.short} is not in {file}: nobody has approved it",
            outcome=Outcome.REVIEW,
        )
        return _with(check, (missing,), file)
    now = locked([record(asked, check)], check.policy)
    found = differences(evolve(lock, models=(model,)), now, pinned=True)
    return _with(accepted(check, model), found, file)


def entry(lock: Lock, asked: ModelRef) -> LockedModel | None:
    """Return what is locked of a model, however its name is capitalized.

    >>> from cleartitle.vocabulary.policy import Policy
    >>> entry(locked([], Policy()), ModelRef.hub("owner/poet")) is None
    True
    """
    return next((each for each in lock.models if each.model.casefold() == key(asked)), None)


def accepted(check: Check, model: LockedModel) -> Check:
    """Return *check* without what a person accepted when the model was locked.

    >>> import cleartitle
    >>> model = ModelRef.hub("microsoft/phi-2")
    >>> answer = cleartitle.check(model, cleartitle.Deployment(), source=cleartitle.OFFLINE)
    >>> answer.verdict.outcome, accepted(answer, record(model, answer, approved_by="Jane Doe")).verdict.outcome
    (<Outcome.REVIEW: 'review'>, <Outcome.CLEAR: 'clear'>)
    """
    if not model.approved_by:
        return check
    known = tuple(
        Known(fingerprint=f.fingerprint, outcome=f.outcome, model=model.model, rule=f.rule, message=f.message)
        for f in model.findings
    )
    policy = evolve(check.policy, known=(*check.policy.known, *known))
    verdict = decide(check.analysis, check.deployment, policy)
    marks = {each.fingerprint for each in known}
    waived = (_approved(each, model.approved_by, marks) for each in verdict.waived)
    return evolve(check, verdict=evolve(verdict, waived=tuple(waived)))


def _approved(waived: Waived, by: str, marks: set[str]) -> Waived:
    ours = waived.waiver is None and fingerprint(waived.finding) in marks
    return evolve(waived, approved_by=by) if ours else waived


def _with(check: Check, found: Iterable[Difference], file: str) -> Check:
    told = tuple(_finding(each, check.analysis.lineage, file) for each in found)
    verdict = check.verdict
    outcome = max((verdict.outcome, *(finding.outcome for finding in told)), key=Outcome.rank)
    asks = (_ASK,) if any(finding.settles for finding in told) else ()
    ordered = sorted((*told, *verdict.findings), key=lambda finding: -finding.outcome.rank())
    whole = evolve(verdict, outcome=outcome, findings=tuple(ordered), settles=(*asks, *verdict.settles))
    return evolve(check, verdict=whole)


def _finding(difference: Difference, lineage: Lineage, file: str) -> Finding:
    grave = difference.outcome.rank() >= Outcome.REVIEW.rank()
    blocked = difference.outcome is Outcome.BLOCKED
    before = f"{difference.item} {difference.before}".strip()[:200]
    return Finding(
        rule="differs-from-lock",
        outcome=difference.outcome,
        severity=Severity.ERROR if blocked else Severity.WARNING if grave else Severity.NOTE,
        message=difference.message,
        subject=f"{difference.subject} {difference.item}".strip(),
        advice="look at it, then lock the model anew: cleartitle lock" if grave else "",
        path=_path(difference, lineage),
        evidence=(Evidence(method=Method.USER, path=file, quote=before),),
        settles=(_ASK,) if grave and not blocked else (),
    )


def _path(difference: Difference, lineage: Lineage) -> tuple[ModelRef, ...]:
    at = next((node.ref for node in lineage.nodes if str(node.ref) == difference.artifact), lineage.root)
    return lineage.path(at)
