"""The hashes of entries and of the texts they were checked against: ``python tests/locking.py`` writes them.

An entry's names, links and the date of its verification do not count; everything that it says of the license does.
Lock a change only after going through the entry again, against its text.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TypedDict

from attrs import evolve

from cleartitle import catalog
from cleartitle.serial.convert import plain
from cleartitle.vocabulary.license import License

FILE = Path(__file__).with_name("catalog") / "locks.json"
TEXTS = Path(__file__).parents[2] / "shared" / "corpus" / "texts"


class Locks(TypedDict):
    """What is locked: texts by their key, entries by their id."""

    texts: dict[str, str]
    entries: dict[str, str]


def of_text(text: str) -> str:
    """Return the hash of a text, whatever its white space."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def of_entry(entry: License) -> str:
    """Return the hash of what an entry says of its license."""
    said = plain(evolve(entry, hub=(), aliases=(), links=()))
    del said["verified"]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def keys() -> tuple[str, ...]:
    """Return the keys of all texts that entries were checked against."""
    return tuple(sorted({key for entry in catalog.every() for key in (entry.text, *entry.copies) if key}))


def read() -> Locks:
    """Return what is locked."""
    locks: Locks = json.loads(FILE.read_text(encoding="utf-8"))
    return locks


def main() -> None:
    """Lock everything as it is now."""
    texts = {key: of_text((TEXTS / f"{key}.txt").read_text(encoding="utf-8")) for key in keys()}
    entries = {str(entry.id): of_entry(entry) for entry in catalog.every()}
    FILE.write_text(json.dumps({"entries": entries, "texts": texts}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
