"""Expressions with very many alternatives, of which only those are tried whose words a text has."""

from __future__ import annotations

import functools
import re

from ahocorasick_rs import AhoCorasick, Implementation

from cleartitle.clauses.language import alternatives, both, key, shape_said
from cleartitle.clauses.needs import ALWAYS, stored


class Frames:
    """The alternatives of an expression of ``shapes.toml``, by the words that they need."""

    def __init__(self, name: str) -> None:
        listed = alternatives(shape_said(name))
        self._forms = [both(part) for part in listed]
        self._always: set[int] = set()
        by_word: dict[str, set[int]] = {}
        for place, part in enumerate(listed):
            for branch in stored("alone").get(key(part), ALWAYS):
                for word in branch[0].words if branch else ():
                    by_word.setdefault(word, set()).add(place)
                if not branch:
                    self._always.add(place)
        self._places = list(by_word.values())
        self._find = AhoCorasick(by_word, implementation=Implementation.ContiguousNFA).find_matches_as_indexes

    def found(self, text: str, *, chinese: bool) -> list[re.Match[str]]:
        """Return the matches of all alternatives, in the order of the text.

        >>> [m[0] for m in frames("uses.except").found("any use other than gambling", chinese=False)]
        ['other than']
        """
        likely = self._always.union(*(self._places[n] for n in {m[0] for m in self._find(text, overlapping=True)}))
        forms = (self._forms[place].form(chinese=chinese) for place in sorted(likely))
        return sorted((m for form in forms if form for m in form.finditer(text)), key=re.Match.start)


@functools.cache
def frames(name: str) -> Frames:
    """Return the alternatives of an expression by its table and name."""
    return Frames(name)
