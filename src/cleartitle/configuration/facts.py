"""The facts of a deployment as people write them, on the command line and in ``cleartitle.toml`` alike."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from cleartitle import territory
from cleartitle.catalog import resolve
from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.serial.convert import read
from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure
from cleartitle.vocabulary.statement import licenses
from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, Metric, Organization, Region, Role, UseCategory

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
D = TypeVar("D")
_AMOUNT = re.compile(r"(?P<number>\d[\d_,.]*)\s*(?P<unit>k|m|bn?|million|billion|thousand)?", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9}
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_MONTH = re.compile(r"@\s*(\d{4})-(\d{2})(?:-\d{2})?\s*$")
_EMPTY = "names nothing; leave it out where it is not known"
_APART = {
    Counted.PRODUCT: "product_users",
    Counted.LICENSEE: "licensee_users",
    Counted.GROUP: "group_users",
}


def deployment(stated: Mapping[str, object], *, today: dt.date | None = None) -> Deployment:
    """Return the deployment that *stated* facts describe, named like the flags with underscores.

    What is not stated is unknown.

    >>> deployment({"commercial": True, "offered_in": ["EU", "US"], "users": "1.5M"}).figures[0].value
    1500000

    Raises:
        DataError: one fact is wrong; its key is in the message.
        ManyDataErrors: several are; each has its key.

    """
    wrong = mistakes(stated)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else ManyDataErrors(wrong, where="the facts")
    return _made(stated, today)


def mistakes(stated: Mapping[str, object]) -> list[DataError]:
    """Return what is wrong with *stated* facts, each with its key; nothing where they are fine.

    >>> [str(error) for error in mistakes({"comercial": True})]
    ["unknown fact 'comercial': did you mean 'commercial'?"]
    """
    found = [error for key, value in stated.items() for error in _wrong(key, value)]
    if found:
        return found
    try:
        _made(stated, None)
    except ValueError as error:
        return [DataError(str(error))]
    return []


def agreement(text: str) -> Agreement:
    """Return the agreement that ``KIND:LICENSE[:REFERENCE]`` states; the license may be written as people do.

    >>> agreement("separate-license:llama3.1:contract 12").license
    'LicenseRef-Meta-Llama-3.1-Community'

    Raises:
        DataError: *text* has another form, or names no license or kind of agreement.

    """
    kind, _, rest = text.partition(":")
    about, _, reference = rest.partition(":")
    if kind not in set(AgreementKind) or not about:
        kinds = ", ".join(AgreementKind)
        raise DataError(
            f"{text!r} states no agreement", advice=f"write KIND:LICENSE[:REFERENCE]; KIND is one of {kinds}"
        )
    return Agreement(kind=AgreementKind(kind), license=_about(about), reference=reference)


def amount(text: str) -> tuple[int, str | None, dt.date | None]:
    """Return the number, the currency and the month of a figure as people write it.

    >>> amount("1.5 million EUR@2025-03")
    (1500000, 'EUR', datetime.date(2025, 3, 1))

    Raises:
        DataError: *text* is no number with a currency and a month as here.

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


def _bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise DataError(f"expected true or false, got {value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"expected a text, got {value!r}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, (list, tuple)) else [value]
    return tuple(str(each) if isinstance(each, int) and not isinstance(each, bool) else _text(each) for each in listed)


def _word(kind: type[E]) -> Callable[[object], E]:
    def one(value: object) -> E:
        text = _text(value)
        if text not in set(kind):
            raise DataError(f"{text!r} is none of {', '.join(kind)}")
        return kind(text)

    return one


def _words(kind: type[E], *, may_be_none: bool = False) -> Callable[[object], frozenset[E]]:
    def several(value: object) -> frozenset[E]:
        if not (texts := _texts(value)) and not may_be_none:
            raise DataError(_EMPTY)
        return frozenset(map(_word(kind), texts))

    return several


def _country(value: object) -> Region:
    return territory.country(_text(value))


def _regions(value: object) -> frozenset[Region]:
    named = [part for text in _texts(value) for part in text.split(",") if part.strip()]
    if not named:
        raise DataError(_EMPTY)
    return frozenset(map(territory.parse, named))


def _users(value: object) -> tuple[tuple[int, dt.date | None], ...]:
    return tuple((number, on) for number, _, on in map(amount, _texts(value)))


def _revenue(value: object) -> tuple[Figure, ...]:
    return tuple(
        Figure(metric=Metric.ANNUAL_REVENUE, counted=who, value=number, currency=currency or "USD", on=on)
        for number, currency, on in map(amount, _texts(value))
        for who in Counted
    )


def _figures(value: object) -> tuple[Figure, ...]:
    return tuple(map(_figure, _texts(value)))


