"""Where each text of the corpus belongs: an entry, a near copy of one, or a listed reason."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from cleartitle import catalog

LISTED = Path(__file__).resolve().parents[1] / "tests" / "catalog" / "corpus.toml"
Table = dict[str, dict[str, str]]


def rows(corpus: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the corpus's manifest by key."""
    return {row["key"]: row for row in json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))}


def listed() -> Table:
    """Return what is listed of texts that no entry names."""
    table: Table = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    return table


def belongs(corpus: Path) -> dict[str, str]:
    """Return for every key of the manifest what accounts for it; an empty word where nothing does."""
    entries = {key: "copy" for entry in catalog.every() for key in entry.copies}
    entries |= {entry.text: "entry" for entry in catalog.every() if entry.text}
    table, known = listed(), rows(corpus)

    def account(key: str) -> str:
        own = entries.get(key) or ("copy" if key in table["same"] else "")
        told = key in table["several"] or key in table["reasons"] or known[key]["kind"] in table["kinds"]
        return own or ("reason" if told else "")

    return {
        key: account(key) or ("duplicate" if account(row.get("same_as", key)) else "") for key, row in known.items()
    }
