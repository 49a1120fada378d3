"""What a text lets some do and others not: "members may adapt it; others may not"."""

from __future__ import annotations

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document
from cleartitle.clauses.scan import Hit

_FOR_SOME = shape("partly.for-some")
"""Words that let some, or up to a number, or once they pay or register."""
_OPPOSED = shape("partly.opposed")
"""Words that let some in one half of a sentence and not others in the other half."""
_OTHERS_NOT = shape("partly.others-not")
"""A sentence that only says that others may not."""


def for_some(document: Document, hit: Hit) -> bool:
    """Tell whether what is allowed is allowed to some only, in the same sentence or by the next."""
    text = hit.passage.text
    if _FOR_SOME.search(text) or _OPPOSED.search(text):
        return True
    following = next((p for p in document.passages if p.start >= hit.passage.end), None)
    return following is not None and _OTHERS_NOT.fullmatch(following.text) is not None


def opposed(hit: Hit) -> bool:
    """Tell whether what is forbidden is allowed to others in the same sentence."""
    return _OPPOSED.search(hit.passage.text) is not None
