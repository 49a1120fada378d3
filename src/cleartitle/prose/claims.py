"""From a sentence to claims: this license, for that, bound so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from cleartitle.prose.asides import aside, in_brackets, of_component
from cleartitle.prose.binding import binding
from cleartitle.prose.covers import DIGIT_NAME, by_name, covered
from cleartitle.prose.markdown import Form
from cleartitle.prose.names import Mention, mentions
from cleartitle.prose.patterns import expression, first
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.plainly import former, is_denied, is_reference, plainly
from cleartitle.prose.rows import in_parts, row
from cleartitle.prose.sections import Section
from cleartitle.prose.subjects import Word, about, last_group, subjects
from cleartitle.prose.values import address, free_name
from cleartitle.vocabulary.prose import Binding, Subject
from cleartitle.vocabulary.statement import Unknown, licenses

_KEY = re.compile(r"^\W{0,6}(?P<key>[^:|]{1,80}?)\s*[:|]\s*(?P<value>\S.*)$", re.DOTALL)
_LICENSE_KEY = expression(r"{license-word}")
_SOLD = expression(r"{commercial}")
"""A key such as "commercial license" leads to how to get one, not to a name."""
_THESE = re.compile(r"\b(?:this|these|our) (?:[\w-]{1,20} )?$")
_NEXT = re.compile(r"[\"')\]]{0,2}(?: licen[sc]e)?(?:, ?|; ?| ?/ | ?· | \+ |、|,)(?:and |und |et |y |e |while )?")
_ONE_WORD = re.compile(r"\S{2,160} ?\(")
"""The place of the code, in front of its license in brackets."""
_REST = re.compile(r" ?[|·•/] .*$")
"""What is told beside it on the same line."""
_ONLY_LICENSE = re.compile(r"(?:the )?(?:model )?licen[sc]es?(?: type)?")
_TITLE_END = re.compile(r"[^\w]{0,3}(?:\((?:the )?[\w\"' -]{1,24}\) ?)?copyright\b|[^\w]{0,3}permission is\b")
_NOTICE = re.compile(r"^\W*(?:copyright\b[^.]{0,80}?)?\blicensed under (?:the )?$")
"""How the notice of a license begins that is printed below the words that say what it is for."""
_MADE_WITH = re.compile(
    r"\b(?:utili[sz]es?|uses?|used|based on|built (?:on|with)|depends? on|relies on|trained (?:on|with)|includes?)\b"
    r"[^.:]{0,80}\b(?:pre-?trained|base|third[- ]party|data\w*|corp(?:us|ora)|librar\w+|packages?|dependencies)\b"
    r"|\bthird[- ]party\b[^.:]{0,60}\blicen[sc]es?\b|\bkeep their (?:own )?licen[sc]es?\b"
)
_STATED = re.compile(
    r"\b(?:released|licensed|distributed|published|available|provided) under\b.{4,300}\b(?:because|since|as)\b"
)
_FOLLOWED = re.compile(r" ?(?:을|를|에) ?(?:따|준수)|に(?:従|準拠|基づ)|の(?:下|もと)で|で(?:公開|提供|配布)")
_ITSELF = re.compile(
    r" ?(?:为|是|采用|遵循|選擇|は|은|는) ?[\[(《]?(?=[\w .《-]{0,24}(?:\d|mit|apache|gpl|bsd|cc|licen))"
)
"""After words such as ``Fox许可协议``: they tell what follows, and are no name."""
_UNNAMED = re.compile(
    r"\b(?:is|are) (?:itself |also )?(?:licensed|released|distributed|available|governed|covered)? ?(?:under"
    r"|by)\b[^.;]{0,30}\blicen[sc]e\b"
)
_NAMELY = re.compile(r"(?:\b(?:namely|i\.e\.|that is|which is)[, ]{1,2}(?:the |under )?|[(:,] ?(?:the )?|- ?)\W{0,3}$")
_OF_A_KIND = re.compile(
    r"\b(?:released|available|published|licensed|distributed|open-?sourced)\b[^.;]{0,30} under (?:an? |the )?"
    r"(?:\w+[ -])?(?:permissive|open|open[- ]source|non-?commercial|restrictive|proprietary|research)"
    r"(?:[- ]\w+)? licen[sc]es?\b"
)
"""A license that is only described."""
_AND = re.compile(
    r"^[\"')\]]{0,3}(?: licen[sc]es?)?[\s,/&+、]{0,3}(?:and|with|or|und|et|y|e|和|与|及|以及|或|と|および|및"
    r"|와|과)?[\s,/&+、]{0,2}(?:the |an? |also |la |le |die |der |den )?[\"'(]?$"
)
_TO_FILE = re.compile(
    r"(?:\b(?:under|with|to|by|follows?|via|in)\b(?: the| a| an| our| this)*|依照|遵循|遵守|采用|根据|按照"
    r"|基于|に従|따라|sous|unter|bajo|sob|sotto)[^.;,]{0,24}$"
)


@frozen(kw_only=True)
class Claim:
    """A license named in one sentence."""

    unit: int
    start: int
    """Place in the plain text of the sentence."""
    covers: tuple[Subject, ...]
    explicit: bool
    """Whether the sentence says what is covered."""
    mention: Mention | None
    binding: Binding
    weak: bool = False
    """A mere pointer ("see LICENSE"): counts only where nothing else is said."""


def claims(said: Plain, place: Place) -> list[Claim]:
    """Return what a sentence claims about the license of this project."""
    if place.section is Section.OTHERS:
        return []
    if place.form is Form.CODE:
        return _printed(said, place)
    if _trapped(said.low, place):
        return _before_others(said, place) or _at_once(said, place)
    until = _reason_from(said.low)
    made = [c for c in _claims(said, place) if c.start < until]
    own = first("traps", said.low, "own-terms")
    listed = _in_brackets(said.low, own.end()) if own else 0
    made = [c for c in made if not own or c.start < own.start() or (c.start >= listed and _of_part(c))]
    return list(_holding(said.low, made))


def _in_brackets(low: str, start: int) -> int:
    """Return where the brackets end that open at a place, else that place."""
    opened = low[start:].lstrip().startswith("(")
    return low.find(")", start) + 1 or len(low) if opened else start


def _before_others(said: Plain, place: Place) -> list[Claim]:
    """Return what a sentence states before it turns to others: ``Fox is under MIT, unlike Hen, which is not``."""
    found = first("traps", said.low, "others") or first("traps", said.low, "others-data")
    before = said.low[: found.start()] if found else ""
    if not found or place.form is Form.HEADING or not first("binding", before, "stated"):
        return []
    made = [c for c in _claims(said, place) if c.mention and c.mention.named and c.mention.end < found.start()]
    return list(_holding(before, made))


def _of_part(claim: Claim) -> bool:
    """Return whether a claim puts code, weights or outputs under a license that it names."""
    named = claim.mention is not None and claim.mention.named
    return named and claim.explicit and not {Subject.DATA, Subject.PROJECT} & set(claim.covers)


def _holding(low: str, made: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims but those that are denied, and what is joined to them: ``does not change the MIT or BSD``."""
    end, denied = 0, False
    for claim in made:
        if claim.mention:
            joined = denied and _AND.match(low[end : claim.mention.start])
            denied = bool(joined) or is_denied(low, end, claim.mention)
            end = claim.mention.end
        if not (claim.mention and denied):
            yield claim


