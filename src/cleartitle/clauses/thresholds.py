"""Thresholds: how many users, how much revenue, and what happens beyond."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from attrs import frozen

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage
from cleartitle.clauses.numbers import Number, numbers
from cleartitle.vocabulary.conditions import Threshold
from cleartitle.vocabulary.words import Comparator, Counted, Effect, Measured, Metric

METRICS = tuple(
    (metric, shape(f"metrics.{metric.value}"))
    for metric in (
        Metric.MONTHLY_ACTIVE_USERS,
        Metric.DAILY_ACTIVE_USERS,
        Metric.MONTHLY_REVENUE,
        Metric.ANNUAL_REVENUE,
        Metric.FUNDING,
        Metric.EMPLOYEES,
        Metric.DEVICES,
    )
)
"""Of two that fit as well, the first counts."""
_MONEY = (Metric.MONTHLY_REVENUE, Metric.ANNUAL_REVENUE, Metric.FUNDING)
_ABOVE = (Comparator.MORE, Comparator.AT_LEAST)
_NEEDS = shape("thresholds.needs")
_REACH = 110
MIN_MONEY = 10_000
MIN_HEADS = 20
_DIGIT = re.compile("[0-9]")
_SPELLED = re.compile(
    "\\b(?:ten|twelve|fifteen|five|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\\b|illion|thousand|hundred|crore|lakh"
)
_HAN = re.compile("[一二三四五六七八九十百千两][十百千万亿]|[百千万]万|亿|[十百千]人")
_SIZE = shape("thresholds.size")
_FACT = shape("thresholds.fact")
_NO_SIZE = shape("thresholds.no-size")
_FAR = 20
_PAUSE = re.compile("[,;、]|\\b(?:or|and)\\b|或|且|并")
_LICENSE = shape("thresholds.license")
_DISPLAY = shape("thresholds.display")
_ENDS = shape("thresholds.ends")
_GROUP = shape("thresholds.group")
_PRODUCT = shape("thresholds.product")
_MADE = shape("thresholds.made")
_RELEASE = shape("thresholds.release")
_DATE = shape("thresholds.date")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@frozen(kw_only=True)
class Found:
    """The thresholds of one passage, and what they do."""

    passage: Passage
    thresholds: tuple[Threshold, ...]
    effect: Effect
    to_license: bool
    start: int
    end: int


def find(document: Document) -> tuple[Found, ...]:
    """Return the thresholds of the text, passage by passage."""
    released = _released(document)
    found = []
    for place, passage in enumerate(document.passages):
        if not has_figure(passage) or not _NEEDS.search(passage.text) or _FACT.search(passage.text):
            continue
        read = _thresholds(passage, released)
        if read:
            after = document.passages[place + 1].text if place + 1 < len(document.passages) else ""
            found.append(_found(passage, read, after))
    return tuple(found)


def has_figure(passage: Passage) -> bool:
    """Tell whether there is any number in *passage*."""
    said = passage.text
    return bool(_DIGIT.search(said) or _SPELLED.search(said)) or (passage.chinese and bool(_HAN.search(said)))


def unread(document: Document, sized: Iterable[Found]) -> Passage | None:
    """Return a passage with a figure that limits somebody's size and could not be read, or None."""
    known = {found.passage.start for found in sized}
    for passage in document.passages:
        said = passage.text
        if not has_figure(passage) or passage.start in known or not _SIZE.search(said) or _NO_SIZE.search(said):
            continue
        if any(map(_is_size, numbers(said))):
            return passage
    return None


def _is_size(number: Number) -> bool:
    return number.comparator is not None and number.value >= (MIN_MONEY if number.currency else MIN_HEADS)


def _thresholds(passage: Passage, released: dt.date | None) -> list[tuple[Number, Threshold]]:
    text = passage.text
    mentions = [(metric, m.start(), m.end()) for metric, named in METRICS for m in named.finditer(text)]
    found: dict[tuple[Metric, int], tuple[Number, Threshold]] = {}
    for number in numbers(text):
        metric = _metric(number, mentions, text)
        if metric is None or number.comparator is None or number.value < 2:
            continue
        active = metric in (Metric.MONTHLY_ACTIVE_USERS, Metric.DAILY_ACTIVE_USERS)
        if active and number.value < MIN_HEADS:  # the number of a section: nobody counts so few
            continue
        before = active and _RELEASE.search(text)
        threshold = Threshold(
            metric=metric,
            comparator=number.comparator,
            value=number.value,
            currency=(number.currency or "USD") if metric in _MONEY else None,
            counted=_counted(text, metric),
            measured=Measured.BEFORE_RELEASE if before else Measured.CONTINUOUSLY,
            released=released if before else None,
        )
        known = found.get((metric, number.value))
        if known is None or (threshold.comparator in _ABOVE and known[1].comparator not in _ABOVE):
            found[metric, number.value] = (number, threshold)
    return list(found.values())


def _metric(number: Number, mentions: list[tuple[Metric, int, int]], text: str) -> Metric | None:
    """Return what a number counts: the nearest fitting words, those after it first."""
    best: tuple[int, int, Metric] | None = None
    for rank, (metric, start, end) in enumerate(mentions):
        if (metric in _MONEY) != bool(number.currency) and (metric not in _MONEY or number.value < 1000):
            continue
        if (
            metric is Metric.DEVICES
            and text[number.end : number.end + 12].find(text[start:end]) < 0
            and number.start - end > 45
        ):
            continue
        between = text[number.end : start] if start >= number.end else text[end : number.start]
        distance = len(between) + (0 if start >= number.end else 6)
        distance += _FAR if metric in _MONEY and not number.currency else 0
        distance += _FAR if start >= number.end and _PAUSE.search(between) else 0
        if distance < _REACH and not re.search(r"[。;]|\. ", between):
            here = (distance, rank, metric)
            best = min(best, here) if best else here
    return best[2] if best else None


def _counted(text: str, metric: Metric) -> Counted:
    if _GROUP.search(text):
        return Counted.GROUP
    if _MADE.search(text) or metric in (*_MONEY, Metric.EMPLOYEES):
        return Counted.LICENSEE
    return Counted.PRODUCT if _PRODUCT.search(text) else Counted.LICENSEE


def _found(passage: Passage, read: list[tuple[Number, Threshold]], after: str) -> Found:
    text = passage.text
    to_license = bool(_LICENSE.search(text) or _LICENSE.search(after[:200]))
    below = all(t.comparator in (Comparator.LESS, Comparator.AT_MOST) for _, t in read)
    if _ENDS.search(text) and not _LICENSE.search(text.split("terminat")[0][-60:]):
        effect = Effect.ENDS
    elif _DISPLAY.search(text) and not _LICENSE.search(text):
        effect = Effect.ADDS_DUTY
    else:
        effect = Effect.UNLOCKS if below else Effect.SUSPENDS
    return Found(
        passage=passage,
        thresholds=tuple(t for _, t in read),
        effect=effect,
        to_license=to_license,
        start=min(n.start for n, _ in read),
        end=max(n.end for n, _ in read),
    )


def _released(document: Document) -> dt.date | None:
    for passage in document.passages:
        if "release date" not in passage.text and "发布日期" not in passage.text:
            continue
        found = _DATE.search(passage.text)
        if found:
            month = _MONTHS.index(found["month"]) + 1 if found["month"] else int(found["m"])
            try:
                return dt.date(int(found["year"] or found["y"]), month, int(found["day"] or found["d"]))
            except ValueError:
                return None
    return None
