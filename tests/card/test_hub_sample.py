"""Real cards against the Hub's own answers."""

from __future__ import annotations

import cards
import pytest

from cleartitle.card import RepairKind, read_card

pytestmark = pytest.mark.skipif(not cards.SAMPLE.exists(), reason="../shared is absent")


def test_licenses_are_those_of_the_hub() -> None:
    samples = tuple(cards.sample())
    read = {one.name: read_card(one.card) for one in samples}
    found = cards.compare(samples, read)
    assert found.extra == []
    for name in found.differ:  # the Hub made a tag of the template's `???`
        assert [repair.kind for repair in read[name].repairs] == [RepairKind.PLACEHOLDER]
    assert len(found.agree) > 700
    assert all(one.tagged("dataset:") == sorted({v.text for v in read[one.name].datasets}) for one in samples)


def test_odd_cards_are_read() -> None:
    odd = cards.odd()
    repaired = {
        *(RepairKind.TEXT_BEFORE, RepairKind.SCRIPT, RepairKind.UNCLOSED, RepairKind.INVALID_YAML),
        *(RepairKind.PLACEHOLDER, RepairKind.LINE_ENDS, RepairKind.BOOLEAN_WORD),
    }
    for file in cards.against_manifest(odd):  # where the collectors' plain YAML reader gave up
        assert {repair.kind for repair in odd[file.removesuffix(".md")].repairs} & repaired, file
