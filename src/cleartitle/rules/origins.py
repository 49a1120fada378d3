"""Who published the model and everything it was made from, against what the policy accepts."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.lineage.origins import origins
from cleartitle.rules.case import Case
from cleartitle.rules.shown import published
from cleartitle.territory import spell_out
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.license import Checked
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.publisher import Made, Publisher
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.verdict import Finding, Settlement
from cleartitle.vocabulary.words import Region


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each publisher that the policy refuses or wants looked at, and for those nobody knows."""
    for made in origins(case.lineage).made:
        if not published(made.artifact):
            continue
        if made.publisher is None:
            yield from _unknown(case, made)
        else:
            yield from _known(case, made, made.publisher)


def _known(case: Case, made: Made, publisher: Publisher) -> Iterator[Finding]:
    policy = case.policy
    countries = {c for c in (publisher.country, publisher.incorporated) if c}
    names = _names(made)
    where = f"{publisher.entity}, {', '.join(sorted(countries)) or 'seat not known'}"
    if names & _folded(policy.deny_publishers) or _outside(policy.allow_publishers, names):
        yield _finding(
            case, made, Outcome.BLOCKED, f"the policy {policy.name!r} does not accept this publisher: {where}"
        )
    elif countries & spell_out(policy.deny_origins) or _beyond(policy.allow_origins, countries):
        yield _finding(case, made, Outcome.BLOCKED, f"the policy {policy.name!r} does not accept this origin: {where}")
    elif countries & spell_out(policy.review_origins):
        yield _finding(case, made, Outcome.REVIEW, f"the policy {policy.name!r} wants this origin looked at: {where}")
    elif not countries and _asks_origin(policy):
        yield _finding(case, made, Outcome.REVIEW, f"the policy {policy.name!r} asks for the origin: {where}")


def _unknown(case: Case, made: Made) -> Iterator[Finding]:
    policy, names = case.policy, _names(made)
    if names & _folded(policy.deny_publishers):
        yield _finding(case, made, Outcome.BLOCKED, f"the policy {policy.name!r} does not accept this publisher")
        return
    listed = bool(names & _folded(policy.allow_publishers))
    asked = _asks_origin(policy) or (bool(policy.allow_publishers) and not listed)
    yield Finding(
        rule="publisher-unknown",
        outcome=Outcome.REVIEW if asked else Outcome.CLEAR,
        severity=Severity.WARNING if asked else Severity.NOTE,
        audience=Audience.REGULAR if asked else Audience.STRICT,
        message=f"nothing is known of who published {made.artifact.short}",
        advice="find out who it is, and where",
        path=_path(case, made),
        evidence=(Evidence(method=Method.FILE, artifact=made.artifact, quote=made.artifact.short),),
        settles=(Settlement(fact="", ask=f"who published {made.artifact.short}, and where?"),) if asked else (),
    )


def _finding(case: Case, made: Made, outcome: Outcome, message: str) -> Finding:
    publisher = made.publisher
    source = (Evidence(method=Method.CATALOG, artifact=made.artifact, path=publisher.source),) if publisher else ()
    return Finding(
        rule="origin-review",
        outcome=outcome,
        severity=Severity.ERROR if outcome is Outcome.BLOCKED else Severity.WARNING,
        confidence=Confidence.HIGH if publisher and publisher.checked is Checked.TEXT else Confidence.MEDIUM,
        message=f"{made.artifact.short}: {message}",
        advice="have it reviewed and waived with a reason and a date, or choose another model",
        path=_path(case, made),
        evidence=source,
        settles=(Settlement(fact="", ask=f"is the origin of {made.artifact.short} acceptable?"),)
        if outcome is Outcome.REVIEW
        else (),
    )


def _path(case: Case, made: Made) -> tuple[ModelRef, ...]:
    """Return the way to the artifact; origins name it without its revision."""
    named = (ref for ref in (*(n.ref for n in case.lineage.nodes), *(e.parent for e in case.lineage.edges)))
    return case.lineage.path(next((ref for ref in named if ref.at(None) == made.artifact), made.artifact))


def _names(made: Made) -> set[str]:
    owner = made.artifact.name.rpartition("/")[0]
    entity = made.publisher.entity if made.publisher else ""
    return {name.casefold() for name in (owner, entity) if name}


def _folded(names: frozenset[str]) -> set[str]:
    return {name.casefold() for name in names}


def _outside(allowed: frozenset[str], names: set[str]) -> bool:
    return bool(allowed) and not names & _folded(allowed)


def _beyond(allowed: frozenset[Region], countries: set[Region]) -> bool:
    return bool(allowed) and bool(countries) and not countries <= spell_out(allowed)


def _asks_origin(policy: Policy) -> bool:
    return bool(policy.allow_origins or policy.deny_origins or policy.review_origins)
