"""From a sentence to claims: this license, for that, bound so."""

from __future__ import annotations

import re

from attrs import evolve, field, frozen

from cleartitle.prose.markdown import Form
from cleartitle.prose.names import Mention, meaning, mentions, nothing_named
from cleartitle.prose.patterns import expression, first, saying, together
from cleartitle.prose.plain import Plain
from cleartitle.prose.sections import Section
from cleartitle.prose.subjects import Word, about, subjects
from cleartitle.vocabulary.prose import Binding, Subject
from cleartitle.vocabulary.statement import Unknown, licenses

_KEY = re.compile(r"^\W{0,6}(?P<key>[^:|]{1,80}?)\s*[:|]\s*(?P<value>\S.*)$", re.DOTALL)
_LICENSE_KEY = expression(r"{license-word}")
_PLACEHOLDER = re.compile(
    r"(?i)^\W*(?:n/?a|none|unknown|tbd|todo|\[?more information needed\]?|information needed|other|see\b.*"
    r"|same as.*|-|\?|not specified|to be .*|in progress|coming soon|待定|无|暂无|未定)\W*$"
)
_AFTER = re.compile(
    r"^[\"')\]]{0,3} ?(?:licen[sc]ed?|license|许可证?|协议|ライセンス)?[ ,]{0,2}(?:\(? ?(?:for|of|covers?"
    r"|applies to|governs|pour|für|para|per|用于|适用于)\b ?(?:the |all |our |both |its |any |le |la |les"
    r" |die |das |den |el |los |las |o |os )*|[(（] ?)"
)
_AND = re.compile(
    r"^[\"')\]]{0,3}(?: licen[sc]es?)?[\s,/&+、]{0,3}(?:and|or|und|et|y|e|和|与|及|以及|或|と|および|및"
    r"|와|과)?[\s,/&+、]{0,2}(?:the |an? |also |la |le |die |der |den )?[\"'(]?$"
)
_CLAUSE = re.compile(
    r"; |, (?:we|while|whereas|but|although|however|so|please|and we|it|which)\b|\bwhile\b|\bwhereas\b"
    r"|;|,(?=(?:而|但|其中|我们|请))"
)
_NAMED = re.compile(r"(?:^|[\s(\"'、,])([A-Z][\w.+/-]*(?:[ -][A-Z0-9][\w.+-]*){0,5})")
_IT = re.compile(r"^\W*(?:it|they|these|both|which|its|their)\b")
_DIGIT_NAME = re.compile(
    r"\b(?=[\w./-]*[A-Za-z])(?=[\w./-]*\d)[A-Za-z][\w./-]{2,}|\b[A-Z]\w+[ -]v?\d+(?:\.\d+)?\b", re.ASCII
)
_OTHER_IS = re.compile(r"^[^.;,]{0,60}?(?:\b(?:is|are|was|were)\b|则|は|est|ist|es)")
_OWN = re.compile(r"\b(?:this|our|all|these|its)\b|本|该|この|이 ")
_REASON = re.compile(
    r"\b(?:given that|since|because|as (?:some|most|many|the (?:data|training)))\b[^,;]{0,160}$|由于[^,。;]{0,60}$"
)
_TO_FILE = re.compile(
    r"(?:\b(?:under|with|to|by|follows?|via|in)\b(?: the| a| an| our| this)*|依照|遵循|遵守|采用|根据|按照"
    r"|基于|に従|따라|sous|unter|bajo|sob|sotto)[^.;,]{0,24}$"
)
_PUBLISHED = re.compile(r"\b(?:released|available|licensed|distributed|provided) under(?: the)? ?$")
MAX_LOOK = 400
"""Characters before a name in which its subject is looked for."""


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


@frozen(kw_only=True)
class Place:
    """Where a sentence stands."""

    unit: int
    section: Section
    form: Form
    heading: Subject | None = None
    lead: tuple[Subject, ...] = ()
    """What the sentence before a list is about."""
    lead_low: str = ""
    before: tuple[Subject, ...] = ()
    """What the sentence before in the paragraph is about: what "it" means."""
    title: str = ""
    """The title of the text, in lower case: its own name."""
    own: frozenset[str] = field(default=frozenset())
    """Families of models that the title names: those are this project, not upstream."""


