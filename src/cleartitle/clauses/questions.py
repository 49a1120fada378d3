"""Questions and answers: "Can I sell it? No." says "you may not sell it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from cleartitle.clauses.fold import lower
from cleartitle.clauses.layout import Document, Passage

MAX_QUESTION = 300
_ASKS = re.compile(
    r"(?:\W{0,3}(?:q(?:uestion)?\W{0,2}\d{0,2}|问题?\W{0,2}\d{0,2}|\d{1,2})\s?[:.、)]\s?)?(?:(?:so|and|but|then),? )?"
)
_ANSWERS = re.compile(r"\W{0,3}(?:(?:a(?:nswer)?|答)\W{0,2}\d{0,2}\s?[:.、]\s?)?")
_YES = re.compile(
    r"(?:yes|yep|yeah|yup|sure|certainly|absolutely|of course|definitely"
    r"|you (?:can|may|do|must|bet)(?=[.,!;]|$))\b[ ,.!-]*"
    r"|(?:当然)?(?:没问题|可以|能|允许|行|没问题|是的?|需要|要|必须|会)(?:的|哦|啊)?(?=$|[,。;!:])[,;:!]?|当然(?=$|[,。;!])[,;!]?"
)
_NO = re.compile(
    r"(?:no|nope|never|sorry|unfortunately(?:,? (?:no|not))?|not (?:at|under|for|without|really|currently)"
    r"|you (?:can't|cannot|may not|must not))\b[ ,.!-]*"
    r"|(?:抱歉|对不起|很遗憾)?,?(?:不可以?|不能|不行|不允许|不得|禁止|严禁|否|不需要|不用|不必|无需|不会|不"
    r"|暂不(?:可以|能|允许|支持)?|目前不(?:可以|能|允许|行)?)(?:的|哦)?(?=$|[,。;!:])[,;:!]?"
)
_TAILS = re.compile(
    r"(?:but|though|as long as|so long as|provided|if|unless|only|except|for|under|with|on condition|when|after"
    r"|up to)\b"
    r"|(?:但|只要|前提|如果|除非|仅|须|需|应|不过|条件)"
)
"""How the rest of an answer begins that limits it."""
_PERSONS = (
    (re.compile(r"\b(?:[Mm]y|[Oo]ur)\b"), "your"),
    (re.compile(r"\b(?:I|i|[Ww]e|me|us)\b"), "you"),
    (re.compile("我们?|咱们?|大家"), "您"),
)
_WHO = r"(?:i|we|you|one|people|anyone|users?|licensees?|companies|a company|my company|businesses|others)"
_FINE = r"(?:ok|okay|fine|allowed|permitted|possible|legal|all ?right|free|authori[sz]ed|included)"
_FORMS = tuple(
    (re.compile(asked), yes, no)
    for asked, yes, no in (
        (
            rf"(?:can|may|could|might) {_WHO} (?:also |still |legally )?(?P<rest>.+)",
            "you may {rest}",
            "you may not {rest}",
        ),
        (
            rf"(?:am i|are (?:we|users|companies)|is {_WHO}) (?:allowed|permitted|free|entitled) to (?P<rest>.+)",
            "you may {rest}",
            "you may not {rest}",
        ),
        (
            rf"is it {_FINE} (?:to|if {_WHO}|for {_WHO} to) (?P<rest>.+)",
            "you may {rest}",
            "you may not {rest}",
        ),
        (
            rf"(?:is|are) (?P<rest>.+?) {_FINE}\b(?P<more>.*)",
            "{rest} is permitted{more}",
            "{rest} is not permitted{more}",
        ),
        (
            rf"(?:do|must|should) {_WHO} (?:have to |need to |also )*(?P<rest>.+)",
            "you must {rest}",
            "you do not have to {rest}",
        ),
    )
)
_OWNER = re.compile(r"who (?:owns?|has the rights? (?:to|in)|holds the rights? (?:to|in)) (?P<rest>.+)")
_OWNED = re.compile(r"(?:that would be )?(?P<who>you|we|nobody|no one|the user)\b(?: do(?:es)?)?\b[ .,!]*")
_MODAL = re.compile(
    r"是否(?:可以|允许|能够?)|可不可以|能不能|能否|可否|允不允许|(?<!功)(?<!可)(?<!不)能够?(?!力|源)|(?<!不)可以|(?<!不)允许"
)
_DUTY = re.compile(r"要不要|需不需要|是否需要|是否必须|是否要|用不用|(?<!不)需要|(?<!不)必须")
_WILL = re.compile("会不会|是否会|会")
_MODALS = ((_MODAL, "可以", "不可以"), (_DUTY, "必须", "不需要"), (_WILL, "会", "不会"))
_MARKS = re.compile(r"[吗么呢嘛?]+$")
_BELONGS = re.compile("归谁(?:所有)?|属于谁")
_BELONGING = re.compile(r"(?:归|属于)[^,。;]{1,12}")


def settled(document: Document) -> Document:
    """Return *document* with what its questions and their answers say together.

    >>> from cleartitle.clauses.layout import lay_out
    >>> [p.text for p in settled(lay_out("Can I sell it? No.")).passages]
    ['you may not sell it.']
    """
    if "?" not in document.folded:
        return document
    return evolve(document, passages=tuple(_answered(document.passages)))


def _answered(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield *passages* with each question that the next one answers by yes or no as the statement that it makes.

    Others stay as they are; what answers a question that asks for a list stands below it as below a heading.
    """
    place, asked = 0, None
    while place < len(passages):
        passage = passages[place]
        place += 1
        if not _is_question(passage):
            asked = asked if asked and passage.heading == asked.heading else None
            yield _below(asked, passage) if asked else passage
            continue
        said = _statement(passage, passages[place]) if place < len(passages) else None
        asked = passage
        if said:
            yield said
            place += 1
        else:
            yield passage


