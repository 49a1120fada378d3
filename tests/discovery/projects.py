"""Made-up projects, written into a folder for a test."""

from __future__ import annotations

from pathlib import Path

STORED = Path(__file__).parent / "project"


def assistant(folder: Path) -> Path:
    """Write the made-up project; its files are kept as ``.txt`` so that no tool takes them for ours."""
    for file in sorted(STORED.rglob("*.txt")):
        path = folder / file.relative_to(STORED).with_suffix("")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
    return folder


def write(folder: Path, **files: str) -> Path:
    """Write files named like ``app__main_py``: two underscores for a slash, the last single one for a dot."""
    for name, text in files.items():
        head, _, ending = name.replace("__", "/").rpartition("_")
        path = folder / (f"{head}.{ending}" if head else ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
