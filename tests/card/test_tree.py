"""YAML to nodes: shapes, places, bounds."""

from __future__ import annotations

import pytest

from cleartitle.card import Field, ListNode, MapNode, Node, Refused, RepairKind, Scalar, Tree, parse
from cleartitle.card.tree import MAX_ALIASED, MAX_DEPTH, MAX_NODES


def root(text: str, start: int = 0) -> Node:
    tree = parse(text, start)
    assert isinstance(tree, Tree)
    return tree.root


def refused(text: str) -> RepairKind:
    found = parse(text)
    assert isinstance(found, Refused)
    return found.kind


def value(text: str) -> Scalar:
    node = root(text)
    assert isinstance(node, MapNode)
    found = node.fields[0].value
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize("word", ["no", "1.0", "0x1F", "2020-01-01", "null", "~", "true", "1_000", "!!int 7"])
def test_scalars_are_not_converted(word: str) -> None:
    assert value(f"key: {word}").text == word.removeprefix("!!int ")


@pytest.mark.parametrize(
    ("yaml", "text", "written"),
    [
        ("a: plain # comment", "plain", "plain"),
        ("a: 'it''s'", "it's", "it''s"),
        ('a: "\\x41"', "A", "\\x41"),
        ("a: two\n  lines\nb:", "two lines", "two\n  lines"),
        ("a: |\n  one\n  two\n\nb:", "one\ntwo\n", "  one\n  two"),
        ("a: >-\n  one\n  two\nb:", "one two", "  one\n  two"),
        ("a: |\nb:", "", ""),
        ("a: 😀 x", "😀 x", "😀 x"),
        ("a: &anchor x", "x", "x"),
    ],
)
def test_spans_of_scalars(yaml: str, text: str, written: str) -> None:
    before = "é😀\n"
    node = root(before + yaml, len(before))
    assert isinstance(node, MapNode)
    scalar = node.fields[0].value
    assert isinstance(scalar, Scalar)
    assert scalar.text == text
    if written:
        assert (before + yaml)[scalar.span.start : scalar.span.end] == written
        assert scalar.span.line == (before + yaml).count("\n", 0, scalar.span.start) + 1
        assert scalar.span.end_line == (before + yaml).count("\n", 0, scalar.span.end) + 1


def test_spans_of_collections() -> None:
    text = "a:\n- x\n- y\n\n# end\nb: [1,\n 2]\n"
    node = root(text)
    assert isinstance(node, MapNode)
    first, second = (field.value for field in node.fields)
    assert (first.span.line, second.span.line, second.span.end_line) == (2, 6, 7)
    assert text[second.span.start : second.span.end] == "[1,\n 2]"


def test_keys_that_are_no_words_are_kept_as_written() -> None:
    node = root("{{ a }}: b")
    assert isinstance(node, MapNode)
    assert [field.name for field in node.fields] == ["{{ a }}"]


def test_the_last_of_equal_keys_is_got() -> None:
    node = root("a: 1\na: 2")
    assert isinstance(node, MapNode)
    found = node.get("a")
    assert isinstance(found, Scalar)
    assert found.text == "2"


@pytest.mark.parametrize("text", ["", "# a comment", "\n\n"])
def test_nothing_is_an_empty_scalar(text: str) -> None:
    node = root(text)
    assert isinstance(node, Scalar)
    assert node.empty


@pytest.mark.parametrize(
    "text", ["[", "a: b: c", "a\n---\nb", "%YAML 1.1\n---\na", '"\\ud800"', "a: !<x y> z", "\x00", "- a\nb"]
)
def test_what_is_not_yaml(text: str) -> None:
    assert refused(text) is RepairKind.INVALID_YAML


def test_python_objects_are_only_text() -> None:
    assert value("a: !!python/object/apply:os.getcwd ''").text == ""


def test_tabs_can_be_read_as_spaces() -> None:
    text = "a:\n\t- b"
    assert isinstance(parse(text), Refused)
    tree = parse(text, tabs=False)
    assert isinstance(tree, Tree)
    assert isinstance(tree.root, MapNode)
    assert isinstance(tree.root.fields[0].value, ListNode)


def test_depth_is_bounded() -> None:
    fits, too_deep = ("[" * depth + "]" * depth for depth in (MAX_DEPTH, MAX_DEPTH + 1))
    assert isinstance(parse(fits), Tree)
    assert refused(too_deep) is RepairKind.TOO_COMPLEX


def test_the_number_of_values_is_bounded() -> None:
    assert isinstance(parse("[" + "a," * (MAX_NODES - 1) + "]"), Tree)
    assert refused("[" + "a," * MAX_NODES + "]") is RepairKind.TOO_COMPLEX


def test_aliases_count_as_what_they_stand_for() -> None:
    large = "a: &a [" + "x," * (MAX_ALIASED - 1) + "]\n"
    assert refused(large + "b: [" + "*a," * (MAX_NODES // MAX_ALIASED) + "]") is RepairKind.TOO_COMPLEX


def test_large_and_deep_aliases_are_left_alone() -> None:
    large = parse("a: &a [" + "x," * MAX_ALIASED + "]\nb: *a")
    deep = parse("a: &a " + "[" * 40 + "]" * 40 + "\nb: " + "[" * 40 + "*a" + "]" * 40)
    for tree in (large, deep):
        assert isinstance(tree, Tree)
        assert [alias.text for alias in tree.aliases] == ["*a"]
    assert isinstance(large, Tree)
    assert isinstance(large.root, MapNode)
    assert large.root.fields[1] == Field(key=large.root.fields[1].key, value=large.aliases[0])


def test_an_alias_is_the_value_itself() -> None:
    node = root("a: &a [x]\nb: *a")
    assert isinstance(node, MapNode)
    assert node.fields[0].value == node.fields[1].value
