"""What cannot be read: every mistake at once, each with its place."""

from __future__ import annotations

import datetime as dt

import pytest

from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.serial.convert import MAX_DEPTH, plain, read
from cleartitle.vocabulary.artifact import TextFile
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.identification import Match
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.statement import Statements
from cleartitle.vocabulary.terms import Terms


def mistakes(data: object, kind: type) -> dict[str, str]:
    """Return what is said of each place in *data*."""
    with pytest.raises(ManyDataErrors) as caught:
        read(data, kind, where="here")
    assert all(line.startswith("here: ") for line in str(caught.value).splitlines())
    return {error.path: error.message for error in caught.value.errors}


def test_every_mistake_is_named_with_its_dotted_place() -> None:
    grants = [
        {"actions": ["use", "dance"], "decision": "alowed"},
        "mit",
        {
            "actions": ["use"],
            "decision": "conditional",
            "conditions": [
                {"effect": "unlocks", "when": {"is": "not", "negated": {"is": "for-purpose", "purpose": "fun"}}},
                {"effect": "unlocks", "when": {"is": "rain"}},
                {"effect": "unlocks", "when": 3},
            ],
        },
    ]
    said = mistakes({"grants": grants, "duties": "none", "disclaimers": [{"of": "warranty", "off": 1}]}, Terms)
    assert said.keys() == {
        "grants[0].actions[1]",
        "grants[0].decision",
        "grants[1]",
        "grants[2].conditions[0].when.negated.purpose",
        "grants[2].conditions[1].when",
        "grants[2].conditions[2].when",
        "duties",
        "disclaimers[0]",
    }
    assert said["grants[0].decision"] == "'alowed' is not a valid Decision"
    assert said["grants[1]"] == "expected a table, got str"
    assert said["grants[2].conditions[1].when"].startswith("'is' must be one of: all-of, any-of, asked")
    assert said["duties"] == "expected a list, got 'none'"
    assert said["disclaimers[0]"] == "unknown field: off"


def test_missing_fields_are_all_named() -> None:
    assert mistakes({"name": "MIT"}, License).keys() >= {"id", "kind", "family", "checked", "verified"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("commercial", "yes"),
        ("commercial", 1),
        ("domicile", 49),
        ("role", []),
        ("today", "2024-02-30"),
        ("today", dt.datetime(2024, 2, 1, tzinfo=dt.UTC)),
        ("today", 20240201),
        ("channels", "hosted"),
        ("channels", {"hosted": True}),
        ("agreements", "none"),
        ("figures", {"metric": "funding"}),
    ],
)
def test_nothing_is_guessed(field: str, value: object) -> None:
    assert list(mistakes({field: value}, Deployment)) == [field]


@pytest.mark.parametrize("value", [True, 1.5, "1", -1, None])
def test_a_number_is_a_whole_number(value: object) -> None:
    figure = {"metric": "funding", "counted": "group", "value": value}
    assert [place.partition(".")[0] for place in mistakes({"figures": [figure]}, Deployment)] == ["figures[0]"]


@pytest.mark.parametrize("value", [True, "1", None, [], 1.5, -1, float("nan")])
def test_a_score_is_a_number_between_nothing_and_all(value: object) -> None:
    span = {"line": 1, "end_line": 1, "start": 0, "end": 5}
    assert mistakes({"licenses": ["MIT"], "status": "exact", "score": value, "span": span}, Match)


@pytest.mark.parametrize("data", ["not base64!", "YQ", "Ä", 5, None])
def test_bytes_are_base64(data: object) -> None:
    assert list(mistakes({"path": "LICENSE", "data": data}, TextFile)) == ["data"]


def test_bytes_come_back_as_they_were() -> None:
    file = TextFile(path="LICENSE", data=b"\xff\x00 caf\xc3\xa9\r\n")
    assert plain(file)["data"] == "/wAgY2Fmw6kNCg=="
    assert read(plain(file), TextFile, where="here") == file


@pytest.mark.parametrize("data", [None, [], "MIT", 3, {1: 2}])
def test_what_is_no_table_at_all_is_said(data: object) -> None:
    assert list(mistakes(data, License)) == [""]


@pytest.mark.parametrize("levels", [MAX_DEPTH, 100_000])
def test_what_is_nested_too_deeply_is_refused_before_it_is_read(levels: int) -> None:
    deep: dict[str, object] = {"is": "one", "license": "MIT"}
    for _ in range(levels):
        deep = {"is": "every", "of": [deep]}
    assert "deep" in mistakes({"concluded": deep}, Statements)[""]


def test_a_rule_of_a_class_is_said_at_its_place() -> None:
    grant = {"actions": ["use"], "decision": "conditional"}
    assert "conditions" in mistakes({"grants": [grant]}, Terms)["grants[0]"]


def test_all_of_it_is_one_kind_of_error() -> None:
    assert issubclass(ManyDataErrors, DataError)
