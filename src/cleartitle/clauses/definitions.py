"""Names that a text gives to things: "Tracks" for what the model makes, "Remix Model" for what is made from it.

Patterns know the common words for these. A name that is none of them is read as one where the text says what it means.
In Chinese the common words are part of such names, so that nothing has to be done.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from cleartitle.clauses.fold import lower
from cleartitle.clauses.language import shape, words
from cleartitle.clauses.layout import Document, Passage

MAX_NAMES = 40
MAX_BODY = 240
_OUTPUT, _DERIVATIVE, _MODEL = "outputs", "derivative models", "model"
"""What is read instead of a name."""
_TERM = r"[A-Za-z][\w .&/-]{0,38}?"
_MAY_DEFINE = re.compile(r"[\"'=]|\b(?:means?|comprises?|denotes?)\b")
_DEFINES = (
    re.compile(
        rf"[\"'](?P<term>{_TERM})[\"'](?: ?\([^()]{{1,40}}\))?,? (?:each )?(?:means?|shall mean"
        r"|(?:shall )?refers?(?: to)?|denotes?|is defined as|comprises?|includes?|is|are)\b[ ,:]*(?P<body>.+)"
    ),
    re.compile(
        r"^(?P<term>[A-Z]\w+(?: [A-Z]\w+){0,2}) (?:(?:means?|shall mean|denotes?|comprises?)\b|=)[ ,:]*(?P<body>.+)"
    ),
)
_CALLS = re.compile(
    rf"\((?:[\w, ]{{0,40}} )?[\"'](?P<term>{_TERM})[\"']"
    rf"(?:,? (?:or|and) (?:the )?[\"'](?P<also>{_TERM})[\"'])?[^()]{{0,30}}\)"
)
_QUOTED = re.compile(r"\"[^\"]{0,200}\"|'[^']{0,200}'(?!\w)")
_CUT = shape("definitions.cut")
"""What stands before the last part of a list."""
_KINDS = tuple(
    (shape(f"definitions.{name}"), common)
    for name, common in (("derivative", _DERIVATIVE), ("output", _OUTPUT), ("model", _MODEL))
)
_TELLS = shape("definitions.tells-derivative")
_OTHERS = shape("definitions.others")
"""Names of what is none of these things."""
_NAMING = shape("definitions.naming")
"""Where the name of the model itself counts, it stays."""


def resolved(document: Document) -> Document:
    """Return *document* with the common word for each name that it defines and patterns do not know.

    >>> from cleartitle.clauses.layout import lay_out
    >>> text = '"Tracks" means the audio that you make with the Model. You own your Tracks.'
    >>> [p.text for p in resolved(lay_out(text)).passages][-1]
    'you own your outputs.'
    """
    names = _names(document.passages)
    if not names:
        return document
    return evolve(document, passages=tuple(_plainly(passage, names) for passage in document.passages))


def _names(passages: Iterable[Passage]) -> dict[str, str]:
    """Return what is defined and the common word for it, longest names first."""
    found: dict[str, str] = {}
    for passage in passages:
        for term, body in _defined(passage.plain):
            common = _common(lower(term), body)
            if common and len(found) < MAX_NAMES:
                found.setdefault(term, common)
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def _defined(said: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a sentence defines, each with the words that say what it is."""
    if not said.isascii() or not _MAY_DEFINE.search(said):
        return
    for form in _DEFINES:
        for found in form.finditer(said):
            yield found["term"].strip(), lower(found["body"][:MAX_BODY])
    for found in _CALLS.finditer(said):
        before = lower(said[max(0, found.start() - MAX_BODY) : found.start()].rstrip(" ,"))
        body = _CUT.sub("", before)
        for term in filter(None, (found["term"], found["also"])):
            yield term.strip(), body


def _common(term: str, body: str) -> str | None:
    """Return the common word for a name, or None where patterns know it or nothing is known."""
    if _OTHERS.fullmatch(term) or _known().match(term):
        return None
    if _TELLS.search(term):
        return _DERIVATIVE
    kinds = _KINDS[::2] if term.endswith("materials") else _KINDS  # no model makes its materials
    return next((common for form, common in kinds if form.match(body)), None)


@functools.cache
def _known() -> re.Pattern[str]:
    """Return how names begin that the patterns know already."""
    lists = "|".join(words()[name] for name in ("output", "derivative", "model", "agreement"))
    return re.compile(rf"(?:the |our |your )?(?:{lists})(?![a-z])")


def _plainly(passage: Passage, names: Mapping[str, str]) -> Passage:
    """Return a passage with common words; names in quotes stay, and that of the model where names are spoken of."""
    said = passage.plain
    naming = any(name in said for name in names) and _NAMING.search(passage.text) is not None
    for name, common in names.items():
        if name in said and not (naming and common is _MODEL):
            said = _replaced(said, name, common)
    return passage if said == passage.plain else evolve(passage, plain=said, text=lower(said))


def _replaced(said: str, name: str, common: str) -> str:
    kept = [found.span() for found in _QUOTED.finditer(said)]
    form = re.compile(rf"(?<![\w-]){re.escape(name)}(?:s|es)?(?![\w-])")
    return form.sub(lambda m: m[0] if any(a <= m.start() < b for a, b in kept) else common, said)
