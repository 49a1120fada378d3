"""What was changed, as values: passages with their places, and the terms that they bear on."""

from __future__ import annotations

from cleartitle.identification.align import Gap
from cleartitle.identification.index import Text
from cleartitle.identification.reading import Reading
from cleartitle.vocabulary.identification import Change, ChangeKind

MAX_CHANGES = 100
MAX_WORDS = 2000
"""Characters of a passage that are given."""
_REACH = 60
"""Words that a clause reaches beyond its anchor."""


class Changes:
    """Makes changes of the differences between a text and a license."""

    def __init__(self, reading: Reading, text: Text) -> None:
        """Take the two texts."""
        self.reading, self.anchors = reading, text.anchors

    def of(self, gaps: list[Gap]) -> tuple[Change, ...]:
        """Return the changes for *gaps*; those that all but touch are one."""
        return tuple(self._change(self._led(gap)) for gap in _merged(gaps)[:MAX_CHANGES])

    def _led(self, gap: Gap) -> Gap:
        """Return an insertion from where its paragraph begins, if the words there are those that follow it as well."""
        words = self.reading.words
        for back in range(1, 4) if gap.of == gap.of_end else ():
            if gap.at - back < 0 or words[gap.at - back] != words[gap.at_end - back]:
                break
            if self.reading.begins_line(gap.at - back):
                return Gap(gap.at - back, gap.at_end - back, gap.of - back, gap.of_end - back)
        return gap

    def _change(self, gap: Gap) -> Change:
        span = self.reading.span(gap.at, gap.at_end)
        passage = self.reading.text[span.start : span.end]
        kind = ChangeKind.REPLACED
        if gap.at == gap.at_end:
            kind = ChangeKind.REMOVED
        elif gap.of == gap.of_end:
            kind = ChangeKind.INSERTED
        named = self._anchored(gap)
        return Change(
            kind=kind,
            span=span,
            text=passage[:MAX_WORDS],
            removed_words=gap.of_end - gap.of,
            touches=tuple(dict.fromkeys(named)),
        )

    def _anchored(self, gap: Gap) -> list[str]:
        """Return the terms whose clause the difference stands in, or takes away."""
        inside = [name for at, name in self.anchors if gap.of <= at < gap.of_end]
        before = [at for at, _ in self.anchors if gap.of - _REACH <= at < max(gap.of, 1)]
        last = max(before, default=-1)
        nearest = [name for at, name in self.anchors if at == last]
        return [*nearest, *inside] if gap.of < gap.of_end else inside


def _merged(gaps: list[Gap]) -> list[Gap]:
    found: list[Gap] = []
    for gap in gaps:
        last = found[-1] if found else None
        if last and 0 <= gap.at - last.at_end <= 2 and 0 <= gap.of - last.of_end <= 2:
            found[-1] = Gap(last.at, gap.at_end, last.of, gap.of_end)
        else:
            found.append(gap)
    return found
