"""The terms of a text at hand: the catalog's, quoted from this copy, or those that the clause engine reads in it."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TypeVar

from attrs import evolve, frozen

from cleartitle import catalog, clauses
from cleartitle.catalog import anchors
from cleartitle.clauses import Problem, Reading
from cleartitle.texts import stated, title
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown, licenses
from cleartitle.vocabulary.terms import Clause, Terms
from cleartitle.vocabulary.words import Kind, LicenseId

READ_AS_OF = dt.date(2026, 11, 25)
"""When the clause engine was last measured; a text that only it has read was verified by nobody since."""
_SAYS = {
    Problem.EMPTY: "is empty",
    Problem.BINARY: "is binary data, no text",
    Problem.ERROR_PAGE: "is the error page of a server, no license",
    Problem.README: "is a README, no license",
    Problem.PRIVACY_POLICY: "is a privacy policy, no license",
    Problem.NOT_A_LICENSE: "says nothing that a license says",
    Problem.OTHER_LANGUAGE: "is in a language that cleartitle does not read (it reads English and Chinese)",
}
C = TypeVar("C", bound=Clause)


@frozen(kw_only=True)
class FileTerms:
    """What a text says, license by license.

    >>> of_text("Dear diary, today it rained.", "LICENSE").problem
    'says nothing that a license says'
    """

    licenses: tuple[License, ...] = ()
    remark: str = ""
    """What the text is, where it is not simply a license of the catalog."""
    problem: str = ""
    """Why there are no terms, as the end of a sentence that begins with the name of the file."""


def of_text(text: str, path: str, *, known: bool = True) -> FileTerms:
    """Return the terms of the text of the file *path*; without *known* the catalog is not asked.

    A text that is a license up to its form has the terms of the catalog. Any other one, an altered license too, has
    those that the clause engine reads in it: no person has checked them.

    >>> found = of_text("You may use the model for research only. Commercial use is not permitted.", "LICENSE")
    >>> found.licenses[0].checked
    <Checked.READ: 'read'>
    """
    meant = stated(text, path) if known else None
    if meant and _is_whole(meant):
        entries = (catalog.whole(each) for each in licenses(meant))
        return FileTerms(licenses=tuple(quoted(entry, text, path) for entry in entries), remark=_why(meant))
    found = read(text, path)
    if isinstance(found, Problem):
        return FileTerms(problem=_SAYS[found])
    return FileTerms(licenses=(found,), remark=_why(meant))


def read(text: str, path: str, artifact: ModelRef | None = None) -> License | Problem:
    """Return what the clause engine reads in the file *path*, as a license without a place in the catalog.

    >>> read("Dear diary, today it rained.", "LICENSE")
    <Problem.NOT_A_LICENSE: 'not-a-license'>
    """
    reading = clauses.read(text)
    if reading.problems:
        return reading.problems[0]
    if not any(clause.evidence for clause in reading.terms.clauses()):
        return Problem.NOT_A_LICENSE
    return _license(reading, text, path, artifact)


def _license(reading: Reading, text: str, path: str, artifact: ModelRef | None) -> License:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return License(
        id=LicenseId(f"LicenseRef-Text-{digest[:12]}"),
        name=title(text) or path,
        kind=Kind.OTHER,
        family=f"text-{digest[:12]}",
        checked=Checked.READ,
        verified=READ_AS_OF,
        remarks=tuple(f"line {u.evidence.span.line if u.evidence.span else '?'}: {u.why}" for u in reading.unclear),
        terms=_at(reading.terms, path, artifact),
    )


def quoted(entry: License, text: str, path: str) -> License:
    """Return *entry* with each clause quoted from the copy *text*, where its anchor is found there.

    >>> mit = catalog.get(LicenseId("MIT"))
    >>> found = quoted(mit, "You are free to deal in the Software without restriction.", "LICENSE")
    >>> [each.quote for clause in found.terms.clauses() for each in clause.evidence][0]
    'You are free to deal in the Software without restriction.'
    """

    def cite(clause: C) -> C:
        found = anchors.quote(clause.anchor, text, artifact=None, path=path) if clause.anchor else None
        return evolve(clause, evidence=(found,)) if found else clause

    return evolve(entry, terms=entry.terms.mapped(cite))


def _is_whole(meant: Expression) -> bool:
    """Return whether the catalog speaks for all of a text, also where nothing decides between its versions."""
    return isinstance(meant, One) or (isinstance(meant, (Every, Unclear)) and all(map(_is_whole, meant.of)))


def _why(meant: Expression | None) -> str:
    """Return what a text is that is no license of the catalog as it stands."""
    match meant:
        case Unknown(reason=reason) | Unclear(reason=reason):
            return reason
        case Every(of=parts) | Choice(of=parts):
            return "; ".join(filter(None, map(_why, parts)))
        case _:
            return ""


def _at(terms: Terms, path: str, artifact: ModelRef | None) -> Terms:
    def placed(clause: C) -> C:
        return evolve(clause, evidence=tuple(evolve(e, path=path, artifact=artifact) for e in clause.evidence))

    return terms.mapped(placed)