def _claims(said: Plain, place: Place) -> list[Claim]:
    """Return what a sentence claims that is no trap as a whole."""
    if place.form is Form.HEADING:
        return _heading(said, place)
    another = _of_another(place)
    if another and place.section is Section.LICENSE:
        return []
    if place.form is Form.ROW:
        return [_claim(said, place, m, covers, explicit=bool(covers)) for m, covers in row(said, place)]
    keyed = None if another else _keyed(said, place)
    return keyed if keyed is not None else _stated(said, place)


def _of_another(place: Place) -> bool:
    """Return whether a list item tells more of the data or model of the item around it."""
    if not place.lead_low:
        return False
    if place.section is Section.LICENSE:
        return _MADE_WITH.search(place.lead_low) is not None
    return Subject.DATA in place.lead or re.search(r"\b(?:pre-?trained|base) model", place.lead_low) is not None


def _at_once(said: Plain, place: Place) -> list[Claim]:
    """Return the license that follows its key at once, whatever is told of that license after it."""
    found = None if place.form is Form.HEADING else _KEY.match(said.text)
    if not found or not _ONLY_LICENSE.fullmatch(said.low[found.start("key") : found.end("key")]):
        return []
    told = [m for m in mentions(said, keyed=True) if m.named and 0 <= m.start - found.start("value") < 5]
    return [_claim(said, place, m, (), explicit=False) for m in told]


