"""What a sentence is about: code, weights, data, outputs, the project."""

from __future__ import annotations

import functools
import itertools
import re

from attrs import frozen

from cleartitle.prose.patterns import load
from cleartitle.vocabulary.prose import Subject

MAX_SUBJECTS = 40
_KINDS = ("none", "code", "outputs", "data", "weights", "project")
_PART_OF = re.compile(
    r"\b(?:parts?|portions?|majority|most|all|some|any|one|each|both|rest) of (?:the |our |these )?(?:[\w.-]{2,20} )?$"
)
_AND_MODELS = re.compile(r" and (?:the |our |all )?(?:[\w.-]{2,30} )?(?:models?|weights)\b")
_COMPLEMENT = re.compile(
    r"(?:\b(?:of|for|in|from|with|on|to|using|by|via|within|inside|through|at|into|du|de|des|del|do|da"
    r"|dos|della|di|von|der|für|im|в|для)"
    r"(?: the| a| an| this| these| that| our| your| such| all| any| each| both| either| le| la| les| el"
    r"| los| dem| den| diesem| dieser| ce| cette)*"
    r"(?: (?!and (?:the|our|its|all|their) )[\w.+/-]+){0,3} ?)$"
)
_OF_CJK = re.compile(
    r"^(?:中|内|里|上|下)?(?:的|の|にある|にて|に含まれる|内の|中の|의 |에 있는 |에 포함된 |내 )"
    r"(?!使用|利用|사용|이용|用|授权|授權|许可|許可|开?源?协议|ライセンス|라이[선센]스|license)"
    r"|^(?:で|にて|に|에서 ?|中|所)(?:使用|利用|사용|이용|使って|用い)"
)
_NON_SUBJECT_AFTER = re.compile(
    r"^(?:[- ](?:based|generated(?! by)|licen[sc]e|license|card|name|provider|trained)|协议|许可|ライセンス|라이선스)"
)
_JOINED = re.compile(
    r"^(?:[\s,/&+、]|and|or|as well as|well as|both|the|all|our|its|和|与|及|以及|と|および|及び|ならびに"
    r"|와|과|및|et|les?|la|und|die|der|y|los|las|el|e|os|as|и|\(|\)|[\w.-]+ (?=$)){1,6}$"
)


@frozen(kw_only=True)
class Word:
    """A word that says what is meant."""

    start: int
    end: int
    subject: Subject
    complement: bool = False
    """Whether it only tells more of another word: the model in "code of the model"."""


@functools.cache
def _combined() -> re.Pattern[str]:
    groups = []
    for number, each in enumerate(load("subjects")):
        groups.append(f"(?P<g{number}_{each.pattern.says}>{each.matches.pattern})")
    return re.compile("|".join(groups))


def subjects(low: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return what ``low[start:end]`` is about, in order.

    >>> [(w.subject.value, w.complement) for w in subjects("the code of the model and the weights")]
    [('code', False), ('weights', True), ('weights', False)]
    """
    return list(_subjects(low, start, len(low) if end is None else end))


@functools.lru_cache(maxsize=64)
def _subjects(low: str, start: int, stop: int) -> tuple[Word, ...]:
    found: list[Word] = []
    for match in _combined().finditer(low, start, stop):
        kind = (match.lastgroup or "").partition("_")[2]
        if kind == "none" or not match[0].strip() or _NON_SUBJECT_AFTER.match(low[match.end() : match.end() + 16]):
            continue
        found.append(_word(low, start, match, Subject(kind), found))
        if len(found) >= MAX_SUBJECTS:
            break
    return tuple(found)


def _word(low: str, start: int, match: re.Match[str], subject: Subject, before: list[Word]) -> Word:
    complement = bool(_OF_CJK.match(low[match.end() : match.end() + 6]))
    if before and not complement:
        between = low[before[-1].end : match.start()]
        near = len(between) < 64 and not _JOINED.match(between)
        near = near and not _PART_OF.search(low, max(start, match.start() - 32), match.start())
        complement = near and bool(_COMPLEMENT.search(" " + low[max(start, match.start() - 48) : match.start()]))
    return Word(start=match.start(), end=match.end(), subject=subject, complement=complement)


def about(words: list[Word], low: str) -> tuple[Subject, ...]:
    """Return what a group of words is about, each once; complements count only where nothing else is said.

    >>> low = "the code in this repository"
    >>> about(subjects(low), low)
    (<Subject.CODE: 'code'>,)
    """
    heads = [w for w in words if not w.complement] or words
    kept: list[Word] = []
    for each in heads:
        if kept and _modifies(kept[-1], each, low):
            kept.pop()
        kept.append(each)
    found = tuple(dict.fromkeys(w.subject for w in kept))
    special = tuple(s for s in found if s is not Subject.PROJECT)
    return found if _beside(kept, low) else special or found


def _beside(words: list[Word], low: str) -> bool:
    """Return whether the project is named beside a part of it: "this repository and the models"."""
    return any(
        one.subject is Subject.PROJECT and other.subject is Subject.WEIGHTS and _AND_MODELS.match(low, one.end)
        for one, other in itertools.pairwise(words)
    )


def _modifies(one: Word, other: Word, low: str) -> bool:
    """Return whether a word stands directly before the one it tells more of: 模型代码."""
    return one.subject is not other.subject and low[one.end : other.start] in ("", " ", "的", "の", "-")


def last_group(words: list[Word], low: str) -> list[Word]:
    """Return the last words of a list that name several things together, with nothing else between them.

    >>> low = "the code is free, and the data and the weights are"
    >>> [w.subject.value for w in last_group(subjects(low), low)]
    ['data', 'weights']
    """
    kept = words[-1:]
    for one, other in itertools.pairwise(reversed(words)):
        if not (low[other.end : one.start] in ("", " ") or _JOINED.match(low[other.end : one.start])):
            break
        kept.insert(0, other)
    return kept
