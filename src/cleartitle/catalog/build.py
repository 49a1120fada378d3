"""Build ``names.json``: which entry a name or an address means. ``python -m cleartitle.catalog.build``.

A test says when it is stale.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from cleartitle import catalog
from cleartitle.catalog import addresses
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
            by_link[addresses.fold(link or "")].add(entry.id)
    table = {"names": _listed(by_name), "links": _listed(by_link)}
    return json.dumps(table, indent=0, sort_keys=True, ensure_ascii=False) + "\n"


def _names_of(entry: License) -> set[str]:
    return {entry.id, entry.id.removeprefix("LicenseRef-"), entry.name, *entry.hub, *entry.aliases}


def _listed(table: dict[str, set[LicenseId]]) -> dict[str, list[LicenseId]]:
    return {key: sorted(ids) for key, ids in table.items()}


if __name__ == "__main__":
    (HERE / "names.json").write_text(names(), encoding="utf-8")
