"""Lineages as graphs: Mermaid, Graphviz dot, SVG. Models stand above what they were made from.

The SVG is drawn here, row by row, without layout software: lineages are small and nearly trees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape

from attrs import frozen

from cleartitle.report import view
from cleartitle.report.escape import shorten, terminal, xml
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Standing

MAX_NAME = 60
MAX_CHILDREN = 12
"""Models made from the one asked about that are drawn; the text and JSON have all that are known."""
_WIDTH, _HEIGHT, _GAP, _ROW = 250, 46, 24, 100
_LETTERS = 34
_MERMAID = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "|": "#124;", "&": "#amp;"}
_BROKEN = frozenset({Standing.INFERRED, Standing.CONTRADICTED})


@frozen(kw_only=True)
class _Box:
    name: str
    license: str
    tone: str
    """``root``, ``known``, ``missing`` or ``child``."""


@frozen(kw_only=True)
class _Arrow:
    """From what was made to what it was made from."""

    child: int
    parent: int
    label: str
    standing: Standing


@frozen(kw_only=True)
class _Graph:
    boxes: tuple[_Box, ...]
    arrows: tuple[_Arrow, ...]
    rows: tuple[tuple[int, ...], ...]
    """Which boxes stand in a row, from top to bottom."""


def mermaid(analysis: Analysis) -> str:
    """Return the lineage as a Mermaid flowchart."""
    graph = _graph(analysis)
    lines = ["flowchart TD"]
    for number, box in enumerate(graph.boxes):
        lines.append(f'  n{number}["{_mermaid(box.name)}<br/>{_mermaid(box.license)}"]:::{box.tone}')
    for arrow in graph.arrows:
        line = "-.->" if arrow.standing in _BROKEN else "-->"
        lines.append(f'  n{arrow.child} {line}|"{_mermaid(arrow.label)}"| n{arrow.parent}')
    lines += (
        "  classDef root stroke-width:3px",
        "  classDef known stroke-width:1px",
        "  classDef missing stroke-dasharray:4 3",
        "  classDef child stroke-width:1px",
    )
    return "\n".join(lines) + "\n"


def dot(analysis: Analysis) -> str:
    """Return the lineage in the language of Graphviz."""
    graph = _graph(analysis)
    lines = ["digraph lineage {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    lines.append('  edge [fontname="sans-serif", fontsize=10];')
    styles = {"root": "bold", "known": "solid", "missing": "dashed", "child": "solid"}
    for number, box in enumerate(graph.boxes):
        lines.append(f'  n{number} [label="{_dot(box.name)}\\n{_dot(box.license)}", style={styles[box.tone]}];')
    for arrow in graph.arrows:
        style = "dashed" if arrow.standing in _BROKEN else "solid"
        color = ", color=red" if arrow.standing is Standing.CONTRADICTED else ""
        label = _dot(arrow.label)
        lines.append(f'  n{arrow.child} -> n{arrow.parent} [label="{label}", style={style}{color}];')
    return "\n".join((*lines, "}")) + "\n"


def svg(analysis: Analysis) -> str:
    """Return the lineage as a drawing that stands alone."""
    graph = _graph(analysis)
    widest = max(map(len, graph.rows))
    places: dict[int, tuple[int, int]] = {}
    for depth, row in enumerate(graph.rows):
        left = (widest - len(row)) * (_WIDTH + _GAP) // 2 + _GAP
        for place, number in enumerate(row):
            places[number] = (left + place * (_WIDTH + _GAP), depth * _ROW + _GAP)
    width, height = widest * (_WIDTH + _GAP) + _GAP, len(graph.rows) * _ROW + _GAP
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12" role="img">',
        f"<title>{_xml(f'Lineage of {graph.boxes[0].name}')}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    parts += (_line(arrow, places) for arrow in graph.arrows)
    parts += (_rectangle(box, places[number]) for number, box in enumerate(graph.boxes))
    return "\n".join((*parts, "</svg>")) + "\n"


WRITERS: Mapping[str, Callable[[Analysis], str]] = MappingProxyType({"mermaid": mermaid, "dot": dot, "svg": svg})


def _graph(analysis: Analysis) -> _Graph:
    lineage = analysis.lineage
    numbers: dict[ModelRef, int] = {node.ref: number for number, node in enumerate(lineage.nodes)}
    boxes = [_box(lineage, node.ref) for node in lineage.nodes]
    arrows = []
    for edge in lineage.edges:
        if edge.parent not in numbers:  # left out of the walk
            numbers[edge.parent] = len(boxes)
            boxes.append(_Box(name=_name(edge.parent), license="left out", tone="missing"))
        label = edge.relation.value + (f" ({edge.standing}, {edge.confidence})" if edge.standing in _BROKEN else "")
        arrows.append(
            _Arrow(child=numbers[edge.child], parent=numbers[edge.parent], label=label, standing=edge.standing)
        )
    rows = _rows(len(boxes), arrows)
    below = analysis.children.models[:MAX_CHILDREN] if analysis.children else ()
    first = len(boxes)
    for child in below:
        label = child.relation.value if child.relation else "made from"
        arrows.append(_Arrow(child=len(boxes), parent=0, label=label, standing=Standing.DECLARED))
        license_line = ", ".join(child.license) or "license not known"
        boxes.append(_Box(name=_name(child.ref), license=license_line, tone="child"))
    made = (tuple(range(first, len(boxes))),) if below else ()
    return _Graph(boxes=tuple(boxes), arrows=tuple(arrows), rows=(*made, *rows))


def _box(lineage: Lineage, ref: ModelRef) -> _Box:
    tone = "missing" if lineage.node(ref).missing else "root" if ref == lineage.root else "known"
    return _Box(name=_name(ref), license=view.license_line(lineage, ref), tone=tone)


def _name(ref: ModelRef) -> str:
    return ref.short + (f"@{ref.revision[:12]}" if ref.revision else "")


def _rows(count: int, arrows: list[_Arrow]) -> tuple[tuple[int, ...], ...]:
    """Return the boxes by how many steps they are from the first; what no step reaches stands last."""
    depths, level = {0: 0}, [0]
    while level:
        found = [a.parent for child in level for a in arrows if a.child == child and a.parent not in depths]
        level = list(dict.fromkeys(found))
        depths.update(dict.fromkeys(level, max(depths.values()) + 1))
    deepest = max(depths.values()) + 1
    every = {number: depths.get(number, deepest) for number in range(count)}
    rows = (tuple(n for n, depth in every.items() if depth == row) for row in range(deepest + 1))
    return tuple(row for row in rows if row)


def _line(arrow: _Arrow, places: Mapping[int, tuple[int, int]]) -> str:
    (x1, y1), (x2, y2) = places[arrow.child], places[arrow.parent]
    x1, x2, y1 = x1 + _WIDTH // 2, x2 + _WIDTH // 2, y1 + _HEIGHT
    color = "#c00" if arrow.standing is Standing.CONTRADICTED else "#555"
    dashes = ' stroke-dasharray="5 4"' if arrow.standing in _BROKEN else ""
    middle = (y1 + y2) // 2
    path = f"M{x1} {y1} C{x1} {middle} {x2} {middle} {x2} {y2}"
    text = f'<text x="{(x1 + x2) // 2 + 4}" y="{middle}" fill="{color}" font-size="11">{_xml(arrow.label)}</text>'
    return f'<path d="{path}" fill="none" stroke="{color}"{dashes}/>{text}'


def _rectangle(box: _Box, place: tuple[int, int]) -> str:
    x, y = place
    fill = {"root": "#e8f0fe", "missing": "#fff"}.get(box.tone, "#f6f6f6")
    dashes = ' stroke-dasharray="5 4"' if box.tone == "missing" else ""
    shape = f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="4" fill="{fill}" stroke="#333"{dashes}/>'
    name = f'<text x="{x + 8}" y="{y + 19}" font-weight="bold">{_xml(box.name, _LETTERS)}</text>'
    said = f'<text x="{x + 8}" y="{y + 36}" fill="#333">{_xml(box.license, _LETTERS + 4)}</text>'
    return f"<g><title>{_xml(f'{box.name}: {box.license}')}</title>{shape}{name}{said}</g>"


def _mermaid(text: str) -> str:
    return "".join(_MERMAID.get(c, c) for c in shorten(terminal(text), MAX_NAME * 2))


def _dot(text: str) -> str:
    return shorten(terminal(text), MAX_NAME * 2).replace("\\", "\\\\").replace('"', '\\"')


def _xml(text: str, limit: int = 400) -> str:
    return escape(xml(shorten(terminal(text), limit)))
