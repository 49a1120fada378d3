"""From what a text was identified as to the license it states, or the reason why that is not known."""

from __future__ import annotations

import re

from cleartitle.catalog import get, has
from cleartitle.identification import identify
from cleartitle.vocabulary.identification import Change, ChangeKind, Identification, Match, Status
from cleartitle.vocabulary.statement import Every, Expression, One, Unclear, Unknown
from cleartitle.vocabulary.words import Kind, LicenseId

MAX_SHOWN = 60
"""Characters of a changed passage that a reason quotes."""
MAX_TITLE = 80
_WORD = re.compile(r"[^\W\d_]")


def stated(text: str, path: str, *, cut: bool = False) -> Expression:
    """Return the license that the text of the file *path* is, all of them where it holds several.

    Only a text that is a license up to its form states it. An altered, partial or unknown one is unknown, with what
    was found in the reason, so that a person can look; *cut* says that the file goes on.

    >>> stated("Licensed under the Foo License.", "LICENSE").reason
    'the text of LICENSE is no license that we know'
    """
    found = identify(text)
    settle = f"read {path}, or have it read"
    if cut or found.problems:
        return Unknown(reason=f"{path} is too long to be read whole", said=title(text) or path, settle=settle)
    if not found.matches:
        return Unknown(reason=f"the text of {path} {_nothing(found)}", said=title(text) or path, settle=settle)
    read = [_one(match, path) for match in found.matches]
    own = {policy for each in read if isinstance(each, One) for policy in get(each.license).includes}
    terms = list(
        dict.fromkeys(_bound(each, path) for each in read if not (isinstance(each, One) and each.license in own))
    )
    if all(map(_is_policy, read)):
        named = ", ".join(each.license for each in read if isinstance(each, One))
        return Unknown(
            reason=f"{path} holds a use policy ({named}), no license", said=title(text) or path, settle=settle
        )
    return terms[0] if len(terms) == 1 else Every(of=tuple(terms))


def _one(match: Match, path: str) -> Expression:
    if match.status is Status.EXACT or (match.status is Status.PARTIAL and not match.changes):
        known = tuple(_known(each, path) for each in match.licenses)
        return (
            known[0]
            if len(known) == 1
            else Unclear(of=known, reason=f"nothing in {path} decides between these versions")
        )
    named = " or ".join(match.licenses)
    where = "" if match.status is Status.PARTIAL else f" ({_changes(match.changes)})"
    done = "is only a part of" if match.status is Status.PARTIAL else "is an altered"
    lines = ", ".join(dict.fromkeys(str(change.span.line) for change in match.changes[:5]))
    return Unknown(
        reason=f"the text of {path} {done} {named}{where}",
        said=f"{named}, {match.status.value}",
        settle=f"read {path}, line {lines}" if lines else f"read {path}",
    )


def _known(license_id: LicenseId, path: str) -> Expression:
    if has(license_id):
        return One(license=license_id)
    return Unknown(
        reason=f"the text of {path} is {license_id}, which the catalog has no entry for",
        said=license_id,
        settle=f"read {path}",
    )


def _bound(expression: Expression, path: str) -> Expression:
    """Return what binds: a policy that no license here includes limits them in a way that they do not say."""
    if isinstance(expression, One) and _is_policy(expression):
        reason = f"{path} also holds a use policy, {expression.license}"
        return Unknown(reason=reason, said=expression.license, settle=f"read {path}")
    return expression


def _is_policy(expression: Expression) -> bool:
    return isinstance(expression, One) and get(expression.license).kind is Kind.ACCEPTABLE_USE_POLICY


def _nothing(found: Identification) -> str:
    if found.mentions:
        return f"is no license, it only names {', '.join(found.mentions[:4])}"
    return "is no license that we know"


def _changes(changes: tuple[Change, ...]) -> str:
    """Return the gravest changes in words: first what was added."""
    order = (ChangeKind.INSERTED, ChangeKind.REPLACED, ChangeKind.REMOVED)
    first = min(changes, key=lambda change: (order.index(change.kind), -len(change.text), -change.removed_words))
    said = f": {_shown(first.text)!r}" if first.text else ""
    words = f"{first.removed_words} words " if first.kind is ChangeKind.REMOVED else ""
    more = (
        f", and {len(changes) - 1} more changes"
        if len(changes) > 2
        else ", and one more change"
        if len(changes) == 2
        else ""
    )
    return f"line {first.span.line}: {words}{first.kind.value}{said}{more}"


def _shown(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= MAX_SHOWN else f"{joined[:MAX_SHOWN].rstrip()}..."


def title(text: str) -> str:
    r"""Return the first line of *text* that has a word in it, without its markup.

    >>> title("\n# Heron Community License\n\n1. Grant. You may")
    'Heron Community License'
    """
    lines = (line.strip(" \t#*_=-<>/") for line in text[:3000].splitlines())
    return next((" ".join(line.split())[:MAX_TITLE] for line in lines if _WORD.search(line)), "")