def _printed(said: Plain, place: Place) -> list[Claim]:
    """Return the license whose text is printed in a section on licenses: it is named on the first line."""
    if place.section is not Section.LICENSE:
        return []
    told = [m for m in mentions(said) if m.named and m.start < 12 and _TITLE_END.match(said.low, m.end)]
    told = told or [m for m in mentions(said)[:1] if m.named and place.lead and _NOTICE.search(said.low, 0, m.start)]
    return [_claim(said, place, m, (), explicit=False) for m in told[:1]]


def _heading(said: Plain, place: Place) -> list[Claim]:
    """Return the license that a heading is: a known one, since "Model License" is only a title."""
    if place.section is not Section.LICENSE or len(said.text) > 100:
        return []
    keyed = _keyed(said, place)
    introduced = _LICENSE_KEY.search(place.lead_low) is not None
    told = [m for m in mentions(said) if m.named]
    told = [m for m in told if introduced or not isinstance(m.license, Unknown) or _is_own(m, said, place)]
    return keyed or [_claim(said, place, m, (), explicit=False) for m in told]


def _is_own(mention: Mention, said: Plain, place: Place) -> bool:
    """Return whether a heading is the name of this work's own license, with its title: ``Fox Community License``."""
    named = set(mention.said.lower().split()) & {w for w in place.title.split() if len(w) > 2}
    return bool(named) and mention.said.strip() == said.text.strip(" .:")


def _reason_from(low: str) -> int:
    """Return where a sentence goes on to what the work was made from, once it has stated a license."""
    made = first("traps", low, "others-data")
    return made.start() if made and _STATED.search(low, 0, made.start()) else len(low)


def _trapped(low: str, place: Place) -> bool:
    if first("traps", low, "others"):
        return True
    if _reason_from(low) < len(low):
        return False
    return first("traps", low, "others-data") is not None and not (
        place.section is Section.LICENSE
        and re.search(r"\b(?:release|licensed|released)\b[^.;]{0,40}\b(?:as|under)\b[^,;]{0,60}$", low)
        and not re.search(r"\b(?:dataset|corpus|data)\b[^.;]{0,40}\b(?:released|licensed|available|published)\b", low)
    )


def _keyed(said: Plain, place: Place) -> list[Claim] | None:
    """Return the claims of ``License: MIT`` or, in a license section, ``Weights: MIT``; None where there is no key."""
    found = _KEY.match(said.text)
    if not found or found["value"].startswith("//") or len(found["key"].split()) > 9:
        return None
    key = said.low[found.start("key") : found.end("key")]
    is_license = bool(_LICENSE_KEY.search(key)) and not first("binding", key, "under") and not _SOLD.search(key)
    bare = _LICENSE_KEY.sub(lambda m: " " * len(m[0]), key)
    words = [w for w in subjects(bare) if w.subject is not Subject.PROJECT]
    named = bool(DIGIT_NAME.search(found["key"])) and place.section is Section.LICENSE
    part = words and (place.section is Section.LICENSE or _says_only(said, key, found.start("value")))
    if not is_license and not part and not (named and place.section is Section.LICENSE):
        return None
    if is_license and len(key.split()) > 6 and not words:
        return None
    start = found.start("value")
    told = mentions(said, keyed=is_license or (bool(part) and len(said.low[start:].split()) < 4))
    if any(m.named and m.end <= start for m in told):
        if not _of_named(told, start):
            return None
        told = [m for m in told if m.start >= start]
    told = [m for m in told if m.end > start and (m.start >= start or m.named)]
    whole = (Subject.PROJECT,) if subjects(key) and not words else ()
    covers = about(words, key) or ((Subject.WEIGHTS,) if named else whole)
    value = said.low[start:]
    named_here = [m for m in told if m.named]
    if named_here and of_component(said, named_here[0]):
        return []
    if named_here:
        parts = [w for w in subjects(said.low, start, named_here[0].start) if w.subject is not Subject.PROJECT]
        if parts or first("binding", value, "stated") or len(value.split()) > 12:
            inside = evolve(place, section=Section.LICENSE) if is_license else place
            return _stated(said, inside, default=covers, start=start)
        apart = in_parts(said, named_here)
        if apart:
            return [_claim(said, place, m, part, explicit=True) for m, part in apart]
        return list(_each(said, place, named_here, covers))
    if told:
        return [_claim(said, place, told[0], covers, explicit=bool(covers), weak=not covers)]
    named_by = (free_name(said, start) or address(said, start)) if is_license else None
    return [_claim(said, place, named_by, covers, explicit=bool(covers))] if named_by else None


