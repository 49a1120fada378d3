"""Every license, policy and set of terms at hand has an entry, or a reason why it needs none."""

from __future__ import annotations

import corpus
import pytest

from cleartitle import catalog
from cleartitle.catalog import checks, resolve
from cleartitle.vocabulary.statement import licenses
from cleartitle.vocabulary.words import LicenseId
from shared import need

LISTED = corpus.listed()
INSIDE = [
    *((key, license_id) for key, license_id in LISTED["same"].items()),
    *((key, license_id) for key, license_ids in LISTED["several"].items() for license_id in license_ids),
]
LATEST = {
    "MIT License": "a modified MIT that kept the title",
    "FLUX.1 [dev] Non-Commercial License": "the latest one leaves open what an earlier one forbade",
}
LICENSES = {"model-custom", "rail", "research-noncommercial", "data", "acceptable-use-policy"}


def test_every_text_belongs_to_an_entry_or_has_a_reason() -> None:
    missed = [key for key, how in corpus.belongs(need("corpus")).items() if not how]
    assert not missed, "write an entry, or say in corpus.toml why it needs none"


def test_every_model_license_data_license_and_policy_has_an_entry() -> None:
    known = corpus.rows(need("corpus"))
    reasons = [key for key, how in corpus.belongs(need("corpus")).items() if how == "reason"]
    of_models = [key for key in reasons if known[key]["kind"] in LICENSES]
    assert set(of_models) <= {*LISTED["several"], "vila-data-licenses"}


def test_nothing_is_listed_that_has_an_entry_or_is_not_there() -> None:
    of_entries = {key for entry in catalog.every() for key in (entry.text, *entry.copies)}
    keys = [*LISTED["same"], *LISTED["several"], *LISTED["reasons"]]
    assert not of_entries.intersection(keys), "it has an entry now: take it off the list"
    assert len(keys) == len(set(keys))
    assert set(keys) <= corpus.rows(need("corpus")).keys()


@pytest.mark.parametrize(("key", "license_id"), INSIDE)
def test_every_clause_of_the_entry_stands_in_what_is_said_to_be_the_same(key: str, license_id: str) -> None:
    text = need("corpus", "texts", f"{key}.txt").read_text(encoding="utf-8")
    assert list(checks.unfound(catalog.get(LicenseId(license_id)), text)) == []


def test_the_title_of_a_text_never_means_another_version_alone() -> None:
    known = corpus.rows(need("corpus"))
    texts = [(entry.id, key) for entry in catalog.every() for key in (entry.text, *entry.copies) if key]
    meant = {
        title: licenses(resolve.name(title)) for title in {known[key]["title"] for _, key in texts} - LATEST.keys()
    }
    wrong = [(license_id, key) for license_id, key in texts if license_id not in meant.get(known[key]["title"], ())]
    assert not [pair for pair in wrong if meant.get(known[pair[1]]["title"])], (
        "give every version the title as an alias"
    )
