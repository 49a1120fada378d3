"""Which patterns match which passages."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter

from attrs import frozen

from cleartitle.clauses.language import Expression, both, shape
from cleartitle.clauses.layout import STANDS, Document, Passage
from cleartitle.clauses.patterns import Compiled, Way, patterns

MAX_BARRED = 200
"""Characters between what is forbidden and the words that forbid it."""
MAX_TRIES = 300
"""Passages tried for one pattern: more than any license repeats itself."""


@frozen(kw_only=True)
class Hit:
    """A pattern that matched: where, and from where to where in the passage's text."""

    compiled: Compiled
    passage: Passage
    start: int
    end: int

    @property
    def term(self) -> str:
        """What the pattern says."""
        return self.compiled.pattern.term

    @property
    def said(self) -> str:
        """The words that matched."""
        return self.passage.text[self.start : self.end]


Hits = Mapping[str, tuple[Hit, ...]]
"""The hits of a text by term, in the order of the text."""


def scan(document: Document, known: Iterable[Compiled] | None = None) -> Hits:
    """Return every hit in *document*; identical passages are looked at once."""
    index = _Index(document.passages)
    found: dict[str, list[Hit]] = defaultdict(list)
    for compiled in patterns() if known is None else known:
        limiting = compiled.pattern.term.startswith(_LIMITING)
        for number, ways in index.tries(compiled):
            if (compiled.pattern.banned and not index.forbids(number)) or (limiting and index.disclaims(number)):
                continue
            hit = _match(compiled, ways, index.passages[number])
            if hit:
                found[hit.term].append(hit)
    return {term: tuple(sorted(hits, key=lambda h: (h.passage.start, h.start))) for term, hits in found.items()}


