"""Identified files for people: a line a license, and below it what was changed.

Lines are made of styled parts and need no library to be printed: this answer is to be there at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from typing import TypeAlias

from cleartitle.catalog.titles import title
from cleartitle.report.escape import quiet, shorten, terminal
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.identification import Change, ChangeKind, Holder, Identification, Match, Status
from cleartitle.vocabulary.identified import FileAnswer, IdentifyAnswer, SpdxTag
from cleartitle.vocabulary.statement import render


class Style(StrEnum):
    """How a part of a line is to look."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


Line: TypeAlias = tuple[tuple[str, Style], ...]
_STYLE = {Status.EXACT: Style.GOOD, Status.NONE: Style.FAINT, Status.MENTION: Style.FAINT}
_NONE = {Status.MENTION: "no license text, it only names one", Status.NONE: "no license that we know"}
_MOST = 40
"""Changes, holders and lines of a notice shown of one file; JSON has them all."""


def lines(answer: IdentifyAnswer, *, diff: bool = False) -> Iterator[Line]:
    """Yield what each file is, line by line; with *diff* the changed passages themselves."""
    for file in answer.files:
        yield ((terminal(file.path), Style.STRONG),)
        yield from _indented(_file(file, diff=diff))
    for left_out in answer.incomplete:
        yield ((f"! {terminal(left_out)}", Style.DOUBTFUL),)
    if not answer.files and not answer.unread:
        yield (("no license text and no SPDX line was found", Style.DOUBTFUL),)


def _indented(inner: Iterable[Line]) -> Iterator[Line]:
    for line in inner:
        yield (("  ", Style.PLAIN), *line)


def _first(inner: list[Line], what: str) -> Iterator[Line]:
    yield from islice(inner, _MOST)
    if len(inner) > _MOST:
        yield ((f"and {len(inner) - _MOST:,} more {what}", Style.FAINT),)


def _file(file: FileAnswer, *, diff: bool) -> Iterator[Line]:
    found = file.identification
    if found is not None:
        yield from _identified(found, notice=file.notice, diff=diff)
    yield from _first([_tag(tag) for tag in file.tags], "SPDX lines")
    if found is not None and not file.notice:
        yield from _first([_holder(holder) for holder in found.holders], "holders")
    yield from _first([((f"notice: {shorten(said)}", Style.FAINT),) for said in file.attributions], "lines")


def _identified(found: Identification, *, notice: bool, diff: bool) -> Iterator[Line]:
    for problem in found.problems:
        yield ((f"! {terminal(problem)}", Style.DOUBTFUL),)
    for match in found.matches:
        yield _match(match, alone=len(found.matches) == 1)
        for change in match.changes[:_MOST]:
            yield from _indented(_change(change, diff=diff))
        if len(match.changes) > _MOST:
            yield ((f"  and {len(match.changes) - _MOST:,} more changes", Style.FAINT),)
    if not found.matches and not notice:
        yield ((_NONE.get(found.status, found.status), Style.FAINT),)
    if found.mentions:
        yield ((f"names {', '.join(map(terminal, found.mentions))}", Style.FAINT),)


def _match(match: Match, *, alone: bool) -> Line:
    one = len(match.licenses) == 1
    about = title(match.licenses[0]) if one else "nothing here decides between these versions"
    where = "" if alone and match.status is Status.EXACT else place(match.span)
    return (
        (" or ".join(map(terminal, match.licenses)), Style.STRONG),
        (f"  {match.status}", _STYLE.get(match.status, Style.DOUBTFUL)),
        (f"  {percent(match.score)}", Style.PLAIN),
        ("".join(f"  {part}" for part in (about, where) if part), Style.FAINT),
    )


def percent(score: float) -> str:
    """Return a score; it never rounds up to all of it.

    >>> percent(0.99999), percent(1.0)
    ('99.9 %', '100 %')
    """
    return "100 %" if score >= 1 else f"{int(score * 1000) / 10:.1f} %"


def place(span: Span) -> str:
    """Return the lines of a span."""
    return f"line {span.line}" if span.line == span.end_line else f"lines {span.line}-{span.end_line}"


def _change(change: Change, *, diff: bool) -> Iterator[Line]:
    touches = f": {', '.join(map(terminal, change.touches))}" if change.touches else ""
    yield (f"{place(change.span)}  ", Style.PLAIN), (_done(change), Style.DOUBTFUL), (touches, Style.PLAIN)
    if not diff:
        return
    if change.removed_words:
        yield ((f"  - ({_words(change.removed_words)} of the license)", Style.BAD),)
    for text in change.text.splitlines():
        yield ((f"  + {visible(text)}", Style.GOOD),)


def _done(change: Change) -> str:
    count = len(change.text.split())
    match change.kind:
        case ChangeKind.INSERTED:
            return f"{_words(count)} inserted"
        case ChangeKind.REMOVED:
            return f"{_words(change.removed_words)} missing"
        case ChangeKind.REPLACED:
            return f"{_words(change.removed_words)} replaced by {count:,}"


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count:,} words"


def visible(text: str) -> str:
    r"""Return a line as it stands; what a terminal would act on, or nobody could see, as its escape.

    >>> visible("  pay\x1b[2J\u202e1\t00")
    '  pay\\x1b[2J\\u202e1 00'
    """
    return quiet("".join(c if c.isprintable() else " " if c.isspace() else ascii(c)[1:-1] for c in text))


def _tag(tag: SpdxTag) -> Line:
    written = tag.canonical and tag.canonical != " ".join(tag.said.split())
    about = f"  SPDX {place(tag.span)}" + (", a snippet" if tag.snippet else "")
    return (
        (terminal(tag.canonical or tag.said), Style.STRONG),
        (about + (f"  (written {terminal(tag.said)})" if written else ""), Style.FAINT),
        ("" if tag.settled else f"  {terminal(render(tag.expression))}", Style.DOUBTFUL),
    )


def _holder(holder: Holder) -> Line:
    return ((f"© {terminal(f'{holder.years} {holder.name}'.strip())}  {place(holder.span)}", Style.FAINT),)
