"""The differences from a lock for people: in order, within bounds, and nothing in them that acts."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from cleartitle.report.lock import LIMIT, MARKER, headline, markdown, text
from cleartitle.vocabulary.lock import DiffAnswer, Difference, Subject, Unseen
from cleartitle.vocabulary.outcomes import Outcome

MODEL = "hf:lab/poet"
HOSTILE = "a <script>x</script> @octocat [b](/c) \x1b[31m::error::d\n# e | f"


def difference(message: str, outcome: Outcome = Outcome.REVIEW, model: str = MODEL) -> Difference:
    return Difference(subject=Subject.TEXT, model=model, message=message, outcome=outcome)


def printed(answer: DiffAnswer) -> str:
    console = Console(file=io.StringIO(), width=100)
    text(answer, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ((), "nothing has changed (1 model)"),
        ((Outcome.CLEAR,), "nothing that matters has changed (1 model, 0 to look at, 1 to know)"),
        ((Outcome.CLEAR, Outcome.REVIEW), "there are changes to review (1 model, 1 to look at, 1 to know)"),
        ((Outcome.BLOCKED, Outcome.REVIEW), "something is blocked now (1 model, 2 to look at, 0 to know)"),
    ],
)
def test_the_headline_says_what_to_make_of_it(outcomes: tuple[Outcome, ...], said: str) -> None:
    found = tuple(difference("a change", outcome) for outcome in outcomes)
    assert headline(DiffAnswer(lock="cleartitle.lock", models=(MODEL,), differences=found)) == said


def test_what_concerns_all_comes_first_then_model_by_model() -> None:
    found = (difference("LICENSE has changed"), difference("the policy has changed", model=""))
    answer = DiffAnswer(lock="my.lock", models=(MODEL, "ollama:poet"), differences=found)
    for shown in (printed(answer), markdown(answer)):
        assert shown.index("the policy has changed") < shown.index("lab/poet") < shown.index("LICENSE has changed")
        assert "ollama:poet" not in shown


def test_a_model_that_was_not_compared_is_said() -> None:
    failed = Unseen(model=MODEL, message="no answer in time")
    answer = DiffAnswer(lock="my.lock", models=(MODEL,), failed=(failed,))
    for shown in (printed(answer), markdown(answer)):
        assert "no answer in time" in shown


def test_text_of_strangers_does_nothing() -> None:
    failed = (Unseen(model=HOSTILE, message=HOSTILE),)
    answer = DiffAnswer(lock=HOSTILE, models=(MODEL,), differences=(difference(HOSTILE),), failed=failed)
    shown = printed(answer)
    assert "\x1b" not in shown
    assert "::" not in shown
    comment = markdown(answer)
    assert "- 🔎 a \\<script\\>x\\</script\\>" in comment
    assert not any(line.startswith("# e") for line in comment.splitlines())
    assert "\n- 🔎 a \\<script\\>x\\</script\\> @\u200boctocat" in comment


def test_a_comment_is_never_longer_than_a_forge_takes() -> None:
    found = tuple(difference(f"change {n} " + "x" * 300) for n in range(1000))
    comment = markdown(DiffAnswer(lock="my.lock", models=(MODEL,), differences=found))
    assert comment.startswith(MARKER)
    assert LIMIT - 1000 < len(comment) < LIMIT + 200
    assert "more than a comment can hold" in comment
