"""Licenses that a sentence names in passing: a reason, a dependency, a tool, what one would need."""

from __future__ import annotations

import re

from cleartitle.prose.covers import CLAUSE, DIGIT_NAME
from cleartitle.prose.names import Mention
from cleartitle.prose.patterns import first
from cleartitle.prose.plain import Plain
from cleartitle.prose.subjects import Word, subjects
from cleartitle.vocabulary.statement import licenses

_KEY = re.compile(r"^\W{0,6}[^:|]{1,80}?\s*[:|]\s*\S")
_COMPONENT = re.compile(
    r"\W*(?:\w{2,20} ){0,2}(?:base(?: model)?|tokeni[sz]er|codec|vocoder|(?:text |vision |speech |audio )?encoder"
    r"|decoder|vae|backbone|teacher(?: model)?|upstream(?: model)?|foundation model|detector|embedder|reranker"
    r"|トークナイザー?|ベースモデル|基座(?:模型)?|分词器|编码器|토크나이저|베이스 ?모델) ?:"
)
"""A key that leads to a part which somebody else made."""
_BY_OTHERS = re.compile(
    r"^\W*(?:the )?(?:[\w-]{2,20} ){0,2}(?:icons?|fonts?|images?|photos?|pictures?|illustrations?|assets|meshes"
    r"|sounds?|logos?|videos?|vectors?|kernels?|parser)\b[^.;()]{0,60}(?:\($|\b(?:by|from|courtesy of)\b)"
)
"""Parts that somebody else made, with their licenses: ``Icons by Ann (CC BY 4.0)``."""
_WITH_TOOL = re.compile(r"\b(?:with|using|via|from) (?:the )?[\w./-]{2,40} \($")
_LISTED = re.compile(
    r"[\w./+-]{2,40} \((?:[^()]{2,30})\)(?:, | and | or |,? & )(?:[\w./+-]{2,40} ){1,3}\([^()]{2,30}\)"
)
"""Several names, each with its license in brackets: tools, or parts that others made."""
_FROM_ELSEWHERE = re.compile(
    r"\b(?:codes?|project|repo\w*|implementation|work)\b[^.;]{0,40}"
    r"\b(?:(?:based|built) (?:up)?on|forked from|borrow\w+ from)"
    r" [\w./-]{2,40}(?:(?: and |, )[\w./-]{2,40}){0,2},? (?:with|under|licensed under|\()[^.;,]{0,40}$"
)
"""Code by others that this one goes back to, in front of its license."""
_TRAINED_ON = re.compile(r"\b(?:trained|tuned|evaluated|tested) (?:on|with|using|from)\b[^.;]{0,160}\($")
_TO_GET = re.compile(
    r"\((?:e\.g\.,?|such as|for example,?) $|\b(?:(?:separate|another|additional) (?:[\w.]{2,20} )?"
    r"|(?:requires?|needs?|obtain|purchase|buy|hold) (?:an? |the )?(?:separate )?"
    r"|have (?:an? )?(?:proper|valid|separate) "
    r"|(?:converts?|changes?|switch(?:es)?) (?:back )?to (?:the )?|no )$"
)
"""Words before the name of a license that one may need, get or choose, not of one that holds."""
_ABSENT = re.compile(r"\b(?:does not|doesn't|no|without|if you (?:add|create|write|include))\b[^.;]{0,50}$")
_BASED = re.compile(r"[\"')\]]{0,2}(?:-| )based\b| ?(?:をベース|ベースの|を元に|を基に)| ?(?:을|를)? ?기반|-basiert")
"""What follows a license that another one was made from."""
_SAYS = re.compile(
    r" (?:specif\w{1,6}|states?|says|allows|permits|requires|grants|prohibits|provides|means"
    r"|(?:and [\w ]{1,40})?(?:remain|are) (?:separate|documented|listed|described))\b"
)
_DEPENDENCY = re.compile(
    r"\b(?:dependenc(?:y|ies)|third[- ]party \w+|upstream packages?)\b[^.;]*$|abhängigkeiten[^.;]*$|dépendances[^.;]*$"
    r"|dependencias[^.;]*$|(?:依赖|第三方)[^。;,]*$|(?:依存|サードパーティ)[^。]*$|의존성[^.]*$"
)
_REASON = re.compile(
    r"\b(?:given that|since|because|as (?:some|most|many|the (?:data|training)))\b[^,;]{0,160}$|由于[^,。;]{0,60}$"
)
_NAMED = re.compile(
    r"\W*(?:The )?(?P<name>[\w./+-]{2,40}(?: [\w./+-]{1,30}){0,3}?"
    r"(?:(?:,| and) [\w./+-]{2,40}(?: [\w./+-]{1,30}){0,2}){0,2})"
    r" (?:is|are|was)(?: (?:released|licensed|distributed|available|published|also|itself)){0,2}"
    r"(?: (?:under|as))?(?: (?:the|an?))?[\s(\"']*"
)
_SELF = re.compile(r"(?:this|these|it|our|all|we|they|everything|licen[sc]e\w*)\b")
_PERMISSIVE = re.compile(
    r"Apache-2\.0|MIT|BSD-[23]-Clause(?:-Clear)?|0BSD|ISC|CC0-1\.0|CC-BY-\d\.\d|Unlicense|PDDL-1\.0|Zlib|.*Public-?Domain.*"
)