def _below(question: Passage, passage: Passage) -> Passage:
    """Return what stands below a question as below a heading; a bare "Answer:" leads to nothing by itself."""
    bare = passage.lead and not passage.lead[_behind(_ANSWERS, passage.lead) :].strip(" :")
    lead = question.text if bare else passage.lead
    heading = passage.heading if passage.heading == question.text else f"{passage.heading} / {question.text}"
    return evolve(passage, heading=heading, lead=lead)


def _is_question(passage: Passage) -> bool:
    return passage.text.endswith("?") and len(passage.text) <= MAX_QUESTION


def _statement(question: Passage, answer: Passage) -> Passage | None:
    """Return what a question and the sentence that answers it say together, or None where that is not known."""
    asked = question.plain[_behind(_ASKS, question.text) :].rstrip("? ")
    told = answer.plain[_behind(_ANSWERS, answer.text) :]
    said = _chinese(asked, told) if question.chinese else _english(asked, told)
    if said is None:
        return None
    return evolve(question, end=max(question.end, answer.end), plain=said, text=lower(said))


def _behind(mark: re.Pattern[str], text: str) -> int:
    """Return where a text begins without what marks it as a question or an answer."""
    found = mark.match(text)
    return found.end() if found else 0


def _english(asked: str, told: str) -> str | None:
    low = lower(asked)
    owner = _OWNER.fullmatch(low)
    owned = _OWNED.match(lower(told)) if owner else None
    if owner and owned:
        return f"{owned['who']} own {_turned(asked[owner.start('rest') :])}. {told[owned.end() :]}".strip()
    answer = _answer(told)
    if answer is None:
        return None
    yes, rest = answer
    for form, positive, negative in _FORMS:
        found = form.fullmatch(low)
        if found:
            parts = {name: _turned(asked[found.start(name) : found.end(name)]) for name in found.groupdict()}
            return _joined((positive if yes else negative).format(**parts), rest, ".")
    return None


def _chinese(asked: str, told: str) -> str | None:
    asked = _MARKS.sub("", asked)
    belongs, belonging = _BELONGS.search(asked), _BELONGING.match(told)
    if belongs and belonging:
        return _joined(_turned(asked[: belongs.start()]) + belonging[0], told[belonging.end() :].lstrip(",;"), "。")
    answer = _answer(told)
    if answer is None:
        return None
    yes, rest = answer
    for form, positive, negative in _MODALS:
        found = form.search(asked)
        if found:
            said = asked[: found.start()] + (positive if yes else negative) + asked[found.end() :]
            return _joined(_turned(said), rest, "。")
    return None


def _answer(told: str) -> tuple[bool, str] | None:
    """Return whether an answer is a yes, and what limits it; None if it is neither yes nor no."""
    low = lower(told)
    no, yes = _NO.match(low), _YES.match(low)
    found = no or yes
    return (no is None, told[found.end() :].strip()) if found else None


def _joined(said: str, rest: str, stop: str) -> str:
    """Return a statement with the rest of the answer: in the same sentence where that limits it."""
    if not rest or not any(c.isalnum() for c in rest):
        return said + stop
    if _TAILS.match(lower(rest)):
        return f"{said}{' ' if stop == '.' else ','}{rest}"
    return f"{said}{';' if stop == '。' else '; '}{rest}"


def _turned(said: str) -> str:
    """Return words of who asks as words to whom the answer is."""
    for word, other in _PERSONS:
        said = word.sub(other, said)
    return said
