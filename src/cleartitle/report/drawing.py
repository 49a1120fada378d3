"""Where the boxes and lines of a lineage go: the model on top, what it was made from below. Pure geometry."""

from __future__ import annotations

from attrs import frozen

from cleartitle.report import quotes, view
from cleartitle.report.escape import shorten, terminal
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Verdict

WIDTH, HEIGHT = 264, 74
"""Of a box, in pixels."""
_ACROSS, _DOWN, _MARGIN = 36, 74, 10
_READABLE = 1000
_LETTERS = 31
"""Characters that fit into a box."""
MOST = 60
"""Artifacts that are drawn; the list below the drawing has all of them."""


@frozen(kw_only=True)
class Box:
    """An artifact: where it is drawn and what stands in it."""

    x: int
    y: int
    owner: str
    name: str
    license: str
    title: str
    tone: str
    """The worst that was found of it; empty where nothing was. The verdict, for the model itself."""
    link: str


@frozen(kw_only=True)
class Line:
    """A step, from the child's lower edge to the parent's upper edge."""

    x1: int
    y1: int
    x2: int
    y2: int
    label: str
    doubtful: bool


@frozen(kw_only=True)
class Drawing:
    """A lineage, drawn."""

    width: int
    height: int
    fits: bool
    """Whether it can be shrunk to the width of a page and still be read."""
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int
    """Artifacts that are not drawn."""


def draw(lineage: Lineage, verdict: Verdict) -> Drawing:
    """Return the drawing of a lineage, colored by what was found of each artifact."""
    drawn = [node.ref for node in lineage.nodes][:MOST]
    rows = _rows(lineage, drawn)
    across = _spread(lineage, rows)
    left, right = min(across.values()), max(across.values())
    places = {
        ref: (_MARGIN + across[ref] - left, _MARGIN + depth * (HEIGHT + _DOWN))
        for depth, row in enumerate(rows)
        for ref in row
    }
    lines = tuple(
        Line(
            x1=places[e.child][0] + WIDTH // 2,
            y1=places[e.child][1] + HEIGHT,
            x2=places[e.parent][0] + WIDTH // 2,
            y2=places[e.parent][1],
            label=view.relation_line(e),
            doubtful="(" in view.relation_line(e),
        )
        for e in lineage.edges
        if e.child in places and e.parent in places
    )
    return Drawing(
        width=2 * _MARGIN + WIDTH + right - left,
        height=2 * _MARGIN + len(rows) * (HEIGHT + _DOWN) - _DOWN,
        fits=right - left < _READABLE,
        boxes=tuple(_box(lineage, verdict, ref, places[ref]) for ref in drawn),
        lines=lines,
        left_out=len(lineage.nodes) - len(drawn),
    )


def _rows(lineage: Lineage, drawn: list[ModelRef]) -> list[list[ModelRef]]:
    """Return the artifacts by their longest way from the root; in a row, below their children."""
    depth = dict.fromkeys(drawn, 0)
    for _ in drawn:  # as often as the longest way can be long, whatever cycles a card declares
        for edge in lineage.edges:
            if edge.child in depth and edge.parent in depth and edge.parent != lineage.root:
                depth[edge.parent] = max(depth[edge.parent], min(depth[edge.child] + 1, len(drawn) - 1))
    levels = sorted(set(depth.values()))
    return [[ref for ref in drawn if depth[ref] == level] for level in levels]


def _spread(lineage: Lineage, rows: list[list[ModelRef]]) -> dict[ModelRef, int]:
    """Return how far to the right each artifact stands: as nearly below its children as its row lets it."""
    placed: dict[ModelRef, int] = {}
    for row in rows:
        wished = {ref: _below(lineage, ref, placed) for ref in row}
        row.sort(key=wished.__getitem__)
        at: list[int] = []
        for ref in row:
            at.append(max(wished[ref], at[-1] + WIDTH + _ACROSS) if at else wished[ref])
        back = sum(x - wished[ref] for ref, x in zip(row, at, strict=True)) // len(row)
        placed |= {ref: x - back for ref, x in zip(row, at, strict=True)}
    return placed


def _below(lineage: Lineage, ref: ModelRef, placed: dict[ModelRef, int]) -> int:
    over = [placed[e.child] for e in lineage.edges if e.parent == ref and e.child in placed]
    return sum(over) // len(over) if over else 0


def _box(lineage: Lineage, verdict: Verdict, ref: ModelRef, at: tuple[int, int]) -> Box:
    owner, _, name = ref.name.rpartition("/")
    found = [f.outcome for f in verdict.findings if f.path[-1] == ref and f.outcome is not Outcome.CLEAR]
    worst = verdict.outcome if ref == lineage.root else max(found, key=Outcome.rank, default=None)
    license_line = terminal(view.license_line(lineage, ref))
    return Box(
        x=at[0],
        y=at[1],
        owner=shorten(owner or ref.scheme.value, _LETTERS + 8),
        name=shorten(name, _LETTERS - 3),
        license=shorten(license_line, _LETTERS + 1),
        title=terminal(f"{ref.short}: {license_line}"),
        tone=worst.value if worst else "",
        link=quotes.address(view.at(lineage, ref)),
    )
