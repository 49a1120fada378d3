"""Every oddity has its card: what is reported, where, and what is read in spite of it."""

from __future__ import annotations

import pytest

from cleartitle.card import RepairKind, read_card
from cleartitle.card.decoding import MAX_BYTES
from cleartitle.card.repairs import MAX_REPAIRS

GOOD = b"---\nlicense: mit\n---\nBody.\n"
K = RepairKind
CASES = {
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, K.LEADING_JUNK, 1, ["mit"]),
    "an object replacement": ("\ufffc".encode() + GOOD, K.LEADING_JUNK, 1, ["mit"]),
    "too long": (GOOD + b"x" * MAX_BYTES, K.CUT, 1, ["mit"]),
    "cut inside a character": (b"x" * (MAX_BYTES - 1) + "é".encode(), K.CUT, 1, []),
    "latin-1": (b"---\ntags: caf\xe9\nlicense: mit\n---\n", K.NOT_UTF8, 1, ["mit"]),
    "utf-16": (GOOD.decode().encode("utf-16"), K.NOT_UTF8, 1, ["mit"]),
    "half a utf-16 character": (GOOD.decode().encode("utf-16") + b"\x00", K.NOT_UTF8, 1, ["mit"]),
    "NUL": (b"---\ntags: a\nlicense: mit\n---\nA\x00B\n", K.CONTROL_CHARACTERS, 5, ["mit"]),
    "NUL in the front matter": (b"---\ntags: a\x00\nlicense: mit\n---\n", K.CONTROL_CHARACTERS, 2, ["mit"]),
    "CRLF": (GOOD.replace(b"\n", b"\r\n"), K.LINE_ENDS, 1, ["mit"]),
    "CR CRLF": (GOOD.replace(b"\n", b"\r\r\n"), K.LINE_ENDS, 1, ["mit"]),
    "old Mac": (GOOD.replace(b"\n", b"\r"), K.LINE_ENDS, 1, ["mit"]),
    "no bytes": (b"", K.EMPTY, 1, []),
    "white space": (b" \n\t\n", K.EMPTY, 1, []),
    "no front matter": (b"# A model\n\nlicense: mit\n", K.NO_FRONT_MATTER, 1, []),
    "never opened": (b"license: mit\n---\n# A model\n", K.NO_FRONT_MATTER, 1, []),
    "text before": (b"A model.\n\n" + GOOD, K.TEXT_BEFORE, 1, ["mit"]),
    "at the end": (b"# A model\n\n" * 9 + GOOD, K.TEXT_BEFORE, 1, ["mit"]),
    "fenced": (b"```yaml\n---\nlicense: mit\n---\n```\n# A model\n", K.FENCED, 1, ["mit"]),
    "fenced after text": (b"Text.\n~~~\n---\nlicense: mit\n---\n~~~\n", K.FENCED, 2, ["mit"]),
    "a program": (
        b'import hub\n\ncard = """---\nlicense: mit\n---\n# A model\n"""\nhub.push(card)\n',
        K.SCRIPT,
        3,
        ["mit"],
    ),
    "unclosed": (b"---\nlicense: mit\ntags:\n- a\n\n# A model\n", K.UNCLOSED, 1, ["mit"]),
    "unclosed at the end": (b"\n---\nlicense: mit", K.UNCLOSED, 2, ["mit"]),
    "closed too late": (b"---\nlicense: mit\n\n# A model\n\nIt is: good.\n\n---\nEnd.\n", K.UNCLOSED, 4, ["mit"]),
    "repeated": (GOOD + GOOD, K.REPEATED, 5, ["mit"]),
    "tabs": (b"---\nlicense: mit\ntags:\n\t- a\n\t- b\n---\n", K.TABS, 4, ["mit"]),
    "not YAML": (b"---\nlicense: mit\n- stray\n---\n", K.INVALID_YAML, 3, ["mit"]),
    "several documents": (b"---\nlicense: mit\n...\n--- a\n---\n", K.INVALID_YAML, 4, ["mit"]),
    "a directive": (b"---\n%TAG ! x\nlicense: mit\n---\n", K.INVALID_YAML, 2, ["mit"]),
    "a list": (b"---\n- license\n- mit\n---\n", K.NOT_A_MAPPING, 2, []),
    "no space": (b"---\nlicense:mit\n---\n", K.NOT_A_MAPPING, 2, ["mit"]),
    "only comments": (b"---\n# nothing\n---\n", K.NOT_A_MAPPING, 2, []),
    "too deep": (b"---\nlicense: mit\nx: " + b"[" * 99 + b"]" * 99 + b"\n---\n", K.TOO_COMPLEX, 3, ["mit"]),
    "an unknown alias": (b"---\nlicense: mit\ntags: *none\n---\n", K.ALIAS, 3, ["mit"]),
    "an alias of itself": (b"---\nlicense: mit\ntags: &a [*a]\n---\n", K.ALIAS, 3, ["mit"]),
    "a duplicate key": (b"---\nlicense: gpl\nlicense: mit\n---\n", K.DUPLICATE_KEY, 2, ["mit"]),
    "a mapping": (b"---\nlicense: mit\nbase_model:\n  name: owner/a\n---\n", K.WRONG_SHAPE, 3, ["mit"]),
    "a list of lists": (b"---\nlicense: [mit, [gpl]]\n---\n", K.WRONG_SHAPE, 2, ["mit"]),
    "a list for one": (b"---\nlicense: mit\nlicense_name: [a, b]\n---\n", K.WRONG_SHAPE, 3, ["mit"]),
    "an empty value": (b"---\ntags: a\nlicense:\n---\n", K.EMPTY_VALUE, 3, []),
    "question marks": (b"---\nlicense: ???\ntags: a\n---\n", K.PLACEHOLDER, 2, []),
    "a template": (b"---\nlicense: {{ license }}\ntags: a\n---\n", K.PLACEHOLDER, 2, []),
    "TRL's dummy": (b"---\ntags: a\nlicence: license\n---\n", K.DUMMY_VALUE, 3, []),
    "a misspelt key": (b"---\ntags: a\nlicence: mit\n---\n", K.MISSPELT_KEY, 3, []),
    "a comment": (b"---\ntags: a\nlicense: 'mit' # for the code\n---\n", K.COMMENT, 3, ["mit"]),
    "a comment on an item": (b"---\nlicense:\n- mit # code\n- other\n---\n", K.COMMENT, 3, ["mit", "other"]),
    "Norwegian": (b"---\nlanguage:\n- no\nlicense: mit\n---\n", K.BOOLEAN_WORD, 3, ["mit"]),
    "HTML": (b"---\nlicense: mit\n---\n<p>A model</p>\n", K.HTML_BODY, 4, ["mit"]),
}


