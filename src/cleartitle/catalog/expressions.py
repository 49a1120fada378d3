"""SPDX license expressions: ids of today, exceptions, and what they mean for the licenses of the catalog."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.words import LicenseId

Meaning: TypeAlias = Callable[[str], Expression]
"""What a single id (spelled as SPDX spells it, if SPDX has it) or name stands for."""

MAX_SAID = 1000
"""Characters of an expression; a longer one is refused."""
MAX_DEPTH = 12
"""Parentheses inside parentheses."""

_OPERATOR = re.compile(r"\s(?:AND|OR|WITH)\s", re.IGNORECASE)
_REF = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_GNU = (
    *("AGPL-1.0", "AGPL-3.0", "GFDL-1.1", "GFDL-1.2", "GFDL-1.3", "GPL-1.0", "GPL-2.0", "GPL-3.0"),
    *("LGPL-2.0", "LGPL-2.1", "LGPL-3.0"),
)
DEPRECATED = {
    **{old: f"{old}-only" for old in _GNU},
    **{f"{old}+": f"{old}-or-later" for old in _GNU},
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "Nunit": "zlib-acknowledgement",
    "StandardML-NJ": "SMLNJ",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}
"""Ids that SPDX has withdrawn, and what it says to write. Net-SNMP has no successor."""


@frozen(kw_only=True)
class Reading:
    """An expression as it was understood.

    >>> read("gpl-2.0+", license_id).canonical
    'GPL-2.0-or-later'
    """

    expression: Expression
    canonical: str = ""
    """Spelled as SPDX does, with the ids of today (others stay as they are); empty where it is no expression."""


def license_id(said: str) -> Expression:
    """Return the license of an id, without looking it up: SPDX ids and ``LicenseRef-`` names are ids, nothing else.

    >>> license_id("mit")
    One(license='MIT')
    """
    known = spell(said)
    if known is None:
        return Unknown(
            reason=f"{said!r} is no SPDX license id", said=said, settle=f"which license is meant by {said!r}"
        )
    return One(license=LicenseId(known.removesuffix("+")))


def read(said: str, meaning: Meaning = license_id) -> Reading:
    """Return what an SPDX expression says; *meaning* knows the single licenses.

    An exception that SPDX lists only adds permissions: its license is judged without it, and the reason names it.
    Any other could take some away, so that it stays unknown beside its license. ``+`` leaves a choice of later
    versions; the named one can always be taken.

    >>> read("gpl-2.0+ or (MIT and apache-2.0)").canonical
    'GPL-2.0-or-later OR (MIT AND Apache-2.0)'
    >>> read("GPL-2.0 WITH Classpath-exception-2.0").expression.of
    (One(license='GPL-2.0-only'),)
    """
    text = " ".join(said.split())
    if text.upper() in ("NONE", "NOASSERTION"):
        return Reading(expression=Unknown(reason=f"{text} names no license", said=text))
    if len(said) > MAX_SAID or _depth(text) > MAX_DEPTH:
        return Reading(expression=Unknown(reason="the license expression is too long to be read", said=text[:80]))
    tree = _parse(text)
    if tree is not None:
        return _walk(tree, meaning)
    if _OPERATOR.search(text):
        return Reading(expression=Unknown(reason=f"{text!r} is not a license expression", said=text))
    return Reading(expression=_listed(text, meaning) or meaning(text))


@functools.lru_cache(maxsize=4096)
def spell(said: str) -> str | None:
    """Return a license id as SPDX spells it, or None; ``LicenseRef-`` names stay as they are.

    >>> spell("apache-2.0"), spell("LicenseRef-Ours"), spell("Apache License 2.0")
    ('Apache-2.0', 'LicenseRef-Ours', None)
    """
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    if _REF.fullmatch(said):
        return said
    if not re.fullmatch(r"[A-Za-z0-9.-]+\+?", said):
        return None
    try:
        return str(canonicalize_license_expression(said))
    except InvalidLicenseExpression:
        return None


@functools.lru_cache(maxsize=512)
def spell_exception(said: str) -> str | None:
    """Return an exception's id as SPDX spells it, or None where SPDX does not list it.

    >>> spell_exception("classpath-exception-2.0"), spell_exception("Commons-Clause")
    ('Classpath-exception-2.0', None)
    """
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    if not re.fullmatch(r"[A-Za-z0-9.-]+", said):
        return None
    try:
        return str(canonicalize_license_expression(f"MIT WITH {said}")).partition(" WITH ")[2]
    except InvalidLicenseExpression:
        return None


def _parse(text: str) -> object | None:
    """Return the tree of an expression, or None; the parser fails in more ways than it says."""
    from license_expression import ExpressionError, Licensing

    try:
        tree: object = Licensing().parse(text)
    except (ExpressionError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
        return None
    return tree


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


def _walk(tree: object, meaning: Meaning) -> Reading:
    operator = str(getattr(tree, "operator", "")).strip()
    parts = [_walk(each, meaning) for each in getattr(tree, "args", ())]
    if operator in ("AND", "OR") and parts:
        of = tuple(part.expression for part in parts)
        whole = all(part.canonical for part in parts)
        canonical = f" {operator} ".join(_inside(part.canonical) for part in parts) if whole else ""
        return Reading(expression=Every(of=of) if operator == "AND" else Choice(of=of), canonical=canonical)
    exception = getattr(tree, "exception_symbol", None)
    if exception is None:
        return _single(str(getattr(tree, "key", tree)), meaning)
    return _with(_single(_key(getattr(tree, "license_symbol", "")), meaning), _key(exception))


def _key(symbol: object) -> str:
    return str(getattr(symbol, "key", symbol))


def _inside(canonical: str) -> str:
    return f"({canonical})" if re.search(r" (?:AND|OR) ", canonical) else canonical


def _single(key: str, meaning: Meaning) -> Reading:
    known = spell(key)
    if known is None:
        return Reading(expression=meaning(key), canonical=key)
    today = DEPRECATED.get(known, known)
    base, _, exception = today.partition(" WITH ")
    alone = Reading(expression=meaning(base.removesuffix("+")), canonical=base)
    return _with(alone, exception) if exception else alone


def _with(base: Reading, said: str) -> Reading:
    listed = spell_exception(said)
    whole = f"{base.canonical} WITH {listed or said}"
    canonical = "" if " WITH " in base.canonical else whole
    if isinstance(base.expression, Unknown):
        return Reading(expression=Unknown(reason=base.expression.reason, said=whole), canonical=canonical)
    if listed:
        reason = f"{whole} is judged as {base.canonical}: what the exception permits besides was not read"
        return Reading(expression=Unclear(of=(base.expression,), reason=reason), canonical=canonical)
    reason = f"SPDX lists no exception {said!r}, and it may take rights away"
    unlisted = Unknown(reason=reason, said=whole, settle=f"the text of {said!r}")
    return Reading(expression=Every(of=(base.expression, unlisted)), canonical=canonical)


def _listed(text: str, meaning: Meaning) -> Expression | None:
    """Return what ids with a slash or a comma between them mean, as older packages write them."""
    ids = [spell(part.strip()) for part in re.split(r"[/,]", text)]
    if len(ids) < 2 or None in ids:
        return None
    of = tuple(dict.fromkeys(_single(each, meaning).expression for each in ids if each))
    return Unclear(of=of, reason=f"{text!r} does not say whether all or any of the licenses hold")
