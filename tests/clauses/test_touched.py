"""What a few words out of a license bear on."""

from __future__ import annotations

import pytest

from cleartitle.clauses import touched


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("and for non-commercial purposes only", "restriction: non-commercial"),
        ("whose annual revenue exceeds $1,000,000", "condition: annual-revenue"),
        ("more than 700 million monthly active users", "condition: monthly-active-users"),
        ("more than 700 million", "number"),
        ("must obtain a separate license", "condition: separate-license"),
        ("must first register", "condition: registration"),
        ("display “Built with Acme”", "duty: attribution"),
        ("excluding the European Union", "territory"),
        ("for military purposes", "restriction: prohibited-uses"),
        ("products that compete with ours", "restriction: no-compete"),
        ("月活跃用户超过1亿", "condition: monthly-active-users"),
        ("不得用于商业用途", "restriction: non-commercial"),
    ],
)
def test_names(passage: str, name: str) -> None:
    assert name in touched(passage)


def test_words_that_bear_on_nothing() -> None:
    assert touched("hereinafter called the weights") == ()
