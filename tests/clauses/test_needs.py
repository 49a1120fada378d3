"""The words by which passages are chosen for a pattern: no match may be lost by them."""

from __future__ import annotations

import clause_needs

from cleartitle.clauses.patterns import key, patterns, said_by


def test_words_are_known_for_every_way() -> None:
    ways = {key(way) for compiled in patterns() for way in said_by(compiled.pattern)}
    assert ways == clause_needs.stored().keys(), "run benchmarks/clause_needs.py"


def test_every_match_has_the_words() -> None:
    stored = clause_needs.stored()
    wrong = [
        way
        for compiled in patterns()
        for way in said_by(compiled.pattern)
        for words in stored[key(way)]
        if not clause_needs.holds_one(way, words)
    ]
    assert not wrong, "run benchmarks/clause_needs.py"
