"""What some may do and others not: neither allowed nor forbidden, but conditional."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.vocabulary.words import Action, Decision


def _decisions(text: str, action: Action) -> set[Decision]:
    return {g.decision for g in read(f"LICENSE TERMS\n\n{text}\n").terms.grants if action in g.actions}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Members of the club may adapt the Model; recipients who are not members may not.", Action.MODIFY),
        (
            "A licensee holding dealer status may convey copies; licensees without that status may not.",
            Action.REDISTRIBUTE,
        ),
        ("Charities may run a public inference endpoint for the Model. Commercial entities may not.", Action.HOST),
        ("经登记的伙伴，得向第三人提供模型之副本；未登记者不得为之。", Action.REDISTRIBUTE),
    ],
)
def test_what_some_may_do_is_conditional(text: str, action: Action) -> None:
    assert _decisions(text, action) == {Decision.CONDITIONAL}


def test_what_all_may_do_stays_allowed() -> None:
    assert _decisions("You may modify the Model; you may not remove notices.", Action.MODIFY) == {Decision.ALLOWED}
