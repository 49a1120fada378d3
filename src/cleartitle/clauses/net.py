"""The safety net: no act is allowed while a sentence that may limit it was not read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import evolve, frozen

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage
from cleartitle.clauses.needs import has_any
from cleartitle.clauses.places import regions
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hits
from cleartitle.vocabulary.terms import Grant
from cleartitle.vocabulary.words import Action, Decision

_WORDS = {
    action: shape(f"net.{action.value}")
    for action in (
        Action.USE_COMMERCIALLY,
        Action.MODIFY,
        Action.REDISTRIBUTE,
        Action.HOST,
        Action.USE_OUTPUTS_COMMERCIALLY,
        Action.TRAIN_OTHER_MODELS,
        Action.SUBLICENSE,
        Action.PRACTICE_PATENTS,
    )
}
_WORDS[Action.DISTRIBUTE_DERIVATIVES] = _WORDS[Action.REDISTRIBUTE]
_SHARING = (
    "distribut shar publish transfer availab disclos upload pass sell convey disseminat repost copies provid giv "
)
_SHARING += "mirror torrent file weight stay keep suppl furnish deliver send hand lend leas release "
_SHARING += "搬运 网盘 外传 自用 分发 传播 转 提供 公开 共享 分享 上传 泄露 出售 披露 发布"
_OUTPUT = "output generat result produc creat made text content material work image anything writ pictur word answer "
_OUTPUT += "输出 生成 产出 合成 图片 回答 文字"
_TRADE = (
    "commerc busi profit mone reven incom earn sell charg compan enterpris corporat scholar academ research evaluat "
)
_TRADE += "trial hobb student educat scientif product fee paym paid royalt demo buy buck purchas sale trad mention "
_TRADE += "商 利 企业 公司 费 科研 学术 经营"
_STEMS: Mapping[Action, tuple[str, ...]] = {
    action: tuple(stems.split())
    for action, stems in (
        (Action.USE_COMMERCIALLY, _TRADE),
        (
            Action.MODIFY,
            "modif alter adapt deriv tun transform edit tinker leave shipped 改 衍生 微调 开发 演绎 原样 动手脚",
        ),
        (Action.REDISTRIBUTE, _SHARING),
        (Action.DISTRIBUTE_DERIVATIVES, _SHARING),
        (Action.HOST, "host api saas service remote user endpoint 服务 接口 调用"),
        (Action.USE_OUTPUTS_COMMERCIALLY, _OUTPUT),
        (Action.TRAIN_OTHER_MODELS, "train distil improv teach food 训练 蒸馏 喂"),
        (Action.SUBLICENSE, "licen 许可 授权"),
        (Action.PRACTICE_PATENTS, "patent 专利"),
    )
}
"""What every sentence has that names an act: looked for first, since that is fast."""
_LIMITING = shape("net.limiting")
_NEEDED = shape("net.commercial-need")
"""What a commercial user must do first."""
_LEFT_OUT = shape("net.left-out")
"""How a list begins whose items are left out: "non-commercial use does not include: ..."."""
_HARMLESS = shape("net.harmless")
_ELSEWHERE = shape("net.elsewhere")
_NO = re.compile(
    r"\W{0,3}(?:(?:a|answer|答|回答)\W{1,2})?(?:no\b|not\b|never\b|nope\b|sorry\b|unfortunately\b|不|否|抱歉|暂不|目前不|禁止)"
)
"""How an answer begins that denies what was asked."""
_ASKS_LIMITS = re.compile(r"prohibit|forbid|banned|restrict|limit|licen[sc]e|permission|限制|禁止|授权|许可")
_STOP = re.compile("[;。]")
_PAUSE = re.compile(
    r",(?! (?:is|are|shall|unless|only|without)\b|均|皆|一律|都|不|须|应|需|必须|除非|未经|未获|仅|只)|[;。]|\bbut\b|但"
)
"""A limit that follows what it limits stands in the same part of the sentence."""
_REACH = 45
"""Characters between what limits and what is limited."""
_UNREAD: tuple[str, ...] = (
    "derivative.",
    "restriction.no-reverse-engineering",
    "outputs.",
    "signal.grant",
    "signal.any-purpose",
    "signal.act-banned",
)
_UNREAD += ("signal.passing-on", "signal.derivatives-known", "signal.commerce-granted", "signal.host-allowed")
_UNREAD += ("signal.modification-allowed", "signal.distribution-allowed", "signal.derivatives-allowed")
_UNREAD += (
    "signal.organization-limited",
    "signal.outputs-allowed",
    "signal.training-allowed",
    "signal.sublicense-granted",
    "signal.patents-granted",
)
"""Terms whose patterns do not read a limit in their sentence."""
_BY_PURPOSE = ("signal.commerce-", "signal.noncommercial", "signal.research-defined", "restriction.research-only")
"""Terms that read a limit only where the sentence limits the purpose, not the act."""
_PURPOSE = shape("net.purpose")
_BY_PLACE = ("territory.excluded", "territory.allowed")
"""Terms that read a limit only where the sentence names a place, or the territory that the text defines."""
_TERRITORY = re.compile(r"territor|\bplaces?\b|\bareas?\b|countr|jurisdiction|\bregion|地域|区域|地区")


def doubted(document: Document, hits: Hits, grants: Iterable[Grant]) -> Iterator[Grant]:
    """Yield *grants*; what is allowed becomes unknown where limiting words beside it were left unread."""
    left: list[_Left] | None = None
    grants = list(grants)
    for grant in grants:
        action = next(iter(grant.actions))
        if grant.decision is not Decision.ALLOWED or action not in _WORDS:
            yield grant
            continue
        if left is None:
            left = _left(document, hits, grants)
        found = next((one.passage for one in left if _bears(action, one)), None)
        yield _unknown(document, grant, found) if found else grant


@frozen(kw_only=True)
class _Left:
    """A sentence that no pattern has read: its words without those that limit nothing, and where limits are in them."""

    passage: Passage
    said: str
    limits: tuple[tuple[int, int], ...]
    denied: bool = False
    """Whether it is a question that the next sentence answers with no."""


def _left(document: Document, hits: Hits, grants: Iterable[Grant]) -> list[_Left]:
    """Return the sentences that name an act of *grants* and that no pattern has read."""
    known = {hit.passage.start for term, found in hits.items() for hit in found if _reads(term, hit.passage)}
    known |= {e.span.start for g in grants if g.decision is not Decision.ALLOWED for e in g.evidence if e.span}
    stems = {stem for g in grants for action in g.actions if action in _WORDS for stem in _STEMS[action]}
    unread = (p for p in document.passages if p.start not in known and has_any(stems, p.text))
    commerce = any(Action.USE_COMMERCIALLY in g.actions for g in grants)
    each = ((p, *_limits(p.lead, p.text)) for p in unread)
    left = [_Left(passage=p, said=said, limits=limits) for p, said, limits in each if limits or commerce]
    return [*_denied(document), *left]


def _denied(document: Document) -> Iterator[_Left]:
    """Yield the questions that are answered with no, or that ask about limits: "Can I sell it? No."."""
    for asked, answer in pairwise(document.passages):
        if asked.text.endswith("?") and (_NO.match(answer.text) or _ASKS_LIMITS.search(asked.text)):
            yield _Left(passage=asked, said=asked.text, limits=(), denied=True)


@functools.lru_cache(maxsize=2000)
def _limits(lead: str, text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a sentence without what limits nothing, and where in it something may be limited."""
    out = _LEFT_OUT.search(lead) is not None
    if not out and not _LIMITING.search(text):
        return "", ()
    said = ("not " if out else "") + _HARMLESS.sub(" ", text)
    limits = tuple(found.span() for found in _LIMITING.finditer(said))
    return (said, limits) if limits and not _ELSEWHERE.search(said) else ("", ())


