"""Identification: which licenses a text holds, how they were altered, and what it only names."""

from __future__ import annotations

from typing import NamedTuple

from cleartitle.identification import candidates, differences
from cleartitle.identification.align import Gap
from cleartitle.identification.candidates import Candidate
from cleartitle.identification.changes import Changes
from cleartitle.identification.differences import Comparer, Comparison
from cleartitle.identification.index import Index
from cleartitle.identification.reading import Reading
from cleartitle.identification.tokens import MAX_TEXT
from cleartitle.vocabulary.identification import Identification, Match, Status
from cleartitle.vocabulary.words import LicenseId

MAX_MATCHES = 40
MIN_STRETCH = 12
"""Words of a stretch in which a license is looked for."""
MIN_INSIDE = 40
"""Words of an insertion in which another license is looked for."""


class Found(NamedTuple):
    """A license in a text."""

    best: Comparison
    ties: tuple[LicenseId, ...]


class Engine:
    """Identifies texts by one index."""

    def __init__(self, index: Index) -> None:
        """Take the index."""
        self.index = index

    def identify(self, text: str) -> Identification:
        """Return what *text* is."""
        problems = () if len(text) <= MAX_TEXT else (f"only the first {MAX_TEXT:,} characters were read",)
        reading = Reading(text[:MAX_TEXT])
        exact = self.index.exact(reading.words)
        if exact is not None and not problems:
            match = Match(
                licenses=self.index.licenses(exact),
                status=Status.PARTIAL if self.index.is_notice(exact) else Status.EXACT,
                score=1.0,
                span=reading.whole(),
            )
            return Identification(status=match.status, matches=(match,))
        matches = _Search(self.index, reading).matches()
        return Identification(status=_status(matches), matches=matches, problems=problems)

    def search(self, text: str) -> tuple[Match, ...]:
        """Return what is in *text* by comparison alone, also where its digest would tell."""
        return _Search(self.index, Reading(text[:MAX_TEXT])).matches()


