"""Hypothesis strategies for every value of the vocabulary, made from the types themselves.

``of(License)`` is any license, ``of(Deployment)`` any deployment whose figures do not contradict each other.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
from collections.abc import Sequence
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields_dict, has
from hypothesis import strategies as st

from cleartitle.vocabulary.deployment import AT_MOST, Deployment, Figure
from cleartitle.vocabulary.terms import Condition, Grant
from cleartitle.vocabulary.words import Counted, Decision, Metric

Strategy = st.SearchStrategy[Any]
MONTHS = (dt.date(2023, 6, 15), dt.date(2024, 5, 1), dt.date(2024, 6, 30))
KINDS = (
    (Metric.MONTHLY_ACTIVE_USERS, None),
    (Metric.DAILY_ACTIVE_USERS, None),
    (Metric.ANNUAL_REVENUE, "USD"),
    (Metric.ANNUAL_REVENUE, "EUR"),
)
AMOUNTS = st.integers(min_value=0, max_value=10**9)
_BASIC: dict[object, Strategy] = {
    str: st.text(max_size=6),
    int: st.integers(min_value=1, max_value=2**60),
    float: st.floats(min_value=0, max_value=1),
    bool: st.booleans(),
    bytes: st.binary(max_size=8),
    dt.date: st.dates(min_value=dt.date(2019, 1, 1), max_value=dt.date(2031, 12, 31)),
    type(None): st.none(),
}


@functools.cache
def of(kind: Any) -> Strategy:
    """Return a strategy for *kind*: a class of the vocabulary, a union or any type that a field has."""
    if kind in _BASIC:
        return _BASIC[kind]
    if kind is Grant:
        return st.sampled_from(Decision).flatmap(_grant)
    if kind is Deployment:
        return built(Deployment, figures=figures())
    if hasattr(kind, "__supertype__"):
        return of(kind.__supertype__)
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of([_later(each) for each in get_args(kind)])
    if get_origin(kind) in (tuple, frozenset):
        return _several(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert has(kind), f"no strategy for {kind}"
    return built(kind)


def built(kind: Any, **given: Strategy) -> Strategy:
    """Return a strategy for a class: *given* fields so, the others by their type or, where they can be, left out."""
    hints = get_type_hints(kind)
    found = {name: given[name] if name in given else _field(kind, name, hints[name]) for name in hints}
    fixed = {name: found.pop(name) for name in hints if name in given or fields_dict(kind)[name].default is NOTHING}
    found.pop("schema_version", None)
    return st.fixed_dictionaries(fixed, optional=found).map(lambda values: kind(**values))


def _later(kind: Any) -> Strategy:
    return st.deferred(lambda: of(kind))  # types are recursive


def _field(owner: Any, name: str, kind: Any) -> Strategy:
    at_least = getattr(fields_dict(owner)[name].validator, "min_length", 0)
    if at_least and kind is str:
        return st.text(min_size=at_least, max_size=6)
    return _several(kind, at_least) if at_least else _later(kind)


def _several(kind: Any, at_least: int = 0) -> Strategy:
    inner = _later(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return st.lists(inner, min_size=at_least, max_size=2).map(tuple)
    return st.frozensets(inner, min_size=at_least, max_size=2)


def _grant(decision: Decision) -> Strategy:
    conditions = st.lists(of(Condition), min_size=1, max_size=2).map(tuple)
    given = conditions if decision is Decision.CONDITIONAL else st.just(())
    return built(Grant, decision=st.just(decision), conditions=given)


@st.composite
def figures(
    draw: st.DrawFn,
    values: st.SearchStrategy[int] = AMOUNTS,
    kinds: Sequence[tuple[Metric, str | None]] = KINDS,
    months: Sequence[dt.date] = MONTHS,
) -> tuple[Figure, ...]:
    """Draw figures that do not contradict each other, whichever of their series are left out.

    For a metric and currency they are a table: a row for each month (or one for all) in which the product has at most
    what the licensee has, and that at most what the group has; the columns are series, and some of them are stated.
    All tables have the same rows, and no day has more than its month, no month more than its year.
    """
    found: list[Figure] = []
    stated = draw(st.sets(st.sampled_from([(*kind, who) for kind in kinds for who in Counted])))
    for on in draw(st.just((None,)) | st.lists(st.sampled_from(months), min_size=1, max_size=2, unique=True)):
        rows = {kind: sorted(draw(st.tuples(values, values, values))) for kind in kinds}
        for (metric, currency), row in rows.items():
            most = rows.get((AT_MOST.get(metric, metric), currency), row)
            found += [
                Figure(metric=metric, counted=who, value=min(value, bound), currency=currency, on=on)
                for who, value, bound in zip(Counted, row, most, strict=True)
                if (metric, currency, who) in stated
            ]
    return tuple(found)
