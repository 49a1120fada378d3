"""Small values: spans, expressions, terms, analyses."""

from __future__ import annotations

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.pipeline import analyze
from cleartitle.sources.chain import OFFLINE
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.artifact import TextFile
from cleartitle.vocabulary.deployment import UNSTATED, Deployment, Figure
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown, licenses, render
from cleartitle.vocabulary.terms import C, Condition, Duty, Grant, Terms
from cleartitle.vocabulary.words import Action, Counted, Decision, LicenseId, Metric
from strategies import of


@given(text=st.text(alphabet="ab\n", max_size=20), data=st.data())
def test_a_span_counts_the_lines_of_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span.of(text, start, end)
    assert (span.start, span.end) == (start, end)
    assert span.line == text[:start].count("\n") + 1
    assert span.end_line - span.line == text[start : max(start, end - 1)].count("\n")


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence(method=Method.USER), "user"),
        (Evidence(method=Method.HUB_INFERENCE, path="baseModels"), "baseModels"),
        (
            Evidence(
                method=Method.FILE,
                artifact=ModelRef.hub("owner/model"),
                path="LICENSE",
                span=Span(line=3, end_line=4, start=9, end=20),
            ),
            "hf:owner/model LICENSE:3",
        ),
    ],
)
def test_evidence_says_where_to_look(evidence: Evidence, said: str) -> None:
    assert str(evidence) == said


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfMIT\r\nLicense\r", "MIT\nLicense\n"),
        (b"caf\xe9", "caf\N{REPLACEMENT CHARACTER}"),
        (b"", ""),
    ],
)
def test_a_file_is_read_as_text_whatever_its_bytes(data: bytes, text: str) -> None:
    assert TextFile(path="LICENSE", data=data).text == text


MIT, GPL = (One(license=LicenseId(each)) for each in ("MIT", "GPL-3.0-only"))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (MIT, "MIT"),
        (Every(of=(MIT, Choice(of=(MIT, GPL)))), "MIT AND (MIT OR GPL-3.0-only)"),
        (Choice(of=(Every(of=(MIT,)), GPL)), "MIT OR GPL-3.0-only"),
        (Unclear(of=(MIT, Unknown(reason="no text", said="other")), reason="a list"), "MIT or/and unknown (other)"),
    ],
)
def test_an_expression_reads_as_people_write_it(expression: Expression, said: str) -> None:
    assert render(expression) == said


@given(expression=of(Expression))
def test_every_license_in_an_expression_is_listed_once_and_rendered(expression: Expression) -> None:
    found = licenses(expression)
    assert len(set(found)) == len(found)
    assert all(each in render(expression) for each in found)


@given(terms=of(Terms))
def test_the_clauses_of_terms_are_all_of_them_with_nested_conditions(terms: Terms) -> None:
    clauses = terms.clauses()
    assert set(clauses) >= {*terms.grants, *terms.conditions, *terms.duties, *terms.territories, *terms.laws}
    nested = [c for owner in clauses if isinstance(owner, (Grant, Duty)) for c in owner.conditions]
    assert sum(isinstance(each, Condition) for each in clauses) == len(nested) + len(terms.conditions)


@given(terms=of(Terms))
def test_terms_under_a_title_keep_everything_but_the_section(terms: Terms) -> None:
    under = terms.under("Use Policy")
    assert all(each.section.startswith("Use Policy") for each in under.clauses())

    def bare(clause: C) -> C:
        return evolve(clause, section="")

    assert under.mapped(bare) == terms.mapped(bare)


def test_a_grant_is_conditional_exactly_when_it_has_conditions() -> None:
    with pytest.raises(ValueError, match="conditions"):
        Grant(actions=frozenset({Action.USE}), decision=Decision.CONDITIONAL)


def test_the_same_figure_for_all_circles() -> None:
    figures = Figure.for_all(Metric.FUNDING, 5, currency="USD")
    assert [(f.counted, f.value, f.currency) for f in figures] == [(who, 5, "USD") for who in Counted]
    assert Deployment(figures=figures).figures == figures


def test_nothing_at_all_is_known_of_the_unstated() -> None:
    assert {getattr(UNSTATED, field.name) for field in fields(Deployment)} == {None, ()}


def test_a_slim_analysis_keeps_everything_but_the_files_that_were_read() -> None:
    found = analyze("microsoft/phi-2", source=OFFLINE)
    read = TextFile(path="LICENSE", data=b"MIT")
    node = found.lineage.nodes[0]
    assert node.artifact is not None
    full_node = evolve(node, artifact=evolve(node.artifact, texts=(read,)))
    full = Analysis(lineage=evolve(found.lineage, nodes=(full_node,)))
    assert full.slim() == found
    assert full.slim().slim() == found
