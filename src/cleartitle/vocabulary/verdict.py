"""The answer: verdict, findings, duties, each with the license and the path it came from."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.vocabulary.evidence import Confidence, Evidence
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.words import LicenseId


@frozen(kw_only=True)
class Settlement:
    """What would turn a ``review`` into an answer."""

    fact: str
    """The field of `Deployment` to state, or empty where it is a text or a person to ask."""
    ask: str
    """The question, in words."""


@frozen(kw_only=True)
class Finding:
    """Something that was noticed: what, how bad, by which evidence, and what to do."""

    rule: str
    """The id of the rule that found it."""
    outcome: Outcome
    """What it makes of the verdict; `Outcome.CLEAR` for what is only worth knowing."""
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    message: str
    advice: str = ""
    license: LicenseId | None = None
    path: tuple[ModelRef, ...] = field(validator=min_len(1))
    """From the artifact asked about to the one the finding is about."""
    evidence: tuple[Evidence, ...] = ()
    settles: tuple[Settlement, ...] = ()


@frozen(kw_only=True)
class Owed:
    """A duty of this deployment, or one that may be: *settles* then says which facts decide."""

    duty: Duty
    license: LicenseId
    path: tuple[ModelRef, ...]
    certain: bool
    settles: tuple[Settlement, ...] = ()


@frozen(kw_only=True)
class Verdict:
    """Whether this deployment is clear, and why."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    """Worst first."""
    duties: tuple[Owed, ...] = ()
    settles: tuple[Settlement, ...] = ()
    """For a review: what would settle it, each once."""
    assumed: tuple[str, ...] = ()
    """What was taken as stated because nobody said otherwise."""
