"""From a text to its passages: sections, lists with what leads to them, lines that were wrapped, markup."""

from __future__ import annotations

import pytest

from cleartitle.clauses.fold import fold
from cleartitle.clauses.layout import lay_out


def passages(text: str) -> list[tuple[str, str, str]]:
    return [(p.section, p.lead, p.text) for p in lay_out(text).passages]


def test_numbered_clauses() -> None:
    found = passages("1. Grant\n1.1 You may use it.\n1.2 You may share it.\n2. Law\n2.1 French law applies.")
    assert [section for section, _, text in found if text.startswith(("you", "french"))] == ["1.1.1", "1.1.2", "2.2.1"]


def test_list_inside_a_list() -> None:
    found = passages("You must not:\n(a) use it to:\n  (i) spy;\n  (ii) spam;\n(b) sell it.")
    assert ("a.i", "you must not: use it to:", "spy;") in found
    assert ("b", "you must not:", "sell it.") in found


def test_letters_and_roman_numbers_are_told_apart() -> None:
    found = passages("You may not:\n(g) rent;\n(h) lease;\n(i) lend;\n(j) sell.")
    assert [section for section, *_ in found][1:] == ["g", "h", "i", "j"]


def test_a_long_sentence_with_a_list_in_it() -> None:
    text = (
        "If you are a recipient, keep this in mind. Licensee must at all times (i) provide every recipient of the"
        " materials with a complete copy of this agreement, including its annexes; (ii) cause any modified files to"
        " carry prominent notices that say who changed them and when; and (iii) retain all copyright notices."
    )
    found = passages(text)
    assert [(lead, text[:5]) for _, lead, text in found][1:] == [
        ("", "licen"),
        ("licensee must at all times", "provi"),
        ("licensee must at all times", "cause"),
        ("licensee must at all times", "retai"),
    ]


def test_wrapped_lines_are_one_sentence() -> None:
    found = passages("You may use the model for any\npurpose that this agreement\nnames in section\n2.1 of its text.")
    assert len(found) == 1
    assert found[0][2] == "you may use the model for any purpose that this agreement names in section 2.1 of its text."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**“Built with Acme”**", '"built with acme"'),
        ("您可以：使用（免费）。", "您可以:使用(免费)。"),
        ("<p>You <b>may</b> use it.</p>", "you may use it."),
        ("> You may use it.", "you may use it."),
        ("You may&nbsp;use it.", "you may use it."),
        ("1,000,000 users", "1,000,000 users"),
    ],
)
def test_typography_and_markup(text: str, said: str) -> None:
    assert [p.text for p in lay_out(text).passages] == [said]


def test_what_no_reader_sees_says_nothing() -> None:
    assert [p.text for p in lay_out("<p>Hello.</p><script>You may sell it.</script>").passages] == ["hello."]


def test_both_languages_side_by_side() -> None:
    found = passages("4 地域 Territory\n本许可不适用于欧盟。This license does not extend to the European Union.")
    assert [text for *_, text in found][-2:] == [
        "本许可不适用于欧盟。",
        "this license does not extend to the european union.",
    ]


def test_folding_keeps_every_place() -> None:
    text = "“商用”：见 <b>附录</b> &amp; İ “x”\u3000。"
    assert len(fold(text)) == len(text)