def _each(said: Plain, place: Place, told: list[Mention], covers: tuple[Subject, ...]) -> Iterator[Claim]:
    """Yield the claims of a line with one key or several: ``Code: MIT, weights: Fox License``."""
    end = told[0].start
    for mention in told:
        words = [w for w in subjects(said.low, end, mention.start) if w.subject is not Subject.PROJECT]
        covers, end = about(last_group(words, said.low), said.low) or covers, mention.end
        yield _claim(said, place, mention, covers, explicit=bool(covers))


def _says_only(said: Plain, key: str, start: int) -> bool:
    """Return whether a line says nothing but the license of a part: ``Code: MIT.``"""
    covers = about(subjects(key), key)
    if len(key.split()) > 3 or Subject.DATA in covers:
        return False
    told = [m for m in mentions(said) if m.start >= start and m.license and licenses(m.license)][:1]
    ours = covers == (Subject.CODE,) or key.strip(" *") in ("model", "models", "weights", "model weights", "checkpoint")
    behind = [_ONE_WORD.match(said.low, start, m.start + 1) for m in told if ours]
    at_once = bool(told) and (told[0].start - start < 3 or any(b and b.end() >= told[0].start for b in behind))
    return at_once and not _REST.sub("", said.low[told[0].end :]).strip(" .。;*`)(")


def _of_named(told: list[Mention], start: int) -> bool:
    """Return whether a key only says whose license its value names: ``Model License of Fox: MIT``."""
    keys = [m for m in told if m.end <= start]
    value = [m for m in told if start <= m.start < start + 3]
    named = bool(value) and value[0].named
    return named and all(isinstance(m.license, Unknown) for m in keys)


def _stated(said: Plain, place: Place, *, default: tuple[Subject, ...] = (), start: int = 0) -> list[Claim]:
    told = [m for m in mentions(said) if not _ITSELF.match(said.low, m.end)]
    told = [m for n, m in enumerate(told) if not (told[n + 1 :] and _same_as(said.low, m, told[n + 1]))]
    words = [w for w in subjects(said.low) if not any(m.start <= w.start < m.end for m in told)]
    if place.section is Section.NEUTRAL and not any(m.named for m in told):
        return _described(said, place, words) or _unnamed(said, place, words)
    if not told:
        return _unnamed(said, place, words)
    made: list[Claim] = []
    last: tuple[Subject, ...] = ()
    used = 0
    begin = start
    for number, mention in enumerate(told):
        until = told[number + 1].start if number + 1 < len(told) else len(said.low)
        if aside(said.low, begin, start, mention):
            begin = mention.end
            continue
        if former(said.low, told[number - 1].end if number else start, mention.start):
            continue
        if place.form is Form.ITEM and in_brackets(said, words, mention, start):
            break
        covers, used = covered(said, words, mention, max(begin, used), until)
        covers = () if covers == (Subject.PROJECT,) and place.heading else covers  # the heading names the part
        joined = bool(made) and bool(_AND.match(said.low[begin : mention.start]))
        explicit = bool(covers)
        if not covers and joined:
            covers, explicit = last, made[-1].explicit
        if not covers:
            covers = default or by_name(said, begin, mention, place)
            explicit = bool(covers)
        weak = is_reference(said.low, begin, mention.start, mention.end) and not joined
        window, begin = begin, mention.end
        joined = joined or (bool(made) and _in_line(said, words, window, mention))
        if place.section is Section.NEUTRAL and not (joined or plainly(said, words, mention, window, place, weak=weak)):
            continue
        if weak and not mention.named and made and not explicit:
            continue
        followed = _TO_FILE.search(said.low[window : mention.start]) or _FOLLOWED.match(said.low, mention.end)
        if not mention.named and not (explicit and followed):
            weak = True
        made.append(_claim(said, place, mention, covers, explicit=explicit, weak=weak))
        last = covers
    return made


