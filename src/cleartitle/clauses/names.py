"""Words that a text puts in quotation marks: what to display, what to keep in a notice, how to name a derivative."""

from __future__ import annotations

import re

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage
from cleartitle.clauses.scan import Hit

_QUOTED = re.compile(r'"([^"]{1,600})"')
_NOT_WORDS = shape("names.not-words")
_URL = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./~%#?=&+-]*)?", re.IGNORECASE)
_POLICY = shape("names.policy")
_SOURCE_FILE = re.compile(r"\.(?:md|txt|pdf|py|json)$")


def quoted(text: str) -> tuple[str, ...]:
    """Return what stands in quotation marks, without the marks.

    >>> quoted('display "Built with Acme" or "Made by Acme"')
    ('Built with Acme', 'Made by Acme')
    """
    return tuple(found.strip() for found in _QUOTED.findall(text))


def displayed(hit: Hit) -> tuple[str, ...]:
    """Return the wordings to display that follow a match, one of which will do."""
    rest = hit.passage.plain[hit.start :][:400]
    return tuple(w for w in quoted(rest) if 2 < len(w) <= 160 and not _NOT_WORDS.fullmatch(w))[:4]


def notice(document: Document, hit: Hit) -> tuple[str, ...]:
    """Return the notice to keep: the quotation after the match, which may be several sentences long."""
    start = hit.passage.start
    text = " ".join(document.folded[start : start + 4000].split())
    low = text.lower()
    place = low.find("notice", hit.start if len(hit.passage.text) < 4000 else 0)
    place = low.find(":", place) if place >= 0 else low.find(":", hit.start)
    found = _QUOTED.search(text, max(place, 0), max(place, 0) + 1200)
    return (found[1].strip(),) if found and len(found[1]) > 15 else ()


def named(hit: Hit) -> tuple[str, ...]:
    """Return the word that a derivative's name must hold."""
    around = hit.passage.plain[max(0, hit.start - 4) : hit.end + 60]
    return tuple(w for w in quoted(around) if w and len(w) <= 40)[:1]


def policy(document: Document, passage: Passage) -> str | None:
    """Return the address of a use policy named in *passage*, or the policy's name."""
    named_here = _POLICY.search(passage.plain)
    address = _address(passage.plain, after=named_here.end() if named_here else 0)
    if address:
        return address
    for other in document.passages:
        if (
            "policy" in other.text
            and ("means" in other.text or "available at" in other.text)
            and "use policy" in other.text
        ):
            address = _address(other.plain, after=other.text.find("policy"))
            if address:
                return address
    if named_here:
        return re.sub(r"^(?:The|Our|This|Such|With|To|And|Its) ", "", named_here[1].strip())
    return None


def _address(text: str, *, after: int) -> str | None:
    for found in _URL.finditer(text, after, after + 300):
        if (found[0].count("/") and not found[0].endswith(".")) or found[0].startswith("http"):
            return found[0].rstrip("./")
    return None
