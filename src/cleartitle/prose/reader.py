"""From the text of a card or README to what it says about licenses."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from cleartitle.prose import badges
from cleartitle.prose.bases import MAX_BASES, bases, shortens
from cleartitle.prose.claims import claims
from cleartitle.prose.covers import names_a_model
from cleartitle.prose.drafts import Sentence
from cleartitle.prose.events import THEY, spoken
from cleartitle.prose.gather import gather
from cleartitle.prose.heirs import handed_down
from cleartitle.prose.markdown import MAX_TEXT, Form, Layout, Unit, lay_out
from cleartitle.prose.patterns import ascii_expression, expression, saying
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain, plain
from cleartitle.prose.quotes import exactly
from cleartitle.prose.sections import Section, kind, lists_models, low_heading, subject
from cleartitle.prose.subjects import about, subjects
from cleartitle.vocabulary.prose import Binding, NamedBase, Prose, Subject

MAX_SENTENCES = 1_000
"""Sentences that are looked at closely."""
MAX_ROWS = 60
"""Rows below the head of a table that it still tells of."""
MAX_CELLS = 12
MAX_LOOKED = 100_000
"""Characters of those sentences."""
_TOLD = (
    r"{license-word}|{noncommercial}|{commercial}|(?:{research})[^.;。]{0,40}?(?:{only})|(?:{only})[^.;。]{0,40}?"
    r"(?:{research})"
    r"|\bagreement\b|\bpolic(?:y|ies)\b|\bguidelines?\b|\btos\b|"
    r"annual revenue|active users|매출|売上|营收|月活"
    r"|(?:released|published|distributed|shared) under|apache|\bmit\b|\bcc[- ]?(?:by|0)|creative ?commons|gpl"
    r"|openrail|public domain"
)
_GATE, _ASCII_GATE = expression(_TOLD), ascii_expression(_TOLD)
"""What a sentence that may tell of licenses has in it; the second for most sentences, and much faster."""
_BASE_GATE = re.compile(
    r"built |buil[td]s? |derive|derivative|fine-?tun|initiali|continue|distilled|quanti[sz]|converted|adapted"
    r"|merge|bases? ?|trained |start(?:s|ed|ing)? |export|prun|lora |adapter|uses |prepared|abliterat|为底|为基|训练"
    r"|量化|学習|蒸留|継承|派生|양자화|베이스|원본|affiné|à partir|trainiert|basis|grundlage|a partir"
    r"|foundation model|基于|基座|底座|衍生|微调|源自|ベース|基に|元に|チューニング"
    r"|微調整|기반|파인튜닝|미세|basé|dérivé|basiert|abgeleitet|basado|derivado|baseado|базе|основе"
)
_FAMILY_NAME = re.compile(r"\b(?P<name>(?i:llama|qwen|gemma|mistral|falcon|bloom|yi)(?:[ -]?v?\d+(?:\.\d+)?)?)\b")
_NOTICE = re.compile(
    r"[ \t>]{0,8}(?:\*\*|__)[^*_\n]{0,40}\b(?:[Ll]icen[sc](?:e|es|ing)|LICENSE)\b(?: [Nn]otices?| [Ii]nformation"
    r"| [Tt]erms)?(?:(?:\*\*|__) ?[:.]|[:.](?:\*\*|__)) ?(?=[^\n]{40})"
    r"|[ \t>]{0,8}(?:\w[\w &,/]{0,30} )?(?:notes?|notices?|disclaimers?|information|details)\b[\w &,/]{0,24}"
    r"\b(?:licen[sc](?:e|es|ing))\b[\w &,/]{0,24}: ?(?=[^\n]{40})"
    r"|[ \t>]{0,8}\w[\w &,/]{0,30}\blicen[sc](?:e|es|ing) (?:notes?|notices?|disclaimers?|information|details): ?"
    r"(?=[^\n]{40})",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"[ \t>]{0,8}(?:\*\*|__)[^*_\n]{0,30}\blicen[sc](?:e|es|ing)\b[^*_\n]{0,20}\.(?:\*\*|__)$", re.IGNORECASE
)
"""A first sentence in bold that says what the others are about: ``**License.**``."""
_OWN_STATED = re.compile(
    r"\b[Tt]his (?:project|repository|repo|codebase|work|model|code|software)\b[^.;]{0,30}? (?:is|are) (?:\w{1,12} )?"
    r"(?:released|licensed|distributed) under\b"
    r"|\b[Tt]he service is a research preview\b|本项目(?:采用|遵循)[^。]{0,30}(?:许可|协议)"
)
_IS_A = re.compile(
    r"(?:, | (?:is|are) )(?:an?|our|the|one of (?:the|our))\b"
    r"(?:(?! (?:for|to|that|which|of|with|from|in|by|on)\b)[^.;:,(]){1,80}"
)
"""What a thing is said to be, up to what is told of it: ``is a small language model``, ``Fox, our model``."""
_RULED = re.compile(r"[ \t|]{0,8}\n[ \t>]{0,8}\|?[ \t]{0,8}:?-{2}")
"""The line below the head of a table."""
_GENERAL = re.compile(
    r"\b(?:details?|descriptions?|informations?|summary|overview|facts|cards?|about|sources)\b|詳細|情報|信息|정보"
)
"""In the heading of a section that tells all of a card, not of one part."""
_VERB = re.compile(r" (?:is|are|was|were|has|have|can|may|must) ")
_OF_FAMILY = re.compile(r" of (?:the )?" + _FAMILY_NAME.pattern)


@frozen(kw_only=True)
class _Seen:
    """What is known while reading."""

    layout: Layout
    own: frozenset[str]
    title: str
    plains: dict[int, Plain] = field(factory=dict)
    noticed: frozenset[int] = field(default=frozenset())
    """Paragraphs that open with words such as **Usage and License Notices**: sections without a heading."""

    def plain(self, number: int) -> Plain:
        """Return the words of a unit."""
        if number not in self.plains:
            unit = self.layout.units[number]
            self.plains[number] = plain(self.layout.text, unit.start, unit.end, self.layout.references)
        return self.plains[number]


def read(text: str) -> Prose:
    r"""Return what the prose of a model card or README says about licenses; never raises on content.

    >>> made = read("## License\nThe code is under MIT. The weights are for research only.")
    >>> [(s.covers.value, s.said, s.research_only) for s in made.statements]
    [('code', 'MIT', False), ('weights', '', True)]
    """
    layout = lay_out(text)
    seen = _Seen(layout=layout, own=_own(layout), title=_title(layout), noticed=_noticed(layout))
    telling = _telling(seen)
    looked = _bounded(seen, telling)
    sentences = list(_sentences(seen, looked))
    statements, unclear = gather(layout, sentences, badges.claims(layout))
    made_from = _bases(seen, sentences)
    return Prose(
        statements=tuple(handed_down(each, made_from, seen.title) for each in statements),
        base_models=made_from,
        unclear=unclear,
        truncated=len(text) > MAX_TEXT or len(looked) < len(telling),
    )


def _section(seen: _Seen, unit: Unit) -> Section:
    """Return what the section of a unit is about; what speaks of this project is so among thanks, too."""
    section = kind(unit.headings)
    if unit.block in seen.noticed:
        return Section.LICENSE
    own = section is Section.OTHERS and unit.form is not Form.CODE
    return Section.NEUTRAL if own and _OWN_STATED.search(seen.layout.text, unit.start, unit.end) else section


def _noticed(layout: Layout) -> frozenset[int]:
    """Return the paragraphs and items that open with a notice on licenses."""
    opening = [u for u in layout.units if u.first and u.form in (Form.PROSE, Form.ITEM)]
    text = layout.text
    noticed = {u.block for u in opening if u.form is Form.PROSE and _NOTICE.match(text, u.start, u.end)}
    return frozenset(noticed | {u.block for u in opening if _TITLED.match(text, u.start, u.end)})


def _telling(seen: _Seen) -> list[int]:
    """Return the units that may say something about licenses."""
    found: list[int] = []
    for number, unit in enumerate(seen.layout.units):
        section = _section(seen, unit)
        if section is Section.NEUTRAL and unit.form is not Form.CODE:
            low = seen.layout.text[unit.start : unit.end].lower()
            if not (_ASCII_GATE if low.isascii() else _GATE).search(low):
                continue
        elif section is not Section.LICENSE:
            continue
        found.append(number)
    return found


def _bounded(seen: _Seen, numbers: list[int]) -> list[int]:
    """Return as many of these units as are looked at closely."""
    lengths = (seen.layout.units[n].end - seen.layout.units[n].start for n in numbers[:MAX_SENTENCES])
    return [n for n, total in zip(numbers, itertools.accumulate(lengths), strict=False) if total <= MAX_LOOKED]


def _sentences(seen: _Seen, numbers: Iterable[int]) -> Iterator[Sentence]:
    """Yield these units with what they say."""
    spoken: dict[int, tuple[Subject, ...]] = {}
    told: dict[int, tuple[Subject, ...]] = {}
    limited: set[int] = set()
    for number in numbers:
        unit = seen.layout.units[number]
        before, all_before = spoken.get(unit.block, ()), told.get(unit.section, ())
        alone = all_before if len(all_before) == 1 else ()
        low = seen.plain(number).low
        if not before and (THEY.match(low) or not subjects(low)):
            before = _before(seen, number)
        made = _sentence(seen, number, unit, before=before, alone=alone, limited=unit.section in limited)
        if made.event.said.research_only:
            limited.add(unit.section)
        yield made
        here = about(subjects(low), low)
        spoken[unit.block] = here or before
        if unit.form is not Form.HEADING:
            told[unit.section] = tuple(dict.fromkeys((*all_before, *here)))


def _before(seen: _Seen, number: int) -> tuple[Subject, ...]:
    """Return what the sentence before one in the same paragraph is about, whether or not it tells of licenses."""
    if number == 0 or seen.layout.units[number - 1].block != seen.layout.units[number].block:
        return ()
    words = seen.plain(number - 1)
    verb, told = _VERB.search(words.low), subjects(words.low)
    is_a = _IS_A.search(words.low)
    if verb:
        named = [w for w in told if is_a and is_a.start() < w.start < is_a.end()]
        told = [w for w in told if w.start < verb.start()] or named
    return about(told if verb else told[:1], words.low) or ((Subject.WEIGHTS,) if names_a_model(words) else ())


def _sentence(
    seen: _Seen, number: int, unit: Unit, *, before: tuple[Subject, ...], alone: tuple[Subject, ...], limited: bool
) -> Sentence:
    """Return what a unit says; *limited* where its section has said before that all is for research only."""
    words, section = seen.plain(number), _section(seen, unit)
    place = evolve(_place(seen, number, unit, section), before=before, told=alone)
    made = claims(words, place)
    events = spoken(words, place, made, limited=limited)
    return Sentence(
        unit=number,
        words=words,
        section=section,
        claims=tuple(made),
        event=events[0],
        more=events[1:],
        place=place,
    )


def _place(seen: _Seen, number: int, unit: Unit, section: Section) -> Place:
    above = unit.lead if unit.lead != number else -1
    columns = _columns(seen, number)
    return Place(
        unit=number,
        section=section,
        form=unit.form,
        heading=subject(unit.headings) if kind(unit.headings) is Section.LICENSE else None,
        lead=_lead(seen, above) or _about_first(columns) or _headed(unit, section),
        lead_low=seen.plain(above).low if above >= 0 else "",
        own=seen.own,
        head=unit.form is Form.ROW and _RULED.match(seen.layout.text, unit.end) is not None,
        columns=columns,
        models=lists_models(unit.headings) if unit.form is Form.ROW else False,
        title=seen.title,
    )


def _headed(unit: Unit, section: Section) -> tuple[Subject, ...]:
    """Return what the heading right above an item is about, where it does not speak of licenses."""
    if section is not Section.NEUTRAL or unit.form is not Form.ITEM or not unit.headings:
        return ()
    low = low_heading(unit.headings[-1])
    found = () if _GENERAL.search(low) else about(subjects(low), low)
    return found if len(found) == 1 and found[0] is not Subject.PROJECT else ()


def _columns(seen: _Seen, number: int) -> tuple[str, ...]:
    """Return what heads the columns of the table around a row: the cells of its first row, in lower case."""
    units = seen.layout.units
    top = number
    while top > 0 and units[top].form is units[top - 1].form is Form.ROW and number - top < MAX_ROWS:
        top -= 1
    head = seen.plain(top).low.strip(" |") if top != number else ""
    return tuple(cell.strip() for cell in head.split("|")[:MAX_CELLS]) if head else ()


def _about_first(columns: tuple[str, ...]) -> tuple[Subject, ...]:
    """Return what the first column of a table is about."""
    return tuple(s for s in about(subjects(columns[0]), columns[0]) if s is not Subject.PROJECT) if columns else ()


def _lead(seen: _Seen, number: int) -> tuple[Subject, ...]:
    """Return what the sentence that leads to a unit is about: before its verb, else all of it; or what leads to it."""
    for _ in range(3):
        if number < 0:
            break
        low = seen.plain(number).low
        words, verb = subjects(low), _VERB.search(low)
        found = about([w for w in words if verb and w.start < verb.start()] or words, low)
        if found:
            return found
        above = seen.layout.units[number].lead
        number = above if above < number else -1
    return ()


def _title(layout: Layout) -> str:
    """Return the title in lower case, without what follows a colon or dash; empty where there is none."""
    first_unit = layout.units[0] if layout.units else None
    if first_unit is None or first_unit.form is not Form.HEADING or kind(first_unit.headings) is not Section.NEUTRAL:
        return ""
    return re.split(r"\s[-|]\s|:", low_heading(first_unit.headings[-1]).strip())[0].strip()


def _own(layout: Layout) -> frozenset[str]:
    """Return the families of models in the title: those are this project."""
    titles = {unit.headings[0] for unit in layout.units[:40] if unit.headings}
    found: set[str] = set()
    for title in titles:
        for each in saying("bases", "family"):
            found |= {m[0].strip(" -_.0123456789") for m in each.matches.finditer(low_heading(title) + " ")}
    return frozenset(found)


def _bases(seen: _Seen, sentences: Iterable[Sentence]) -> tuple[NamedBase, ...]:
    found: dict[str, NamedBase] = {}
    for number, unit in enumerate(seen.layout.units):
        if unit.form is Form.CODE or kind(unit.headings) is Section.OTHERS or len(found) >= MAX_BASES:
            continue
        if not _BASE_GATE.search(seen.layout.text[unit.start : unit.end].lower()):
            continue
        words = seen.plain(number)
        for start, end, name, address in bases(words):
            found.setdefault(
                name.casefold(),
                NamedBase(name=name, address=address, evidence=exactly(seen.layout, *words.origin(start, end))),
            )
    if not found:
        found = {b.name.casefold(): b for b in _by_license(seen, sentences)}
    return tuple(b for b in found.values() if not any(shortens(b.name, longer.name) for longer in found.values()))


def _by_license(seen: _Seen, sentences: Iterable[Sentence]) -> Iterator[NamedBase]:
    """Yield the models whose licenses are inherited, where nothing else names a base."""
    for sentence in sentences:
        for claim in sentence.claims:
            name = claim.mention
            if name is None or claim.binding is not Binding.INHERITS:
                continue
            text = sentence.words.text
            family = _FAMILY_NAME.search(text, name.start, name.end) or _OF_FAMILY.match(text, name.end)
            if family:
                evidence = exactly(seen.layout, *sentence.words.origin(name.start, name.end))
                yield NamedBase(name=family["name"], evidence=evidence)
