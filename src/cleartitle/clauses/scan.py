"""Which patterns match which passages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from cleartitle.clauses.index import Index, indexes, numbers, says
from cleartitle.clauses.language import Expression, both, shape, shape_said
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
    compiled = patterns() if known is None else tuple(known)
    found: dict[str, list[Hit]] = defaultdict(list)
    left = [MAX_TRIES] * len(compiled)
    for index in indexes(document.passages):
        for place, each in enumerate(compiled):
            tries = _tries(index, each)[: left[place]]
            left[place] -= len(tries)
            for number, ways in tries:
                hit = _match(each, ways, index, number)
                if hit:
                    found[hit.term].append(hit)
    return {term: tuple(sorted(hits, key=lambda h: (h.passage.start, h.start))) for term, hits in found.items()}


def _tries(index: Index, compiled: Compiled) -> list[tuple[int, list[Way]]]:
    """Return the numbers of the passages to try, in order, each with the ways whose words it holds."""
    found: dict[int, list[Way]] = {}
    for way in compiled.ways:
        for number in numbers(index.holding(way.needs)):
            found.setdefault(number, []).append(way)
    return sorted(found.items())


def _match(compiled: Compiled, ways: Iterable[Way], index: Index, number: int) -> Hit | None:
    pattern, passage = compiled.pattern, index.passages[number]
    if pattern.banned and not _forbidden(index, number):
        return None
    text, chinese = passage.text, passage.chinese
    forms = [form for way in ways if (form := way.words.form(chinese=chinese))]
    matches = [found for form in forms for found in form.finditer(text)]
    if not matches or (compiled.beside and not index.says(compiled.beside.said, number)):
        return None
    if pattern.term.startswith(_LIMITING) and index.says(_DISCLAIMING, number):
        return None
    for found in sorted(matches, key=re.Match.start) if len(matches) > 1 else matches:
        if pattern.banned and not _is_banned(compiled, index, number, found):
            continue
        if pattern.term in _GRANTING and _refused(pattern.term, passage, found.start()):
            continue
        if compiled.around and index.says(compiled.around.said, number, _near(text, found.start(), found.end())):
            continue
        if compiled.after and not _led(compiled.after, index, number, passage.before(found.start())):
            continue
        if compiled.unless and index.says(compiled.unless.said, number):
            return None
        return Hit(compiled=compiled, passage=passage, start=found.start(), end=found.end())
    return None


def _led(after: Expression, index: Index, number: int, before: str) -> bool:
    """Tell whether what must lead to the words does."""
    passage = index.passages[number]
    if passage.lead:  # whose words the index does not know
        return says(after.said, before, chinese=passage.chinese)
    return index.says(after.said, number, before)


def _forbidden(index: Index, number: int) -> bool:
    """Tell whether anything is forbidden in a passage, or in what introduces it."""
    known = index.forbidden.get(number)
    if known is None:
        passage = index.passages[number]
        known = (
            index.says(_BANNING, number, alone=True)
            or index.says(_BARRING, number)
            or _bans(passage.lead, index, chinese=passage.chinese)
            or _forbids(passage)
        )
        index.forbidden[number] = known
    return known


def _bans(lead: str, index: Index, *, chinese: bool) -> bool:
    """Tell whether words that introduce a list forbid; they are looked at once."""
    known = index.banning.get(lead)
    if known is None:
        known = _BAN.search(lead, chinese=chinese) is not None or _BARRED.search(lead) is not None
        index.banning[lead] = known
    return known


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


def _is_banned(compiled: Compiled, index: Index, number: int, found: re.Match[str]) -> bool:
    """Tell whether words are forbidden: by what leads to them, by what follows, or a listed use by its heading."""
    passage = index.passages[number]
    if compiled.pattern.term.startswith("use.") and _forbids(passage):
        return True
    may = index.may(_BANNING, number, alone=True)
    return (
        (bool(may or passage.lead) and banned(passage.before(found.start())))
        or (index.may(_BARRING, number) and barred(passage.text, found.end()))
        or (may and banned(found[0]))
    )


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
    form = _CUES.form(chinese=not before.isascii())
    cues = [found.lastgroup for found in form.finditer(before)] if form else []
    return bool(cues) and cues[-1] == "ban"


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
_GRANTING = _WELCOMING | _PRESUPPOSING
_FORBIDDEN = shape("scan.forbidden")
_BAN = both("(?<![a-z])(?:{ban})")
_BARRED = shape("scan.barred")
_STOP = re.compile("[;。:]")
_FREE = shape("scan.free")
_CUES = both(shape_said("scan.cues"))
_BANNING, _BARRING, _DISCLAIMING = "{ban}", shape_said("scan.barred"), shape_said("scan.disclaiming")
INDEXED = (_BANNING, _BARRING, _DISCLAIMING)
"""What is looked for in whole texts besides patterns."""
