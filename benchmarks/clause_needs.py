"""Work out which words each way of saying something needs, so that it is looked for only where they stand.

python benchmarks/clause_needs.py --texts DIR     writes src/cleartitle/clauses/patterns/needs.json

Of several words that would do, those are taken that stand in the fewest passages of the license texts in DIR.
"""

from __future__ import annotations

import argparse
import functools
import json
import warnings
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from cleartitle.clauses.layout import lay_out
from cleartitle.clauses.patterns import key, patterns, said, said_by

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as code
    import sre_parse

MAX_ALSO = 12
"""Words in the second set: a longer one costs more than it saves."""


def needed() -> dict[str, list[list[str]]]:
    """Return, by the key of each way of saying, sets of words: of each one stands in every text that it matches."""
    found: dict[str, list[list[str]]] = {}
    for compiled in patterns():
        for way in said_by(compiled.pattern):
            options = sorted(_options(sre_parse.parse(said(way))), key=_price)
            kept = options[:1] + [o for o in options[1:] if len(o) <= MAX_ALSO][:1]
            if kept:
                found[key(way)] = [sorted(w for w in o if not any(v != w and v in w for v in o)) for o in kept]
    return dict(sorted(found.items()))


def stored() -> dict[str, list[list[str]]]:
    """Return what was written last."""
    found: dict[str, list[list[str]]] = json.loads(_PATH.read_text(encoding="utf-8"))
    return found


def holds_one(way: str, words: Iterable[str]) -> bool:
    """Tell whether every match of *way* has one of *words* in it."""
    known = tuple(words)
    return any(all(any(w in o for w in known) for o in option) for option in _options(sre_parse.parse(said(way))))


def write() -> None:
    """Write what `needed` finds beside the patterns."""
    _PATH.write_text(json.dumps(needed(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _price(words: set[str]) -> int:
    return sum(map(_cost, words))


def _words(parts: Iterable[tuple[object, object]]) -> set[str] | None:
    """Return the cheapest set of words of which every match has one, or None."""
    return min(_options(parts), key=_price, default=None)


def _options(parts: Iterable[tuple[object, object]]) -> list[set[str]]:
    """Return sets of words of each of which every match has one."""
    options: list[set[str]] = []
    runs = {""}
    for operation, value in [*parts, (None, None)]:
        if operation is code.LITERAL:
            runs = {run + chr(value) for run in runs}
            continue
        if operation in (code.ASSERT, code.ASSERT_NOT, code.AT):
            continue
        maybe = _maybe(operation, value)
        if maybe and len(runs) < 4:
            runs |= {run + maybe for run in runs}
            continue
        if all(runs):
            options.append(runs)
        runs = {""}
        if operation is code.SUBPATTERN:
            options += _options(value[3])
        elif option := _option(operation, value):
            options.append(option)
    return options


def _maybe(operation: object, value: object) -> str:
    """Return the letter that may stand there or not, as the hyphen of ``sub-?license``."""
    if operation is code.MAX_REPEAT and value[:2] == (0, 1) and [part[0] for part in value[2]] == [code.LITERAL]:
        return chr(value[2][0][1])
    return ""


def _option(operation: object, value: object) -> set[str] | None:
    if operation is code.BRANCH:
        branches = [_words(branch) for branch in value[1]]
        return set().union(*branches) if all(branches) else None
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] > 0:
        return _words(value[2])
    return None


@functools.cache
def _cost(word: str) -> int:
    """Return in how many passages *word* stands, of the texts given; else a guess by its length."""
    if _PASSAGES:
        return 1 + sum(word in passage for passage in _PASSAGES)
    return {0: 9000, 1: 3000, 2: 900, 3: 300, 4: 100, 5: 60}.get(len(word.strip()) * (1 if word.isascii() else 3), 30)


def main() -> None:
    """Write the words, chosen by how often they stand in the texts that are given."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True, help="a folder of KEY.txt")
    for path in sorted(options.parse_args().texts.glob("*.txt"))[::4]:
        _PASSAGES.extend(p.text for p in lay_out(path.read_text(encoding="utf-8", errors="replace")).passages)
    write()


_PATH = Path(str(files("cleartitle.clauses") / "patterns" / "needs.json"))
_PASSAGES: list[str] = []

if __name__ == "__main__":
    main()
