"""Which models a card says in words that this one was made from, and how.

A sentence is read with its models replaced by one sign, so that a pattern (``patterns/parents.toml``) can say where the
name stands: ``fine-tuned version of {model}``. What speaks of another model, of a comparison or of somebody else's work
says nothing of this one.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.prose.markdown import Form, Layout, Unit, lay_out
from cleartitle.prose.mentions import Mention, mentions
from cleartitle.prose.patterns import expression
from cleartitle.prose.plain import Plain, plain
from cleartitle.prose.quotes import quote
from cleartitle.prose.sections import low_heading
from cleartitle.serial.convert import read
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.relations import Relation

MAX_PARENTS = 60
_BESIDE = (Relation.MERGE, Relation.DISTILLED, Relation.COMPONENT)
"""What a sentence may say after it has named what the model was made from."""
MAX_UNITS = 6_000
_MODEL, _OWN = "\ue000", "\ue001"
_SMALL = "for|on|with|in|using|than|and|by|to|at|or|of|from|like|via|into|over|is|was|which|that"
_FEW = rf"(?:(?!(?:{_SMALL}) )[^\s.,;:!?|{_MODEL}{_OWN}]{{1,30}}[ :]{{1,2}}){{0,6}}[\"'(]{{0,2}}"
_ONE = rf"{_MODEL}[\"')]{{0,2}}"
_JOINED = r", and |, | and | & | ?\+ ?| with | 和 ?| ?、 ?| et | und | y | e "
_SEVERAL = rf"{_MODEL}(?:[\"')]{{0,2}}(?: model)?(?:{_JOINED})[\"'(]{{0,2}}(?:the )?{_MODEL}){{0,20}}[\"')]{{0,2}}"
_OTHERS = re.compile(
    r"\b(?:citations?|citing|cite|bibtex|references?|acknowledge?ments?|thanks|related|similar|comparisons?|see also"
    r"|(?:other|more|available|our|all|released) (?:models|versions|checkpoints|sizes)|model zoo|faq)\b"
    r"|引用|致谢|参考|謝辞|感谢",
    re.ASCII,
)
"""Headings of what is not about this model."""
_TRAINED = re.compile(
    rf"(?<![\w-])fine-? ?tun|checkpoint|weights|initiali|continu|further|pre-?trained (?:model )?{_MODEL}|base model"
)
_ASIDE = re.compile(
    r"\b(?:unlike|instead of|rather than|not |no longer|compared? (?:to|with)|than |similar to|inspired by|see also"
    r"|such as|if you|you (?:can|could|may|might|should|need)|how to|want to|in order to"
    r"|\bto (?:download|run|use|load|try|deploy|install|serve)\b"
    r"|we also (?:provide|release|publish|offer)|other (?:models|versions)|also available|itself|in turn\b|ultimately"
    r"|(?:our|my|the) (?:earlier|previous|other) |quanti[sz]\w+ (?:of|from) (?:the|a|an|our|my) )",
    re.ASCII,
)
"""Words after which a parent is not this model's."""


@frozen(kw_only=True)
class Wording:
    """One way of naming a parent."""

    name: str
    relation: Relation | None = None
    """None where the words do not tell."""
    source: bool = False
    """Whether it names what the files themselves were made from: of a conversion, nothing else is the parent."""
    label: bool = False
    """Whether it is the name of a field: the only kind that is looked for in tables."""
    heading: bool = False
    """Whether the names stand below it, in a list."""
    firm: bool = False
    """Whether a name without link and owner is not enough where nothing is said of training: it may mean an
    architecture."""
    any: tuple[str, ...] = field(validator=min_len(1))
    unless: str = ""
    """With this before it or in it, it says nothing."""
    yes: tuple[str, ...] = field(validator=min_len(1))
    """Sentences about ``owner/child`` that name ``owner/Base-1`` (and no others) as a parent; a list has two lines."""
    no: tuple[str, ...] = ()


@frozen(kw_only=True)
class NamedParent:
    """A model that this one is made from, by the words of its card."""

    name: str
    relation: Relation | None
    source: bool
    """Whether these words name what the files themselves were made from."""
    spelled: bool
    """Whether the owner is written too, or the name needs none."""
    evidence: Evidence


@frozen(kw_only=True)
class _Compiled:
    wording: Wording
    matches: re.Pattern[str]
    unless: re.Pattern[str] | None

    def denied(self, before: str) -> bool:
        """Whether the words up to the end of a match say that it is about something else."""
        return self.unless is not None and self.unless.search(before) is not None


@frozen(kw_only=True)
class _Seen:
    """A sentence with signs for its models."""

    words: Plain
    signed: str
    places: tuple[int, ...]
    """Where the signs of other models stand."""
    models: tuple[Mention, ...]


def parents(text: str, own: str) -> tuple[NamedParent, ...]:
    """Return the models that the card *text* of the repository *own* says it was made from; never raises on content.

    >>> [(p.name, str(p.relation)) for p in parents("It is a fine-tuned version of ann/Poet-7B.", "bob/bard")]
    [('ann/Poet-7B', 'finetune')]
    """
    found: dict[str, NamedParent] = {}
    for made in _all(lay_out(text), own):
        before = found.get(made.name.casefold())
        if before is None or (made.source and not before.source):
            found[made.name.casefold()] = made
        if len(found) >= MAX_PARENTS:
            break
    spelled = {_last(made.name) for made in found.values() if made.spelled}
    return tuple(made for made in found.values() if made.spelled or _last(made.name) not in spelled)


