"""NOTICE files: which they are, and the lines of attribution in them that are handed on."""

from __future__ import annotations

import re
from itertools import islice

from cleartitle.identification import signs

MAX_LINES = 300
MAX_LINE = 500
"""Characters kept of a line."""
MAX_READ = 1_000_000
"""Characters of a file that are searched."""
_SHORT = 40
"""Lines up to which a file is kept whole."""

_NAME = re.compile(
    r"(?:^|[._ -])(?:third[._ -]?part(?:y|ies)[._ -]?)?(?:notices?|attributions?|acknowledge?ments?)(?:$|[._ -])"
    r"|^third[._ -]?part(?:y|ies)(?:[._ -]?(?:notices?|licen[cs]es?|software))",
    re.IGNORECASE,
)
_TEXTUAL = re.compile(r"\.(?:txt|md|markdown|rst|html?|text|\d[\w.]*)$", re.IGNORECASE)
_RULE = re.compile(r"[\W_]*")
_CREDIT = re.compile(
    r"\b(?:this (?:product|software|project|work|model|repository) (?:includes|contains|uses|is based on|incorporates)"
    r"|includes (?:software|code|work) |(?:developed|written|created|provided|trained) (?:by|at) "
    r"|derived from |based on |portions of |adapted from |ported from |licen[cs]ed under |under the terms of "
    r"|built with |powered by |courtesy of |thanks to |all rights reserved)|包含|基于|源自|使用了",
    re.IGNORECASE,
)
"""Gives somebody credit."""
_TERMS = re.compile(
    r"\b(?:permission is hereby granted|redistribution and use in source|redistributions? (?:of|in)"
    r"|the above copyright notice|as is\b|hereby grants|shall|warrant(?:y|ies)|liab(?:le|ility)|definitions?\."
    r"|terms and conditions|subject to the (?:following|terms)|herein\b|substantial portions"
    r"|neither the name|or derived from|derivative works?\b)",
    re.IGNORECASE,
)
"""Belongs to the text of a license."""


def is_notice(path: str) -> bool:
    """Return whether a file of this name holds notices to be handed on.

    >>> [p for p in ("NOTICE", "a/Notice.txt", "ThirdPartyNotices.txt", "notice.py", "LICENSE") if is_notice(p)]
    ['NOTICE', 'a/Notice.txt', 'ThirdPartyNotices.txt']
    """
    name = path.rpartition("/")[2]
    return bool(_NAME.search(name)) and ("." not in name.strip(".") or bool(_TEXTUAL.search(name)))


def attributions(text: str) -> tuple[str, ...]:
    r"""Return the lines of a NOTICE file that give credit, without ruled lines, at most `MAX_LINES`.

    A short file is kept whole. Of a long one, or one that repeats the texts of licenses, those lines are kept that
    claim a copyright or name an origin, and the heading above each.

    >>> attributions("My Model\n========\nCopyright 2024 Jane Doe\n\nThis product includes work of ACME.\n")
    ('My Model', 'Copyright 2024 Jane Doe', 'This product includes work of ACME.')
    """
    lines = [" ".join(line.split())[:MAX_LINE] for line in text[:MAX_READ].splitlines()]
    blocks = _blocks(lines)
    every = [line for block in blocks for line in block]
    if len(every) > _SHORT or any(map(_TERMS.search, every)):
        blocks = [block for block in map(_credits, blocks) if block]
    return tuple(islice(dict.fromkeys(line for block in blocks for line in block), MAX_LINES))


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return the paragraphs, without blank and ruled lines."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line:
            blocks.append([])
        elif not _RULE.fullmatch(line):
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _credits(block: list[str]) -> list[str]:
    kept = [n for n, line in enumerate(block) if _credit(line)]
    if not kept:
        return []
    heading = [0] if kept[0] == 1 and len(block[0]) <= 100 and not _TERMS.search(block[0]) else []
    return [block[n] for n in heading + kept]


def _credit(line: str) -> bool:
    if signs.STRONG.search(line) or signs.PLAIN.match(line):
        return not signs.HOLE.search(line)
    return bool(_CREDIT.search(line)) and not _TERMS.search(line)