@pytest.mark.parametrize("case", CASES)
def test_reported_and_read(case: str) -> None:
    data, kind, line, licenses = CASES[case]
    card = read_card(data)
    assert {repair.span.line for repair in card.repairs if repair.kind is kind} == {line}
    assert [value.text for value in card.license] == licenses


def test_every_kind_has_a_case() -> None:
    assert {kind for _, kind, _, _ in CASES.values()} == set(RepairKind)


def test_a_good_card_has_none() -> None:
    assert read_card(GOOD).repairs == ()


@pytest.mark.parametrize(
    "data",
    [
        b"\n\n  ---\nlicense: mit\n---\n",
        b"---  \nlicense: mit\n--- \t\n",
        b"---\nthumbnail:\ntags:\nlicense: mit\n---\n",
        b"---\nlicense: mit\nlanguage: 'no'\n---\n",
        b"---\nlicense: mit\n---\n<img>\n\n# A model\n<br>\n",
    ],
)
def test_what_is_not_worth_a_word(data: bytes) -> None:
    card = read_card(data)
    assert [value.text for value in card.license] == ["mit"]
    assert card.repairs == ()


def test_a_repair_is_a_sentence_with_its_line() -> None:
    card = read_card(b"---\nlicense: gpl\ntags: a\nlicense: mit\n---\n")
    assert [str(repair) for repair in card.repairs] == ["line 2: `license` stands 2 times (lines 2, 4); the last holds"]


def test_a_comment_can_be_quoted() -> None:
    card = read_card(b"---\nlicense: mit  # but ask us first\n---\n")
    span = card.repairs[0].span
    assert card.text[span.start : span.end] == "# but ask us first"


def test_what_is_wrong_is_pointed_at() -> None:
    card = read_card(b"---\nlicense: mit\nbase_model: {a: b}\n---\n")
    span = card.repairs[0].span
    assert card.text[span.start : span.end] == "base_model"


def test_there_is_an_end_of_repairs() -> None:
    card = read_card(b"---\nlicense: mit\ntags:\n" + b"- *a\n" * 1_000 + b"---\n")
    assert len(card.repairs) == MAX_REPAIRS


def test_a_sentence_ends() -> None:
    key = b"? " + b"k" * 100_000 + b"\n: v\n"
    card = read_card(b"---\nlicense: mit\n" + key + key + b"---\n")
    assert [repair.kind for repair in card.repairs] == [RepairKind.DUPLICATE_KEY]
    assert len(str(card.repairs[0])) < 400


def test_leading_junk_leaves_the_text_clean() -> None:
    card = read_card("\ufeff\u200b# A model\n".encode())
    assert card.text == "# A model\n"


def test_form_feeds_become_spaces() -> None:
    assert read_card(b"A license.\x0cPage two.").text == "A license. Page two."
