"""Which licenses of the index a stretch of a text could be, best first."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from cleartitle.identification import align
from cleartitle.identification.align import Places, Run
from cleartitle.identification.index import BRIEF, GRAM, SAMPLE, SHORT, Index, Text, is_sampled

MAX_ALIGNED = 20
"""Texts whose runs are looked at."""
MAX_COMPARED = 8
"""Texts that are compared word by word."""
THIN = 450
"""Words by which ever fewer grams are looked up."""
MAX_VOTES = 6000
"""Entries of lists that are counted."""
MAX_RATED = 100
MIN_FOUND = 8
WHOLE = 0.95
"""Of the words of a license that is there as a whole, beside others."""
MAX_WHOLE = 4


class Candidate(NamedTuple):
    """A text of the index and the runs that it shares."""

    text: Text
    runs: list[Run]
    worth: float


class Close(NamedTuple):
    """The licenses that share most with a stretch of a text."""

    best: list[Candidate]
    places: Places
    whole: list[int]
    """Smaller ones that seem to be there as a whole."""


def candidates(index: Index, row: bytes, low: int, high: int) -> Close:
    """Return the licenses that share most with the words from *low* to *high*."""
    places = Places(row, low, high)
    likely, whole = _likely(index, places.grams(), high - low)
    found: list[Candidate] = []
    best = -1e9
    for number in likely:
        text, size = index.text(number), index.sizes[number]
        shared = places.runs(text.row, text.grams(sampled=places.sampled))
        if _worth(min(sum(run.size for run in shared), size), size) < best - _slack(best):
            continue
        candidate = _aligned(places, text, shared)
        if sum(run.size for run in candidate.runs) >= MIN_FOUND:
            found.append(candidate)
            best = max(best, candidate.worth)
    found.sort(key=lambda c: -c.worth)
    return Close([c for c in found if c.worth >= best - _slack(best)][:MAX_COMPARED], places, whole)


def inside(index: Index, close: Close) -> list[Candidate]:
    """Return the smaller licenses that may be in the stretch as a whole."""
    found: list[Candidate] = []
    for number in close.whole:
        text = index.text(number)
        runs = close.places.runs(text.row, text.grams(sampled=close.places.sampled))
        found.append(_aligned(close.places, text, runs))
    return [c for c in found if c.worth >= WHOLE * c.text.size]


def _aligned(places: Places, text: Text, shared: list[Run]) -> Candidate:
    runs = _dense(places, text, align.trimmed(align.chain(shared)))
    return Candidate(text, runs, _worth(sum(run.size for run in runs), text.size))


def _dense(places: Places, text: Text, runs: list[Run]) -> list[Run]:
    """Return the runs in one copy of a license, where a text that holds it twice shares some with each."""
    if len(runs) < 2:
        return runs
    span, found = runs[-1].at + runs[-1].size - runs[0].at, sum(run.size for run in runs)
    if span <= 1.3 * text.size + 60 or found > 0.9 * span:
        return runs
    start = max(
        (sum(r.size for r in runs if 0 <= r.at - r.of - s <= 0.3 * text.size), -s) for s in {r.at - r.of for r in runs}
    )
    low = max(places.low, -start[1] - 20)
    inner = Places(places.row, low, min(places.high, low + text.size * 13 // 10 + 60))
    near = align.trimmed(align.chain(inner.runs(text.row, text.grams(sampled=inner.sampled))))
    return near if sum(run.size for run in near) >= 0.9 * found else runs


def _slack(best: float) -> float:
    return max(10.0, 0.03 * abs(best))


def _likely(index: Index, grams: list[int], words: int) -> tuple[list[int], list[int]]:
    """Return the texts that share most of the grams that tell them apart, and smaller ones that seem to be whole."""
    step = max(1, words // THIN)
    if words > BRIEF:
        wanted = [gram for gram in grams if not gram % step] if step > 1 else grams
    else:
        wanted = [gram for gram in grams if not gram % 3 or is_sampled(gram)] if words > SHORT else grams
    lists = list(map(index.having.__getitem__, wanted))
    every = sum(map(len, lists)) // MAX_VOTES + 1
    looked = wanted[::every]
    votes = Counter(chain.from_iterable(lists[::every]))
    if not votes:
        return [], []
    few = max(1, len(looked) if words > BRIEF else sum(map(is_sampled, looked)))
    sizes = index.sizes
    several = min(words, len(grams) * (SAMPLE if words > BRIEF else 1))
    rated: list[tuple[float, int]] = []
    for number, count in sorted(votes.items(), key=itemgetter(1), reverse=True)[:MAX_RATED]:
        size = sizes[number]
        shared = several * count // (few if size > SHORT else len(looked)) + GRAM
        rated.append((_worth(min(shared, size), size), number))
    rated.sort(reverse=True)
    most = max(votes.values()) / (few if sizes[rated[0][1]] > SHORT else len(looked))
    floor = rated[0][0] - max(60.0, (0.15 if most < 0.95 else 0.07) * abs(rated[0][0]))
    likely = [number for worth, number in rated[:MAX_ALIGNED] if worth >= floor]
    whole = [
        number for worth, number in rated if worth < floor and sizes[number] > BRIEF and worth >= WHOLE * sizes[number]
    ]
    return likely, whole[:MAX_WHOLE]


def _worth(shared: int, size: int) -> float:
    return shared - 0.1 * (size - shared)