def _figure(text: str) -> Figure:
    head, _, value = text.partition("=")
    metric, _, who = head.strip().partition("/")
    if metric not in set(Metric) or who not in set(Counted):
        raise DataError(
            f"{text!r} states no figure", advice=f"write METRIC/WHO=N; METRIC is one of {', '.join(Metric)}"
        )
    number, currency, on = amount(value)
    return Figure(metric=Metric(metric), counted=Counted(who), value=number, currency=currency, on=on)


def _agreements(value: object) -> tuple[Agreement, ...]:
    """Read ``KIND:LICENSE[:REFERENCE]``, or tables with the fields of `Agreement`: who, when, which text."""
    listed = value if isinstance(value, (list, tuple)) else [value]
    return tuple(_agreement(each) for each in listed)


def _agreement(value: object) -> Agreement:
    if not isinstance(value, dict):
        return agreement(_text(value))
    found = read(value, Agreement, where="agreement")
    return Agreement(
        kind=found.kind, license=_about(found.license), by=found.by, on=found.on, reference=found.reference
    )


def _about(text: str) -> str:
    found = licenses(resolve.name(text))
    return str(found[0]) if len(found) == 1 else text


READERS: Mapping[str, Callable[[object], object]] = {
    "commercial": _bool,
    "research": _bool,
    "production": _bool,
    "channel": _words(Channel),
    "domicile": _country,
    "hosted_in": _regions,
    "offered_in": _regions,
    "users": _users,
    "product_users": _users,
    "licensee_users": _users,
    "group_users": _users,
    "revenue": _revenue,
    "figure": _figures,
    "fine_tune": _bool,
    "derivative_name": _text,
    "train_on_outputs": _bool,
    "purpose": _words(UseCategory, may_be_none=True),
    "agreement": _agreements,
    "role": _word(Role),
    "organization": _word(Organization),
    "recipient": _words(Organization),
    "sanctions_screened": _bool,
}
"""How each fact is read."""


def unknown(key: str, known: Iterable[str], what: str) -> DataError:
    """Return the mistake of a *key* that is none of the *known*, with the one that was probably meant.

    >>> str(unknown("comercial", ["commercial", "research"], "fact"))
    "unknown fact 'comercial': did you mean 'commercial'?"
    """
    near = difflib.get_close_matches(key, list(known), n=1)
    return DataError(f"unknown {what} {key!r}" + (f": did you mean {str(near[0])!r}?" if near else ""))


def _wrong(key: str, value: object) -> list[DataError]:
    reader = READERS.get(key)
    if reader is None:
        return [unknown(key, READERS, "fact")]
    try:
        reader(value)
    except ManyDataErrors as error:
        return [each.within(key) for each in error.errors]
    except (DataError, ValueError) as error:
        return [DataError(str(error), path=key, advice=getattr(error, "advice", ""))]
    return []


def _made(stated: Mapping[str, object], today: dt.date | None) -> Deployment:
    return Deployment(
        commercial=_of(stated, "commercial", _bool, default=None),
        research=_of(stated, "research", _bool, default=None),
        production=_of(stated, "production", _bool, default=None),
        role=_of(stated, "role", _word(Role), default=Role.LICENSEE),
        organization=_of(stated, "organization", _word(Organization), default=None),
        domicile=_of(stated, "domicile", _country, default=None),
        hosted_in=_of(stated, "hosted_in", _regions, default=None),
        offered_in=_of(stated, "offered_in", _regions, default=None),
        channels=_of(stated, "channel", _words(Channel), default=None),
        recipients=_of(stated, "recipient", _words(Organization), default=None),
        figures=tuple(_counted(stated)),
        fine_tunes=_of(stated, "fine_tune", _bool, default=False),
        derivative_name=_of(stated, "derivative_name", _text, default=None),
        trains_on_outputs=_of(stated, "train_on_outputs", _bool, default=False),
        purposes=_of(stated, "purpose", _words(UseCategory, may_be_none=True), default=frozenset()),
        agreements=_of(stated, "agreement", _agreements, default=()),
        sanctions_screened=_of(stated, "sanctions_screened", _bool, default=None),
        today=today,
    )


def _of(stated: Mapping[str, object], key: str, reader: Callable[[object], T], *, default: D) -> T | D:
    return reader(stated[key]) if key in stated else default


def _counted(stated: Mapping[str, object]) -> Iterator[Figure]:
    everybody = _of(stated, "users", _users, default=())
    for who, key in _APART.items():
        for number, on in _of(stated, key, _users, default=everybody):
            yield Figure(metric=Metric.MONTHLY_ACTIVE_USERS, counted=who, value=number, on=on)
    yield from _of(stated, "revenue", _revenue, default=())
    yield from _of(stated, "figure", _figures, default=())