@functools.cache
def wordings() -> tuple[Wording, ...]:
    """Return all ways of naming a parent, in their order."""
    text = (files("cleartitle.prose") / "patterns" / "parents.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text)["wording"], tuple[Wording, ...], where="parents.toml", trusted=True)


@functools.cache
def _compiled() -> tuple[_Compiled, ...]:
    def filled(said: str) -> re.Pattern[str]:
        signs = (("{few}", _FEW), ("{model}", _ONE), ("{models}", _SEVERAL), ("{own}", _OWN))
        for sign, meaning in signs:
            said = said.replace(sign, meaning)
        return expression(said, re.ASCII)

    return tuple(
        _Compiled(wording=w, matches=filled("|".join(w.any)), unless=filled(w.unless) if w.unless else None)
        for w in wordings()
    )


@functools.cache
def _gate() -> re.Pattern[str]:
    """Return what a sentence, or the heading above it, has in it where any wording can match."""
    text = (files("cleartitle.prose") / "patterns" / "parents.toml").read_text(encoding="utf-8")
    return re.compile(str(tomllib.loads(text)["gate"]))


def _all(layout: Layout, own: str) -> Iterator[NamedParent]:
    for unit in layout.units[:MAX_UNITS]:
        if unit.form is Form.CODE or any(_OTHERS.search(low_heading(h)) for h in unit.headings):
            continue
        raw = layout.text[unit.start : unit.end].lower()
        if not _gate().search(raw) and not _gate().search(_above(layout, unit)):
            continue
        words = plain(layout.text, unit.start, unit.end, layout.references)
        seen = _signed(words, own)
        if seen.models:
            yield from _told(layout, unit, seen)


def _told(layout: Layout, unit: Unit, seen: _Seen) -> Iterator[NamedParent]:
    above = _above(layout, unit)
    matches: list[tuple[int, int, Wording]] = []
    for each in _compiled():
        if each.wording.heading:
            if unit.form is Form.ITEM and each.matches.search(above) and _leads(seen):
                yield _made(layout, seen, seen.models[0], each.wording)
        elif unit.form is not Form.ROW or each.wording.label:
            said = each.matches.finditer(seen.signed)
            matches += ((m.start(), m.end(), each.wording) for m in said if not each.denied(seen.signed[: m.end()]))
    told = {place for place in seen.places for start, end, _ in matches if start <= place < end}
    made: dict[int, Wording] = {}
    ends = _first_end(seen, matches)
    for start, end, wording in matches:
        if wording.relation not in _BESIDE and start >= ends:
            continue  # it says what the first one was made from
        if any(place < start for place in seen.places if place not in told) or _ASIDE.search(seen.signed[:start]):
            continue  # the words before speak of another model, or of no parent
        for place, model in zip(seen.places, seen.models, strict=True):
            if start <= place < end and (model.firm or _meant(seen, place, wording)):
                made.setdefault(place, wording)
    for place, model in zip(seen.places, seen.models, strict=True):
        if place in made:
            yield _made(layout, seen, model, made[place])


def _first_end(seen: _Seen, matches: list[tuple[int, int, Wording]]) -> int:
    """Return where the first words end that name what this model itself was made from."""
    bases = [(start, end) for start, end, wording in matches if wording.relation not in _BESIDE]
    first = min((min(p for p in seen.places if s <= p < e) for s, e in bases), default=0)
    return max((end for start, end in bases if start <= first < end), default=0)


def _meant(seen: _Seen, place: int, wording: Wording) -> bool:
    """Whether a name alone means the repository: not in brackets behind another name, not as an architecture."""
    if seen.signed[:place].endswith("("):
        return False
    return not wording.firm or bool(_TRAINED.search(seen.signed))


def _leads(seen: _Seen) -> bool:
    """Whether an item of a list begins with its model."""
    return bool(re.match(rf"[^\w{_MODEL}]{{0,6}}(?:[\w ]{{1,30}}: ?)?[\"'(]{{0,2}}{_MODEL}", seen.signed))


def _above(layout: Layout, unit: Unit) -> str:
    """Return what introduces a unit: the sentence before it, else the heading."""
    if unit.form is not Form.ITEM:
        return ""
    lead = layout.units[unit.lead] if unit.lead >= 0 else None
    said = plain(layout.text, lead.start, lead.end).low if lead and lead.end - lead.start < 600 else ""
    return f"{low_heading(unit.headings[-1]) if unit.headings else ''}\n{said}"


def _signed(words: Plain, own: str) -> _Seen:
    pieces, places, models, at = list[str](), list[int](), list[Mention](), 0
    length = 0
    for each in mentions(words):
        is_own = each.name.casefold() == own.casefold()
        pieces += [words.low[at : each.start], _OWN if is_own else _MODEL]
        length += each.start - at + 1
        if not is_own:
            places.append(length - 1)
            models.append(each)
        at = each.end
    pieces.append(words.low[at:])
    return _Seen(words=words, signed="".join(pieces), places=tuple(places), models=tuple(models))


def _made(layout: Layout, seen: _Seen, model: Mention, wording: Wording) -> NamedParent:
    evidence = quote(layout, seen.words, model.start, model.end)
    return NamedParent(
        name=model.name,
        relation=wording.relation,
        source=wording.source,
        spelled=model.spelled,
        evidence=evidence,
    )


def _last(name: str) -> str:
    return name.rpartition("/")[2].casefold()
