"""``SPDX-License-Identifier`` lines, in whatever comments or strings they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cleartitle.catalog.expressions import MAX_SAID, Meaning, license_id, read
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.identified import SpdxTag

MAX_TAGS = 200
"""Lines that are read of one file."""

_TAG = re.compile(
    r"SPDX-License-Identifier:[ \t]*(?P<said>[^\r\n]{1,2000})|SPDX-Snippet(?P<edge>Begin|End)\b", re.IGNORECASE
)
_IGNORED = re.compile(r"REUSE-IgnoreStart.*?(?:REUSE-IgnoreEnd|\Z)", re.DOTALL)
_CLOSING = re.compile(
    r"(?:\*{1,9}/|-{2,9}>|\*\)|-\}|#\}|%>|\]\]|--%|\?>|:\)|\"\"\"|'''|[`\"']|</|<br|\\[nr]|\s(?://|#|;|\*)).*"
)
"""Where a comment or a string ends."""
_LEADER = re.compile(r"^\W*(?:(?:rem|dnl|c)\s+)?\W*", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:^|\s|\))(?:AND|OR|WITH)$|\($")
_QUOTED = re.compile(r"\w.*(?<![\"']: )(?<![\"']:)[`\"']\s*$")
"""In the words of a sentence or of a program; the value of a key (JSON) is none of them."""


def tags(text: str, meaning: Meaning = license_id) -> tuple[SpdxTag, ...]:
    r"""Return the ``SPDX-License-Identifier`` lines of a file, whatever its comments look like, at most `MAX_TAGS`.

    What stands between ``REUSE-IgnoreStart`` and ``REUSE-IgnoreEnd``, or is quoted in a sentence, states nothing.

    >>> [(t.canonical, t.span.line) for t in tags("#!/bin/sh\n# SPDX-License-Identifier: gpl-2.0+\n")]
    [('GPL-2.0-or-later', 2)]
    """
    return tuple(islice(_tags(text, meaning), MAX_TAGS))


def _tags(text: str, meaning: Meaning) -> Iterator[SpdxTag]:
    ignored = [match.span() for match in _IGNORED.finditer(text)] if "REUSE-Ignore" in text else []
    depth = 0
    for found in _TAG.finditer(text):
        if edge := found["edge"]:
            depth = depth + 1 if edge.lower() == "begin" else max(0, depth - 1)
            continue
        start = found.start("said")
        if any(a <= start < b for a, b in ignored) or _QUOTED.search(_before(text, found.start())):
            continue
        said, end = _value(text, start, found.end())
        if re.match(r"\(*\s*[A-Za-z0-9]", said):
            reading = read(said, meaning)
            yield SpdxTag(
                said=said[:MAX_SAID],
                canonical=reading.canonical,
                expression=reading.expression,
                span=Span.of(text, start, end),
                snippet=depth > 0,
            )


def _before(text: str, place: int) -> str:
    return text[max(text.rfind("\n", 0, place) + 1, place - 200) : place]


def _value(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the expression that begins at *start*, and where it ends; parentheses may run over a few lines."""
    said = _uncomment(text[start:end])
    last = start + len(said)
    for _ in range(4):
        if said.count("(") <= said.count(")") and not _GOES_ON.search(said):
            break
        following = text[end : end + 1000].removeprefix("\r").removeprefix("\n").partition("\n")[0]
        begin = text.find(following, end)
        leader = _LEADER.match(following.replace("(", "x"))
        more = _uncomment(following[leader.end() if leader else 0 :])
        if not more:
            break
        said, end = f"{said} {more}", begin + len(following)
        last = end
    return said, last


def _uncomment(line: str) -> str:
    return _CLOSING.sub("", line, count=1).strip().rstrip("*;,.\\ \t")