def claims(said: Plain, place: Place) -> list[Claim]:
    """Return what a sentence claims about the license of this project."""
    if place.section is Section.OTHERS or _trapped(said.low, place):
        return []
    if place.form is Form.HEADING:
        return _heading(said, place)
    if place.form is Form.ROW:
        return _row(said, place)
    keyed = None if _of_another(place) else _keyed(said, place)
    return keyed if keyed is not None else _stated(said, place)


def _of_another(place: Place) -> bool:
    """Return whether a list item tells more of the data or model of the item around it."""
    if place.section is not Section.NEUTRAL or not place.lead_low:
        return False
    return Subject.DATA in place.lead or re.search(r"\b(?:pre-?trained|base) model", place.lead_low) is not None


def _heading(said: Plain, place: Place) -> list[Claim]:
    """Return the license that a heading is: a known one, since "Model License" is only a title."""
    if place.section is not Section.LICENSE or len(said.text) > 100:
        return []
    keyed = _keyed(said, place)
    told = [m for m in mentions(said) if m.named and not isinstance(m.license, Unknown)]
    return keyed or [_claim(said, place, m, (), explicit=False) for m in told]


def _trapped(low: str, place: Place) -> bool:
    if first("traps", low, "others"):
        return True
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
    is_license = bool(_LICENSE_KEY.search(key)) and not first("binding", key, "under")
    words = [w for w in subjects(key) if w.subject is not Subject.PROJECT]
    named = bool(_DIGIT_NAME.search(found["key"])) and place.section is Section.LICENSE
    if not is_license and not ((words or named) and place.section is Section.LICENSE):
        return None
    if is_license and len(key.split()) > 6 and not words:
        return None
    start = found.start("value")
    told = mentions(said, keyed=is_license)
    if any(m.named and m.end <= start for m in told):
        return None
    told = [m for m in told if m.end > start and (m.start >= start or m.named)]
    covers = about(words, key) or ((Subject.WEIGHTS,) if named else ())
    value = said.low[start:]
    if any(m.named for m in told):
        if first("binding", value, "stated") or len(value.split()) > 12:
            inside = evolve(place, section=Section.LICENSE) if is_license else place
            return _stated(said, inside, default=covers, start=start)
        return [_claim(said, place, m, covers, explicit=bool(covers)) for m in told if m.named]
    if told:
        return [_claim(said, place, told[0], covers, explicit=bool(covers), weak=not covers)]
    named_by = _free_name(said, found.start("value")) if is_license else None
    return [_claim(said, place, named_by, covers, explicit=bool(covers))] if named_by else None


def _free_name(said: Plain, start: int) -> Mention | None:
    """Return the value of a license key that no pattern knows, if it could be a name."""
    words = said.text[start:].strip(" .`'\"|*")
    low = words.lower()
    if len(words) > 60 or len(words.split()) > 6 or _PLACEHOLDER.match(words) or nothing_named(words):
        return None
    if first("binding", low, "stated") or not re.search(r"[A-Za-z\u3040-\u9fff\uac00-\ud7a3]", words) or "http" in low:
        return None
    return Mention(start=start, end=start + len(words), said=words, license=meaning(words))


def _row(said: Plain, place: Place) -> list[Claim]:
    cells = [c for c in re.split(r"\s*\|\s*", said.text.strip().strip("|")) if c.strip()]
    if len(cells) < 2 or len(cells) > 12:
        return []
    head = cells[0].lower()
    is_key = bool(_LICENSE_KEY.search(head)) and len(head.split()) <= 4
    if not is_key and place.section is not Section.LICENSE:
        return []
    if is_key and len(cells) != 2:
        return []
    told = mentions(said, keyed=is_key)
    inside = len(said.text) - len(said.text.lstrip(" |")) + len(cells[0])
    told = [m for m in told if m.start >= inside and m.named]
    covers = about([w for w in subjects(head) if w.subject is not Subject.PROJECT], head)
    if not covers and not is_key and _DIGIT_NAME.search(cells[0]):
        covers = (Subject.WEIGHTS,)
    if told:
        return [_claim(said, place, told[0], covers, explicit=bool(covers))]
    if is_key:
        start = said.text.find(cells[1])
        named = _free_name(said, start) if start >= 0 else None
        return [_claim(said, place, named, covers, explicit=bool(covers))] if named else []
    return []


