"""A changed text or entry shows."""

from __future__ import annotations

import pytest

import locking
from cleartitle import catalog
from cleartitle.vocabulary.words import LicenseId
from shared import need

LOCKS = locking.read()


@pytest.mark.parametrize("license_id", catalog.ids())
def test_no_entry_changes_unnoticed(license_id: LicenseId) -> None:
    assert LOCKS["entries"].get(license_id) == locking.of_entry(catalog.get(license_id)), (
        "go through the entry against its text, then run python tests/locking.py"
    )


def test_no_lock_is_left_over() -> None:
    assert LOCKS["entries"].keys() == set(catalog.ids())
    assert LOCKS["texts"].keys() == set(locking.keys())


@pytest.mark.parametrize("key", locking.keys())
def test_no_text_changes_unnoticed(key: str) -> None:
    text = need("corpus", "texts", f"{key}.txt").read_text(encoding="utf-8")
    assert LOCKS["texts"][key] == locking.of_text(text), "the text is another one: go through its entry again"


def test_white_space_is_no_change_and_a_number_is() -> None:
    assert locking.of_text("You may use it\nfor 12 months.") == locking.of_text("You may  use it for 12 months.\n")
    assert locking.of_text("for 12 months") != locking.of_text("for 13 months")
