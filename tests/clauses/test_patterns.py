"""Every pattern by its own sentences."""

from __future__ import annotations

from collections import Counter

import pytest

from cleartitle.clauses.layout import lay_out
from cleartitle.clauses.patterns import Compiled, patterns
from cleartitle.clauses.scan import scan

ALL = {compiled.pattern.name: compiled for compiled in patterns()}


def _hit(compiled: Compiled, sentence: str) -> bool:
    return compiled.pattern.term in scan(lay_out(sentence), (compiled,))


def test_names_are_unique() -> None:
    assert Counter(c.pattern.name for c in patterns()).most_common(1)[0][1] == 1


@pytest.mark.parametrize("name", ALL)
def test_what_it_says_is_found(name: str) -> None:
    missed = [sentence for sentence in ALL[name].pattern.yes if not _hit(ALL[name], sentence)]
    assert not missed


@pytest.mark.parametrize("name", ALL)
def test_what_it_does_not_say_is_left(name: str) -> None:
    found = [sentence for sentence in ALL[name].pattern.no if _hit(ALL[name], sentence)]
    assert not found


@pytest.mark.parametrize("name", ALL)
def test_both_forms_can_be_made_ready(name: str) -> None:
    """What is left out for English leaves a regular expression, or nothing."""
    each = ALL[name]
    for part in (each.matches, each.after, each.unless, each.beside, each.around):
        for chinese in (False, True):
            if part is not None:
                part.search("use of the model 使用", chinese=chinese)


def test_every_pattern_shows_what_it_means_and_what_it_does_not() -> None:
    assert not [c.pattern.name for c in patterns() if not (c.pattern.yes and c.pattern.no)]
