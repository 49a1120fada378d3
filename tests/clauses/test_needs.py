"""The words by which passages are chosen for a pattern: no match may be lost by them."""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Iterable
from pathlib import Path

import clause_needs
import pytest

from cleartitle.clauses import language
from cleartitle.clauses.language import key
from cleartitle.clauses.needs import ALWAYS, stored
from cleartitle.clauses.patterns import patterns, said, said_by

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as code
    import sre_parse

WORDINGS = (Path(__file__).parent / "wordings.txt").read_text(encoding="utf-8").lower().splitlines()
TEXTS = 12
"""Texts that are made up for each way of saying something."""


def test_words_are_known_for_every_way() -> None:
    ways = {key(way) for compiled in patterns() for way in said_by(compiled.pattern)}
    assert ways <= stored("indexed").keys(), "run benchmarks/clause_needs.py"


@pytest.mark.parametrize("kind", clause_needs.KINDS)
def test_nothing_is_known_of_what_is_no_longer_said(kind: str) -> None:
    ways = {key(way) for way in clause_needs.said_anywhere(kind)}
    assert ways >= stored(kind).keys(), "run benchmarks/clause_needs.py"


@pytest.mark.parametrize("kind", clause_needs.KINDS)
def test_every_match_has_the_words(kind: str) -> None:
    chance = random.Random(4)  # noqa: S311 - the same each time
    wrong, matched = [], 0
    for way in clause_needs.said_anywhere(kind):
        needs = stored(kind).get(key(way), ALWAYS)
        for _ in range(TEXTS if needs != ALWAYS else 0):
            text = made_up(clause_needs.nodes(sre_parse.parse(said(way))), chance)
            found = re.search(said(way), text)
            matched += found is not None
            if found and not any(all(any(w in text for w in one.words) for one in branch) for branch in needs):
                wrong.append((way, text))
    assert not wrong, "run benchmarks/clause_needs.py"
    assert matched > 4000


@pytest.mark.parametrize("name", sorted(clause_needs.shape_names()))
def test_a_shape_reads_plain_text_as_the_whole_expression_does(name: str) -> None:
    """What is left out where there is no Chinese could not have matched."""
    shape = language.shape(name)
    whole = re.compile(language.filled(shape.said))
    for said_so in WORDINGS:
        assert [m.span() for m in shape.finditer(said_so)] == [m.span() for m in whole.finditer(said_so)]
        if "\n" not in said_so:
            assert bool(shape.fullmatch(said_so)) == bool(whole.fullmatch(said_so))


def made_up(nodes: Iterable[tuple[object, object]], chance: random.Random) -> str:
    """Return a text that the nodes of an expression most often match."""
    return "".join(_piece(operation, value, chance) for operation, value in nodes)


def _piece(operation: object, value: object, chance: random.Random) -> str:
    if operation is code.LITERAL:
        assert isinstance(value, int)
        return chr(value)
    if operation is code.IN and isinstance(value, list):
        return _letter(chance.choice(value))
    if operation is code.BRANCH and isinstance(value, tuple):
        return made_up(clause_needs.nodes(chance.choice(value[1])), chance)
    if operation is code.SUBPATTERN and isinstance(value, tuple):
        return made_up(clause_needs.nodes(value[3]), chance)
    if operation is code.ASSERT and isinstance(value, tuple):
        return made_up(clause_needs.nodes(value[1]), chance) if value[0] > 0 else ""
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and isinstance(value, tuple):
        least, most, inner = value
        return "".join(
            made_up(clause_needs.nodes(inner), chance) for _ in range(chance.randint(least, min(most, least + 2)))
        )
    return "" if operation in (code.AT, code.ASSERT_NOT) else "x"


def _letter(one: tuple[object, object]) -> str:
    kind, value = one
    if kind is code.LITERAL and isinstance(value, int):
        return chr(value)
    return chr(value[0]) if kind is code.RANGE and isinstance(value, tuple) else "x"
