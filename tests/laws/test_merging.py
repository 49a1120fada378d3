"""Merging terms: the union of what both texts say."""

from __future__ import annotations

from hypothesis import given

from cleartitle.vocabulary.terms import Terms
from laws.drawing import terms


@given(one=terms(), other=terms(), third=terms())
def test_merging_is_associative(one: Terms, other: Terms, third: Terms) -> None:
    assert one.merge(other).merge(third) == one.merge(other.merge(third))


@given(one=terms(), other=terms())
def test_merging_is_commutative(one: Terms, other: Terms) -> None:
    assert one.merge(other) == other.merge(one)


@given(one=terms(), other=terms())
def test_merging_is_idempotent(one: Terms, other: Terms) -> None:
    assert one.merge(one) == one
    assert one.merge(other).merge(other) == one.merge(other)


@given(one=terms())
def test_empty_terms_are_neutral(one: Terms) -> None:
    assert one.merge(Terms()) == one == Terms().merge(one)


@given(one=terms(), other=terms())
def test_merging_keeps_every_clause_and_adds_none(one: Terms, other: Terms) -> None:
    assert set(one.merge(other).clauses()) == {*one.clauses(), *other.clauses()}
