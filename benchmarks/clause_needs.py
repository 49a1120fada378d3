"""Work out which words each way of saying something needs, so that it is looked for only where they stand.

python benchmarks/clause_needs.py --texts DIR     writes src/cleartitle/clauses/patterns/needs.json

Of several words that would do, those are taken that stand in the fewest passages of the license texts in DIR.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import warnings
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from cleartitle.clauses.language import alternatives, key, shape_said, toml
from cleartitle.clauses.layout import lay_out
from cleartitle.clauses.patterns import patterns, said, said_by
from cleartitle.clauses.scan import INDEXED
from cleartitle.serial.convert import mapping

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as code
    import sre_parse

Nodes = list[tuple[object, object]]
Words = frozenset[str]
Branch = list[Words]
"""Sets of words: of each set, one word stands in every text that matches."""

KINDS = ("indexed", "alone")
MAX_SPELLINGS = 12
"""Ways to spell a run of letters that are told apart."""
MAX_BRANCHES = 12
MAX_SETS = 8
RUN = 140
"""What it costs to look for a way in one passage, in what it costs to note that a word stands in one."""
_PATH = Path(str(files("cleartitle.clauses") / "patterns" / "needs.json"))
_PASSAGES: list[str] = []


def said_anywhere(kind: str) -> list[str]:
    """Return every way of saying something that is looked for by its words: ``indexed`` or ``alone``."""
    if kind == "alone":
        return [*dict.fromkeys(way for name in shape_names() for way in alternatives(shape_said(name)))]
    found = dict.fromkeys(way for compiled in patterns() for way in said_by(compiled.pattern))
    each = (c.pattern for c in patterns())
    more = (part for p in each for part in (p.after, p.unless, p.beside, p.around) if part)
    return [*(found | dict.fromkeys(way for part in (*more, *INDEXED) for way in alternatives(part)))]


def shape_names() -> list[str]:
    """Return the names of the expressions of ``shapes.toml`` that tell upper from lower case."""
    names = [
        f"{table}.{name}" for table, listed in toml("shapes.toml").items() for name in mapping(listed, where=table)
    ]
    return [name for name in names if not shape_said(name).startswith("(?i")]


def needed(kind: str) -> dict[str, list[Branch]]:
    """Return, by the key of each way of saying, what stands wherever it matches: all sets of one of the branches."""
    return {key(way): found for way in said_anywhere(kind) if (found := needs(way))}


def needs(way: str) -> list[Branch]:
    """Return the branches of one way; none if there is one that needs nothing."""
    branches = [_chosen(branch) for branch in options(way)]
    return branches if all(branches) else []


def options(way: str) -> list[Branch]:
    """Return all sets of words that are known for each branch of a way."""
    parsed = nodes(sre_parse.parse(said(way)))
    solid = [node for node in parsed if node[0] not in (code.ASSERT_NOT, code.AT)]
    if len(solid) == 1 and solid[0][0] is code.BRANCH:
        inner = _inner(*solid[0])
        if len(inner) <= MAX_BRANCHES:
            return [_sets(branch) for branch in inner]
    return [_sets(parsed)]


def _chosen(branch: Branch) -> Branch:
    """Return the sets that save most: the next one is taken while it shuts out passages at a lower price."""
    chosen: Branch = []
    left = (1 << len(_PASSAGES)) - 1
    while len(chosen) < MAX_SETS:
        gains = [((left & ~_holding(words)).bit_count() * RUN - _price(words), -n) for n, words in enumerate(branch)]
        gain, place = max(gains, default=(0, 0))
        if gain <= 0 and chosen:
            break
        if not gains:
            break
        chosen.append(branch[-place])
        left &= _holding(branch[-place])
    return chosen


def write() -> None:
    """Write what `needed` finds beside the patterns."""
    made = json.dumps({kind: _table(needed(kind)) for kind in KINDS}, ensure_ascii=False, separators=(",", ":"))
    _PATH.write_text(made + "\n", encoding="utf-8")


def _table(found: dict[str, list[Branch]]) -> dict[str, object]:
    """Return what was found with its sets of words in a list: those that are needed twice are written once."""
    clauses = sorted({tuple(sorted(words)) for branches in found.values() for branch in branches for words in branch})
    place = {words: number for number, words in enumerate(clauses)}
    ways = {way: [[place[tuple(sorted(words))] for words in branch] for branch in each] for way, each in found.items()}
    return {"clauses": clauses, "ways": dict(sorted(ways.items()))}


def nodes(parsed: object) -> Nodes:
    """Return the nodes of a parsed expression."""
    assert isinstance(parsed, sre_parse.SubPattern)
    return [(operation, value) for operation, value in parsed.data]


def _inner(operation: object, value: object) -> list[Nodes]:
    """Return the sequences of which one must match there; none if nothing must."""
    if not isinstance(value, tuple):
        return []
    if operation is code.SUBPATTERN:
        return [nodes(value[3])]
    if operation is code.BRANCH:
        return [nodes(branch) for branch in value[1]]
    if operation is code.ASSERT:
        return [nodes(value[1])]
    return [nodes(value[2])] if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] > 0 else []


def _sets(sequence: Nodes) -> Branch:
    """Return sets of words of each of which every match of a sequence has one."""
    found: Branch = []
    runs = {""}
    for operation, value in sequence:
        exact = _spellings(operation, value)
        if exact is None or operation is code.ASSERT:
            found += _either([_sets(branch) for branch in _inner(operation, value)])
        if exact is not None and len(runs) * len(exact) <= MAX_SPELLINGS:
            runs = {run + more for run in runs for more in exact}
        else:
            found += _usable(runs)
            runs = exact or {""}
    return found + _usable(runs)


def _either(branches: list[Branch]) -> Branch:
    """Return sets of which one word is in every match of one of several branches: the best of each, the second, ..."""
    if not branches or not all(branches):
        return []
    ordered = [sorted(branch, key=_held) for branch in branches]
    if len(ordered) == 1:
        return ordered[0]
    ranks = range(min(3, max(map(len, ordered))))
    return [_least(w for branch in ordered for w in branch[min(rank, len(branch) - 1)]) for rank in ranks]


def _usable(runs: Iterable[str]) -> Branch:
    bare = {run.strip() for run in runs}
    return [_least(bare)] if all(bare) else []


def _least(words: Iterable[str]) -> Words:
    """Return *words* without those that hold another."""
    known = set(words)
    return frozenset(w for w in known if not any(v != w and v in w for v in known))


def _spellings(operation: object, value: object) -> set[str] | None:
    """Return all that one node can match, or None if that is too much to say."""
    if operation is code.LITERAL:
        assert isinstance(value, int)
        return {chr(value)}
    if operation in (code.ASSERT, code.ASSERT_NOT, code.AT):
        return {""}
    if operation is code.IN and isinstance(value, list):
        letters = [letter for kind, letter in value if kind is code.LITERAL]
        return {chr(letter) for letter in letters} if len(letters) == len(value) <= 4 else None
    maybe = operation is code.MAX_REPEAT and isinstance(value, tuple) and value[:2] == (0, 1)
    if operation not in (code.SUBPATTERN, code.BRANCH) and not maybe:
        return None
    inner = [nodes(value[2])] if maybe and isinstance(value, tuple) else _inner(operation, value)
    made = [_spelled(branch) for branch in inner]
    union = {word for words in made if words for word in words} | ({""} if maybe else set())
    return union if all(words is not None for words in made) and len(union) <= MAX_SPELLINGS else None


def _spelled(sequence: Nodes) -> set[str] | None:
    runs = {""}
    for node in sequence:
        exact = _spellings(*node)
        if exact is None or len(runs) * len(exact) > MAX_SPELLINGS:
            return None
        runs = {a + b for a, b in itertools.product(runs, exact)}
    return runs


def _holding(words: Words) -> int:
    """Return in which of the passages one of *words* stands, a bit for each."""
    return functools.reduce(lambda found, word: found | _standing(word), words, 0)


@functools.cache
def _standing(word: str) -> int:
    return sum(1 << number for number, passage in enumerate(_PASSAGES) if word in passage)


def _price(words: Words) -> int:
    """Return what it costs to note where *words* stand in the texts."""
    return sum(_standing(word).bit_count() for word in words)


def _held(words: Words) -> int:
    return _holding(words).bit_count() * RUN + _price(words)


def main() -> None:
    """Write the words, chosen by how often they stand in the texts that are given."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True, help="a folder of KEY.txt")
    for path in sorted(options.parse_args().texts.glob("*.txt"))[::4]:
        _PASSAGES.extend(p.text for p in lay_out(path.read_text(encoding="utf-8", errors="replace")).passages)
    write()


if __name__ == "__main__":
    main()
