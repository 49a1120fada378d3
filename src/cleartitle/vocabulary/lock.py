"""The lock: what was approved, so that a later change is seen; and the differences between two of them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import field, frozen
from attrs.validators import in_, min_len

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.vocabulary.artifact import Gate, Origin
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.words import DutyKind, LicenseId


@frozen(kw_only=True)
class Digest:
    """The SHA-256 of something that has a name.

    >>> Digest(of="grants", sha256="0" * 64).of
    'grants'
    """

    of: str = field(validator=min_len(1))
    sha256: str


@frozen(kw_only=True)
class LockedText:
    """A license text, notice or use policy of a repository.

    >>> LockedText(path="LICENSE", sha256="0" * 64, states="MIT").states
    'MIT'
    """

    path: str
    sha256: str
    """Of its bytes; of those that were read, where it is very long."""
    states: str = ""
    """The license that it was read as."""


@frozen(kw_only=True)
class LockedField:
    """A key of the card that speaks of the license or of what the model was made from.

    >>> LockedField(key="base_model", values=("owner/base",)).values
    ('owner/base',)
    """

    key: str
    values: tuple[str, ...] = ()
    """As written; of what is long, its hash."""


@frozen(kw_only=True)
class LockedBase:
    """What an artifact was made from.

    >>> LockedBase(model="hf:owner/base", relation=Relation.FINETUNE).model
    'hf:owner/base'
    """

    model: str
    relation: Relation


@frozen(kw_only=True)
class LockedArtifact:
    """An artifact of the lineage, as it was when it was approved.

    >>> import cleartitle
    >>> from cleartitle.locking.record import record
    >>> answer = cleartitle.check("Qwen/Qwen2.5-72B-Instruct-AWQ", Deployment(), source=cleartitle.OFFLINE)
    >>> first = record(answer.analysis.lineage.root, answer).artifacts[0]
    >>> first.concluded, [base.model for base in first.bases]
    ('LicenseRef-Alibaba-Qwen-2024-09-19', ['hf:Qwen/Qwen2.5-72B-Instruct'])
    """

    model: str
    """Scheme and name, and the revision where one was asked for."""
    revision: str | None = None
    """The commit that was read."""
    origin: Origin | None = None
    """How it was read; None where it could not be."""
    gate: Gate = Gate.OPEN
    missing: str = ""
    """Why it could not be read."""
    fields: tuple[LockedField, ...] = ()
    declared: tuple[str, ...] = ()
    """Each statement about its license: where, and what it was read as."""
    concluded: str = ""
    texts: tuple[LockedText, ...] = ()
    bases: tuple[LockedBase, ...] = ()


@frozen(kw_only=True)
class LockedFinding:
    """A finding that a person accepted by locking it, or that would have been none.

    >>> import cleartitle
    >>> from cleartitle.locking.record import record
    >>> answer = cleartitle.check("microsoft/phi-2", Deployment(), source=cleartitle.OFFLINE)
    >>> [(each.rule, str(each.outcome)) for each in record(answer.analysis.lineage.root, answer).findings]
    [('duty-undetermined', 'review')]
    """

    rule: str
    fingerprint: str
    outcome: Outcome
    message: str = ""
    """For people."""


@frozen(kw_only=True)
class LockedDuty:
    """A duty that this deployment has.

    >>> import cleartitle
    >>> from cleartitle.locking.record import record
    >>> from cleartitle.vocabulary.words import Channel
    >>> given = Deployment(commercial=True, channels=frozenset({Channel.WEIGHTS}))
    >>> answer = cleartitle.check("microsoft/phi-2", given, source=cleartitle.OFFLINE)
    >>> [str(duty.kind) for duty in record(answer.analysis.lineage.root, answer).duties]
    ['attribution', 'license-copy']
    """

    kind: DutyKind
    license: LicenseId
    certain: bool = True


@frozen(kw_only=True)
class LockedModel:
    """A model that was approved: its verdict, and everything that it rested on.

    >>> import cleartitle
    >>> from cleartitle.locking.record import record
    >>> from cleartitle.vocabulary.reference import ModelRef
    >>> answer = cleartitle.check("microsoft/phi-2", Deployment(commercial=True), source=cleartitle.OFFLINE)
    >>> locked = record(ModelRef.hub("microsoft/phi-2"), answer, approved_by="Jane Doe")
    >>> locked.model, locked.licenses, locked.approved_by
    ('hf:microsoft/phi-2', ('MIT',), 'Jane Doe')
    """

    model: str
    """As it was asked for."""
    outcome: Outcome
    approved_by: str = ""
    """Who looked at what needed review, and approved it."""
    approved_on: dt.date | None = None
    deployment: Deployment = Deployment()
    artifacts: tuple[LockedArtifact, ...] = field(validator=min_len(1))
    """The model first, then its ancestors by name."""
    licenses: tuple[LicenseId, ...] = ()
    """Those that bind whoever uses it."""
    findings: tuple[LockedFinding, ...] = ()
    """Those that led to a review."""
    duties: tuple[LockedDuty, ...] = ()


@frozen(kw_only=True)
class LockedLicense:
    """How the catalog read a license.

    >>> from cleartitle.locking.record import reading
    >>> [part.of for part in reading(LicenseId("MIT")).terms]
    ['grants', 'duties', 'derivatives', 'disclaimers']
    """

    license: LicenseId
    verified: dt.date
    terms: tuple[Digest, ...] = ()
    """By the kind of term: grants, duties and so on."""


@frozen(kw_only=True)
class LockedPolicy:
    """The policy under which the models were approved.

    >>> LockedPolicy(name="unnamed", sha256="0" * 64).name
    'unnamed'
    """

    name: str
    sha256: str


@frozen(kw_only=True)
class Lock:
    """What ``cleartitle lock`` writes: the models that were approved.

    >>> import cleartitle
    >>> from cleartitle.locking.record import lock, record
    >>> answer = cleartitle.check("microsoft/phi-2", Deployment(), source=cleartitle.OFFLINE)
    >>> locked = lock([record(answer.analysis.lineage.root, answer)], answer.policy)
    >>> [model.model for model in locked.models], [each.license for each in locked.licenses]
    (['hf:microsoft/phi-2'], ['MIT'])
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    catalog: str = ""
    """The SHA-256 of the catalog as a whole."""
    policy: LockedPolicy
    models: tuple[LockedModel, ...] = ()
    """By name."""
    licenses: tuple[LockedLicense, ...] = ()
    """By id."""


