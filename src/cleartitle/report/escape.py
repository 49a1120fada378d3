"""Text from cards and licenses is hostile: one way to make it harmless for each medium."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def terminal(text: str) -> str:
    r"""Return *text* without what a terminal would act on, and on one line.

    >>> terminal("a\x1b[31mred\x1b[0m\nb")
    'a[31mred[0m b'
    """
    return " ".join(_UNSEEN.sub("", text.replace("\r", " ")).split())


def shorten(text: str, limit: int = 220) -> str:
    """Return *text* on one line, at most *limit* characters of it."""
    line = terminal(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
