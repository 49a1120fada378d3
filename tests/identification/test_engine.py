"""Which license a text is: form does not count, words and numbers do."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.identification import identify, identify_bytes, license_of, read_changes
from cleartitle.vocabulary.identification import ChangeKind, Status

APACHE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
END = "END OF TERMS AND CONDITIONS"
MIT = """MIT License

Copyright (c) 2024 Ann Example

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
CLAUSE = "You may not use it for commercial purposes without our written consent."


def wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(" ".join(p.split()), width) for p in text.split("\n\n"))


@pytest.mark.parametrize("width", [40, 100, 10_000])
def test_layout_holder_and_title_do_not_count(width: int) -> None:
    body = APACHE[: APACHE.index("APPENDIX")]
    filled = APACHE.replace("Copyright [yyyy] [name of copyright owner]", "Copyright 2024 Acme, Inc.")
    commented = "\n".join(f"# {line}" for line in APACHE.splitlines())
    page = f"<html><body><p>{'</p><p>'.join(APACHE.split(chr(10) * 2))}</p></body></html>"
    forms = (
        APACHE,
        body,
        filled,
        wrapped(APACHE, width),
        commented,
        APACHE.upper(),
        APACHE.replace("\n", "\r\n"),
        page,
    )
    for text in forms:
        assert license_of(text) == "Apache-2.0"
    assert license_of(MIT) == license_of(MIT.replace("Ann Example", "Bob")) == license_of(wrapped(MIT, width)) == "MIT"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("no-charge", "paid"),
        ("worldwide", ""),
        ("You may reproduce", "You may not reproduce"),
        ("copyright license to reproduce", "copyright license to use and reproduce"),
        ("Version 2.0", "Version 2.1"),
        (END, f"{END}\n\nAdditional terms: no commercial use."),
        ("fifty percent (50%)", "fifty percent (51%)"),
    ],
)
def test_a_word_more_or_less_is_an_altered_license(old: str, new: str) -> None:
    assert old in APACHE
    found = identify(APACHE.replace(old, new, 1))
    assert found.status is Status.ALTERED
    (match,) = found.matches
    assert "Apache-2.0" in match.licenses
    assert match.score < 1
    assert match.changes


def test_an_inserted_clause_is_shown_with_its_lines_and_what_it_bears_on() -> None:
    parts = MIT.split("\n\n")
    text = "\n\n".join([*parts[:3], CLAUSE, *parts[3:]])
    (match,) = read_changes(identify(text)).matches
    (change,) = match.changes
    assert change.kind is ChangeKind.INSERTED
    assert change.text.rstrip(".") == CLAUSE.rstrip(".")
    assert text.splitlines()[change.span.line - 1] == CLAUSE
    assert "restriction: non-commercial" in change.touches


def test_a_removed_paragraph_is_a_change() -> None:
    parts = APACHE.split("\n\n")
    gone = next(n for n, part in enumerate(parts) if part.lstrip().startswith("6. Trademarks"))
    (match,) = identify("\n\n".join([*parts[:gone], *parts[gone + 1 :]])).matches
    assert match.licenses == ("Apache-2.0",)
    assert match.status is Status.ALTERED
    assert {change.kind for change in match.changes} == {ChangeKind.REMOVED}


def test_what_breaks_off_is_partial() -> None:
    for end in (4000, 4007, 6000):
        (match,) = identify(APACHE[:end]).matches
        assert match.status is Status.PARTIAL
        assert match.licenses[0] == "Apache-2.0"


def test_a_license_header_is_partial_and_no_change() -> None:
    text = APACHE[APACHE.index("   Licensed under the Apache License") :]
    (match,) = identify(f"Copyright 2024 Acme\n\n{text}").matches
    assert (match.licenses, match.status, match.changes) == (("Apache-2.0",), Status.PARTIAL, ())


@pytest.mark.parametrize("two", [APACHE + "\n\n---\n\n" + MIT, MIT + "\n\n" + APACHE])
def test_two_licenses_in_one_file_are_both_found_each_with_its_place(two: str) -> None:
    found = identify(two)
    assert found.status is Status.EXACT
    one, other = found.matches
    assert {one.licenses, other.licenses} == {("Apache-2.0",), ("MIT",)}
    assert one.span.end <= other.span.start
    mit = next(match for match in found.matches if match.licenses == ("MIT",))
    assert "Permission is hereby granted" in two[mit.span.start : mit.span.end]
    assert "Apache" not in two[mit.span.start : mit.span.end]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The code is under the MIT license.", ["MIT"]),
        ("license: apache-2.0", ["Apache-2.0"]),
        ("本项目采用 Apache 2.0 许可证", ["Apache-2.0"]),
        ("Use is governed by the Llama 3.1 Community License Agreement.", ["LicenseRef-Meta-Llama-3.1-Community"]),
    ],
)
def test_a_text_that_only_names_a_license_is_a_mention(text: str, named: list[str]) -> None:
    found = identify(text)
    assert (found.status, found.matches, list(found.mentions)) == (Status.MENTION, (), named)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Liability is limited. We thank MIT for hosting; permit us a delimiter.",
        "# Fast trees\n\nInstall it with pip, and read on. Contributions are welcome: open an issue first.\n" * 20,
        "x " * 600_000,
        "\x00" * 1000,
        "((((((" * 10_000,
    ],
)
def test_what_is_no_license_is_none(text: str) -> None:
    assert identify(text).status is Status.NONE


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04" + b"x" * 100, "zip"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x7fELF" + b"\0" * 50, "program"),
    ],
)
def test_a_file_that_is_no_text_is_said_to_be_so(data: bytes, said: str) -> None:
    found = identify_bytes(data)
    assert found.status is Status.NONE
    assert said in found.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1", "utf-32"])
def test_the_encoding_does_not_count(encoding: str) -> None:
    assert identify_bytes(MIT.encode(encoding)).matches[0].licenses == ("MIT",)


def test_a_broken_byte_is_a_remark_not_an_error() -> None:
    found = identify_bytes(MIT.encode().replace(b"Ann", b"A\xffn"))
    assert found.matches[0].licenses == ("MIT",)


@given(st.text(max_size=400))
def test_any_text_has_an_answer_whose_places_are_in_it(text: str) -> None:
    for match in identify(text).matches:
        assert 0 <= match.span.start <= match.span.end <= len(text)


@given(st.integers(0, len(MIT.split()) - 1), st.sampled_from(["not", "7", "commercially", "except"]))
def test_a_word_put_anywhere_into_the_terms_is_seen(at: int, word: str) -> None:
    start = MIT.index("Permission")
    words = MIT[start:].split(" ")
    at %= len(words) - 1
    text = MIT[:start] + " ".join([*words[: at + 1], word, *words[at + 1 :]])
    assert identify(text).status is Status.ALTERED
