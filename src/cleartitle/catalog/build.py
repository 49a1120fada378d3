"""Build the indexes beside the entries: ``python -m cleartitle.catalog.build [TEXTS MANIFEST]``.

``names.json`` says which entry a name or an address means; with a folder of license texts and its manifest,
``digests.json`` says which entry a text is, word for word. A test says when they are stale.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from cleartitle import catalog
from cleartitle.catalog.resolve import fold_link
from cleartitle.errors import DataError
from cleartitle.identification.exact import variants
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.words import LicenseId

HERE = Path(__file__).parent


def names() -> str:
    """Return ``names.json``; a name that several entries claim means any of them."""
    by_name: dict[str, set[LicenseId]] = defaultdict(set)
    by_link: dict[str, set[LicenseId]] = defaultdict(set)
    for entry in catalog.every():
        for name in _names_of(entry):
            by_name[catalog.fold(name)].add(entry.id)
        for link in {entry.url, *entry.links} - {None}:
            by_link[fold_link(link or "")].add(entry.id)
    table = {"names": _listed(by_name), "links": _listed(by_link)}
    return json.dumps(table, indent=0, sort_keys=True, ensure_ascii=False) + "\n"


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


def _names_of(entry: License) -> set[str]:
    return {entry.id, entry.id.removeprefix("LicenseRef-"), entry.name, *entry.hub, *entry.aliases}


def _listed(table: dict[str, set[LicenseId]]) -> dict[str, list[LicenseId]]:
    return {key: sorted(ids) for key, ids in table.items()}


def main(arguments: list[str]) -> None:
    """Write the indexes."""
    (HERE / "names.json").write_text(names(), encoding="utf-8")
    if arguments:
        folder, manifest = map(Path, arguments)
        (HERE / "digests.json").write_text(texts(folder, manifest), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
