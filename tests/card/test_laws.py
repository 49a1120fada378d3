"""What holds of every card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from cleartitle.card import Card, Field, ListNode, MapNode, Node, Scalar, read_card

_PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "---",
            "\n",
            " ",
            "  ",
            "\t",
            "- ",
            ": ",
            ":",
            ", ",
            "[",
            "]",
            "{",
            "}",
            "|\n",
            ">-\n",
            "# ",
            '"',
            "'",
        ),
        *("license", "license: ", "licence: ", "base_model: ", "tags:\n", "language: ", "extra_gated_prompt: ", "? "),
        *(
            "mit",
            "no",
            "???",
            "a b",
            "owner/name",
            "&a ",
            "*a",
            "!!x ",
            "%",
            "```\n",
            '"""---\n',
            "é",
            "😀",
            "\\",
            "\ufeff",
        ),
        *("\x00", "\x0c", "\u2028", "\x85", "<p>", "~", "null"),
    ]
)
_SOUP = st.lists(_PIECES, max_size=40).map("".join)
_FIELDS = st.sampled_from(
    [
        *(
            "license: MIT",
            "license:",
            "- mit  # code",
            "licence: license",
            "base_model: [owner/a, 'owner/b']",
            "- 'it''s'",
        ),
        *("tags: &a", "datasets: *a", "language: no", "- &b !!str 1.0", "- *b", "extra_gated_prompt: |", "  some text"),
        *(
            "license_name: >-",
            "",
            "  more: of it",
            "# comment",
            "? x",
            "model-index:",
            "  - a: {b: c}",
            "\t- tab",
            "---",
            "...",
        ),
    ]
)
_FRONTS = st.lists(_FIELDS, max_size=12).map(lambda lines: "\n".join(["---", *lines, "---", "Body.", ""]))
_CARDS = st.one_of(_FRONTS, _SOUP, _SOUP.map(lambda soup: f"---\n{soup}\n---\nBody.\n"))
_LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffc"))


def scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case ListNode(items=items):
            for item in items:
                yield from scalars(item)
        case MapNode(fields=fields):
            yield from of_fields(fields)


def of_fields(fields: tuple[Field, ...]) -> Iterator[Scalar]:
    for field in fields:
        yield field.key
        yield from scalars(field.value)


def values(card: Card) -> list[str]:
    return [scalar.text for scalar in of_fields(card.fields)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    assert isinstance(read_card(data), Card)


@given(_CARDS)
def test_any_soup_is_read_and_every_place_is_inside(soup: str) -> None:
    card = read_card(soup.encode())
    assert len(card.body) == len(card.text)
    spans = [*(s.span for s in of_fields(card.fields)), *(r.span for r in card.repairs)]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(card.text)
        assert span.line == card.text.count("\n", 0, span.start) + 1
        assert span.line <= span.end_line <= card.text.count("\n") + 1


@given(_CARDS)
def test_every_place_holds_the_value(soup: str) -> None:
    card = read_card(soup.encode())
    for scalar in of_fields(card.fields):
        written = card.text[scalar.span.start : scalar.span.end]
        if "\\" in written or "''" in written or scalar.text.startswith("*"):
            continue  # escapes; an alias stands for a value elsewhere
        assert "".join(written.split()) == "".join(scalar.text.split())


@given(_CARDS)
def test_line_ends_do_not_matter(soup: str) -> None:
    lf = read_card(soup.encode())
    for end in ("\r\n", "\r"):
        other = read_card(soup.replace("\n", end).encode())
        assert other.text == lf.text
        assert other.fields == lf.fields
        assert values(other) == values(lf)


@given(_LINES.filter(str.strip))
def test_a_quoted_value_comes_back(word: str) -> None:
    quoted = word.replace("'", "''")
    card = read_card(f"---\ntags: a\nlicense_name: '{quoted}'\n---\n".encode())
    field = card.field("license_name")
    assert field is not None
    assert isinstance(field.value, Scalar)
    assert re.sub(r"\s+", " ", field.value.text) == re.sub(r"\s+", " ", word)


@given(st.lists(st.sampled_from(["license: mit", "license: gpl", "tags: a"]), min_size=1))
def test_the_last_duplicate_holds(lines: list[str]) -> None:
    card = read_card(("---\n" + "\n".join(lines) + "\n---\n").encode())
    licenses = [line.removeprefix("license: ") for line in lines if line.startswith("license")]
    assert [value.text for value in card.license] == licenses[-1:]
    assert len(card.fields) == len(lines)
