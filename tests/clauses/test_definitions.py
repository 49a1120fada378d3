"""Names that a text defines are read as the common words for what they stand for."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.clauses.definitions import resolved
from cleartitle.clauses.layout import lay_out


def last(text: str) -> str:
    return resolved(lay_out(text)).passages[-1].text


@pytest.mark.parametrize(
    ("definition", "sentence", "read_as"),
    [
        ('"Tracks" means the audio you make with the Model.', "You own your Tracks.", "you own your outputs."),
        (
            'It covers the weights, but excludes the content that the models generate (the "Productions").',
            "The Productions belong to the Licensee.",
            "the outputs belong to the licensee.",
        ),
        (
            '"Remix" means any model you make by changing or further training Fox.',
            "You may share a Remix.",
            "you may share a derivative models.",
        ),
        (
            'These terms cover models built upon them ("downstream models").',
            "Every downstream model must carry this page.",
            "every downstream model must carry this page.",
        ),
        ('"Dhara Materials" means the model weights and code.', "You may copy Dhara Materials.", "you may copy model."),
    ],
)
def test_a_name_is_read_as_what_it_stands_for(definition: str, sentence: str, read_as: str) -> None:
    assert last(f"{definition}\n\n{sentence}") == read_as


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        ('"Fox" means the language model and its weights.', "The name of your model must begin with Fox."),
        ('"Tracks" means the audio you make with the Model.', 'Write "Made with Tracks" on it.'),
        ('"Purpose" means any use of the model.', "This Purpose is research."),
        ('"Licensee" means whoever makes models with it.', "The Licensee pays."),
    ],
)
def test_other_names_stay(definition: str, sentence: str) -> None:
    assert last(f"{definition}\n\n{sentence}") == sentence.lower()


def test_what_is_quoted_is_the_text_itself() -> None:
    text = 'FOX LICENSE\n\n"Tracks" means the audio that you make with the Model.\n\nYou own your Tracks.\n'
    (outputs,) = read(text).terms.outputs
    assert outputs.evidence[0].quote == "You own your Tracks."
