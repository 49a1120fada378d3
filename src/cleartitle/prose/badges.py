"""License badges: the pictures of shields.io and their like, which say a license in an address."""

from __future__ import annotations

import re
from urllib.parse import unquote

from attrs import frozen

from cleartitle.prose.markdown import Layout
from cleartitle.prose.names import meaning, nothing_named
from cleartitle.prose.patterns import expression
from cleartitle.prose.subjects import about, subjects
from cleartitle.vocabulary.prose import Subject
from cleartitle.vocabulary.statement import Expression, Unknown, licenses

MAX_BADGES = 60
_IMAGE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,120})\]\((?P<src>[^()\s]{1,500})[^()\n]{0,80}\)(?:\]\((?P<link>[^()\s]{1,400})\))?"
    r"|<img\s[^<>]{0,300}?src\s*=\s*[\"'](?P<src2>[^\"'<>\s]{1,500})[\"'][^<>]{0,300}>"
)
_SHIELD = re.compile(r"(?:img\.shields\.io|shields\.io|badgen\.net)/(?:static/v1\?|badge/)(?P<said>[^?#]{3,200})")
_STATIC = re.compile(r"(?:label=(?P<label>[^&]{1,60})).{0,200}?message=(?P<message>[^&]{1,80})")
_LICENSE = expression("{license-word}")
_SPLIT = re.compile(r"(?<!-)-(?!-)")


@frozen(kw_only=True)
class Badge:
    """A license in a badge."""

    start: int
    end: int
    said: str
    license: Expression
    covers: tuple[Subject, ...]
    address: str


def claims(layout: Layout) -> list[Badge]:
    """Return the licenses that badges name.

    >>> from cleartitle.prose.markdown import lay_out
    >>> made = lay_out("![x](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)")
    >>> [(b.said, b.covers) for b in claims(made)]
    [('Apache 2.0', (<Subject.CODE: 'code'>,))]
    """
    if "![" not in layout.text and "<img" not in layout.text:
        return []
    found: list[Badge] = []
    for match in _IMAGE.finditer(layout.text):
        source = match["src"] or match["src2"] or ""
        read = _shield(source) or _alt(match["alt"] or "")
        if read is None:
            continue
        label, said = read
        low = label.lower()
        if not said or nothing_named(said):
            continue
        means = meaning(said)
        if not _LICENSE.search(low) and not (_about(low) and licenses(means)):
            continue
        if isinstance(means, Unknown) and not re.search(r"[A-Za-z]{2}", said):
            continue
        covers = _about(low) or _about_only((match["alt"] or "").lower().partition(":")[0])
        found.append(
            Badge(
                start=match.start(),
                end=match.end(),
                said=said,
                license=means,
                covers=covers,
                address=match["link"] or "",
            )
        )
        if len(found) >= MAX_BADGES:
            break
    return found


def _about(label: str) -> tuple[Subject, ...]:
    """Return what a label in lower case is about: ``dataset license``."""
    low = _LICENSE.sub(" ", label)
    return about([w for w in subjects(low) if w.subject is not Subject.PROJECT], low)


def _about_only(alt: str) -> tuple[Subject, ...]:
    """Return what the words for a picture are about, unless they are a name: ``Acme Source Code License``."""
    low = _LICENSE.sub(" ", alt)
    rest = list(low)
    for word in subjects(low):
        rest[word.start : word.end] = " " * (word.end - word.start)
    return () if re.search(r"\w", "".join(rest)) else _about(alt)


def _shield(source: str) -> tuple[str, str] | None:
    found = _SHIELD.search(source)
    if not found:
        return None
    static = _STATIC.search(source)
    if static:
        return _decode(static["label"]), _decode(static["message"])
    parts = _SPLIT.split(re.sub(r"\.(?:svg|png)$", "", found["said"]))
    if len(parts) < 3:
        return None
    return _decode(parts[0]), _decode("-".join(parts[1:-1]))


def _decode(said: str) -> str:
    return (
        unquote(said)
        .replace("--", "-")
        .replace("__", "\0")
        .replace("_", " ")
        .replace("\0", "_")
        .replace("+", " ")
        .strip()
    )


def _alt(alt: str) -> tuple[str, str] | None:
    label, colon, said = alt.partition(":")
    return (label, said.strip()) if colon and len(said) < 50 else None
