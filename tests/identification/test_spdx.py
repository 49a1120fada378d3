"""SPDX expressions and the lines that state them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.catalog import resolve
from cleartitle.catalog.expressions import DEPRECATED, MAX_DEPTH, MAX_SAID, read, spell
from cleartitle.identification.spdx import MAX_TAGS, tags
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown, licenses, render
from cleartitle.vocabulary.words import LicenseId


def one(license_id: str) -> One:
    return One(license=LicenseId(license_id))


@pytest.mark.parametrize(
    ("said", "canonical", "expression"),
    [
        ("mit", "MIT", one("MIT")),
        ("GPL-3.0", "GPL-3.0-only", one("GPL-3.0-only")),
        ("gpl-2.0+", "GPL-2.0-or-later", one("GPL-2.0-or-later")),
        ("LGPL-2.1+", "LGPL-2.1-or-later", one("LGPL-2.1-or-later")),
        ("Apache-2.0+", "Apache-2.0+", one("Apache-2.0")),
        ("BSD-2-Clause-NetBSD", "BSD-2-Clause", one("BSD-2-Clause")),
        ("LicenseRef-Ours-1.0", "LicenseRef-Ours-1.0", one("LicenseRef-Ours-1.0")),
        ("DocumentRef-a:LicenseRef-b", "DocumentRef-a:LicenseRef-b", one("DocumentRef-a:LicenseRef-b")),
        ("MIT OR apache-2.0", "MIT OR Apache-2.0", Choice(of=(one("MIT"), one("Apache-2.0")))),
        ("mit and isc", "MIT AND ISC", Every(of=(one("MIT"), one("ISC")))),
        (
            "MIT OR ISC AND 0BSD",
            "MIT OR (ISC AND 0BSD)",
            Choice(of=(one("MIT"), Every(of=(one("ISC"), one("0BSD"))))),
        ),
        (
            "(MIT OR ISC) AND 0BSD",
            "(MIT OR ISC) AND 0BSD",
            Every(of=(Choice(of=(one("MIT"), one("ISC"))), one("0BSD"))),
        ),
    ],
)
def test_expressions_are_read_and_spelled_as_spdx_does(said: str, canonical: str, expression: Expression) -> None:
    found = read(said)
    assert (found.canonical, found.expression) == (canonical, expression)


@pytest.mark.parametrize("old", DEPRECATED)
def test_withdrawn_ids_are_told_in_those_of_today(old: str) -> None:
    assert spell(old) == old
    found = read(old.lower())
    assert found.canonical == DEPRECATED[old]
    assert all(spell(each) == each and each not in DEPRECATED for each in licenses(found.expression))


@pytest.mark.parametrize(
    "said",
    [
        "GPL-2.0 WITH Classpath-exception-2.0",
        "gpl-2.0-only with classpath-exception-2.0",
        "GPL-2.0-with-classpath-exception",
    ],
)
def test_a_listed_exception_is_named_and_the_license_judged_without_it(said: str) -> None:
    found = read(said)
    assert found.canonical == "GPL-2.0-only WITH Classpath-exception-2.0"
    assert isinstance(found.expression, Unclear)
    assert found.expression.of == (one("GPL-2.0-only"),)
    assert "Classpath-exception-2.0" in found.expression.reason


def test_an_exception_that_spdx_does_not_list_stays_unknown_beside_its_license() -> None:
    found = read("Apache-2.0 WITH Commons-Clause").expression
    assert isinstance(found, Every)
    assert found.of[0] == one("Apache-2.0")
    assert isinstance(found.of[1], Unknown)
    assert "Commons-Clause" in found.of[1].reason


def test_an_exception_to_an_unknown_license_leaves_it_unknown() -> None:
    found = read("Foo-1.0 WITH LLVM-exception")
    assert isinstance(found.expression, Unknown)
    assert found.expression.said == "Foo-1.0 WITH LLVM-exception"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "()",
        "(MIT",
        "MIT OR",
        "OR",
        "GPLv2",
        "NONE",
        "noassertion",
        "see LICENSE",
        "MIT WITH",
        "A WITH B WITH C",
        "MIT AND ( AND MIT",
        "x" * (MAX_SAID + 1),
        "(" * (MAX_DEPTH + 1) + "MIT" + ")" * (MAX_DEPTH + 1),
    ],
)
def test_what_is_no_expression_is_unknown(said: str) -> None:
    assert isinstance(read(said).expression, Unknown)


def test_a_slash_or_a_comma_leaves_open_which_hold() -> None:
    found = read("MIT/Apache-2.0").expression
    assert isinstance(found, Unclear)
    assert found.of == (one("MIT"), one("Apache-2.0"))


WORDS = st.sampled_from(
    [
        "MIT",
        "gpl-2.0+",
        "Apache-2.0",
        "LicenseRef-x",
        "AND",
        "or",
        "WITH",
        "LLVM-exception",
        "(",
        ")",
        "GPL-2.0-with-GCC-exception",
    ]
)


@given(st.lists(WORDS | st.text(max_size=8), max_size=12).map(" ".join))
def test_anything_can_be_read_and_the_canonical_form_stays(said: str) -> None:
    found = read(said)
    if found.canonical:
        again = read(found.canonical)
        assert again.canonical == found.canonical
        assert licenses(again.expression) == licenses(found.expression)


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("MIT OR Apache-2.0", Choice(of=(one("MIT"), one("Apache-2.0")))),
        ("Apache License 2.0 AND MIT", Every(of=(one("Apache-2.0"), one("MIT")))),
        ("GPLv2 OR MIT License", Choice(of=(one("GPL-2.0-only"), one("MIT")))),
        ("Apache-2.0+", one("Apache-2.0")),
        ("GPL-2.0-or-later", one("GPL-2.0-only")),
        ("llama3.1 AND mit", Every(of=(one("LicenseRef-Meta-Llama-3.1-Community"), one("MIT")))),
    ],
)
def test_what_cards_say_comes_to_licenses_of_the_catalog(name: str, expression: Expression) -> None:
    assert resolve.name(name) == expression


def test_an_exception_on_a_card_is_not_lost() -> None:
    found = resolve.name("apache-2.0 WITH LLVM-exception")
    assert isinstance(found, Unclear)
    assert licenses(found) == ("Apache-2.0",)
    assert "LLVM-exception" in found.reason


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("# SPDX-License-Identifier: MIT", "MIT"),
        ("// SPDX-License-Identifier: MIT // by hand", "MIT"),
        ("/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */", "GPL-2.0-only WITH Linux-syscall-note"),
        ("<!-- SPDX-License-Identifier: CC-BY-4.0 -->", "CC-BY-4.0"),
        ('"""SPDX-License-Identifier: Apache-2.0"""', "Apache-2.0"),
        ("(* SPDX-License-Identifier: MPL-2.0 *)", "MPL-2.0"),
        ("{# SPDX-License-Identifier: MIT #}", "MIT"),
        ("(: SPDX-License-Identifier: MIT :)", "MIT"),
        ("{- SPDX-License-Identifier: MIT -}", "MIT"),
        ("dnl SPDX-License-Identifier: GPL-2.0+", "GPL-2.0-or-later"),
        ("REM SPDX-License-Identifier: 0BSD\r", "0BSD"),
        (".. SPDX-License-Identifier: MIT.", "MIT"),
        ("% SPDX-License-Identifier: LPPL-1.3c", "LPPL-1.3c"),
        ('{"comment": "SPDX-License-Identifier: ISC", "b": 1}', "ISC"),
        ("SPDX-License-Identifier: (MIT OR Apache-2.0)", "MIT OR Apache-2.0"),
        ("spdx-license-identifier: LicenseRef-Ours", "LicenseRef-Ours"),
    ],
)
def test_a_line_is_read_whatever_the_comment_looks_like(line: str, canonical: str) -> None:
    (found,) = tags(f"first\n{line}\nlast\n")
    assert found.canonical == canonical
    assert (found.span.line, found.snippet) == (2, False)


def test_an_expression_may_run_over_lines() -> None:
    text = "/* SPDX-License-Identifier: (GPL-2.0-only OR\n *   MIT) AND BSD-3-Clause */\nint x;\n"
    (found,) = tags(text)
    assert found.canonical == "(GPL-2.0-only OR MIT) AND BSD-3-Clause"
    assert (found.span.line, found.span.end_line) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n# REUSE-IgnoreEnd\n",
        "Put `SPDX-License-Identifier: MIT` into every file.",
        're.compile("SPDX-License-Identifier: MIT")',
        "# SPDX-License-Identifier: <your license>",
        "# SPDX-License-Identifier:",
    ],
)
def test_what_is_ignored_quoted_or_blank_states_nothing(text: str) -> None:
    assert tags(text) == ()


def test_a_snippet_speaks_for_itself() -> None:
    lines = ("SPDX-License-Identifier: MIT", "SPDX-SnippetBegin", "SPDX-License-Identifier: ISC", "SPDX-SnippetEnd")
    text = "".join(f"# {line}\n" for line in (*lines, "SPDX-License-Identifier: 0BSD"))
    assert [(render(t.expression), t.snippet) for t in tags(text)] == [("MIT", False), ("ISC", True), ("0BSD", False)]


def test_what_is_said_is_kept_verbatim_with_its_place() -> None:
    text = "x\n// SPDX-License-Identifier: gpl-3.0\n"
    (found,) = tags(text)
    assert (found.said, found.canonical) == ("gpl-3.0", "GPL-3.0-only")
    assert text[found.span.start : found.span.end] == "gpl-3.0"


def test_lines_are_bounded() -> None:
    assert len(tags("# SPDX-License-Identifier: MIT\n" * 5000)) == MAX_TAGS
    (found,) = tags("# SPDX-License-Identifier: " + "(" * 100_000)[:1] or (None,)
    assert found is None or isinstance(found.expression, Unknown)


@given(st.text(max_size=200))
def test_any_text_has_lines_or_none(text: str) -> None:
    for found in tags(f"# SPDX-License-Identifier: {text}"):
        assert found.span.start < found.span.end
