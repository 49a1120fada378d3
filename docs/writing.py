"""Writing pages of Markdown into ``docs/generated/``."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).parent / "generated"
_WRITTEN: set[Path] = set()


def write(path: str, *lines: str) -> None:
    """Write a page; one that says the same is left alone, so that it is not built again."""
    place = OUT / path
    text = "\n".join(lines) + "\n"
    place.parent.mkdir(parents=True, exist_ok=True)
    _WRITTEN.add(place)
    if not place.is_file() or place.read_text(encoding="utf-8") != text:
        place.write_text(text, encoding="utf-8")


def sweep() -> None:
    """Delete the pages of an earlier run that were not written again."""
    for place in OUT.rglob("*.md"):
        if place not in _WRITTEN:
            place.unlink()


def cell(text: str) -> str:
    """Return *text* for a cell of a Markdown table."""
    escaped = html.escape(" ".join(text.split()), quote=False)
    for mark in "\\|*_[]`$":
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped


def stacked(kind: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a Markdown table whose cells stand below each other on a phone; ``site.css`` says how for each kind."""
    return [f"::::{{container}} stacked {kind}", *table(head, rows), "::::"]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]
