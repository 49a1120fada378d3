"""READMEs in many languages, made up and labelled for these tests."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleartitle.prose import read
from cleartitle.prose.names import meaning
from cleartitle.prose.sameness import pieces
from cleartitle.vocabulary.prose import ProseStatement
from cleartitle.vocabulary.statement import licenses

Row = tuple[str, str, str, bool]


def cases() -> list[tuple[str, str, list[Row]]]:
    texts = [
        (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("made_up.toml", "short_cards.toml")
    ]
    listed = [each for text in texts for each in tomllib.loads(text)["readme"]]
    return [(r["key"], r["text"], [(c, known(n), u, o) for c, n, u, o in r["statements"]]) for r in listed]


def known(name: str) -> str:
    found = licenses(meaning(name)) if name else ()
    return " ".join(found) or " ".join(sorted(pieces(name)))


def row(made: ProseStatement) -> Row:
    found = licenses(made.license) if made.license else ()
    name = " ".join(found) or " ".join(sorted(pieces(made.said)))
    return (made.covers.value, name, made.commercial_use.value, made.research_only)


CASES = cases()


@pytest.mark.parametrize(("key", "text", "wanted"), CASES, ids=[key for key, _, _ in CASES])
def test_statements_are_those_of_the_label(key: str, text: str, wanted: list[Row]) -> None:
    assert key
    assert sorted(row(each) for each in read(text).statements) == sorted(wanted)
