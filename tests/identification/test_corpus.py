"""Real texts: every license that the catalog was written from is known, word for word, and no other is taken for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleartitle import catalog
from cleartitle.identification import identify, index
from cleartitle.vocabulary.identification import Status
from cleartitle.vocabulary.words import LicenseId
from shared import need

IDS = [entry.id for entry in catalog.every() if entry.text]


def text_of(license_id: LicenseId) -> str:
    rows = json.loads(need("corpus", "manifest.json").read_text(encoding="utf-8"))
    key = catalog.get(license_id).text
    same = next((str(row["same_as"]) for row in rows if row["key"] == key and row.get("same_as")), key)
    return (need("corpus", "texts") / f"{same}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("license_id", IDS)
def test_the_text_of_an_entry_is_that_license_exactly(license_id: LicenseId) -> None:
    found = identify(text_of(license_id))
    assert found.status is Status.EXACT, "run python -m cleartitle.identification.build"
    assert [match.licenses for match in found.matches] == [(license_id,)]


@pytest.mark.parametrize("license_id", [each for each in IDS if each.startswith("LicenseRef")])
def test_an_edited_number_is_reported_at_its_line(license_id: LicenseId) -> None:
    text = text_of(license_id)
    numbers = list(re.finditer(r"(?<=[a-z] )\d[\d,]*(?= [a-z])", text))
    if not numbers:
        pytest.skip("no number inside a sentence")
    at = numbers[len(numbers) // 2].end()
    edited = text[:at] + "9" + text[at:]
    found = identify(edited)
    assert found.status is Status.ALTERED
    lines = {n for match in found.matches for c in match.changes for n in range(c.span.line, c.span.end_line + 1)}
    assert edited.count("\n", 0, at) + 1 in lines


def test_the_index_holds_no_readable_text() -> None:
    path = Path(index.__file__).with_name(index.NAME)
    data = path.read_bytes()
    assert len(data) < 6_000_000
    for word in (b"hereby", b"in no event", b"as is", b"redistributions of"):
        assert word not in data.lower()
