"""Policies as people write them: a preset, a file, a table that extends one; and waivers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from attrs import evolve, fields

from cleartitle import policies, territory
from cleartitle.catalog import UnknownLicense, get, resolve
from cleartitle.configuration import facts
from cleartitle.configuration.toml import parse
from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.serial.convert import mapping, read
from cleartitle.vocabulary.policy import Policy, Waiver
from cleartitle.vocabulary.statement import licenses
from cleartitle.vocabulary.words import Action, DutyKind, Kind, LicenseId, Region, RestrictionKind

EXTENDS = "extends"
MAX_EXTENDED = 5
"""Policies on which one may stand, one on the other."""
_LICENSES = ("allow_licenses", "deny_licenses")
_REGIONS = ("require_territory", "allow_origins", "deny_origins", "review_origins")
_APART = ("waivers", "known")
"""Fields that are no keys of the table: they have places of their own in the file."""
_WORDS: Mapping[str, type[StrEnum]] = {
    "allow_kinds": Kind,
    "deny_kinds": Kind,
    "deny_duties": DutyKind,
    "deny_restrictions": RestrictionKind,
    "require_grants": Action,
}
_TEXTS = ("model", "rule", "reason", "owner")
_WAIVER = tuple(f.name for f in fields(Waiver))
_KEYS = tuple(f.name for f in fields(Policy) if f.name not in _APART)


def named(name: str, folder: Path, wrong: list[DataError], depth: int = 0) -> tuple[Policy, Mapping[str, object]]:
    """Return the policy of a preset or a file, and the facts of the deployment that it presumes.

    Mistakes are added to *wrong*, each with its key.
    """
    if name in policies.names():
        data, where = policies.preset(name), name
    elif "/" in name or name.endswith(".toml"):
        path = folder / name
        data, where = parse(path), str(path)
    else:
        known = ", ".join(policies.names())
        raise DataError(f"there is no policy {name!r}", advice=f"known are {known}; or give a TOML file")
    table = mapping(data.get("policy", data), where=where)
    presumed = mapping(data.get("deployment", {}), where=where) if "policy" in data else {}
    wrong += [error.within("deployment") for error in facts.mistakes(presumed)]
    accepted, defaults = from_table(table, folder, wrong, depth)
    return accepted, {**defaults, **presumed}


def from_table(
    table: Mapping[str, object], folder: Path, wrong: list[DataError], depth: int = 0
) -> tuple[Policy, Mapping[str, object]]:
    """Return the policy of a table, over the one that it extends, and the facts that this one presumes.

    What is denied, required or reviewed adds up; what is allowed, and the rest, is the table's own where it says so.
    """
    said = {key: value for key, value in table.items() if key != EXTENDS}
    wrong += [facts.unknown(key, (*_KEYS, EXTENDS), "key").within("policy") for key in said if key not in _KEYS]
    own = _read({key: value for key, value in said.items() if key in _KEYS}, wrong)
    base = table.get(EXTENDS)
    if base is None:
        return own, {}
    if not isinstance(base, str) or depth >= MAX_EXTENDED:
        wrong.append(DataError("expected the name of one policy that ends somewhere", path=f"policy.{EXTENDS}"))
        return own, {}
    try:
        below, defaults = named(base, folder, wrong, depth + 1)
    except DataError as error:
        wrong.append(DataError(error.message, path=f"policy.{EXTENDS}", advice=error.advice))
        return own, {}
    return over(own, below, said), defaults


def over(own: Policy, base: Policy, said: Iterable[str]) -> Policy:
    """Return *own* on top of *base*; *said* are the keys that it states."""
    stated = set(said)
    return evolve(
        own,
        name=own.name if "name" in stated else base.name,
        summary=own.summary if "summary" in stated else base.summary,
        allow_licenses=own.allow_licenses or base.allow_licenses,
        allow_kinds=own.allow_kinds or base.allow_kinds,
        allow_publishers=own.allow_publishers or base.allow_publishers,
        allow_origins=own.allow_origins or base.allow_origins,
        deny_licenses=own.deny_licenses | base.deny_licenses,
        deny_kinds=own.deny_kinds | base.deny_kinds,
        deny_duties=own.deny_duties | base.deny_duties,
        deny_restrictions=own.deny_restrictions | base.deny_restrictions,
        deny_publishers=own.deny_publishers | base.deny_publishers,
        deny_origins=own.deny_origins | base.deny_origins,
        require_grants=own.require_grants | base.require_grants,
        require_territory=own.require_territory | base.require_territory,
        review_origins=own.review_origins | base.review_origins,
        unknown=own.unknown if "unknown" in stated else base.unknown,
    )


def waivers(tables: Sequence[Mapping[str, object]], wrong: list[DataError]) -> tuple[Waiver, ...]:
    """Return the waivers that are written as ``[[waiver]]``; a rule that does not exist is a mistake."""
    found: list[Waiver] = []
    for place, table in enumerate(tables):
        mistakes = list(_wrong_waiver(table))
        wrong += [error.within(f"waiver[{place}]") for error in mistakes]
        if not mistakes:
            waiver = read(table, Waiver, where="waiver")
            named = _license(waiver.license, f"waiver[{place}].license", wrong) if waiver.license else None
            found.append(evolve(waiver, license=named))
    return tuple(found)


def _wrong_waiver(table: Mapping[str, object]) -> Iterator[DataError]:
    from cleartitle.rules import documents

    for key in table:
        if key not in _WAIVER:
            yield facts.unknown(key, _WAIVER, "key")
    for key in _TEXTS:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            yield DataError("a waiver needs this" if value is None else f"expected a text, got {value!r}", path=key)
    rule, until = table.get("rule"), table.get("expires")
    if isinstance(rule, str) and rule.strip() and rule not in documents():
        yield DataError(facts.unknown(rule, documents(), "rule").message, path="rule")
    if not isinstance(until, dt.date) or isinstance(until, dt.datetime):
        yield DataError("a waiver needs its last day, written as 2027-01-31", path="expires")
    if not isinstance(table.get("license", ""), str):
        yield DataError(f"expected a text, got {table['license']!r}", path="license")


def _read(table: Mapping[str, object], wrong: list[DataError]) -> Policy:
    """Return the policy of what is right in *table*, key by key."""
    if not table:
        return Policy()  # most commands have no policy, and building a reader for one takes a tenth of their time
    right: dict[str, object] = {}
    for key, value in table.items():
        mistakes = list(_wrong_key(key, value))
        wrong += [error.within("policy") for error in mistakes]
        if not mistakes:
            right[key] = value
    made = read(right, Policy, where="policy")
    return evolve(
        made,
        allow_licenses=_licenses(made.allow_licenses, "allow_licenses", wrong),
        deny_licenses=_licenses(made.deny_licenses, "deny_licenses", wrong),
        require_territory=_regions(made.require_territory, "require_territory", wrong),
        allow_origins=_regions(made.allow_origins, "allow_origins", wrong),
        deny_origins=_regions(made.deny_origins, "deny_origins", wrong),
        review_origins=_regions(made.review_origins, "review_origins", wrong),
    )


def _wrong_key(key: str, value: object) -> Iterator[DataError]:
    known = _WORDS.get(key)
    if known and isinstance(value, list):
        for place, word in enumerate(value):
            if word not in set(known):
                yield DataError(facts.unknown(str(word), list(known), "word").message, path=f"{key}[{place}]")
        return
    try:
        read({key: value}, Policy, where="policy")
    except ManyDataErrors as error:
        yield from error.errors


def _licenses(listed: frozenset[LicenseId], key: str, wrong: list[DataError]) -> frozenset[LicenseId]:
    return frozenset(found for text in sorted(listed) for found in _meant(text, f"policy.{key}", wrong))


def _license(text: LicenseId, where: str, wrong: list[DataError]) -> LicenseId:
    meant = _meant(text, where, wrong)
    if len(meant) > 1:
        wrong.append(DataError(f"{text!r} may be any of {', '.join(meant)}: name one", path=where))
    return meant[0]


def _meant(text: LicenseId, where: str, wrong: list[DataError]) -> tuple[LicenseId, ...]:
    """Return the licenses that a name as people write it may mean: all versions where it names none."""
    meant = licenses(resolve.name(text)) or (text,)
    try:
        for each in meant:
            get(each)
    except UnknownLicense:
        wrong.append(DataError(f"no license of the catalog is called {text!r}", path=where))
    return meant


def _regions(listed: frozenset[Region], key: str, wrong: list[DataError]) -> frozenset[Region]:
    found: set[Region] = set()
    for text in sorted(listed):
        try:
            found.add(territory.parse(text))
        except DataError as error:
            wrong.append(DataError(error.message, path=f"policy.{key}"))
    return frozenset(found)
