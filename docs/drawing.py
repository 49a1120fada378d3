"""Boxes, arrows and words as SVG: no fonts, scripts or styles from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterable

from attrs import frozen

INK, SOFT, LINE, PAPER, BRAND, TINT = "#1f2937", "#6b7280", "#9ca3af", "#ffffff", "#0f766e", "#e6f4f1"
FONT = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"


@frozen
class Box:
    """A box with a line in bold and lines below it; *x* and *y* are its upper left corner, in pixels."""

    x: float
    y: float
    width: float
    head: str
    lines: tuple[str, ...] = ()
    strong: bool = False

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return 34 + 17 * len(self.lines)

    def drawn(self) -> str:
        """Return its SVG."""
        fill, edge = (TINT, BRAND) if self.strong else (PAPER, LINE)
        frame = f'x="{self.x:g}" y="{self.y:g}" width="{self.width:g}" height="{self.height:g}" rx="7"'
        below = (
            text(self.x + 12, self.y + 41 + 17 * place, line, soft=True, size=12)
            for place, line in enumerate(self.lines)
        )
        head = text(self.x + 12, self.y + 22, self.head, bold=True)
        return "".join([f'<rect {frame} fill="{fill}" stroke="{edge}" stroke-width="1.3"/>', head, *below])


def text(x: float, y: float, said: str, *, bold: bool = False, soft: bool = False, size: int = 14) -> str:
    """Return words at a place, escaped."""
    weight = ' font-weight="600"' if bold else ""
    color = SOFT if soft else INK
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{color}"{weight}>{html.escape(said)}</text>'


def arrow(x1: float, y1: float, x2: float, y2: float, *, faint: bool = False) -> str:
    """Return an arrow: straight where it can be, else a soft curve."""
    if abs(x1 - x2) < 1 or abs(y1 - y2) < 1:
        path = f"M{x1:g} {y1:g} L{x2:g} {y2:g}"
    else:
        half = (y1 + y2) / 2
        path = f"M{x1:g} {y1:g} C{x1:g} {half:g} {x2:g} {half:g} {x2:g} {y2:g}"
    look = f'stroke="{LINE}" stroke-width="1"' if faint else f'stroke="{BRAND}" stroke-width="1.6"'
    return f'<path d="{path}" fill="none" {look} marker-end="url(#{"faint" if faint else "tip"})"/>'


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a whole SVG."""
    tips = "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="{color}"/></marker>'
        for name, color in (("tip", BRAND), ("faint", LINE))
    )
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'font-family="{FONT}" role="img">\n<title>{html.escape(title)}</title>\n<defs>{tips}</defs>\n'
        f'<rect width="100%" height="100%" rx="10" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
