"""Small repositories for the fixture Hub."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def repository(
    root: Path, name: str, front: str = "", *, hub: Mapping[str, object] | None = None, **files: bytes
) -> Path:
    """Write a repository: its card's front matter, what the Hub knows of it, and other files (``__`` for a dot)."""
    folder = root / name
    folder.mkdir(parents=True)
    card = f"---\n{front}\n---\n" if front else ""
    (folder / "README.md").write_text(f"{card}# {name}\n", encoding="utf-8")
    if hub:
        (folder / ".hub.json").write_text(json.dumps(hub), encoding="utf-8")
    for path, data in files.items():
        (folder / path.replace("__", ".")).write_bytes(data)
    return folder