def _stated(said: Plain, place: Place, *, default: tuple[Subject, ...] = (), start: int = 0) -> list[Claim]:
    told = mentions(said)
    if place.section is Section.NEUTRAL and not any(m.named for m in told):
        return []
    words = [w for w in subjects(said.low) if not any(m.start <= w.start < m.end for m in told)]
    if not told:
        return _unnamed(said, place, words)
    made: list[Claim] = []
    last: tuple[Subject, ...] = ()
    used = 0
    begin = start
    for number, mention in enumerate(told):
        until = told[number + 1].start if number + 1 < len(told) else len(said.low)
        if _REASON.search(said.low, begin, mention.start):
            begin = mention.end
            continue
        if _former(said.low, told[number - 1].end if number else start, mention.start):
            continue
        covers, used = _covered(said, words, mention, max(begin, used), until)
        joined = bool(made) and bool(_AND.match(said.low[begin : mention.start]))
        explicit = bool(covers)
        if not covers and joined:
            covers, explicit = last, made[-1].explicit
        if not covers:
            covers = default or _by_name(said, begin, mention, place)
            explicit = bool(covers)
        weak = _is_reference(said.low, begin, mention.start) and not joined
        window, begin = begin, mention.end
        if place.section is Section.NEUTRAL and not (
            joined or _plainly(said, words, mention, window, place, weak=weak)
        ):
            continue
        if weak and not mention.named and made and not explicit:
            continue
        if not mention.named and not (explicit and _TO_FILE.search(said.low[window : mention.start])):
            weak = True
        made.append(_claim(said, place, mention, covers, explicit=explicit, weak=weak))
        last = covers
    return made


def _covered(
    said: Plain, words: list[Word], mention: Mention, begin: int, until: int
) -> tuple[tuple[Subject, ...], int]:
    """Return what the sentence puts under a license, and up to where its words are used."""
    low = said.low
    begin = max(begin, mention.start - MAX_LOOK)
    before = [w for w in words if begin <= w.start < mention.start]
    clauses = [m.end() for m in _CLAUSE.finditer(low, begin, mention.start)]
    for cut in reversed(clauses):
        later = [w for w in before if w.start >= cut]
        if any(not w.complement for w in later):
            before = later
            break
    if before and all(w.complement for w in before) and _DIGIT_NAME.search(said.text[begin : mention.start]):
        return (), mention.end
    if any(not w.complement for w in before) or (before and not _AFTER.match(low[mention.end : mention.end + 40])):
        return about(before, low), mention.end
    lead = _AFTER.match(low[mention.end : mention.end + 40])
    if lead:
        place = mention.end + lead.end()
        after = [w for w in words if place <= w.start < min(until, place + 40)]
        near = [w for w in after if w.start - place < 24 or w is not after[0]]
        if near:
            return about([w for w in near if w.start < near[0].end + 30], low), near[-1].end
    return (), mention.end


def _by_name(said: Plain, begin: int, mention: Mention, place: Place) -> tuple[Subject, ...]:
    """Return what is meant where no word says it.

    A name before the license (a number in it makes it a model), "it", the name of the license, what leads to it.
    """
    window = said.text[begin : mention.start]
    name = re.sub(r"licen[sc]es?\b.*$", "", mention.said.lower())
    inside = about(subjects(name), name)
    if inside and inside[0] in (Subject.DATA, Subject.CODE):
        return inside
    if _IT.match(said.low) and place.before:
        return place.before
    if first("binding", mention.said.lower(), "policy") and "openai" in said.low:
        return (Subject.DATA,)
    if _DIGIT_NAME.search(window):
        return (Subject.WEIGHTS,)
    if first("bases", window.lower(), "family") and _NAMED.search(window):
        return (Subject.WEIGHTS,)
    return place.lead or (inside if Subject.WEIGHTS in inside and not place.heading else ())


def names_a_model(said: Plain) -> bool:
    """Return whether a sentence opens with a proper name that looks like a model's: ``Orca 2 is ...``."""
    found = re.match(r"^\W*(?:The )?([A-Z][\w./-]*(?: [\w.-]+){0,4}?) (?:is|are|was|were)\b", said.text)
    return bool(found and _DIGIT_NAME.search(found[1]))


def _former(low: str, begin: int, start: int) -> bool:
    for each in saying("traps", "former"):
        for found in each.matches.finditer(low, begin):
            if found.end() > start:
                break
            if start - found.end() < 28:
                return True
    return False


