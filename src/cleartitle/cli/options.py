"""Options that several commands share, and the facts of a deployment as flags."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

import click

from cleartitle import territory
from cleartitle.catalog import resolve
from cleartitle.errors import DataError
from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure
from cleartitle.vocabulary.statement import licenses
from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, Metric, Organization, Region, Role, UseCategory

F = TypeVar("F", bound=Callable[..., object])
_AMOUNT = re.compile(r"(?P<number>\d[\d_,.]*)\s*(?P<unit>k|m|bn?|million|billion|thousand)?", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9}
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_MONTH = re.compile(r"@\s*(\d{4})-(\d{2})(?:-\d{2})?\s*$")


def common(command: F) -> F:
    """Add the options that every command about a model has."""
    for option in (
        click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True),
        click.option(
            "--offline", is_flag=True, envvar="HF_HUB_OFFLINE", help="Ask no Hub: only the local cache and the atlas."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show no progress."),
    ):
        command = option(command)
    return command


def deployment(command: F) -> F:
    """Add the facts of a deployment as flags; what is not stated is unknown."""
    for option in reversed(_FACTS):
        command = option(command)
    return command


def _choice(words: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([word.value for word in words])


def _flag(name: str, text: str, **more: Any) -> Callable[[F], F]:
    return click.option(name, help=text, **more)


def _many(name: str, metavar: str, text: str) -> Callable[[F], F]:
    return click.option(name, metavar=metavar, multiple=True, help=text)


def _words(name: str, words: type[StrEnum], text: str) -> Callable[[F], F]:
    return click.option(name, multiple=True, type=_choice(words), help=text)


_USERS = "N[@YYYY-MM]"
_EVERYBODY = "Monthly active users: of the product, the licensee and its whole group, unless stated apart."
_FACTS = (
    _flag("--commercial/--non-commercial", "For commercial advantage; a company's internal use counts.", default=None),
    _flag("--research/--no-research", "Research, education or evaluation and nothing else.", default=None),
    _flag("--production/--no-production", "In production, as opposed to testing.", default=None),
    _words("--channel", Channel, "How it reaches people."),
    _flag("--domicile", "Where the licensee has its principal place of business.", metavar="COUNTRY"),
    _many("--hosted-in", "REGION", "Where the model runs."),
    _many("--offered-in", "REGION", "Where it is offered and its outputs are used; WORLD for everywhere."),
    _many("--users", _USERS, _EVERYBODY),
    _many("--product-users", _USERS, "Monthly active users of the product."),
    _many("--licensee-users", _USERS, "Monthly active users of all that the licensee offers."),
    _many("--group-users", _USERS, "Monthly active users of the licensee and its affiliates."),
    _many("--revenue", "N [CUR][@YYYY-MM]", "Annual revenue of the whole group; USD if no currency is given."),
    _many("--figure", "METRIC/WHO=N", f"Another figure. METRIC: {', '.join(Metric)}. WHO: {', '.join(Counted)}."),
    _flag("--fine-tune/--no-fine-tune", "You make a derivative of it.", default=False),
    _flag("--derivative-name", "The name of your derivative.", metavar="NAME"),
    _flag("--train-on-outputs/--no-train-on-outputs", "It, or its outputs, train other models.", default=False),
    _words("--purpose", UseCategory, "A restricted field of use that it serves."),
    _many("--agreement", "KIND:LICENSE[:REF]", f"An agreement that is held. KIND: {', '.join(AgreementKind)}."),
    _flag("--role", "Licensee, or end user of somebody's product.", type=_choice(Role), default=Role.LICENSEE.value),
    _flag("--organization", "What the licensee is.", type=_choice(Organization)),
    _words("--recipient", Organization, "To whom weights are handed."),
    _flag("--sanctions-screened", "Licensee, places and users were screened, without a hit.", is_flag=True),
)


def facts(flags: dict[str, Any]) -> Deployment:
    """Return the deployment that the flags state; :exc:`~cleartitle.errors.DataError` says which cannot be read."""
    try:
        return Deployment(
            commercial=flags["commercial"],
            research=flags["research"],
            production=flags["production"],
            role=Role(flags["role"]),
            organization=Organization(flags["organization"]) if flags["organization"] else None,
            domicile=territory.country(flags["domicile"]) if flags["domicile"] else None,
            hosted_in=_regions(flags["hosted_in"]),
            offered_in=_regions(flags["offered_in"]),
            channels=frozenset(map(Channel, flags["channel"])) or None,
            recipients=frozenset(map(Organization, flags["recipient"])) or None,
            figures=tuple(_figures(flags)),
            fine_tunes=flags["fine_tune"],
            derivative_name=flags["derivative_name"],
            trains_on_outputs=flags["train_on_outputs"],
            purposes=frozenset(map(UseCategory, flags["purpose"])),
            agreements=tuple(map(agreement, flags["agreement"])),
            sanctions_screened=flags["sanctions_screened"] or None,
            today=dt.datetime.now(tz=dt.UTC).date(),
        )
    except ValueError as error:
        raise DataError(str(error)) from error


def agreement(text: str) -> Agreement:
    """Return the agreement that ``KIND:LICENSE[:REFERENCE]`` states; the license may be written as people do.

    >>> agreement("separate-license:llama3.1:contract 12").license
    'LicenseRef-Meta-Llama-3.1-Community'
    """
    kind, _, rest = text.partition(":")
    about, _, reference = rest.partition(":")
    if kind not in set(AgreementKind) or not about:
        kinds = ", ".join(AgreementKind)
        raise DataError(
            f"{text!r} states no agreement", advice=f"write KIND:LICENSE[:REFERENCE]; KIND is one of {kinds}"
        )
    found = licenses(resolve.name(about))
    return Agreement(kind=AgreementKind(kind), license=found[0] if len(found) == 1 else about, reference=reference)


def amount(text: str) -> tuple[int, str | None, dt.date | None]:
    """Return the number, the currency and the month of a figure as people write it.

    >>> amount("1.5 million EUR@2025-03")
    (1500000, 'EUR', datetime.date(2025, 3, 1))
    """
    month = _MONTH.search(text)
    on = dt.date(int(month[1]), int(month[2]), 1) if month else None
    plain = _MONTH.sub("", text).strip()
    currency = _CURRENCY.search(plain)
    found = _AMOUNT.fullmatch(_CURRENCY.sub("", plain).strip(" :$€"))
    if found is None:
        raise DataError(
            f"{text!r} is not a figure", advice="write 1000000, 1.5M or 2_000_000 EUR, and @2024-06 for its month"
        )
    digits = found["number"].replace("_", "").replace(",", "")
    try:
        number = int(float(digits) * _UNITS[(found["unit"] or "").lower()])
    except ValueError:
        raise DataError(f"{text!r} is not a figure") from None
    return number, currency[0] if currency else None, on


def _figures(flags: dict[str, Any]) -> Iterable[Figure]:
    apart = {
        Counted.PRODUCT: flags["product_users"],
        Counted.LICENSEE: flags["licensee_users"],
        Counted.GROUP: flags["group_users"],
    }
    for who, texts in apart.items():
        for text in texts or flags["users"]:
            number, _, on = amount(text)
            yield Figure(metric=Metric.MONTHLY_ACTIVE_USERS, counted=who, value=number, on=on)
    for text in flags["revenue"]:
        number, currency, on = amount(text)
        for who in Counted:
            yield Figure(metric=Metric.ANNUAL_REVENUE, counted=who, value=number, currency=currency or "USD", on=on)
    for text in flags["figure"]:
        yield _figure(text)


def _figure(text: str) -> Figure:
    head, _, value = text.partition("=")
    metric, _, who = head.strip().partition("/")
    if metric not in set(Metric) or who not in set(Counted):
        raise DataError(
            f"{text!r} states no figure", advice=f"write METRIC/WHO=N; METRIC is one of {', '.join(Metric)}"
        )
    number, currency, on = amount(value)
    return Figure(metric=Metric(metric), counted=Counted(who), value=number, currency=currency, on=on)


def _regions(texts: tuple[str, ...]) -> frozenset[Region] | None:
    named = [part for text in texts for part in text.split(",") if part.strip()]
    return frozenset(map(territory.parse, named)) or None
