"""The words without which nothing matches: ``patterns/needs.json``, which ``benchmarks/clause_needs.py`` writes."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation
from attrs import frozen

FEW = 6
"""Words that are found faster one by one."""


@frozen(kw_only=True, eq=False)
class Clause:
    """Words one of which stands wherever something matches."""

    words: tuple[str, ...]


Needs = tuple[tuple[Clause, ...], ...]
"""What stands wherever something matches: all clauses of one of the branches."""
ALWAYS: Needs = ((),)
"""Nothing is known: it may match anywhere."""


def has_any(words: Iterable[str], text: str) -> bool:
    """Tell whether one of *words* stands in *text*."""
    for word in words:  # noqa: SIM110 - in half the time of `any`
        if word in text:
            return True
    return False


def any_of(words: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether one of *words* stands in a text; of many, by an automaton.

    >>> any_of(["fox", "owl"])("the owl sleeps")
    True
    """
    listed = tuple(words)
    if len(listed) <= FEW:
        return functools.partial(has_any, listed)
    find = AhoCorasick(listed, implementation=Implementation.ContiguousNFA).find_matches_as_indexes
    return lambda text: bool(find(text))


@functools.cache
def clause(words: tuple[str, ...]) -> Clause:
    """Return the one clause of these words."""
    return Clause(words=words)


@functools.cache
def stored(kind: str) -> Mapping[str, Needs]:
    """Return what each way of saying something needs, by its key.

    The *kind* is ``indexed`` of what is looked for in a whole text at once, ``alone`` of what in one sentence.
    """
    found = json.loads((files("cleartitle.clauses") / "patterns" / "needs.json").read_text(encoding="utf-8"))
    made = [clause(tuple(words)) for words in found[kind]["clauses"]]
    ways = found[kind]["ways"].items()
    return {way: tuple(tuple(made[n] for n in branch) for branch in needs) for way, needs in ways}