def _is_reference(low: str, begin: int, start: int) -> bool:
    before = low[max(begin, start - 70) : start]
    return bool(together("traps", "reference").search(before))


def _plainly(said: Plain, words: list[Word], mention: Mention, begin: int, place: Place, *, weak: bool) -> bool:
    """Return whether a sentence outside license sections puts this very project under the license."""
    low = said.low
    window = low[begin : mention.start]
    if mention.named and re.search(
        r"\blicen[sc]e (?:is|can be|may be) (?:available|found|obtained)[^.;]{0,30}$", window
    ):
        return True
    if weak:
        return False
    tail = low[mention.end : mention.end + 20]
    if not first("binding", window, "stated") and not first("binding", tail, "stated"):
        return False
    heads = [w for w in words if begin <= w.start < mention.start and not w.complement]
    if heads:
        before = low[max(begin, heads[0].start - 40) : heads[0].start] + low[heads[0].start : heads[0].end]
        if heads[0].subject is Subject.DATA and not re.search(r"\b(?:this|our)\b|本|この|이 ", before):
            return False
        opens = heads[0].start < 3 and heads[0].subject in (Subject.CODE, Subject.WEIGHTS)
        return opens or bool(first("binding", low[begin : heads[0].start], "own") or first("binding", before, "own"))
    if place.title and low[:80].lstrip().startswith(place.title):
        return True
    return bool(re.match(r"^\W*(?:it\b|licensed|released|distributed|available|this\b|本|この)", low)) or bool(
        re.match(r"^\W*[A-Z][\w.+-]*(?: [\w.+-]+){0,3} (?:is|are)\b", said.text) and _title_like(said, begin)
    )


def _title_like(said: Plain, begin: int) -> bool:
    return begin == 0 and not first("bases", said.low[:60], "family")


def _unnamed(said: Plain, place: Place, words: list[Word]) -> list[Claim]:
    """Return the claim of "the code is under the parent license of this repository"."""
    if place.section is not Section.LICENSE:
        return []
    found = re.search(
        r"\b(?:is|are) (?:itself |also )?(?:licensed|released|distributed|available|governed|covered)? ?(?:under"
        r"|by)\b[^.;]{0,30}\blicen[sc]e\b",
        said.low,
    )
    heads = [w for w in words if not w.complement and found and w.start < found.start()]
    if not found or not heads:
        return []
    covers = about(heads, said.low)
    mention = Mention(start=found.start(), end=found.end(), said="")
    return [_claim(said, place, mention, covers, explicit=True)]


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
        binding=_binding(said, place, mention),
        weak=weak,
    )


def _binding(said: Plain, place: Place, mention: Mention) -> Binding:
    low = said.low
    window = low[max(0, mention.start - MAX_LOOK) : mention.start]
    name = mention.said.lower() or mention.address.lower()
    near = low[mention.start : mention.end + 30]
    if first("binding", name, "policy") and not _is_license(mention) and not _PUBLISHED.search(window):
        return Binding.ALSO_SUBJECT_TO
    if first("binding", window, "inherits") or first("binding", near, "inherits"):
        return Binding.INHERITS
    cut = max((m.end() for m in _CLAUSE.finditer(window)), default=0)
    window = window[cut:]
    family = first("bases", window, "family")
    told_apart = cut > 0 or bool(place.title) or "copyright" in low
    known = family is not None and family[0].strip(" -_.0123456789") in place.own
    if family and told_apart and not known and _is_upstream(window, family.start()):
        return Binding.INHERITS
    if first("binding", window, "also-subject-to"):
        return Binding.ALSO_SUBJECT_TO
    return Binding.UNDER


def _is_license(mention: Mention) -> bool:
    """Return whether the words name a license although they sound like a policy: Gemma's terms of use."""
    found = licenses(mention.license) if mention.license else ()
    return bool(found) and not any(re.search("Policy|Terms-of-Use", each) for each in found)


def _is_upstream(window: str, start: int) -> bool:
    """Return whether a family of models is the subject: "Llama 2 is licensed", not "our Llama 2 fine-tune is"."""
    before = window[:start]
    return bool(_OTHER_IS.search(window[start:])) and not _OWN.search(before) and not subjects(before)
