"""Expressions are rewritten so that they are found faster: what they match stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleartitle.clauses.patterns import patterns

LINES = (Path(__file__).parent / "wordings.txt").read_text(encoding="utf-8").lower().splitlines()
ENGLISH = [line for line in LINES if line.isascii()][::12]
ANY = LINES[::12]


@pytest.mark.parametrize("name", [compiled.pattern.name for compiled in patterns()])
def test_a_way_matches_what_it_says(name: str) -> None:
    compiled = next(each for each in patterns() if each.pattern.name == name)
    for way in compiled.ways:
        for chinese, lines in ((False, ENGLISH), (True, ANY)):
            form = way.words.form(chinese=chinese)
            whole = re.compile(way.words.every)
            for line in lines if form else ():
                assert form is not None
                assert [m.span() for m in form.finditer(line)] == [m.span() for m in whole.finditer(line)]
