"""Hostile cards cost little, and are read as far as they go."""

from __future__ import annotations

import time

import cards
import pytest

from cleartitle.card import read_card
from cleartitle.card.decoding import MAX_BYTES

SECONDS = 10.0
"""More than ten times what the slowest takes; what is not linear takes minutes."""


@pytest.mark.parametrize("name", cards.hostile())
def test_hostile_cards(name: str) -> None:
    data = cards.hostile()[name]()
    start = time.process_time()
    card = read_card(data)
    assert time.process_time() - start < SECONDS
    assert len(card.text) <= MAX_BYTES


@pytest.mark.parametrize(
    "name",
    ["billion laughs", "100,000 brackets", "100,000 dashes", "100,000 question marks", "%TAG directives", "50 MB"],
)
def test_the_license_is_read_all_the_same(name: str) -> None:
    assert [value.normal for value in read_card(cards.hostile()[name]()).license] in (["mit"], ["apache-2.0"])


@pytest.mark.parametrize("name", ["billion laughs", "100,000 brackets", "aliases"])
def test_what_is_read_is_small(name: str) -> None:
    assert len(repr(read_card(cards.hostile()[name]()).fields)) < 2_000_000