def _reads(term: str, passage: Passage) -> bool:
    """Tell whether a pattern of this term reads what limits an act in its sentence."""
    if term in _BY_PLACE:
        return bool(_TERRITORY.search(passage.text) or regions(passage.text))
    return not term.startswith(_UNREAD) and (not term.startswith(_BY_PURPOSE) or bool(_PURPOSE.search(passage.text)))


def _bears(action: Action, left: _Left) -> bool:
    """Tell whether limiting words stand near what names an act."""
    text, commerce = left.passage.text, action is Action.USE_COMMERCIALLY
    if left.denied:
        return _WORDS[action].search(text) is not None
    if not (left.limits or commerce) or not has_any(_STEMS[action], text):
        return False
    if commerce and _NEEDED.search(text) and not _ELSEWHERE.search(text):
        return True
    if not left.limits or not _WORDS[action].search(text):
        return False
    words = _WORDS[action].finditer(left.said)
    return any(_beside(left.said, limit, word.span()) for word in words for limit in left.limits)


def _beside(said: str, limit: tuple[int, int], word: tuple[int, int]) -> bool:
    (_, start), (end, _) = sorted((limit, word))
    stop = _STOP if limit < word else _PAUSE
    return start <= end <= start + _REACH and not stop.search(said, start, end)


def _unknown(document: Document, grant: Grant, passage: Passage) -> Grant:
    return evolve(
        grant,
        decision=Decision.UNKNOWN,
        general=False,
        note="words that may limit it could not be read",
        evidence=(evidence(document, passage), *grant.evidence),
    )
