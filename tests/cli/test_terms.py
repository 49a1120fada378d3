"""``cleartitle terms FILE``: the catalog's terms quoted from the copy, or what is read in an unknown text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle.cli import run
from cleartitle.readings import of_text
from cleartitle.vocabulary.license import Checked
from cleartitle.vocabulary.words import Action, Decision

APACHE = Path(__file__).parents[2] / "LICENSE"
HOUSE = """# Lantern Model License

1. Grant. You may use, copy, modify and distribute the Model and its derivatives.
2. Limits. If your products have more than 5 million monthly active users, you must request a license from us.
3. You may not use the Model, or any output of it, to develop weapons.
"""


def show(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["terms", *arguments])
    return code, *capsys.readouterr()


def test_a_known_text_has_the_terms_of_the_catalog_with_the_lines_of_this_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "COPYING"
    copy.write_text("\n\n\n" + APACHE.read_text(encoding="utf-8"), encoding="utf-8")
    code, out, _ = show(capsys, str(copy), "--format", "json")
    clauses = json.loads(out)["licenses"][0]["license"]["terms"]["duties"]
    quoted = [e for clause in clauses for e in clause["evidence"]]
    lines = copy.read_text(encoding="utf-8").splitlines()
    assert code == 0
    assert quoted
    assert all(e["quote"].split()[0] in lines[e["span"]["line"] - 1] for e in quoted)


def test_an_unknown_text_is_read_and_every_answer_is_in_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "LICENSE"
    path.write_text(HOUSE, encoding="utf-8")
    code, out, _ = show(capsys, str(path), "--format", "json")
    answer = json.loads(out)
    found = answer["licenses"][0]["license"]
    assert code == 0
    assert "no license that we know" in answer["remark"]
    assert (found["name"], found["checked"]) == ("Lantern Model License", "read")
    quotes = [e["quote"] for group in found["terms"].values() for clause in group for e in clause.get("evidence", ())]
    assert quotes
    assert all(quote in HOUSE for quote in quotes)
    text = show(capsys, str(path))[1]
    assert "no person has checked it" in text
    assert "more than 5,000,000" in text
    assert "line 4" in text


def test_an_altered_license_has_the_terms_that_stand_in_it() -> None:
    apache = APACHE.read_text(encoding="utf-8")
    altered = apache.replace("   2. Grant of Copyright", "   Commercial use is prohibited.\n\n   2. Grant of Copyright")
    found = of_text(altered, "LICENSE")
    commercial = [g for g in found.licenses[0].terms.grants if Action.USE_COMMERCIALLY in g.actions]
    assert "an altered Apache-2.0" in found.remark
    assert [g.decision for g in commercial] == [Decision.PROHIBITED]


def test_without_the_catalog_the_text_speaks_alone(capsys: pytest.CaptureFixture[str]) -> None:
    out = json.loads(show(capsys, str(APACHE), "--no-catalog", "--format", "json")[1])
    assert out["licenses"][0]["license"]["checked"] == Checked.READ.value
    assert "remark" not in out
    code, _, said = show(capsys, "owner/name", "--no-catalog")
    assert code == 2
    assert "name a file" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\x7fELF\x00\x00\x00" * 99, "a program, not a text"),
        (
            b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>nothing here</body></html>",
            "error page",
        ),
        (b"import ast\n\nprint(ast.parse('1'))\n", "says nothing that a license says"),
    ],
)
def test_what_is_no_license_has_no_terms(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    code, out, problem = show(capsys, str(path))
    assert (code, out) == (3, "")
    assert said in problem
