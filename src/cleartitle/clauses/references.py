"""Words that stand for outputs: "You own the outputs. You may sell them." says that you may sell the outputs.

Only in the sentences behind one that begins with outputs, or that says who has rights in them, and only the first such
word of a sentence that does not itself name outputs or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, Passage

_ABOUT = shape("references.about")
"""How a sentence begins, or what it says, that is about outputs."""
_STANDS_FOR = re.compile(
    r"\b(?:it|they|them|(?:such|these|those) (?:content|materials?|data|texts?|images?|pictures?|audio|recordings?"
    r"|speech|videos?|music|code|works?|media|answers?|results?)|these)\b"
    r"|(?:该等|这些|此类|该类|上述)(?:内容|结果|作品|成果|文本|文字|图片|图像|音频|语音|视频|数据)"
)
_OWN_SUBJECT = shape("references.own-subject")
"""What a sentence names that its pronoun may stand for instead."""
MAX_SENTENCE = 300


def referred(document: Document) -> Document:
    """Return *document* with outputs named where only a pronoun stands for them.

    >>> from cleartitle.clauses.layout import lay_out
    >>> text = "Acme claims no rights in the outputs. You may sell them."
    >>> [p.text for p in referred(lay_out(text)).passages]
    ['acme claims no rights in the outputs.', 'you may sell outputs.']
    """
    return evolve(document, passages=tuple(_named(document.passages)))


def _named(passages: Sequence[Passage]) -> Iterator[Passage]:
    about: Passage | None = None
    for passage in passages:
        if about and passage.heading == about.heading and _refers(passage.text):
            passage = _plainly(passage)  # noqa: PLW2901
            about = passage
        else:
            about = passage if _ABOUT.search(passage.text) else None
        yield passage


def _refers(text: str) -> bool:
    return len(text) <= MAX_SENTENCE and not _OWN_SUBJECT.search(text) and _STANDS_FOR.search(text) is not None


def _plainly(passage: Passage) -> Passage:
    word = "输出内容" if passage.chinese else "outputs"
    plain = _STANDS_FOR.sub(word, passage.plain, count=1)
    return evolve(passage, text=_STANDS_FOR.sub(word, passage.text, count=1), plain=plain)
