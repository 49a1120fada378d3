"""The answer: verdict, findings, duties, each with the license and the path it came from."""

from __future__ import annotations

import hashlib

from attrs import evolve, field, frozen
from attrs.validators import min_len

from cleartitle.vocabulary.evidence import Confidence, Evidence
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Waiver
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.words import LicenseId


@frozen(kw_only=True)
class Settlement:
    """What would turn a ``review`` into an answer.

    >>> import cleartitle
    >>> from cleartitle import Deployment
    >>> asked = cleartitle.check("microsoft/phi-2", Deployment(), source=cleartitle.OFFLINE).verdict.settles
    >>> [settlement.fact for settlement in asked]
    ['channels']
    """

    fact: str
    """The field of `Deployment` to state, or empty where it is a text or a person to ask."""
    ask: str
    """The question, in words."""


@frozen(kw_only=True)
class Finding:
    """Something that was noticed: what, how bad, by which evidence, and what to do.

    >>> import cleartitle
    >>> sold = cleartitle.Deployment(commercial=True)
    >>> answer = cleartitle.check("facebook/nllb-200-distilled-600M", sold, source=cleartitle.OFFLINE)
    >>> finding = answer.verdict.findings[0]
    >>> finding.rule, str(finding.outcome), finding.evidence[0].quote
    ('action-not-granted', 'blocked', 'for NonCommercial purposes only')
    """

    rule: str
    """The id of the rule that found it."""
    outcome: Outcome
    """What it makes of the verdict; `Outcome.CLEAR` for what is only worth knowing."""
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    audience: Audience = Audience.REGULAR
    """Whom it is for; what is for the strict never has another outcome than `Outcome.CLEAR`."""
    message: str
    subject: str = ""
    """What tells it from another finding of the same rule, license and path (an action, a file): never reworded."""
    advice: str = ""
    license: LicenseId | None = None
    path: tuple[ModelRef, ...] = field(validator=min_len(1))
    """From the artifact asked about to the one the finding is about."""
    evidence: tuple[Evidence, ...] = ()
    settles: tuple[Settlement, ...] = ()


def fingerprint(finding: Finding) -> str:
    """Return 32 hexadecimal digits by which *finding* is known again, whatever its wording and the revisions.

    It covers the rule, its subject, the license and the names on the path; not severity, outcome, message or evidence.

    >>> def cut(ref: ModelRef, message: str) -> Finding:
    ...     return Finding(rule="lineage-cut", outcome=Outcome.REVIEW, severity=Severity.WARNING, message=message,
    ...         path=(ref,))
    >>> fingerprint(cut(ModelRef.hub("o/poet"), "cut")) == fingerprint(cut(ModelRef.hub("o/poet", "v1"), "left out"))
    True
    """
    names = "\n".join(f"{ref.scheme}:{ref.name}" for ref in finding.path)
    said = "\0".join((finding.rule, finding.subject, finding.license or "", names))
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:32]


@frozen(kw_only=True)
class Owed:
    """A duty of this deployment, or one that may be: *settles* then says which facts decide.

    >>> import cleartitle
    >>> from cleartitle.facts import Channel, Deployment
    >>> given = Deployment(commercial=True, channels=frozenset({Channel.WEIGHTS}))
    >>> [str(o.duty.kind) for o in cleartitle.check("microsoft/phi-2", given, source=cleartitle.OFFLINE).verdict.duties]
    ['attribution', 'license-copy']
    """

    duty: Duty
    license: LicenseId
    path: tuple[ModelRef, ...]
    certain: bool
    settles: tuple[Settlement, ...] = ()


@frozen(kw_only=True)
class Waived:
    """A finding that does not count in the outcome, and who decided so.

    >>> finding = Finding(rule="relicensed", outcome=Outcome.REVIEW, severity=Severity.ERROR, message="relicensed",
    ...     path=(ModelRef.hub("owner/poet"),))
    >>> Waived(finding=finding, approved_by="Jane Doe").waiver is None
    True
    """

    finding: Finding
    waiver: Waiver | None = None
    """None where it was known before: it is in the baseline, or in the lock."""
    approved_by: str = ""
    """Who approved it when the model was locked."""


@frozen(kw_only=True)
class Verdict:
    """Whether this deployment is clear, and why.

    >>> import cleartitle
    >>> from cleartitle.facts import Channel, Deployment
    >>> internal = Deployment(channels=frozenset({Channel.INTERNAL}))
    >>> verdict = cleartitle.check("microsoft/phi-2", internal, source=cleartitle.OFFLINE).verdict
    >>> str(verdict.outcome), verdict.duties
    ('clear', ())
    """

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    """Worst first."""
    duties: tuple[Owed, ...] = ()
    settles: tuple[Settlement, ...] = ()
    """For a review: what would settle it, each once."""
    waived: tuple[Waived, ...] = ()
    """What was found and does not count: waived by the policy, or known from its baseline."""
    assumed: tuple[str, ...] = ()
    """What was taken as stated because nobody said otherwise."""

    def regular(self) -> Verdict:
        """Return the same verdict without what only the strict want to see; the outcome is the same."""
        return evolve(self, findings=tuple(f for f in self.findings if f.audience is Audience.REGULAR))
