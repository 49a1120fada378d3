"""Work out which words each way of saying something needs, so that it is looked for only where they stand.

python benchmarks/clause_needs.py          writes src/cleartitle/clauses/patterns/needs.json
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from cleartitle.clauses.patterns import key, patterns, said

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as code
    import sre_parse

_OFTEN = {
    200: "the for not you and this that any of th",
    80: "use licens license licen may shall must model agree with work will agreement is licen is agreement",
    40: "right other cop copy rights mean appl pos form including condition public under provid conditions grant limit "
    "law licensed provide age terms own over purpose sub pre non software material made able",
    20: "commercial claim research only distribut derivative modifi copyright source warrant notice otherwise stat state distribute egal distribution "
    "modification if you creat without terminat require product author include add version licensee output can "
    "liability limited ell modifications vailable available user apply does not reproduc inform patent permission "
    "purposes mark content information result restrict compan authori using third part based subject service",
}
"""Words that stand in many passages of a license, by how much a try at each costs."""
_COSTS = {word: cost for cost, said in sorted(_OFTEN.items(), reverse=True) for word in said.split()}


def needed() -> dict[str, list[str]]:
    """Return, by the key of each way of saying, words one of which stands in every text that it matches."""
    found: dict[str, list[str]] = {}
    for compiled in patterns():
        for way in compiled.pattern.any:
            words = _words(sre_parse.parse(said(way)))
            if words and max(map(_cost, words)) < 150:
                found[key(way)] = sorted(w for w in words if not any(o != w and o in w for o in words))
    return dict(sorted(found.items()))


def write() -> None:
    """Write what `needed` finds beside the patterns."""
    path = Path(str(files("cleartitle.clauses") / "patterns" / "needs.json"))
    path.write_text(json.dumps(needed(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _words(parts: Iterable[tuple[object, object]]) -> set[str] | None:
    """Return the cheapest set of words of which every match has one, or None."""
    options: list[set[str]] = []
    run = ""
    for operation, value in [*parts, (None, None)]:
        if operation is code.LITERAL:
            run += chr(value)
            continue
        if operation in (code.ASSERT, code.ASSERT_NOT, code.AT):
            continue
        if run:
            options.append({run})
        run = ""
        option = _option(operation, value)
        if option:
            options.append(option)
    return min(options, key=lambda words: sum(map(_cost, words)), default=None)


def _option(operation: object, value: object) -> set[str] | None:
    if operation is code.SUBPATTERN:
        return _words(value[3])
    if operation is code.BRANCH:
        branches = [_words(branch) for branch in value[1]]
        return set().union(*branches) if all(branches) else None
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] > 0:
        return _words(value[2])
    return None


def _cost(word: str) -> int:
    """Return how many passages a word is likely to let through, by a rough scale."""
    bare = word.strip()
    if not bare.isascii():
        return 30 if len(bare) < 2 else 4
    if len(bare) < 3:
        return 300
    return max(_COSTS.get(bare, 0), {3: 30, 4: 10, 5: 6}.get(len(bare), 3))


if __name__ == "__main__":
    write()
    sys.exit(0)
