"""What a license file states: only a text that is a license up to its form states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.cli import run
from cleartitle.texts import stated
from cleartitle.vocabulary.statement import Every, One, Unknown
from cleartitle.vocabulary.words import LicenseId
from shared import need

APACHE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
ISC = """ISC License

Copyright (c) 2024 Ann Example

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.
"""
CLAUSE = "Use by companies with more than 50 employees is not allowed."
ALTERED = ISC.replace("\n\nTHE SOFTWARE", f"\n\n{CLAUSE}\n\nTHE SOFTWARE")
HEADER = APACHE[APACHE.index("   Licensed under the Apache License") :]


@pytest.mark.parametrize(("text", "license_id"), [(APACHE, "Apache-2.0"), (ISC, "ISC"), (HEADER, "Apache-2.0")])
def test_a_whole_license_or_its_notice_states_it(text: str, license_id: str) -> None:
    assert stated(text, "LICENSE") == One(license=LicenseId(license_id))


def test_several_licenses_in_a_file_all_hold() -> None:
    both = stated(f"{ISC}\n\n-----\n\n{APACHE}", "LICENSE")
    assert both == Every(of=(One(license=LicenseId("ISC")), One(license=LicenseId("Apache-2.0"))))


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (ALTERED, ["an altered ISC", "line 9", "inserted", "Use by companies with more than 50"]),
        (ISC.replace("with or without fee ", ""), ["an altered ISC", "removed"]),
        (APACHE[:5000], ["only a part of Apache-2.0"]),
        ("The code is under the MIT license.", ["is no license, it only names MIT"]),
        ("Be good.", ["no license that we know"]),
        ("", ["no license that we know"]),
    ],
)
def test_anything_else_is_unknown_and_says_what_was_found(text: str, reasons: list[str]) -> None:
    found = stated(text, "LICENSE.txt")
    assert isinstance(found, Unknown)
    assert "LICENSE.txt" in found.settle
    for reason in reasons:
        assert reason in found.reason


def test_a_file_that_goes_on_states_nothing() -> None:
    found = stated(ISC, "LICENSE", cut=True)
    assert isinstance(found, Unknown)
    assert "too long" in found.reason


def test_the_terms_of_a_file_are_read_from_it_where_one_of_its_licenses_was_altered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "LICENSE"
    path.write_text(f"{APACHE}\n\n-----\n\n{ALTERED}", encoding="utf-8")
    assert run(["terms", str(path)]) == 0
    said = capsys.readouterr().out
    assert "an altered ISC" in said
    assert "no person has checked it" in said
    assert "checked against the text" not in said


LONG = "The data was collected over three years in several countries by many people. " * 25


@pytest.mark.parametrize(
    "text",
    [
        f"{ISC}\n\n{LONG}\n\nThe weights serve research alone; companies stay away.\n\n{LONG}",
        f"{ISC}\n\n{LONG}\n\n模型权重仅供学术研究使用。\n\n{LONG}",
        f"{ISC}\n\n仅供研究",
        ISC.replace("Ann Example", "Ann Example, noncommercial"),
        ISC.replace("Ann Example", "Ann Example. Commerce forbidden"),
        ISC.replace("Ann Example", "安 仅供研究"),
        ISC.replace("ISC License", "ISC License (noncommercial edition)"),
    ],
)
def test_a_limit_beside_a_license_is_never_taken_for_form(text: str) -> None:
    found = stated(text, "LICENSE")
    assert isinstance(found, Unknown)
    assert "an altered ISC" in found.reason


@pytest.mark.parametrize("holder", ["Meta Research", "中国科学院研究所", "Example Academic Press"])
def test_a_holder_whose_name_sounds_like_a_limit_is_a_holder(holder: str) -> None:
    assert stated(ISC.replace("Ann Example", holder), "LICENSE") == One(license=LicenseId("ISC"))


def test_a_use_policy_is_part_of_the_license_that_includes_it_and_is_never_passed_over_beside_another() -> None:
    texts = need("corpus", "texts")
    llama, policy = (
        (texts / f"llama-3.2-{name}.txt").read_text(encoding="utf-8") for name in ("community", "use-policy")
    )
    alone = stated(policy, "USE_POLICY.md")
    assert isinstance(alone, Unknown)
    assert "use policy" in alone.reason
    assert stated(f"{llama}\n\n{policy}", "LICENSE") == One(license=LicenseId("LicenseRef-Meta-Llama-3.2-Community"))
    other = stated(f"{ISC}\n\n{policy}", "LICENSE")
    assert isinstance(other, Every)
    assert One(license=LicenseId("ISC")) in other.of
    assert any(isinstance(part, Unknown) and "use policy" in part.reason for part in other.of)