class _Search:
    """The search in one text."""

    def __init__(self, index: Index, reading: Reading) -> None:
        self.index, self.reading = index, reading
        self.row = reading.row(index)
        self.comparer = Comparer(reading, self.row, index)
        self.found: list[Found] = []

    def matches(self) -> tuple[Match, ...]:
        self._find(0, len(self.reading.words))
        self.found.sort(key=lambda each: each.best.first)
        beside = self._beside()
        return tuple(self._match(each, beside.get(n, [])) for n, each in enumerate(self.found))

    def _find(self, low: int, high: int, depth: int = 0) -> None:
        """Find the license that fits best, then look before, after and inside it."""
        if high - low < MIN_STRETCH or len(self.found) >= MAX_MATCHES or depth > MAX_MATCHES:
            return
        best = self._best(low, high)
        if best is None:
            return
        self.found.append(best)
        self._find(low, best.best.first, depth + 1)
        self._find(best.best.end, high, depth + 1)
        for gap in best.best.real:
            if gap.at_end - gap.at >= MIN_INSIDE and best.best.first <= gap.at and gap.at_end <= best.best.end:
                self._find(gap.at, gap.at_end, depth + 1)

    def _best(self, low: int, high: int) -> Found | None:
        close = candidates.candidates(self.index, self.row, low, high)
        compared = self._compared(close.best, low, high)
        if not compared:
            return None
        best = max(compared, key=_rank)
        if not _is_enough(best):
            return None
        if not best.is_clean:
            best = self._parted(best, candidates.inside(self.index, close), low, high)
        licenses = dict.fromkeys(best.text.licenses)
        for other in compared:
            if other is not best and self._tied(best, other):
                licenses.update(dict.fromkeys(other.text.licenses))
        return Found(best, tuple(licenses))

    def _compared(self, close: list[Candidate], low: int, high: int) -> list[Comparison]:
        return [c for each in close if (c := self.comparer.compare(each.text, each.runs, low, high))]

    def _parted(self, best: Comparison, inside: list[Candidate], low: int, high: int) -> Comparison:
        """Return a smaller license that is there unaltered, if it and what stands beside it say more than *best*.

        So a license with the policy of its own version behind it is no altered older one that had both in one text.
        """
        clean = max((c for c in self._compared(inside, low, high) if c.is_clean), key=_rank, default=None)
        if clean is None or clean.text.notice:
            return best
        beside = [self._highest(low, clean.first), self._highest(clean.end, high)]
        return clean if _rank(clean) + sum(beside) > _rank(best) else best

    def _highest(self, low: int, high: int) -> float:
        """Return the rank of what fits a stretch best."""
        if high - low < MIN_STRETCH:
            return 0.0
        close = candidates.candidates(self.index, self.row, low, high).best
        return max((_rank(c) for c in self._compared(close, low, high) if _is_enough(c)), default=0.0)

    def _tied(self, one: Comparison, two: Comparison) -> bool:
        """Return whether nothing in the text decides between two licenses."""
        if one.is_clean and two.is_clean:
            return self.comparer.same(one) and self.comparer.same(two)
        if one.found != two.found or one.distance != two.distance or one.first != two.first or one.end != two.end:
            return False
        return one.lost == two.lost or bool(one.lost and two.lost)

    def _match(self, found: Found, beside: list[Gap]) -> Match:
        best = found.best
        inside = [
            f.best for f in self.found if f is not found and best.first <= f.best.first and f.best.end <= best.end
        ]
        real = [gap for gap in best.real if not any(_within(each, gap) for each in inside)]
        extra = sum(gap.at_end - gap.at for gap in beside)
        gaps = sorted([*real, *best.cut, *beside])
        status = self._judged(best, real, beside)
        score = 2 * best.found / (2 * best.found + best.missing + best.added + extra)
        return Match(
            licenses=found.ties,
            status=status,
            score=1.0 if status is Status.EXACT else round(min(score, 0.999), 4),
            span=self.reading.span(best.first, best.end),
            changes=Changes(self.reading, best.text).of(gaps) if status is not Status.EXACT else (),
        )

    def _judged(self, best: Comparison, real: list[Gap], beside: list[Gap]) -> Status:
        if real or beside:
            return Status.ALTERED
        if best.text.notice:
            return Status.PARTIAL
        if best.cut:
            return Status.PARTIAL
        return Status.EXACT if self.comparer.same(best) else Status.ALTERED

    def _beside(self) -> dict[int, list[Gap]]:
        """Return, by match, the passages beside it that belong to no license and say something."""
        found: dict[int, list[Gap]] = {}
        at = 0
        for n, each in enumerate([*self.found, None]):
            first = each.best.first if each else len(self.reading.words)
            for gap in self._saying(at, first) if first - at > 1 or not self.reading.breaks_off(first) else ():
                owner = max(0, n - 1)
                of = self.found[owner].best.text.size if n else 0
                found.setdefault(owner, []).append(Gap(*gap, of, of))
            at = max([at, *([each.best.end] if each else []), *(g.at_end for g in (each.best.real if each else []))])
        return found if self.found else {}

    def _saying(self, low: int, high: int) -> list[tuple[int, int]]:
        if low >= high:
            return []
        reading = self.reading
        found: list[tuple[int, int]] = []
        for first, end in reading.paragraphs(low, high):
            named = reading.named(first, end)
            left = [n for n in range(first, end) if n not in named]
            if not left:
                continue
            if differences.says(" ".join(reading.raw(n, n + 1) for n in left)):
                found.append((first, end))
        return found


def _within(one: Comparison, gap: Gap) -> bool:
    return gap.at <= one.first and one.end <= gap.at_end


def _rank(c: Comparison) -> float:
    clean = 5.0 + 0.05 * c.found if c.is_clean else 0.0
    cut = min(0.05 * c.lost, 2.0) + 40.0 * c.lost / c.text.size
    return c.found + clean - (c.missing - c.lost) - 0.5 * c.added - cut


def _is_enough(c: Comparison) -> bool:
    """Return whether so much of a license is there that it is no chance."""
    covered = c.found / max(1, c.found + c.missing)
    dense = c.found / max(1, c.end - c.first)
    if c.text.notice:
        return covered >= 0.9 and dense >= 0.85
    if c.found < 30:
        return covered >= 0.8 and (dense >= 0.8 or (covered == 1 and len(c.real) == 1))
    if c.found < 100:
        return covered >= 0.6 and dense >= 0.5 and (len(c.real) <= 2 or min(covered, dense) >= 0.7)
    return dense >= 0.5 and (covered >= 0.5 or (dense >= 0.6 and (covered >= 0.25 or c.found >= 200)))


def _status(matches: tuple[Match, ...]) -> Status:
    for status in (Status.ALTERED, Status.PARTIAL, Status.EXACT):
        if any(match.status is status for match in matches):
            return status
    return Status.NONE
