"""From checks to the lock."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files

from attrs import evolve, fields

from cleartitle import catalog
from cleartitle.decide import bindings
from cleartitle.locking.artifacts import locked
from cleartitle.serial.convert import plain
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.lock import (
    Digest,
    Lock,
    LockedDuty,
    LockedFinding,
    LockedLicense,
    LockedModel,
    LockedPolicy,
)
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.verdict import Verdict, fingerprint
from cleartitle.vocabulary.words import LicenseId


def lock(models: Iterable[LockedModel], policy: Policy) -> Lock:
    """Return the lock of *models*, with how the catalog reads their licenses now.

    >>> lock([], Policy()).policy.name
    'unnamed'
    """
    ordered = tuple(sorted(models, key=lambda each: each.model))
    used = sorted({license_id for each in ordered for license_id in each.licenses})
    return Lock(
        catalog=catalog_digest(),
        policy=LockedPolicy(name=policy.name, sha256=digest(plain(policy))),
        models=ordered,
        licenses=tuple(map(reading, used)),
    )


def record(asked: ModelRef, check: Check, *, approved_by: str = "", approved_on: dt.date | None = None) -> LockedModel:
    """Return what is locked of a model, from its check; *asked* is how it was asked for.

    >>> import cleartitle
    >>> answer = cleartitle.check("microsoft/phi-2", cleartitle.Deployment(), source=cleartitle.OFFLINE)
    >>> record(ModelRef.hub("microsoft/phi-2"), answer).outcome
    <Outcome.REVIEW: 'review'>
    """
    lineage, verdict = check.analysis.lineage, check.verdict
    nodes = sorted(lineage.nodes, key=lambda node: (node.ref != lineage.root, str(node.ref)))
    return LockedModel(
        model=str(asked),
        outcome=verdict.outcome,
        approved_by=approved_by,
        approved_on=approved_on,
        deployment=evolve(check.deployment, today=None),
        artifacts=tuple(locked(lineage, node) for node in nodes),
        licenses=tuple(sorted({binding.license.id for binding in bindings(lineage)})),
        findings=_findings(verdict),
        duties=_duties(verdict),
    )


def _findings(verdict: Verdict) -> tuple[LockedFinding, ...]:
    """Return what led to a review or a refusal, each once; what was waived did not."""
    found: dict[str, LockedFinding] = {}
    for finding in verdict.findings:  # worst first
        if finding.outcome.rank() >= Outcome.REVIEW.rank():
            mark = fingerprint(finding)
            made = LockedFinding(
                rule=finding.rule, fingerprint=mark, outcome=finding.outcome, message=finding.message[:500]
            )
            found.setdefault(mark, made)
    return tuple(sorted(found.values(), key=lambda each: (each.rule, each.fingerprint)))


def _duties(verdict: Verdict) -> tuple[LockedDuty, ...]:
    owed: dict[tuple[str, LicenseId], LockedDuty] = {}
    for each in sorted(verdict.duties, key=lambda each: not each.certain):
        made = LockedDuty(kind=each.duty.kind, license=each.license, certain=each.certain)
        owed.setdefault((made.kind, made.license), made)
    return tuple(owed[key] for key in sorted(owed))


def reading(license_id: LicenseId) -> LockedLicense:
    """Return how the catalog reads a license, as digests: the order of its clauses does not count.

    >>> [part.of for part in reading(LicenseId("MIT")).terms]
    ['grants', 'duties', 'derivatives', 'disclaimers']
    """
    entry = catalog.whole(license_id)
    kinds = ((field.name, getattr(entry.terms, field.name)) for field in fields(Terms))
    parts = (Digest(of=name, sha256=digest(sorted(map(dumped, clauses)))) for name, clauses in kinds if clauses)
    return LockedLicense(license=license_id, verified=entry.verified, terms=tuple(parts))


@functools.cache
def catalog_digest() -> str:
    """Return the SHA-256 of all entries that the package ships.

    >>> len(catalog_digest())
    64
    """
    folder = files("cleartitle.catalog") / "licenses"
    entries = sorted((e.name, e.read_bytes()) for e in folder.iterdir() if e.name.endswith(".toml"))
    return hashlib.sha256(b"\0".join(name.encode() + b"\0" + data for name, data in entries)).hexdigest()


def digest(value: object) -> str:
    """Return the SHA-256 of plain data.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode(errors="replace")).hexdigest()


def dumped(clause: object) -> str:
    """Return a clause as one line of JSON.

    >>> dumped(Digest(of="grants", sha256="0"))
    '{"of": "grants", "sha256": "0"}'
    """
    return json.dumps(plain(clause), sort_keys=True, ensure_ascii=False)
