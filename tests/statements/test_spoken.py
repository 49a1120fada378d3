"""What the running text of a card adds to its license field: another license, a limit, or nothing."""

from __future__ import annotations

import pytest

from cleartitle.card import read_card
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Artifact, Origin, TextFile
from cleartitle.vocabulary.evidence import Method
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.statement import Every, One, Statements, Unclear, Unknown
from cleartitle.vocabulary.words import LicenseId

APACHE, MIT = One(license=LicenseId("Apache-2.0")), One(license=LicenseId("MIT"))


def said(prose: str, license_tag: str = "") -> Statements:
    front = f"---\nlicense: {license_tag}\n---\n" if license_tag else ""
    data = f"{front}# Fox\n\n{prose}\n".encode()
    readme = TextFile(path="README.md", data=data)
    return conclude(Artifact(ref=ModelRef.parse("a/fox"), origin=Origin.LIVE, texts=(readme,)), read_card(data))


@pytest.mark.parametrize(
    "prose",
    [
        "The model is for non-commercial use only.",
        "The weights may be used for academic research only; commercial use is prohibited.",
        "模型权重仅供学术研究使用，禁止商业用途。",
    ],
)
def test_a_limit_in_the_text_is_never_passed_over(prose: str) -> None:
    found = said(prose, "apache-2.0")
    assert isinstance(found.concluded, Every)
    assert APACHE in found.concluded.of
    limit = next(part for part in found.concluded.of if isinstance(part, Unknown))
    assert prose.rstrip(".。")[:20] in limit.reason
    assert found.disagree


def test_a_limit_that_the_license_has_anyway_adds_nothing() -> None:
    found = said("The model is for non-commercial use only.", "cc-by-nc-4.0")
    assert found.concluded == One(license=LicenseId("CC-BY-NC-4.0"))
    assert not found.disagree


def test_what_a_model_is_intended_for_is_no_limit() -> None:
    found = said("## Direct use\n\nThe model is intended for research purposes only.", "apache-2.0")
    assert found.concluded == APACHE


def test_the_text_speaks_where_the_front_matter_is_silent() -> None:
    found = said("## License\n\nThe model is released under the MIT license.")
    assert found.concluded == MIT
    evidence = found.declared[0].evidence
    assert (evidence.method, evidence.path, evidence.span and evidence.span.line) == (Method.PROSE, "README.md", 5)


def test_two_licenses_for_the_weights_are_unclear_and_one_for_the_code_is_not() -> None:
    found = said("## License\n\nThe weights are under the Llama 3.1 Community License.", "apache-2.0")
    assert isinstance(found.concluded, Unclear)
    assert found.disagree
    assert said("## License\n\nThe code is under the MIT license.", "apache-2.0").concluded == APACHE


def test_the_license_of_another_model_is_no_statement() -> None:
    found = said("Thanks to the Owl team, whose model is under the MIT license.", "apache-2.0")
    assert found.concluded == APACHE


@pytest.mark.parametrize("license_tag", ["apache-2.0", ""])
def test_a_license_of_the_weights_that_nobody_knows_is_never_passed_over(license_tag: str) -> None:
    prose = (
        "## License\n\nThis project is under the MIT license. The model weights are under the Fox Community License."
    )
    found = said(prose, license_tag)
    assert isinstance(found.concluded, Every)
    assert any(isinstance(part, Unknown) and "Fox" in part.said for part in found.concluded.of)
    assert found.disagree
