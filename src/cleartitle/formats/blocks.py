"""Where configurations stand in a text: YAML documents, fenced blocks, and blocks that somebody forgot to fence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import frozen

MAX_FENCES = 500
MAX_LINES = 2_000
"""Lines of a block without fences."""
_FENCE = re.compile(r"^[ \t>]{0,20}(?:[-*][ \t]{1,4})?(?P<mark>`{3,}|~{3,})(?P<rest>[^`\n]{0,200})$", re.MULTILINE)
_DIVIDER = re.compile(r"^---(?=[ \t\n]|$)", re.MULTILINE)
_LIKELY = re.compile(r"[ \t]*(?:$|(?:-[ \t]+){0,4}\w[\w.]{0,60}[ \t]*:|-[ \t]|\[|\]|#[ \t]*\w[\w.]*:)")


@frozen(order=True)
class Block:
    """A stretch of a text, ``text[start:end]``."""

    start: int
    end: int


def documents(text: str, start: int, end: int) -> Iterator[Block]:
    r"""Yield the YAML documents in ``text[start:end]``, without their dividers.

    >>> [text[b.start : b.end] for text in ("a: 1\n---\nb: 2\n",) for b in documents(text, 0, len(text))]
    ['a: 1\n', '\nb: 2\n']
    """
    for divider in _DIVIDER.finditer(text, start, end):
        if text[start : divider.start()].strip():
            yield Block(start, divider.start())
        start = divider.end()
    if text[start:end].strip():
        yield Block(start, end)


def fenced(text: str) -> tuple[Block, ...]:
    """Return what stands between the fences of Markdown; a fence that is never closed runs to the end."""
    found: list[Block] = []
    opening: re.Match[str] | None = None
    for fence in islice(_FENCE.finditer(text), MAX_FENCES):
        if opening is None:
            opening = fence
        elif fence["mark"].startswith(opening["mark"]) and not fence["rest"].strip():
            found.append(Block(min(opening.end() + 1, fence.start()), fence.start()))
            opening = None
    if opening is not None:
        found.append(Block(min(opening.end() + 1, len(text)), len(text)))
    return tuple(found)


def unfenced(text: str, sign: re.Pattern[str], taken: Iterable[Block]) -> list[Block]:
    """Return the lines around each *sign*, as far as they look like YAML, outside the blocks already *taken*."""
    found = list(taken)
    known = len(found)
    for line in islice(sign.finditer(text), MAX_FENCES):
        if not any(block.start <= line.start() < block.end for block in found):
            found.append(Block(_upwards(text, line.start()), _downwards(text, line.end())))
    return found[known:]


def _upwards(text: str, at: int) -> int:
    for _ in range(MAX_LINES):
        above = text.rfind("\n", 0, max(at - 1, 0)) + 1
        if at == 0 or not _LIKELY.match(text[above : at - 1]):
            break
        at = above
    return at


def _downwards(text: str, at: int) -> int:
    at = (text.find("\n", at) + 1) or len(text)
    for _ in range(MAX_LINES):
        end = (text.find("\n", at) + 1) or len(text)
        if at >= len(text) or not _LIKELY.match(text[at:end].rstrip("\n")):
            break
        at = end
    return at
