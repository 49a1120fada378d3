"""The engine as the cross-check of the catalog: each license whose text is at hand, read without it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import terms

from cleartitle import catalog
from shared import need

KNOWN = Path(__file__).with_name("disagreements.toml")


def known() -> dict[str, set[str]]:
    listed = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["known"]
    assert all(one["why"] for one in listed)
    return {one["license"]: set(one["answers"]) for one in listed}


def test_engine_and_catalog_agree_but_for_listed_reasons() -> None:
    listed = known()
    surprises = [
        f"{identifier}: {difference}"
        for _, identifier, differences in terms.disagreements(need("corpus", "texts"))
        for difference in differences
        if difference.partition(":")[0] not in listed.get(identifier, set())
    ]
    assert not surprises, "\n".join(surprises)


def test_no_listed_license_is_unknown() -> None:
    assert known().keys() <= set(catalog.ids())
