"""A project that names real models in every kind of place: each found once, with its own lines, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleartitle import atlas
from cleartitle.discovery.scan import scan
from cleartitle.vocabulary.discovery import ScanAnswer, UseKind
from discovery.projects import assistant

EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))
MODELS: dict[str, list[str]] = EXPECTED["models"]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> ScanAnswer:
    return scan(assistant(tmp_path_factory.mktemp("project")))


def test_the_names_are_those_of_real_models() -> None:
    named = [model.removeprefix("hf:") for model in MODELS if model.startswith("hf:")]
    assert len([name for name in named if name in atlas.names()]) >= 45


def test_every_model_is_found_once_with_its_own_lines(answer: ScanAnswer) -> None:
    found = {model.model: [str(use.place) for use in model.uses] for model in answer.models}
    assert len(answer.models) == len(found)
    assert found == MODELS


def test_what_names_a_commit_is_pinned(answer: ScanAnswer) -> None:
    assert {model.model for model in answer.models if model.pinned} == set(EXPECTED["pinned"]["models"])


def test_a_branch_is_a_revision_and_no_pin(answer: ScanAnswer) -> None:
    (mamba,) = (model for model in answer.models if model.model == "hf:state-spaces/mamba-2.8b")
    assert mamba.revision == "main"
    assert not mamba.pinned
    assert mamba.ref
    assert mamba.ref.revision == "main"


def test_what_cannot_be_resolved_is_said_with_its_line_and_why(answer: ScanAnswer) -> None:
    ((place, said, problem),) = ((str(u.place), u.said, u.problem) for u in answer.unresolved)
    assert (place, said) == ("app/train.py:19", "os.environ['SECRET_MODEL']")
    assert "SECRET_MODEL" in problem


def test_datasets_are_listed_apart(answer: ScanAnswer) -> None:
    found = {data.model: str(data.uses[0].place) for data in answer.datasets}
    assert found == {
        "hf:tatsu-lab/alpaca": "app/train.py:17",
        "hf:mhenrichsen/alpaca_2k_test": "training/axolotl.yaml:5",
        "hf:trl-lib/ultrafeedback_binarized": "training/dpo.json:4",
    }
    assert all(use.kind is UseKind.DATASET for data in answer.datasets for use in data.uses)


def test_a_constant_tells_where_it_is_written_and_where_it_is_used(answer: ScanAnswer) -> None:
    (chat,) = (model for model in answer.models if model.model == "hf:Qwen/Qwen2.5-7B-Instruct")
    assert str(chat.uses[0].place) == "app/config.py:6"
    assert str(chat.uses[0].used) == "app/chat.py:19"


def test_everything_could_be_read(answer: ScanAnswer) -> None:
    assert answer.unread == ()
    assert answer.incomplete == ()
