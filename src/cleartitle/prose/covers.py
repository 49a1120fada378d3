"""What a sentence puts under a license that it names."""

from __future__ import annotations

import re

from cleartitle.prose.names import Mention
from cleartitle.prose.patterns import first
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.subjects import Word, about, last_group, subjects
from cleartitle.vocabulary.prose import Subject

_AFTER = re.compile(
    r"^[\"')\]]{0,3} ?(?:licen[sc]ed?|license|许可证?|协议|ライセンス)?[ ,]{0,2}"
    r"(?:(?:on|of|in) (?:this|the) (?:repo\w*|project) )?(?:\(? ?(?:for|of|covers?|applies (?:only )?to|governs"
    r"|(?:before|when|while) (?:using|running|downloading)(?: the| these| this| our)? (?:provided )?"
    r"|pour|für|para|per|用于|适用于)\b ?"
    r"(?:the |all |our |both |its |any |le |la |les"
    r" |die |das |den |el |los |las |o |os )*|[(（] ?)"
)
_APPLIES = re.compile(
    r"[^.。;]{0,80}?(?:에만|에|にのみ|にだけ|に) ?(?:적용|適用)|[^.。;]{0,6}(?:仅|只)?(?:适用于|適用於)[^.。;,]{0,20}"
    r"|(?:が|は)?(?:適用される|カバーする)のは[^。;]{0,30}?(?:のみ|だけ)?です?"
    r"|[^.;,|]{0,16}?\b(?:covers?|applies (?:only |solely |just )?to|governs?|gilt (?:nur |allein )?für"
    r"|s'applique (?:uniquement |seulement )?(?:à|aux?)|se aplica (?:solo |sólo |únicamente )?al?)\b[^.;,]{0,60}"
)
"""What follows a name and says what it holds for."""
_APP = re.compile(r"\bonly\b[^.;]{0,40}\bapp(?:lication)?\b|\bapp(?:lication)?\b[^.;]{0,12}\bonly\b")
_INHERITS = re.compile(
    r"\b(?:inherits?|takes? over|carr(?:y|ies) over|hérite(?:nt)?|erb(?:t|en)|heredan?|herdam?)\b|继承|沿用"
)
_COVERS = re.compile(
    r"[\"')\]]{0,3}(?: licen[sc]e)?,? (?:(?:which|that|and|this|it) (?:also )?(?:includes|covers|applies to|extends to)"
    r"|including|covering)\b(?! (?:for|but|without))[^.;]{0,160}"
)
"""What follows a name and lists what it holds for, beside what was said before it."""
_OF_DATA = re.compile(r"[\"')\]]{0,3} (?:of|for|on) (?:the |its |their )?(?:generated )?data\b")
DATA_GIVER = re.compile(r"\b(?:crawl|corpus|dataset|openai)")
"""In the names of terms: those whose terms they are give data."""
_UNDER_WHICH = re.compile(r"[^.;]{0,60}\blicen[sc]es? under which\b")
CLAUSE = re.compile(
    r"; |, (?:we|while|whereas|but|although|however|so|please|and we|it|which)\b|\bwhile\b|\bwhereas\b"
    r"|;|,(?=(?:而|但|其中|我们|请))"
)
_NAMED = re.compile(r"(?:^|[\s(\"'、,])([A-Z][\w.+/-]*(?:[ -][A-Z0-9][\w.+-]*){0,5})")
_POINTS = re.compile(r"^\W*(?:please )?(?:see|read|refer to|check|the same licen[sc]e)\b")
_IT = re.compile(
    r"^\W*(?:(?:it|they|these|both|which|its|their)\b|(?:licensed|released|distributed|published|available) under\b"
    r"|additional information ?:)"
)
DIGIT_NAME = re.compile(
    r"\b(?!Copyright\b)(?=[\w./-]*[A-Za-z])(?=[\w./-]*\d)[A-Za-z][\w./-]{3,}"
    r"|\b(?!Copyright\b)[A-Z]\w+[ -]v?\d+(?:\.\d+)?\b",
    re.ASCII,
)
_SIZED = re.compile(r"(?<![a-z0-9.])\d+(?:\.\d+)?[bm](?![a-z])")
"""The size of a model, in its name."""
_USE_OF = re.compile(r"\b(?:use|usage|using|users) (?:of )?(?:the )?([a-z][\w.-]{3,30})")
SERVICE = re.compile(r"^\W*(?:this|the|our) (?:online |hosted |web )*(?:service|demo|website|space|app)\b")
"""What runs somewhere, not what is released here."""
MAX_LOOK = 400
"""Characters before a name in which its subject is looked for."""


