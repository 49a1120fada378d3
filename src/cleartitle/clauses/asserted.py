"""Whether words that give a right give it: not in "does not itself grant", "whether you may", "to ask for leave"."""

from __future__ import annotations

from cleartitle.clauses.language import shape

REACH = 110
"""Characters before a permission in which its sentence may take it back."""
BEYOND = 40
"""Characters after it in which Chinese names what is not given: 不构成对使用、修改的授权."""
_DENIED = shape("asserted.denied")
_SUPPOSED = shape("asserted.supposed")
_NOTHING = shape("asserted.nothing")


def asserted(text: str, start: int, end: int) -> bool:
    """Tell whether the permission from *start* to *end* of a sentence is given there: not denied, asked or supposed.

    >>> said = "access does not in itself grant you a license to use it"
    >>> asserted(said, said.index("grant"), len(said)), asserted("we grant you a license", 3, 22)
    (False, True)
    """
    first = max(0, start - REACH)
    if _DENIED.search(text, first, start) or _SUPPOSED.search(text, first, start):
        return False
    nothing = _NOTHING.search(text, first, end + BEYOND)
    return nothing is None or nothing.start() >= end