def aside(low: str, begin: int, start: int, mention: Mention) -> bool:
    """Return whether a license is named in passing: a reason, a dependency, a tool, what the license itself says."""
    if _REASON.search(low, begin, mention.start) or _of_dependency(low, start, mention.start):
        return True
    if _TO_GET.search(low, max(start, mention.start - 60), mention.start) or _WITH_TOOL.search(
        low, max(start, mention.start - 60), mention.start
    ):
        return True
    if _TRAINED_ON.search(low, begin, mention.start):
        return True
    near = low[max(start, mention.start - 60) : mention.start]
    if _permissive([mention]) and _FROM_ELSEWHERE.search(low, max(start, mention.start - 160), mention.start):
        return True
    if _permissive([mention]) and (first("traps", near, "bracketed") or _is_listed(low, start, mention, near)):
        return True
    if first("traps", near, "aside") or (_after_name(near) and first("traps", low, "not-here")):
        return True
    if not mention.named and _ABSENT.search(low, start, mention.start):
        return True
    if _BASED.match(low, mention.end) or _BY_OTHERS.search(low, 0, mention.start):
        return True
    return mention.start < 8 and _SAYS.match(low, mention.end) is not None


def of_another(said: Plain, told: list[Mention], title: str) -> bool:
    """Return whether a sentence opens with a name that is not the title's, and puts it under permissive licenses.

    What was stated before it in a section on licenses is this project's; this is a part that somebody else made.
    """
    found = _NAMED.match(said.text)
    if not found or not _permissive(told):
        return False
    if not found.start("name") < told[0].start <= found.end() + 1:
        return False
    name = found["name"].lower()
    return not subjects(name) and not _SELF.match(name) and not any(w in name for w in title.split())


def _permissive(told: list[Mention]) -> bool:
    """Return whether all licenses that are named are known, and let anybody do nearly anything: none is a limit."""
    ids = [licenses(mention.license) if mention.license else () for mention in told]
    return bool(ids) and all(each and all(map(_PERMISSIVE.fullmatch, each)) for each in ids)


def _is_listed(low: str, start: int, mention: Mention, near: str) -> bool:
    """Return whether a license stands in brackets behind one of several names: ``with Fox (MIT) and Hen (ISC)``."""
    listed = _LISTED.search(low, start)
    before = listed is not None and listed.start() < mention.start and not subjects(low, start, listed.start())
    return before and _after_name(near)


def _after_name(before: str) -> bool:
    """Return whether a license stands in brackets directly behind something."""
    return re.search(r"\w ?\($", before) is not None


def _of_dependency(low: str, start: int, place: int) -> bool:
    """Return whether the clause up to a name speaks of what the project depends on."""
    cut = max((m.end() for m in CLAUSE.finditer(low, start, place)), default=start)
    return _DEPENDENCY.search(low, max(cut, place - 120), place) is not None


def of_component(said: Plain, mention: Mention) -> bool:
    """Return whether a line names a part that others made, with its license: ``Tokenizer: Fox-2 (MIT)``."""
    low = said.low
    key = _COMPONENT.match(low)
    opened = low.rfind("(", 0, mention.start)
    return bool(key) and opened > 0 and DIGIT_NAME.search(said.text[key.end() if key else 0 : opened]) is not None


def in_brackets(said: Plain, words: list[Word], mention: Mention, start: int) -> bool:
    """Return whether an item names something and puts its license in brackets: ``Font: Outfit (OFL-1.1)``."""
    low = said.low
    opened = low.rfind("(", start, mention.start)
    bare = opened > start and ")" not in low[opened : mention.start] and mention.start - opened < 5
    told = low[start : mention.start]
    return (
        bare
        and bool(_KEY.match(said.text))
        and not first("binding", told, "stated")
        and not any(w.start < mention.start for w in words)
    )
