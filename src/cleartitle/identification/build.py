"""Build the index: ``python -m cleartitle.identification.build TEXTS MANIFEST SCANCODE [SPDX [COPIES]]``.

TEXTS holds a ``KEY.txt`` for each key of the JSON list MANIFEST, SCANCODE is the folder
``licensedcode/data/licenses`` of an installed scancode-toolkit-mini, SPDX the ``spdx_licenses.json`` that osslili
ships, for the ids that scancode does not list, COPIES an ``ID.txt`` for each entry whose text was read elsewhere. Only
digests of words go into the index.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import field, frozen

from cleartitle import catalog
from cleartitle.catalog import anchors
from cleartitle.identification import zones
from cleartitle.identification.engine import Engine
from cleartitle.identification.index import (
    MAGIC,
    NAME,
    SHORT,
    UNKNOWN,
    Index,
    Zone,
    digest,
    grams,
    is_sampled,
    word_digest,
)
from cleartitle.identification.labels import label
from cleartitle.identification.sources import MIN_WORDS, Source, gather
from cleartitle.identification.tokens import places, prepare, words
from cleartitle.vocabulary.identification import Status
from cleartitle.vocabulary.words import LicenseId

MAX_LACKING = 40
"""Words of a license that may be missing in a copy of it that is listed as a text of its own elsewhere."""
MAX_LISTED = 150
"""Texts that may share a gram; one that more have tells little."""


@frozen(kw_only=True)
class Entry:
    """One text, read."""

    licenses: list[LicenseId]
    words: list[bytes]
    zones: list[tuple[int, int, int]]
    anchors: list[tuple[int, str]] = field(factory=list)
    known: bool = True
    notice: bool = False


def build(sources: Sequence[Source]) -> bytes:
    """Return the bytes of an index of *sources*.

    Of two copies of a license the second is dropped, and of the texts without an id of their own those that only repeat
    a known license.
    """
    entries: dict[bytes, Entry] = {}
    for source in (s for s in sources if s.known):
        _add(entries, source)
    engine = Engine(Index(memoryview(written(entries.values()))))
    late = [source for source in sources if not source.known and not _is_known(engine, source.text)]
    for source in late:
        _add(entries, source)
    engine = Engine(Index(memoryview(written(entries.values()))))
    for source in late:
        _drop_twin(entries, engine, source)
    return written(entries.values())


def _is_known(engine: Engine, text: str) -> bool:
    """Return whether *text* is a known license, or holds one of SPDX and something else beside it."""
    found = engine.identify(text)
    if len(found.matches) == 1 and not found.matches[0].changes:
        return True
    listed = [match for match in found.matches if not any(each.startswith("LicenseRef") for each in match.licenses)]
    return any(sum(change.removed_words for change in match.changes) <= MAX_LACKING for match in listed)


def _drop_twin(entries: dict[bytes, Entry], engine: Engine, source: Source) -> None:
    """Drop a text that differs from an earlier one in form only."""
    prepared = prepare(source.text)
    key = digest(words(prepared))
    match = engine.search(source.text)
    twins = [each for each in match[0].licenses if each != source.license] if len(match) == 1 else []
    kept = {each for entry in entries.values() for each in entry.licenses}
    own = key in entries and entries[key].licenses[0] == source.license
    if own and match[0].status is Status.EXACT and any(each in kept for each in twins):
        del entries[key]


def _add(entries: dict[bytes, Entry], source: Source) -> None:
    prepared = prepare(source.text)
    found = words(prepared)
    if len(found) < MIN_WORDS // 2:
        return
    key = digest(found)
    if key in entries:
        same = entries[key]
        if source.license not in same.licenses and source.known and not source.notice:
            same.licenses.append(source.license)
        return
    starts = places(prepared, len(found))
    entries[key] = Entry(
        licenses=[source.license],
        words=found,
        zones=_zones(source, prepared, starts),
        anchors=[] if source.notice else _anchors(source, starts),
        known=source.known,
        notice=source.notice,
    )


def _zones(source: Source, prepared: str, starts: list[int]) -> list[tuple[int, int, int]]:
    """Return the zones of a text; in one that differs from all known licenses the end may be what differs."""
    found = {
        (a, b, z)
        for a, b, z in zones.of(prepared, starts, notices=source.license.startswith("LicenseRef"))
        if a < b and (source.known or z is not Zone.TAIL)
    }
    return [] if source.notice else sorted((a, b, int(z)) for a, b, z in found)


def _anchors(source: Source, starts: list[int]) -> list[tuple[int, str]]:
    if source.license not in catalog.ids():
        return []
    found: list[tuple[int, str]] = []
    for clause in catalog.get(source.license).terms.clauses():
        span = anchors.find(clause.anchor, source.text) if clause.anchor else None
        if span:
            found.append((bisect_left(starts, span.start), label(clause)))
    return sorted(set(found))


def written(found: Iterable[Entry]) -> bytes:
    """Return the bytes of an index file."""
    entries = sorted(found, key=lambda entry: entry.notice)
    vocabulary = {word_digest(word): word for entry in entries for word in entry.words}
    keys = sorted(vocabulary)
    if len(keys) >= UNKNOWN:
        raise ValueError("too many words for numbers of two bytes")
    number = {vocabulary[key]: n for n, key in enumerate(keys)}
    rows = [array("H", [number[word] for word in entry.words]) for entry in entries]
    labels = sorted({name for entry in entries for _, name in entry.anchors})
    digests = sorted((digest(entry.words), n) for n, entry in enumerate(entries))
    gram_keys, list_starts, lists = _lists(rows)
    parts: dict[str, array[int]] = {
        "vocabulary": array("Q", keys),
        "numerals": array("H", sorted(n for word, n in number.items() if word.isdigit())),
        "rows": array("H", [n for row in rows for n in row]),
        "starts": array("I", _starts(rows)),
        "cores": array("B", b"".join(digest(_core(entry)) for entry in entries)),
        "zones": array("I", [n for entry in entries for zone in entry.zones for n in zone]),
        "zone_starts": array("I", _starts([entry.zones for entry in entries])),
        "anchors": array("I", [n for entry in entries for at, name in entry.anchors for n in (at, labels.index(name))]),
        "anchor_starts": array("I", _starts([entry.anchors for entry in entries])),
        "keys": array("Q", [int.from_bytes(each[:8], "big") for each, _ in digests]),
        "digests": array("B", b"".join(each for each, _ in digests)),
        "exact": array("H", [n for _, n in digests]),
        "grams": gram_keys,
        "list_starts": list_starts,
        "lists": lists,
    }
    notices = next((n for n, entry in enumerate(entries) if entry.notice), len(entries))
    return _packed(parts, {"licenses": [e.licenses for e in entries], "notices": notices, "labels": labels})


def _lists(rows: Sequence[array[int]]) -> tuple[array[int], array[int], array[int]]:
    """Return the grams that are looked up, and the texts that have them."""
    having: dict[int, set[int]] = defaultdict(set)
    for n, row in enumerate(rows):
        for gram in grams(row.tobytes()):
            if len(row) <= SHORT or is_sampled(gram):
                having[gram].add(n)
    kept = sorted((gram, sorted(texts)) for gram, texts in having.items() if len(texts) <= MAX_LISTED)
    lists = [texts for _, texts in kept]
    return (
        array("Q", [gram for gram, _ in kept]),
        array("I", _starts(lists)),
        array("H", [n for texts in lists for n in texts]),
    )


def _core(entry: Entry) -> list[bytes]:
    outside = {n for start, end, _ in entry.zones for n in range(start, end)}
    return [word for n, word in enumerate(entry.words) if n not in outside]


def _starts(rows: Iterable[Sequence[object]]) -> list[int]:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return starts


def _packed(parts: dict[str, array[int]], head: dict[str, object]) -> bytes:
    places: dict[str, tuple[int, int, str]] = {}
    body = b""
    for name, values in parts.items():
        places[name] = (len(body), len(values) * values.itemsize, values.typecode)
        data = values.tobytes()
        body += data + bytes(-len(data) % 8)
    top = json.dumps({**head, "parts": places}, separators=(",", ":")).encode()
    return MAGIC + len(top).to_bytes(4, "little") + top + bytes(-(12 + len(top)) % 8) + body


def main(arguments: list[str]) -> None:
    """Write the index."""
    data = build(gather(*map(Path, arguments)))
    place = Path(__file__).parent / NAME
    place.write_bytes(data)
    sys.stdout.write(f"{place}: {len(data):,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