def _same_as(low: str, one: Mention, other: Mention) -> bool:
    """Return whether a license is said to be another's, and is then named: ``the same as Fox's, namely MIT``."""
    another = isinstance(one.license, Unknown) and one.said.lower().startswith("same ")
    known = bool(other.license and licenses(other.license))
    return another and known and _NAMELY.search(low, one.end, other.start) is not None


def _in_line(said: Plain, words: list[Word], start: int, mention: Mention) -> bool:
    """Return whether nothing but the next part stands before its license: ``the code is MIT, the weights Fox``."""
    parts = [w for w in words if start <= w.start < mention.start]
    between = mention.start - start - sum(w.end - w.start for w in parts)
    return bool(parts) and between < 20 and _NEXT.match(said.low, start) is not None


def _described(said: Plain, place: Place, words: list[Word]) -> list[Claim]:
    """Return the claim of "the weights are released under a permissive license", outside of license sections."""
    found = None if first("traps", said.low, "not-here") else _OF_A_KIND.search(said.low)
    heads = [w for w in words if not w.complement and found and w.start < found.start()]
    if not found or not heads:
        return []
    mention = Mention(start=found.end(), end=found.end(), said="")
    if not plainly(said, words, mention, 0, place, weak=False):
        return []
    return [_claim(said, place, mention, about(last_group(heads, said.low), said.low), explicit=True)]


def _unnamed(said: Plain, place: Place, words: list[Word]) -> list[Claim]:
    """Return the claim of "the code is under the parent license of this repository"."""
    low = said.low
    if first("traps", low, "not-here"):
        return []
    upstream = first("binding", low, "unnamed")
    found = upstream or (_UNNAMED.search(low) if place.section is Section.LICENSE else None)
    heads = [w for w in words if not w.complement and found and w.start < found.start()]
    if not found or (place.section is Section.NEUTRAL and not _tells_own(low, heads)):
        return []
    if upstream and not heads:
        own = [w for w in words if w.start >= found.end() and _THESE.search(low, 0, w.start)]
        covers = about(own, low) or ((place.heading,) if place.heading else (Subject.WEIGHTS,))
        mention = Mention(start=found.start(), end=found.end(), said="")
        return [evolve(_claim(said, place, mention, covers, explicit=True), binding=Binding.INHERITS)]
    if not heads:
        return []
    mention = Mention(start=found.start(), end=found.end(), said="")
    made = _claim(said, place, mention, about(last_group(heads, low), low), explicit=True)
    return [evolve(made, binding=Binding.INHERITS) if upstream else made]


def _tells_own(low: str, heads: list[Word]) -> bool:
    """Return whether a sentence outside license sections tells of this project: by its subject, or by its key."""
    if re.match(r"^\W*(?:licen[sc]e ?:|the (?:original|base|upstream|parent) (?:model(?:'s)? )?licen[sc]e\b)", low):
        return True
    return bool(heads) and first("binding", low[: heads[0].start], "own") is not None


def _claim(
    said: Plain, place: Place, mention: Mention, covers: tuple[Subject, ...], *, explicit: bool, weak: bool = False
) -> Claim:
    default = (place.heading,) if place.heading else place.lead
    return Claim(
        unit=place.unit,
        start=mention.start,
        covers=covers or default or (Subject.PROJECT,),
        explicit=explicit or bool(default),
        mention=mention,
        binding=binding(said, place, mention),
        weak=weak,
    )