class Subject(StrEnum):
    """What differs from the lock."""

    MODEL = "model"
    """The model is not in the lock, or can no longer be read."""
    ANCESTOR = "ancestor"
    """A new ancestor, or one that is no longer there."""
    BASE = "base"
    """What an artifact was made from, or how."""
    ACCESS = "access"
    """An artifact can no longer be read, or only from elsewhere."""
    GATE = "gate"
    COMMIT = "commit"
    """The repository has moved on."""
    TEXT = "text"
    """A license text, notice or use policy."""
    FIELD = "field"
    """What the card declares."""
    DECLARED = "declared"
    """A statement about the license, elsewhere than in the above."""
    CONCLUDED = "concluded"
    """The license that is concluded from everything."""
    TERMS = "terms"
    """How the catalog reads a license."""
    DUTY = "duty"
    FINDING = "finding"
    VERDICT = "verdict"
    DEPLOYMENT = "deployment"
    """The facts of the use are not those that were approved."""
    POLICY = "policy"
    TOOL = "tool"
    """The version of cleartitle, or of its catalog."""


@frozen(kw_only=True)
class Difference:
    """Something that is not as it was when it was locked.

    >>> Difference(subject=Subject.COMMIT, message="the repository has moved on", outcome=Outcome.CLEAR).outcome
    <Outcome.CLEAR: 'clear'>
    """

    subject: Subject
    model: str = ""
    """The model of the lock that it concerns; empty where it concerns all."""
    artifact: str = ""
    """The artifact of its lineage that it was seen at."""
    item: str = ""
    """Which file, key or license."""
    message: str = field(validator=min_len(1))
    """In words."""
    before: str = ""
    now: str = ""
    outcome: Outcome
    """What it asks for; `Outcome.CLEAR` for what is only worth knowing."""


@frozen(kw_only=True)
class Unseen:
    """A model of which nothing could be read.

    >>> Unseen(model="hf:owner/poet", message="no such repository").message
    'no such repository'
    """

    model: str
    message: str
    advice: str = ""


@frozen(kw_only=True)
class DiffAnswer:
    """What changed since the lock was written: what ``cleartitle diff --format json`` prints.

    >>> moved = Difference(subject=Subject.TEXT, item="LICENSE", message="LICENSE has changed", outcome=Outcome.REVIEW)
    >>> DiffAnswer(lock="cleartitle.lock").outcome, DiffAnswer(lock="cleartitle.lock", differences=(moved,)).outcome
    (<Outcome.CLEAR: 'clear'>, <Outcome.REVIEW: 'review'>)
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    lock: str
    """The file."""
    models: tuple[str, ...] = ()
    """Those that were compared."""
    differences: tuple[Difference, ...] = ()
    failed: tuple[Unseen, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst that a difference asks for; `Outcome.CLEAR` where nothing that matters has changed."""
        return max((each.outcome for each in self.differences), key=Outcome.rank, default=Outcome.CLEAR)
