"""How a license that a sentence names binds: its own, an upstream model's, one that holds besides."""

from __future__ import annotations

import re

from cleartitle.prose.covers import CLAUSE, DATA_GIVER, MAX_LOOK
from cleartitle.prose.names import Mention
from cleartitle.prose.patterns import first
from cleartitle.prose.place import Place
from cleartitle.prose.plain import Plain
from cleartitle.prose.subjects import subjects
from cleartitle.vocabulary.prose import Binding
from cleartitle.vocabulary.statement import licenses

_OTHER_IS = re.compile(r"^[^.;,]{0,60}?(?:\b(?:is|are|was|were)\b|则|は|est|ist|es)")
_OF_FAMILY = re.compile(
    r"\b(?:licen[sc]es?|licensing|terms)\b.{0,40}? of (?:the )?(original |base )?"
    r"([\w.+-]{2,40}(?:,? [\w.+-]{1,20}){0,8})$"
)
_OWNER = re.compile(r"(?:the )?([\w.-]{2,30})'s (?:[\w.-]{1,20} ){0,3}licen[sc]e")
_OWNER_ZH = re.compile(r"([a-z][\w.+-]*(?: [a-z0-9][\w.+-]*){0,5}) ?[的の의]")
_THEN = re.compile(r" of (?:the )?(?:original )?[\w.+-]{2,30}(?: v?\d[\w.]{0,8})?")
_OWN = re.compile(r"\b(?:this|our|all|these|its)\b|本|该|この|이 ")
_CUT = re.compile(r"[;(。]|,(?=[\u3400-\u9fff])")
_NEXT_PART = re.compile(
    r", (?:and|while|but) (?:the |our |all )?(?=(?:\w+ )?(?:code|data|datasets?|weights|models?|checkpoints?)\b)"
)
"""Begins what is told of the next part."""
_PUBLISHED = re.compile(r"\b(?:released|available|licensed|distributed|provided) under(?: the)? ?$")


def binding(said: Plain, place: Place, mention: Mention) -> Binding:
    """Return how the license that *mention* names binds this project."""
    low = said.low
    window = low[max(0, mention.start - MAX_LOOK) : mention.start]
    name = mention.said.lower() or mention.address.lower().replace("-", " ")
    if _of_other(low, mention, place):
        return Binding.INHERITS
    behind = _CUT.split(low[mention.end : mention.end + 30])[0]
    near = low[mention.start : mention.end] + behind
    if first("binding", name, "policy") and not _is_license(mention) and not _PUBLISHED.search(window):
        return Binding.ALSO_SUBJECT_TO
    part = window[max(window.rfind(";"), window.rfind("；")) + 1 :]
    part = part[max((m.end() for m in _NEXT_PART.finditer(part)), default=0) :]
    if first("binding", low[mention.end : mention.end + 120], "inherits-behind"):
        return Binding.INHERITS
    if first("binding", part, "inherits") or first("binding", near, "inherits"):
        return Binding.INHERITS
    cut = max((m.end() for m in CLAUSE.finditer(window)), default=0)
    window = window[cut:]
    family = first("bases", window, "family")
    told_apart = cut > 0 or bool(place.title) or "copyright" in low
    known = family is not None and _own(family[0], place)
    if family and told_apart and not known and _is_upstream(window, family.start()):
        return Binding.INHERITS
    if first("binding", window, "also-subject-to"):
        return Binding.ALSO_SUBJECT_TO
    return Binding.UNDER


def _of_other(low: str, mention: Mention, place: Place) -> bool:
    """Return whether a license is said to be that of a family of models which is not this project."""
    owner = _OWNER.match(low[mention.start : mention.end])
    family = first("bases", f"{owner[1]} ", "family") if owner else None
    if family and not _own(family[0], place):
        return True
    held = _OWNER_ZH.match(low[mention.start : mention.end])
    if held and held[1] not in place.title and not DATA_GIVER.search(held[1]):
        return True
    after = _THEN.match(low, mention.end)
    found = _OF_FAMILY.search(low[mention.start : mention.end] + (after[0] if after else ""))
    family = first("bases", f"{found[2]} ", "family") if found else None
    return bool(found and family and (found[1] or not _own(family[0], place)))


def _own(family: str, place: Place) -> bool:
    """Return whether a family of models is this project, by its title."""
    return family.strip(" -_.0123456789") in place.own


def _is_license(mention: Mention) -> bool:
    """Return whether the words name a license although they sound like a policy: Gemma's terms of use."""
    found = licenses(mention.license) if mention.license else ()
    return bool(found) and not any(re.search("Policy|Terms-of-Use", each) for each in found)


def _is_upstream(window: str, start: int) -> bool:
    """Return whether a family of models is the subject: "Llama 2 is licensed", not "our Llama 2 fine-tune is"."""
    before = window[:start]
    return bool(_OTHER_IS.search(window[start:])) and not _OWN.search(before) and not subjects(before)
