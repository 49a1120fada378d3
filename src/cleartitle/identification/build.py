"""Build ``digests.json``: ``python -m cleartitle.identification.build TEXTS MANIFEST``.

It says which entry a text is, word for word, and holds digests only: of the texts that the entries were checked
against, and of their copies. A test says when it is stale.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from cleartitle import catalog
from cleartitle.errors import DataError
from cleartitle.identification.exact import variants
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.words import LicenseId

HERE = Path(__file__).parent


def texts(folder: Path, manifest: Path) -> str:
    """Return ``digests.json`` of every text in *folder* that an entry was checked against, or that is a copy of one."""
    listed = [mapping(row, where="manifest") for row in json.loads(manifest.read_text(encoding="utf-8"))]
    copies: dict[str, list[str]] = defaultdict(list)
    for row in listed:
        if row.get("same_as"):
            copies[str(row["same_as"])].append(str(row["key"]))
    found: dict[str, LicenseId] = {}
    for entry in catalog.every():
        keys = [entry.text, *copies[entry.text]] if entry.text else []
        for path in (folder / f"{key}.txt" for key in keys):
            if path.exists():
                for digest in variants(path.read_text(encoding="utf-8")):
                    if found.setdefault(digest, entry.id) != entry.id:
                        raise DataError(f"{entry.id} and {found[digest]} have the same text")
    return json.dumps(found, indent=0, sort_keys=True) + "\n"


if __name__ == "__main__":
    (HERE / "digests.json").write_text(texts(*map(Path, sys.argv[1:])), encoding="utf-8")