class _Index:
    """The passages of a text, and which of them hold what patterns need."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        seen: dict[tuple[str, str], Passage] = {}
        for passage in passages:
            seen.setdefault((passage.lead, passage.text), passage)
        self.passages = tuple(seen.values())
        self.forbidding: dict[int, bool] = {}
        self.banning: dict[str, bool] = {"": False}
        self.disclaiming: dict[int, bool] = {}
        self.chinese = [number for number, passage in enumerate(self.passages) if passage.chinese]
        self.found = self._find()

    def _find(self) -> dict[str, list[int]]:
        """Return, for what patterns need and the text has, the numbers of the passages that hold it."""
        parts: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(self.passages):
            for part in set().union(*map(_held, set(_WORD.findall(passage.text)))):
                parts[part].append(number)
        among = [(need, numbers) for part, numbers in parts.items() for need in _by_part()[part]]
        among += [(need, self.chinese) for need in _by_part()[_HAN] if self.chinese]
        among += [(need, [*range(len(self.passages))]) for need in _by_part()[""]]
        texts = [passage.text for passage in self.passages]
        found = {need: [number for number in numbers if need in texts[number]] for need, numbers in among}
        return {need: numbers for need, numbers in found.items() if numbers}

    def forbids(self, number: int) -> bool:
        """Tell whether anything is forbidden in a passage, or in what introduces it."""
        known = self.forbidding.get(number)
        if known is None:
            passage = self.passages[number]
            known = (
                self.bans(passage.text, chinese=passage.chinese)
                or self.bans(passage.lead, chinese=passage.chinese)
                or _forbids(passage)
            )
            self.forbidding[number] = known
        return known

    def bans(self, said: str, *, chinese: bool) -> bool:
        """Tell whether words forbid; what introduces a list is looked at once."""
        known = self.banning.get(said)
        if known is None:
            likely = chinese or any(word in said for word in _BANNING)
            known = likely and (_BAN.search(said, chinese=chinese) is not None or _BARRED.search(said) is not None)
            self.banning[said] = known
        return known

    def disclaims(self, number: int) -> bool:
        """Tell whether a passage is about liability or warranty: it forbids nothing, whatever it names."""
        known = self.disclaiming.get(number)
        if known is None:
            known = self.disclaiming[number] = _DISCLAIMING.search(self.passages[number].text) is not None
        return known

    def tries(self, compiled: Compiled) -> list[tuple[int, list[Way]]]:
        """Return the numbers of the passages to try, in order, each with the ways whose words it holds."""
        found: dict[int, list[Way]] = {}
        for way in compiled.ways:
            for number in (n for need in way.needs if need in self.found for n in self.found[need]):
                ways = found.setdefault(number, [])
                if not ways or ways[-1] is not way:
                    ways.append(way)
        return sorted(found.items(), key=itemgetter(0))[:MAX_TRIES]


def _part(need: str) -> str:
    """Return the longest run of letters of what a pattern needs: the text has a word that holds it, or no match."""
    part = max(_WORD.findall(need), key=len, default="")
    return part if need.isascii() else _HAN


@functools.cache
def _by_part() -> Mapping[str, tuple[str, ...]]:
    """Return what patterns need, by the part of a word to look for."""
    found: dict[str, set[str]] = {_HAN: set(), "": set()}
    for way in (way for compiled in patterns() for way in compiled.ways):
        for need in way.needs:
            found.setdefault(_part(need), set()).add(need)
    return {part: tuple(sorted(needs)) for part, needs in found.items()}


@functools.cache
def _by_head() -> Mapping[str, tuple[str, ...]]:
    heads: dict[str, list[str]] = defaultdict(list)
    for part in sorted(_by_part().keys() - {_HAN, ""}):
        heads[part[:_HEAD]].append(part)
    return {head: tuple(parts) for head, parts in heads.items()}


@functools.lru_cache(maxsize=20_000)
def _held(word: str) -> tuple[str, ...]:
    """Return the needed parts that *word* holds."""
    heads = _by_head()
    at = (place for place in range(len(word) - _HEAD + 1) if word[place : place + _HEAD] in heads)
    return tuple(part for place in at for part in heads[word[place : place + _HEAD]] if word.startswith(part, place))


def _match(compiled: Compiled, ways: Iterable[Way], passage: Passage) -> Hit | None:
    pattern = compiled.pattern
    text, chinese = passage.text, passage.chinese
    likely = (way for way in ways if not way.also or any(word in text for word in way.also))
    forms = [form for way in likely if (form := way.words.form(chinese=chinese))]
    matches = [found for form in forms for found in form.finditer(text)]
    if not matches or (compiled.beside and not compiled.beside.search(text, chinese=chinese)):
        return None
    for found in sorted(matches, key=re.Match.start):
        if pattern.banned and not _is_banned(compiled, passage, found.start(), found.end()):
            continue
        if pattern.term in (_WELCOMING | _PRESUPPOSING) and _refused(pattern.term, passage, found.start()):
            continue
        near = _near(text, found.start(), found.end())
        if _found(compiled.around, near, chinese=chinese):
            continue
        if compiled.after and not compiled.after.search(passage.before(found.start()), chinese=chinese):
            continue
        if _found(compiled.unless, text, chinese=chinese):
            return None
        return Hit(compiled=compiled, passage=passage, start=found.start(), end=found.end())
    return None


def _refused(term: str, passage: Passage, place: int) -> bool:
    """Tell whether a permission is none: below a prohibition, behind one in its sentence, or of no part or nobody."""
    general = term in _GENERAL
    if general and _NONE.search(passage.text, 0, place):
        return True
    if general and not passage.lead:
        return False
    return banned(passage.before(place)) or _NO.search(passage.text, 0, place) is not None


def _near(text: str, start: int, end: int) -> str:
    """Return what stands around a match, within its part of the sentence."""
    first = max(text.rfind(";", 0, start) + 1, start - 60)
    stop = text.find(";", end)
    return text[first : end + 100 if stop < 0 else min(stop, end + 100)]


def _found(words: Expression | None, text: str, *, chinese: bool) -> bool:
    return words is not None and words.search(text, chinese=chinese) is not None


def _is_banned(compiled: Compiled, passage: Passage, start: int, end: int) -> bool:
    """Tell whether words are forbidden: by what leads to them, by what follows, or a listed use by its heading."""
    listed = compiled.pattern.term.startswith("use.") and _forbids(passage)
    return listed or banned(passage.before(start)) or barred(passage.text, end) or banned(passage.text[start:end])


def barred(text: str, end: int) -> bool:
    """Tell whether what ends at *end* is the subject of a prohibition that follows.

    >>> barred("sale of the model is prohibited", 4), barred("sale needs consent; theft is prohibited", 4)
    (True, False)
    """
    stop = _STOP.search(text, end, end + MAX_BARRED)
    found = _BARRED.search(text, end, stop.start() if stop else end + MAX_BARRED)
    return found is not None and _FREE.search(text, end, found.end()) is None


def _forbids(passage: Passage) -> bool:
    """Tell whether the heading forbids what stands below it, item by item."""
    return bool(_FORBIDDEN.search(passage.heading)) and not STANDS.match(passage.text)


def banned(before: str) -> bool:
    """Tell whether the words that follow *before* are forbidden: the last cue counts.

    >>> banned("you must keep notices; you may not sell or "), banned("you may not sell it; you may ")
    (True, False)
    """
    cues = [found.lastgroup for found in _CUES.finditer(before)]
    return bool(cues) and cues[-1] == "ban"


_WORD = re.compile("[a-z]{3,}")
_HEAD = 3
_HAN = "漢"
"""Stands for all that is not in Latin letters."""
_LIMITING = ("use.", "signal.commerce-", "signal.noncommercial", "signal.host-", "signal.act-", "restriction.")
_WELCOMING = frozenset(
    f"signal.{name}"
    for name in (
        "any-purpose",
        "commerce-granted",
        "grant",
        "host-allowed",
        "outputs-allowed",
        "patents-granted",
        "sublicense-granted",
        "training-allowed",
    )
)
"""What is no permission below a prohibition."""
_GENERAL = frozenset({"signal.grant", "signal.any-purpose"})
_PRESUPPOSING = frozenset({"signal.passing-on", "signal.passing-on-derivatives", "signal.derivatives-known"})
_NONE = re.compile(r"\b(?:neither|no part|no portion|none)\b[^;]{0,80}$")
_NO = re.compile(r"\b(?:no|not|nor|without) $")
_DISCLAIMING = shape("scan.disclaiming")
_FORBIDDEN = shape("scan.forbidden")
_BAN = both("(?<![a-z])(?:{ban})")
_BANNING: tuple[str, ...] = (
    "not",
    "n't",
    "no ",
    "no-",
    "never",
    "prohib",
    "forbid",
    "restrict",
    "exclu",
    "refrain",
    "neither",
    "nor ",
)
_BANNING += ("without", "barred", "banned", "limits", "disallow", "tolerat", "nobody", "nothing", "no case", "under no")
"""What every English prohibition has: looked for first, since that is fast."""
_BARRED = shape("scan.barred")
_STOP = re.compile("[;。:]")
_FREE = shape("scan.free")
_CUES = shape("scan.cues")
