"""How fast license texts are read, and what hostile ones cost."""

from __future__ import annotations

import time
from pathlib import Path

from cleartitle import clauses

FULL = 12_000
"""Characters of a full model license."""
MEGABYTE = 1_000_000


def report(texts: Path) -> None:
    """Print the rate on the texts, the cost by length, and the cost of hostile texts beside plain ones."""
    read = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(texts.glob("*.txt"))]
    size = sum(map(len, read))
    spent = sum(map(_seconds, read))
    print(f"{len(read)} texts, {size:,} characters: {size / FULL / spent:.0f} texts of {FULL:,} characters a second")
    plain = "\n\n".join(read)[:MEGABYTE]
    for length in (FULL, 10 * FULL, MEGABYTE):
        seconds = _seconds(plain[:length])
        print(f"{length:>9,} characters: {seconds * 1000:8.1f} ms, {seconds / length * 1e6:.2f} microseconds each")
    base = _seconds(plain)
    for name, text in hostile():
        seconds = _seconds(text)
        print(f"{name:32} {len(text):>9,} characters: {seconds * 1000:8.1f} ms, {seconds / base:.2f} of a plain text")


def hostile() -> list[tuple[str, str]]:
    """Return texts of a megabyte that are made to be slow to read."""
    lead = "You may use and modify the Model under this license, and share it with others. " * 260
    made = [
        ("nested brackets", "(" * MEGABYTE),
        ("closed brackets", "()" * (MEGABYTE // 2)),
        ("newlines", "\n" * MEGABYTE),
        ("one long word", "a" * MEGABYTE),
        ("one long line", "distribute derivative " * (MEGABYTE // 22)),
        ("bans without end", "you may not " * (MEGABYTE // 12)),
        ("grants without end", "grants you the right " * (MEGABYTE // 21)),
        ("list marks", "(i) use; (ii) sell; " * (MEGABYTE // 20)),
        ("numbered lines", "1. you must not:\na) use\n" * (MEGABYTE // 24)),
        ("numbers", "more than 1,000,000 users or " * (MEGABYTE // 29)),
        ("tags", "<a <b " * (MEGABYTE // 6)),
        ("quotes", '" ' * (MEGABYTE // 2)),
        ("underscores", "_" * MEGABYTE),
        ("spaces", " " * MEGABYTE),
        ("Chinese bans", "您不得使用本模型" * (MEGABYTE // 8)),
        ("Chinese without a stop", "商业许可协议分发衍生" * (MEGABYTE // 10)),
        ("entities", "&quot;" * (MEGABYTE // 6)),
    ]
    return [(name, lead + "Further: " + text) for name, text in made]


def _seconds(text: str) -> float:
    start = time.process_time()
    clauses.read(text)
    return time.process_time() - start
