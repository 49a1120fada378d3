"""Who said under which license an artifact is, to quote where a license is unknown, altered or in dispute."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleartitle.identification import identify
from cleartitle.vocabulary.artifact import TextFile
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.statement import (
    Choice,
    Every,
    Expression,
    One,
    Statement,
    Statements,
    Unclear,
    Unknown,
    render,
)

MAX_QUOTED = 3
"""Changed passages that are quoted."""
_QUOTE = 200


@frozen
class Said:
    """The statements about an artifact, and the files in which they stand."""

    statements: Statements = Statements(concluded=Unknown(reason="nobody said"))
    texts: tuple[TextFile, ...] = ()

    @classmethod
    def of(cls, node: Node) -> Said:
        """Return who says what about *node*."""
        return cls(node.statements, node.artifact.texts if node.artifact else ())

    def whole(self) -> tuple[Evidence, ...]:
        """Return where each statement was read."""
        return tuple(s.evidence for s in self.statements.declared)

    def where(self, part: Expression) -> tuple[Evidence, ...]:
        """Return where *part* of the conclusion was read."""
        return tuple(s.evidence for s in self._stating(part))

    def changes(self, part: Expression) -> tuple[Evidence, ...]:
        """Return the passages in which an altered license text departs from the license, most words first."""
        return tuple(e for s in self._stating(part) for e in self._changed(s)) or self.where(part)

    def written(self, part: Unknown) -> tuple[Evidence, ...]:
        """Return the lines that a tool wrote whatever the base, where *part* says that there is nothing else."""
        if any(self._stating(part)):
            return ()
        lines = (s for s in self.statements.declared if s.tool_default)
        return tuple(s.evidence for s in lines if render(s.expression) == part.said)

    def _stating(self, part: Expression) -> Iterator[Statement]:
        return (s for s in self.statements.declared if part in _parts(s.expression))

    def _changed(self, statement: Statement) -> Iterator[Evidence]:
        read = statement.evidence
        file = next((t for t in self.texts if t.path == read.path and read.method is Method.LICENSE_TEXT), None)
        changes = [c for m in identify(file.text).matches for c in m.changes] if file else []
        for change in sorted(changes, key=lambda c: -max(len(c.text), c.removed_words))[:MAX_QUOTED]:
            words = " ".join(change.text.split())[:_QUOTE] or f"({change.removed_words} words are not there)"
            yield Evidence(
                method=Method.LICENSE_TEXT, artifact=read.artifact, path=read.path, span=change.span, quote=words
            )


NOBODY = Said()
"""Where there is no artifact to quote from."""


def _parts(expression: Expression) -> Iterator[Expression]:
    yield expression
    match expression:
        case Every(of=of) | Choice(of=of) | Unclear(of=of):
            for each in of:
                yield from _parts(each)
        case One() | Unknown():
            return