def covered(
    said: Plain, words: list[Word], mention: Mention, begin: int, until: int
) -> tuple[tuple[Subject, ...], int]:
    """Return what the sentence puts under a license, and up to where its words are used."""
    low = said.low
    begin = max(begin, mention.start - MAX_LOOK)
    before = [w for w in words if begin <= w.start < mention.start]
    clauses = [m.end() for m in CLAUSE.finditer(low, begin, mention.start)]
    for cut in reversed(clauses):
        later = [w for w in before if w.start >= cut]
        if any(not w.complement for w in later):
            before = later
            break
    if before and not before[-1].complement and not low[before[-1].end : mention.start].strip(" :=-"):
        return about(last_group(before, low), low), mention.end
    data = _OF_DATA.match(low, mention.end)
    if data and first("binding", mention.said.lower(), "policy"):
        return (Subject.DATA,), data.end()
    which = _UNDER_WHICH.match(low, mention.end, until)
    told = [w for w in words if which and which.end() <= w.start < which.end() + 40]
    if which and told and not mention.named:
        return about(told, low), told[-1].end
    covers = _COVERS.match(low, mention.end, until)
    listed = [w for w in words if covers and mention.end <= w.start < covers.end()]
    if covers and listed:
        return about([*(w for w in before if not w.complement), *listed], low), covers.end()
    holders = (_applies(low, words, mention, until) if all(map(_vague, before)) else ()) or _heirs(low, before, mention)
    if holders:
        return holders, mention.end
    if before and all(w.complement for w in before) and DIGIT_NAME.search(said.text[begin : mention.start]):
        return (), mention.end
    if any(not w.complement for w in before) or (before and not _AFTER.match(low[mention.end : mention.end + 40])):
        return about(before, low), mention.end
    lead = _AFTER.match(low[mention.end : mention.end + 40])
    if lead:
        place = mention.end + lead.end()
        ends = CLAUSE.search(low, place, until)
        until = ends.start() if ends else until
        after = [w for w in words if place <= w.start < min(until, place + 40)]
        near = [w for w in after if w.start - place < 24 or w is not after[0]]
        near = [] if near and lead[0].endswith("(") and near[0].complement else near
        if near:
            return about([w for w in near if w.start < near[0].end + 30], low), near[-1].end
    return (), mention.end


def _vague(word: Word) -> bool:
    """Return whether a word before the name may give way to what is told behind it."""
    return word.complement or word.subject is Subject.PROJECT


def _applies(low: str, words: list[Word], mention: Mention, until: int) -> tuple[Subject, ...]:
    """Return what follows a name and says what it holds for: ``the MIT License covers only the code``."""
    applies = _APPLIES.match(low, mention.end, min(until, mention.end + 120))
    after = [w for w in words if applies and mention.end <= w.start < applies.end()]
    app = _APP.search(low, mention.end, applies.end()) if applies and after else None
    return (Subject.CODE,) if app else about(after, low)


def _heirs(low: str, before: list[Word], mention: Mention) -> tuple[Subject, ...]:
    """Return what is said to inherit a license: what stands between is the name of its giver."""
    taken = _INHERITS.search(low, max(0, mention.start - MAX_LOOK), mention.start)
    return about([w for w in before if taken and not w.complement and w.start < taken.start()], low)


def by_name(said: Plain, begin: int, mention: Mention, place: Place) -> tuple[Subject, ...]:
    """Return what is meant where no word says it.

    A name before the license (a number in it makes it a model), "it", the name of the license, what leads to it.
    """
    window = said.text[begin : mention.start]
    name = re.sub(r"licen[sc]es?\b.*$", "", mention.said.lower())
    inside = about(subjects(name), name)
    if inside and inside[0] in (Subject.DATA, Subject.CODE):
        return inside
    opens = not said.low[: mention.start].strip(" \"'*(").removeprefix("the") and said.low[mention.end :].strip(" .*")
    if (_IT.match(said.low) or opens) and place.before:
        return place.before  # what "it" means; or the license itself opens the sentence
    if _POINTS.match(said.low) and place.told:
        return place.told
    if first("binding", name, "policy") and ("openai" in said.low or DATA_GIVER.search(name)):
        return (Subject.DATA,)
    if place.heading or place.lead == (Subject.DATA,):
        return place.lead
    if DIGIT_NAME.search(window) or _of_model(window.lower(), place.title):
        return (Subject.WEIGHTS,)
    if first("bases", window.lower(), "family") and _NAMED.search(window):
        return (Subject.WEIGHTS,)
    return place.lead or (inside if Subject.WEIGHTS in inside and not place.heading else ())


def _of_model(low: str, title: str) -> bool:
    """Return whether words name the model of the title, by its size in it or by speaking of the use of it."""
    if not _SIZED.search(title):
        return False
    used = _USE_OF.search(low)
    return title in low or (used is not None and used[1] in title)


def names_a_model(said: Plain) -> bool:
    """Return whether a sentence opens with a proper name that looks like a model's: ``Orca 2 is ...``."""
    found = re.match(r"^\W*(?:The )?([A-Z][\w./-]*(?: [\w.-]+){0,4}?) (?:is|are|was|were|can|may|has)\b", said.text)
    found = found or re.match(r"^\W*([A-Za-z][\w./-]{2,40}) ?(?:系列)?(?=支持|允许|可|は|은 |는 )", said.text, re.ASCII)
    return bool(found and DIGIT_NAME.search(found[1]))
