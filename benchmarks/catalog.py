"""What the catalog covers, in numbers: ``python benchmarks/catalog.py [--misses]``; some need ``../shared``."""

from __future__ import annotations

import argparse
import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import corpus

from cleartitle import catalog, publishers
from cleartitle.card import read_card
from cleartitle.catalog import anchors, coarse, resolve, spdx
from cleartitle.openness import openness
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.statement import One, Unknown

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
LOCKS = Path(__file__).resolve().parents[1] / "tests" / "catalog" / "locks.json"
TARGET = 99.5
"""Per cent of the distinct license values of real models that must be accounted for."""


def main() -> None:
    """Print the counts; the share that ``--misses`` explains is that of the names on real models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name what is not accounted for")
    misses = parser.parse_args().misses
    entries = tuple(catalog.every())
    _entries(entries)
    _spdx()
    _locks()
    if SHARED.is_dir():
        _hub(misses=misses)
        _models(misses=misses)
        _anchors(entries)
        _texts(misses=misses)
    print(f"publishers            {sum(1 for _ in publishers.every())}")


def _entries(entries: tuple[License, ...]) -> None:
    families = Counter(entry.family for entry in entries)
    several = sum(count for count in families.values() if count > 1)
    checked = Counter(entry.checked for entry in entries)
    print(f"entries               {len(entries)}, {checked[Checked.TEXT]} checked against a text")
    print(f"versions              {several} entries in {sum(c > 1 for c in families.values())} families of several")
    print(f"names                 {len(resolve.spellings())}, {sum(len(e.aliases) for e in entries)} aliases")
    print(f"links                 {sum(len(entry.links) + bool(entry.url) for entry in entries)}")
    levels = Counter(str(openness(catalog.whole(entry.id)).level) for entry in entries)
    print(f"openness              {', '.join(f'{count} {level}' for level, count in levels.most_common())}")


def _spdx() -> None:
    rows = spdx.every()
    kinds: Counter[str] = Counter()
    for row in rows:
        entry = catalog.get(row.id)
        own = row.id in catalog.ids()
        same = coarse.stands_for(row.id) is not None and entry.checked is not Checked.CATEGORY
        kinds["own entry" if own else "text of an entry" if same else "by category"] += 1
    known = sum(not isinstance(resolve.name(row.id), Unknown) for row in rows)
    print(
        f"SPDX ids covered      {known} of {len(rows)}: {', '.join(f'{n} {kind}' for kind, n in kinds.most_common())}"
    )


def _locks() -> None:
    locks = json.loads(LOCKS.read_text(encoding="utf-8")) if LOCKS.is_file() else {"texts": {}, "entries": {}}
    print(f"locked                {len(locks['texts'])} texts, {len(locks['entries'])} entries")


def _hub(*, misses: bool) -> None:
    listed = json.loads((SHARED / "facts" / "hub_licenses.json").read_text(encoding="utf-8"))["licenses"]
    ids = [row["id"] for row in listed]
    missed = [each for each in ids if isinstance(resolve.name(each), Unknown) and resolve.why_not(each) is None]
    print(f"Hub ids covered       {len(ids) - len(missed)} of {len(ids)}")
    if misses and missed:
        print(f"    {', '.join(missed)}")


def _models(*, misses: bool) -> None:
    _share("names of real models", set(_said()), misses=misses)
    _share("names on real cards", set(_on_cards()), misses=misses)


def _share(title: str, said: set[tuple[str, str]], *, misses: bool) -> None:
    answers = {each: _answer(*each) for each in sorted(said)}
    counts = Counter(answers.values())
    total, missed = counts.total(), counts["missed"]
    print(
        f"{title:<21} {100 * (total - missed) / total:.1f} % of {total} distinct values accounted for "
        f"(target {TARGET} %): {counts['one']} one license, {counts['several']} several possible, "
        f"{counts['reason']} a listed reason"
    )
    if misses:
        for field, value in (each for each, answer in answers.items() if answer == "missed"):
            print(f"    {field}: {value}")


def _said() -> Iterator[tuple[str, str]]:
    models = json.loads((SHARED / "facts" / "known_models.json").read_text(encoding="utf-8"))["models"]
    for model in models:
        for field in ("license", "license_name", "license_link"):
            said = model.get(field)
            for each in said if isinstance(said, list) else [said]:
                if each:
                    yield field, each


def _on_cards() -> Iterator[tuple[str, str]]:
    for data in _cards():
        card = read_card(data)
        for field, values in (
            ("license", card.license),
            ("license_name", (card.license_name,)),
            ("license_link", (card.license_link,)),
        ):
            yield from ((field, value.text) for value in values if value and value.text.strip())


def _cards() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted((SHARED / "corpus" / "cards").iterdir()))
    with tarfile.open(SHARED / "corpus" / "hub_sample_2022.tar.xz") as sample:
        for member in sample:
            stream = sample.extractfile(member) if member.name.endswith(".md") else None
            if stream:
                yield stream.read()


def _answer(field: str, said: str) -> str:
    if field == "license_link" and "/" not in said:
        return "reason"  # a file of the repository, which is read
    found = resolve.link(said) if field == "license_link" else resolve.name(said)
    match found:
        case One():
            return "one"
        case Unknown():
            return "reason" if resolve.why_not(said) else "missed"
        case _:
            return "several"


def _anchors(entries: tuple[License, ...]) -> None:
    found = total = 0
    for entry in entries:
        for key in filter(None, (entry.text, *entry.copies)):
            text = (SHARED / "corpus" / "texts" / f"{key}.txt").read_text(encoding="utf-8")
            clauses = entry.terms.clauses()
            found += sum(bool(clause.anchor and anchors.find(clause.anchor, text)) for clause in clauses)
            total += len(clauses)
    print(f"anchors found         {found} of {total}")


def _texts(*, misses: bool) -> None:
    found = corpus.belongs(SHARED / "corpus")
    counts = Counter(found.values())
    missed = [key for key, how in found.items() if not how]
    print(
        f"texts at hand         {len(found) - len(missed)} of {len(found)} accounted for: {counts['entry']} entries, "
        f"{counts['copy']} near copies, {counts['duplicate']} duplicates, {counts['reason']} a listed reason"
    )
    if misses and missed:
        print(f"    {', '.join(missed)}")


if __name__ == "__main__":
    main()
