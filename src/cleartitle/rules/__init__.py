"""Rules: what the lineage as a whole shows, beyond what single licenses make of a deployment (`cleartitle.judgment`).

To add a rule, add a module here with a function ``check(case) -> findings``, and ``prose/<id>.toml`` with what a
finding means, what to do instead, and examples: small repositories in which it is found, and some in which it is not.
The examples are its tests. What rules share: `case` (what a rule looks at), `shown` (what a repository has).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

from cleartitle.rules.case import Case
from cleartitle.rules.registry import documents
from cleartitle.vocabulary.verdict import Finding

__all__ = ["RULES", "Case", "documents", "findings"]

Rule = Callable[[Case], Iterator[Finding]]


def _rules() -> Iterator[Rule]:
    for module in pkgutil.iter_modules(__path__):
        found = import_module(f"{__name__}.{module.name}")
        if hasattr(found, "check"):
            yield found.check


RULES: tuple[Rule, ...] = tuple(_rules())


def findings(case: Case) -> Iterator[Finding]:
    """Yield what every rule finds."""
    for rule in RULES:
        yield from rule(case)
