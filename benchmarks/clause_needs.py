"""Work out which words each way of saying something needs, so that it is looked for only where they stand.

python benchmarks/clause_needs.py --texts DIR     writes src/cleartitle/clauses/patterns/needs.json

Of several words that would do, those are taken that stand in the fewest passages of the license texts in DIR.
"""

from __future__ import annotations

import argparse
import functools
import json
import warnings
from collections.abc import Iterable, Iterator
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
_PATH = Path(str(files("cleartitle.clauses") / "patterns" / "needs.json"))
_PASSAGES: list[str] = []


def needed() -> dict[str, list[list[str]]]:
    """Return, by the key of each way of saying, sets of words: of each one stands in every text that it matches."""
    found: dict[str, list[list[str]]] = {}
    for way in (way for compiled in patterns() for way in said_by(compiled.pattern)):
        options = sorted(_options(_parsed(way)), key=_price)
        kept = options[:1] + [option for option in options[1:] if len(option) <= MAX_ALSO][:1]
        if kept:
            found[key(way)] = [sorted(w for w in o if not any(v != w and v in w for v in o)) for o in kept]
    return dict(sorted(found.items()))


def stored() -> dict[str, list[list[str]]]:
    """Return what was written last."""
    found: dict[str, list[list[str]]] = json.loads(_PATH.read_text(encoding="utf-8"))
    return found


def holds_one(way: str, words: Iterable[str]) -> bool:
    """Tell whether every match of *way* has one of *words* in it."""
    return _holds(_parsed(way), tuple(words))


def write() -> None:
    """Write what `needed` finds beside the patterns."""
    _PATH.write_text(json.dumps(needed(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _parsed(way: str) -> list[tuple[object, object]]:
    return _nodes(sre_parse.parse(said(way)))


def _nodes(parsed: object) -> list[tuple[object, object]]:
    assert isinstance(parsed, sre_parse.SubPattern)
    return [(operation, value) for operation, value in parsed.data]


def _pieces(nodes: Iterable[tuple[object, object]]) -> Iterator[set[str] | tuple[object, object]]:
    """Yield the literal runs of a sequence, in each of their spellings, and what stands between them."""
    runs = {""}
    for operation, value in nodes:
        if operation is code.LITERAL:
            assert isinstance(value, int)
            runs = {run + chr(value) for run in runs}
        elif operation in (code.ASSERT, code.ASSERT_NOT, code.AT):
            continue
        elif (maybe := _maybe(operation, value)) and len(runs) < 4:
            runs |= {run + maybe for run in runs}
        else:
            yield runs
            yield operation, value
            runs = {""}
    yield runs


def _maybe(operation: object, value: object) -> str:
    """Return the letter that may stand there or not, as the hyphen of ``sub-?license``."""
    if operation is code.MAX_REPEAT and isinstance(value, tuple) and value[:2] == (0, 1):
        (kind, letter), *more = _nodes(value[2])
        return chr(letter) if kind is code.LITERAL and isinstance(letter, int) and not more else ""
    return ""


def _inner(operation: object, value: object) -> list[list[tuple[object, object]]]:
    """Return the sequences of which one must match there; none if nothing must."""
    if not isinstance(value, tuple):
        return []
    if operation is code.SUBPATTERN:
        return [_nodes(value[3])]
    if operation is code.BRANCH:
        return [_nodes(branch) for branch in value[1]]
    return [_nodes(value[2])] if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] > 0 else []


def _options(nodes: Iterable[tuple[object, object]]) -> list[set[str]]:
    """Return sets of words of each of which every match has one."""
    options: list[set[str]] = []
    for piece in _pieces(nodes):
        if isinstance(piece, set):
            options += [piece] if all(piece) else []
            continue
        branches = _inner(*piece)
        if len(branches) == 1:
            options += _options(branches[0])
            continue
        best = [min(_options(branch), key=_price, default=None) for branch in branches]
        union = {word for option in best if option for word in option}
        options += [union] if best and all(best) else []
    return options


def _holds(nodes: Iterable[tuple[object, object]], words: tuple[str, ...]) -> bool:
    for piece in _pieces(nodes):
        if isinstance(piece, set):
            if all(any(word in run for word in words) for run in piece):
                return True
            continue
        branches = _inner(*piece)
        if branches and all(_holds(branch, words) for branch in branches):
            return True
    return False


def _price(words: set[str]) -> int:
    return sum(map(_cost, words))


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


if __name__ == "__main__":
    main()
