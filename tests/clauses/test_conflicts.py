"""A text that says two things: the limit wins, both are quoted; what cannot be decided is never allowed."""

from __future__ import annotations

from cleartitle.clauses import read
from cleartitle.judgment.sheet import answer
from cleartitle.vocabulary.terms import Grant
from cleartitle.vocabulary.words import Action, Decision


def grant(text: str, action: Action) -> Grant:
    (found,) = [g for g in read(text).terms.grants if action in g.actions]
    return found


def test_a_welcome_and_a_limit() -> None:
    welcome = "You may use the model under this license for commercial purposes."
    limit = "The model may be used for academic research only."
    found = grant(f"{welcome} {limit}", Action.USE_COMMERCIALLY)
    assert found.decision is Decision.PROHIBITED
    assert {e.quote for e in found.evidence} == {welcome, limit}


def test_a_grant_and_a_general_ban_of_one_act() -> None:
    yes = "We grant you a license to use and distribute the model."
    no = "You may not distribute the model."
    reading = read(f"{yes} {no}")
    found = next(g for g in reading.terms.grants if Action.REDISTRIBUTE in g.actions)
    assert found.decision is Decision.UNKNOWN
    assert {e.quote for e in found.evidence} == {yes, no}
    assert {u.evidence.quote for u in reading.unclear} >= {yes, no}


def test_a_figure_that_cannot_be_read_is_never_allowed() -> None:
    text = (
        "You may use the model under this license and make money with it, unless your company took in over €20 million"
        " last year or has more than 250 people on its payroll; in that case nothing here covers you."
    )
    assert answer(read(text).terms, Action.USE_COMMERCIALLY).decision is not Decision.ALLOWED


def test_a_free_grant_beside_a_loose_sentence_on_its_purpose() -> None:
    text = "You are free to use, copy and share this software. It is provided for reference and learning purposes only."
    reading = read(text)
    assert answer(reading.terms, Action.USE_COMMERCIALLY).decision is Decision.UNKNOWN
    assert reading.unclear[0].why
