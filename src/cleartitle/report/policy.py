"""A policy in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from cleartitle.catalog import get
from cleartitle.configuration import Configuration
from cleartitle.report.view import words_of
from cleartitle.vocabulary.policy import Policy, Unsettled, Waiver
from cleartitle.vocabulary.words import LicenseId

_UNKNOWN = {
    Unsettled.REVIEW: "What is unknown, unclear or contradicted is for a person to look at (review).",
    Unsettled.BLOCKED: "What is unknown, unclear or contradicted is refused until somebody has settled it (blocked).",
}


def explain(configuration: Configuration, today: dt.date) -> Iterator[str]:
    """Yield the lines that say what a configuration accepts, refuses, wants looked at and has decided."""
    policy = configuration.policy
    yield f"Policy {policy.name}" + (f": {policy.summary}" if policy.summary else "")
    yield from _section("Accepted", (_accepted(policy),))
    yield from _section("Refused", _refused(policy))
    yield from _section("Asked of every license", _asked(policy))
    yield from _section("Publishers and origins, of the model and of all its ancestors", _origins(policy))
    yield from _section("What is not known", (_UNKNOWN[policy.unknown],))
    yield from _section("The deployment, unless flags say otherwise", _facts(configuration.stated))
    for model in configuration.models:
        yield from _section(f"For {model.name}", _facts(model.stated))
    yield from _section("Waived", (_waiver(waiver, today) for waiver in policy.waivers))
    if policy.known:
        yield from _section("Baseline", (f"{len(policy.known)} findings were known and count no more.",))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield title
        yield from (f"  - {line}" for line in found)


def _accepted(policy: Policy) -> str:
    kinds = [f"{words_of(kind)} licenses" for kind in sorted(policy.allow_kinds)]
    listed = kinds + sorted(map(_license, policy.allow_licenses))
    return f"Only {_listing(listed)}." if listed else "Every license that is not refused below."


def _refused(policy: Policy) -> Iterator[str]:
    for license_id in sorted(policy.deny_licenses):
        yield f"{_license(license_id)}."
    for kind in sorted(policy.deny_kinds):
        yield f"{words_of(kind).capitalize()} licenses."
    for duty in sorted(policy.deny_duties):
        yield f"Licenses with the duty {words_of(duty)!r}, owed in this deployment or not."
    for restriction in sorted(policy.deny_restrictions):
        yield f"Licenses with the restriction {words_of(restriction)!r}."


def _asked(policy: Policy) -> Iterator[str]:
    for action in sorted(policy.require_grants):
        yield f"It must allow to {words_of(action)}, whether this deployment does so or not."
    if policy.require_territory:
        yield f"It must not leave out {_listing(sorted(policy.require_territory))}."


def _origins(policy: Policy) -> Iterator[str]:
    for names, said in (
        (policy.allow_publishers, "Only {} are accepted as publishers."),
        (policy.deny_publishers, "{} are not accepted as publishers."),
        (policy.allow_origins, "Only what was published from {} is accepted."),
        (policy.deny_origins, "What was published from {} is refused."),
        (policy.review_origins, "What was published from {} is for a person to look at."),
    ):
        if names:
            yield said.format(_listing(sorted(names)))
    if policy.allow_origins or policy.deny_origins or policy.review_origins:
        yield "A publisher of whom nothing is known is for a person to look at."


def _facts(stated: Mapping[str, object]) -> Iterator[str]:
    for key, value in stated.items():
        listed = value if isinstance(value, (list, tuple)) else [value]
        yield f"{key.replace('_', ' ')}: {', '.join(map(_fact, listed)) or 'none'}"


def _fact(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(f"{key} {each}" for key, each in value.items())
    return str(value)


def _waiver(waiver: Waiver, today: dt.date) -> str:
    about = f" ({_license(waiver.license)})" if waiver.license else ""
    until = f"until {waiver.expires}" if today <= waiver.expires else f"ENDED on {waiver.expires}, counts no more"
    return f"{waiver.rule}{about} for {waiver.model}, {until}: {waiver.reason} ({waiver.owner})"


def _license(license_id: LicenseId) -> str:
    name = get(license_id).name
    return name if name == license_id else f"{name} ({license_id})"


def _listing(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
