"""Word for word or not known: layout does not count, words do."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from cleartitle.identification.exact import MAX_TEXT, identify

APACHE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
END = "END OF TERMS AND CONDITIONS"


def test_layout_holder_and_title_do_not_count() -> None:
    body = APACHE[: APACHE.index("APPENDIX")]
    filled = APACHE.replace("Copyright [yyyy] [name of copyright owner]", "Copyright 2024 Acme, Inc.")
    wrapped = "\n\n".join(textwrap.fill(" ".join(p.split()), 50) for p in APACHE.split("\n\n"))
    commented = "\n".join(f"# {line}" for line in APACHE.splitlines())
    for text in (APACHE, body, filled, wrapped, commented, APACHE.upper(), APACHE.replace("\n", "\r\n")):
        assert identify(text) == "Apache-2.0"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("no-charge", "paid"),
        ("worldwide", ""),
        ("You may reproduce", "You may not reproduce"),
        ("copyright license to reproduce", "copyright license to use and reproduce"),
        ("Version 2.0", "Version 2.1"),
        (END, f"{END}\n\nAdditional terms: no commercial use."),
        ("Apache License", "MIT License"),
    ],
)
def test_a_word_more_or_less_is_another_text(old: str, new: str) -> None:
    assert old in APACHE
    assert identify(APACHE.replace(old, new, 1)) is None


@pytest.mark.parametrize("text", ["", "MIT License", "x " * MAX_TEXT, "\x00" * 1000, "no license here"])
def test_what_is_no_license_is_none(text: str) -> None:
    assert identify(text) is None
