"""Every prose pattern shows what it matches and what not: those sentences are its tests."""

from __future__ import annotations

import re

import pytest

from cleartitle.errors import DataError
from cleartitle.prose import patterns
from cleartitle.prose.patterns import FILES, Compiled
from cleartitle.prose.plain import plain

ALL = [(name, each) for name in FILES for each in patterns.load(name)]
IDS = [f"{name}:{each.pattern.name}" for name, each in ALL]


def finds(each: Compiled, sentence: str) -> re.Match[str] | None:
    said = plain(sentence, 0, len(sentence))
    tail = " " if sentence.endswith(" ") else ""
    return each.search((said.text if each.pattern.case else said.low) + tail)


@pytest.mark.parametrize(("name", "each"), ALL, ids=IDS)
def test_a_pattern_matches_what_it_says_and_nothing_else(name: str, each: Compiled) -> None:
    assert name in FILES
    assert [s for s in each.pattern.yes if not finds(each, s)] == []
    assert [s for s in each.pattern.no if finds(each, s)] == []


@pytest.mark.parametrize(("name", "each"), ALL, ids=IDS)
def test_what_a_pattern_needs_stands_in_all_it_matches(name: str, each: Compiled) -> None:
    assert name in FILES
    assert [s for s in each.pattern.yes if not each.possible(plain(s, 0, len(s)).low)] == []


def test_pattern_names_are_unique() -> None:
    assert len(set(IDS)) == len(IDS)


def test_an_unknown_word_list_is_named() -> None:
    with pytest.raises(DataError, match="nowhere"):
        patterns.expression("{nowhere}")


@pytest.mark.parametrize("name", sorted(patterns.words()))
def test_an_expression_for_ascii_finds_in_ascii_what_the_whole_one_finds(name: str) -> None:
    whole, ascii_only = patterns.expression(f"{{{name}}}"), patterns.ascii_expression(f"{{{name}}}")
    said = [s.lower() for _, each in ALL for s in (*each.pattern.yes, *each.pattern.no) if s.isascii()]
    found = [(whole.search(s), ascii_only.search(s)) for s in said]
    assert [s for s, (one, other) in zip(said, found, strict=True) if bool(one) != bool(other)] == []
    assert any(one for one, _ in found)
