"""Which patterns match which passages."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter

from attrs import frozen

from cleartitle.clauses.asserted import asserted
from cleartitle.clauses.index import Index, Starts, indexes, numbers, says, starts, union
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
    by_word = _starts(compiled)
    found: dict[str, list[Hit]] = defaultdict(list)
    left = [MAX_TRIES] * len(compiled)
    for index in indexes(document.passages):
        for place, ways in sorted(index.candidates(by_word).items(), key=itemgetter(0)):
            each = compiled[place]
            tried = _first(union(ways), left[place])
            left[place] -= tried.bit_count()
            for number in numbers(_possible(each, index, tried)):
                hit = _match(each, ways, index, number)
                if hit:
                    found[hit.term].append(hit)
    return {term: tuple(sorted(hits, key=lambda h: (h.passage.start, h.start))) for term, hits in found.items()}


@functools.lru_cache(maxsize=4)
def _starts(compiled: tuple[Compiled, ...]) -> Starts:
    return starts(each.ways for each in compiled)


def _first(passages: int, most: int) -> int:
    """Return the first *most* of a set of passages."""
    if passages.bit_count() <= most:
        return passages
    return sum(1 << number for number in itertools.islice(numbers(passages), most))


def _possible(compiled: Compiled, index: Index, among: int) -> int:
    """Return those of some passages in which a pattern may match: what it needs besides its own words is there."""
    if among and compiled.pattern.banned:
        among &= _forbidden(index, among)
    if among and compiled.after:
        among &= index.led | _permitted(compiled, index) | (0 if compiled.first else index.may(compiled.after.said))
    if among and compiled.beside:
        among &= index.saying(compiled.beside.said, among)
    return among


def _match(compiled: Compiled, ways: Iterable[tuple[int, Way]], index: Index, number: int) -> Hit | None:
    pattern, passage = compiled.pattern, index.passages[number]
    for found in _found(ways, passage, number):
        if pattern.banned and not _is_banned(compiled, index, number, found):
            continue
        if pattern.term in _GRANTING and (
            not asserted(passage.text, *found.span()) or _refused(pattern.term, index, number, found.start())
        ):
            continue
        if compiled.around and index.says(
            compiled.around.said, number, _near(passage.text, found.start(), found.end())
        ):
            continue
        if compiled.after and not (
            _permits(compiled, passage) or _led(compiled.after, index, number, passage.before(found.start()))
        ):
            continue
        if _excused(compiled, index, number):
            return None
        return Hit(compiled=compiled, passage=passage, start=found.start(), end=found.end())
    return None


def _found(ways: Iterable[tuple[int, Way]], passage: Passage, number: int) -> Iterable[re.Match[str]]:
    """Return the matches of the ways that a passage may hold, in the order of the text."""
    likely = (way.words.form(chinese=passage.chinese) for passages, way in ways if passages >> number & 1)
    forms = [form for form in likely if form]
    if len(forms) == 1:
        return forms[0].finditer(passage.text)
    return sorted((found for form in forms for found in form.finditer(passage.text)), key=re.Match.start)


def _excused(compiled: Compiled, index: Index, number: int) -> bool:
    """Tell whether other words of a passage say that a pattern does not mean it."""
    if compiled.unless and index.saying(compiled.unless.said, 1 << number):
        return True
    return compiled.pattern.term.startswith(_LIMITING) and bool(index.saying(_DISCLAIMING, 1 << number))


def _led(after: Expression, index: Index, number: int, before: str) -> bool:
    """Tell whether what must lead to the words does."""
    passage = index.passages[number]
    if passage.lead:  # whose words the index does not know
        return says(after.said, before, chinese=passage.chinese)
    return index.says(after.said, number, before)


def _forbidden(index: Index, among: int) -> int:
    """Return those of some passages in which anything is forbidden, or in what introduces them."""
    found = index.saying(_BANNING, among, alone=True)
    found |= index.saying(_BARRING, among & ~found)
    for number in numbers(among & ~found):
        passage = index.passages[number]
        if _bans(passage.lead, index, chinese=passage.chinese) or _forbids(passage):
            found |= 1 << number
    return found


def _bans(lead: str, index: Index, *, chinese: bool) -> bool:
    """Tell whether words that introduce a list forbid; they are looked at once."""
    known = index.banning.get(lead)
    if known is None:
        known = _BAN.search(lead, chinese=chinese) is not None or _BARRED.search(lead) is not None
        index.banning[lead] = known
    return known


def _refused(term: str, index: Index, number: int, place: int) -> bool:
    """Tell whether a permission is none: below a prohibition, behind one in its sentence, or of no part or nobody."""
    general, passage = term in _GENERAL, index.passages[number]
    if general and _NONE.search(passage.text, 0, place):
        return True
    if general and not passage.lead:
        return False
    if term == "signal.host-allowed" and _forbids(passage):
        return True
    return _behind(index, number, place) or _NO.search(passage.text, 0, place) is not None


def _behind(index: Index, number: int, place: int) -> bool:
    """Tell whether what stands at *place* of a passage is behind a prohibition."""
    may = (index.may(_BANNING, alone=True) | index.led) >> number & 1
    return bool(may) and banned(index.passages[number].before(place))


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
    return (
        _behind(index, number, found.start())
        or (bool(index.may(_BARRING) >> number & 1) and barred(passage.text, found.end()))
        or (bool(index.may(_BANNING, alone=True) >> number & 1) and banned(found[0]))
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
    return _forbidding(passage.heading) and not STANDS.match(passage.text)


def _permitted(compiled: Compiled, index: Index) -> int:
    """Return the passages below a heading that grants what they name."""
    if compiled.pattern.term != "signal.grant":
        return 0
    return sum(1 << number for number, passage in enumerate(index.passages) if _permits(compiled, passage))


def _permits(compiled: Compiled, passage: Passage) -> bool:
    """Tell whether the heading grants what stands below it, item by item: "What you can do"."""
    return compiled.pattern.term == "signal.grant" and _permitting(passage.heading) and not STANDS.match(passage.text)


@functools.lru_cache(maxsize=2000)
def _permitting(heading: str) -> bool:
    return _PERMITTED.search(heading) is not None and not _FORBIDDEN.search(heading)


@functools.lru_cache(maxsize=2000)
def _forbidding(heading: str) -> bool:
    return _FORBIDDEN.search(heading) is not None


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
        "derivatives-allowed",
        "distribution-allowed",
        "grant",
        "host-allowed",
        "modification-allowed",
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
_PERMITTED = shape("scan.permitted")
_BAN = both("(?<![a-z](?=[ -~]))(?:{ban})")
_BARRED = shape("scan.barred")
_STOP = re.compile("[;。:]")
_FREE = shape("scan.free")
_CUES = both(shape_said("scan.cues"))
_BANNING, _BARRING, _DISCLAIMING = "{ban}", shape_said("scan.barred"), shape_said("scan.disclaiming")
INDEXED = (_BANNING, _BARRING, _DISCLAIMING)
"""What is looked for in whole texts besides patterns."""
