"""Rules over the lineage: one file each, a function ``(analysis, lookup) -> findings``.

What a single license makes of a deployment is judged in `cleartitle.judgment`; the rules see what only the lineage
as a whole shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleartitle.catalog import Lookup
from cleartitle.rules import base_contradicted, base_unresolved, incomplete, lineage_cut, relicensed, unverified
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.verdict import Finding

Rule = Callable[[Analysis, Lookup], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    relicensed.check,
    base_contradicted.check,
    base_unresolved.check,
    lineage_cut.check,
    unverified.check,
    incomplete.check,
)


def findings(analysis: Analysis, lookup: Lookup) -> Iterator[Finding]:
    """Yield what every rule finds."""
    for rule in RULES:
        yield from rule(analysis, lookup)
