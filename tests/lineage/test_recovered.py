"""Real cards with their declared bases hidden, and the known changes of license that must be reported."""

from __future__ import annotations

import lineage_hidden
import lineage_known
import pytest

pytestmark = pytest.mark.skipif(not lineage_hidden.SHARED.exists(), reason="../shared is absent")


def test_bases_are_recovered_from_what_is_left_of_the_card() -> None:
    outcomes = [lineage_hidden.recover(case) for case in lineage_hidden.chosen()]
    declared = [outcome for outcome in outcomes if outcome.case.kind == "declared"]
    found, wrong = (sum(map(len, (getattr(o, part) for o in declared))) for part in ("names", "wrong"))
    named, missed = sum(len(o.case.named) for o in declared), sum(len(o.missed) for o in declared)
    assert (found - wrong) / found >= lineage_hidden.PRECISION
    assert (named - missed) / named >= lineage_hidden.RECALL


def test_known_conflicts_are_reported_with_the_license_that_was_dropped() -> None:
    every = lineage_known.known()
    wanted, queue = {}, [name.casefold() for name in lineage_known.CONFLICTS]
    while queue:
        name = queue.pop()
        if name in every and name not in wanted:
            wanted[name] = every[name]
            queue += [base.casefold() for base in every[name].bases]
    for model, lineage in lineage_known.traced(wanted):
        part = lineage_known.CONFLICTS.get(model.name, "")
        assert any(part in str(f.license).casefold() for f in lineage_known.dropped(lineage)) or not part, model.name
