"""References: what people write, and what they mean by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleartitle.errors import BadReference
from cleartitle.vocabulary.reference import ModelRef, Scheme

PART = st.from_regex(r"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,8}[A-Za-z0-9_])?\Z").filter(lambda part: ".." not in part)
OWNER = PART.filter(lambda part: "--" not in part)
REVISIONS = st.none() | st.from_regex(r"\A[A-Za-z0-9._/-]{1,12}\Z")


@given(owner=OWNER, name=PART, revision=REVISIONS)
def test_a_repository_reads_back_from_what_is_printed(owner: str, name: str, revision: str | None) -> None:
    ref = ModelRef.hub(f"{owner}/{name}", revision)
    assert ModelRef.parse(str(ref)) == ref
    assert ModelRef.parse(str(ref).removeprefix("hf:")) == ref
    assert ModelRef.parse(f" {ref} ") == ref


@given(text=st.text(max_size=40) | st.text(alphabet="~/.\\:@a-", max_size=10))
@example("~nobody-of-this-name/model")
@example("a model of a long name " * 300)
@example("file:" + "x" * 5000)
@example("./\0")
def test_whatever_is_written_is_a_reference_or_refused_as_one(text: str) -> None:
    try:
        ref = ModelRef.parse(text)
    except BadReference:
        return
    assert ModelRef.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["./model", "../model", "/data/model", ".", "file:model", "C:\\models\\one"])
def test_what_looks_like_a_path_is_a_folder(text: str) -> None:
    assert ModelRef.parse(text).scheme is Scheme.FILE


def test_a_home_folder_is_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert ModelRef.parse("~/model") == ModelRef(Scheme.FILE, "/home/somebody/model")


def test_a_name_of_the_hub_means_the_hub_even_beside_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "owner" / "model").mkdir(parents=True)
    (tmp_path / "my models").mkdir()
    monkeypatch.chdir(tmp_path)
    assert ModelRef.parse("owner/model").scheme is Scheme.HF
    assert ModelRef.parse("my models").scheme is Scheme.FILE


@pytest.mark.parametrize(
    "text",
    ["", " ", "hf:", "a/b/c", "owner--x/model", "owner/mo..del", "-owner/model", "owner/model@a b", "été/modèle"],
)
def test_what_is_no_name_of_the_hub_is_refused(text: str) -> None:
    with pytest.raises(BadReference, match="is not"):
        ModelRef.parse(text)


def test_a_reference_at_another_revision_is_the_same_artifact() -> None:
    ref = ModelRef.parse("owner/model@main")
    assert ref.at(None) == ModelRef.parse("owner/model")
    assert ref.short == ref.at("v2").short == "owner/model"


def test_models_of_other_sites_read_back_from_what_is_printed() -> None:
    for text in ("ollama:llama3.2:1b", "ollama:host.example:11434/me/poet:q4@" + "a" * 64, "ms:owner/poet@v1.0"):
        assert str(ModelRef.parse(text)) == text
    assert ModelRef.parse("ollama:poet").scheme is Scheme.OLLAMA
    assert ModelRef.parse("ms:owner/poet").scheme is Scheme.MODELSCOPE


@pytest.mark.parametrize("text", ["ollama:", "ollama:a/b/c/d", "ollama:po et", "ms:poet", "ms:a/b/c", "ollama:a..b"])
def test_what_is_no_name_of_the_site_is_refused(text: str) -> None:
    with pytest.raises(BadReference, match="is not"):
        ModelRef.parse(text)


def test_an_existing_weight_file_is_meant_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "owner").mkdir()
    (tmp_path / "owner" / "poet.gguf").touch()
    (tmp_path / "poet.safetensors").touch()
    monkeypatch.chdir(tmp_path)
    assert ModelRef.parse("owner/poet.gguf").scheme is ModelRef.parse("poet.safetensors").scheme is Scheme.FILE
    assert ModelRef.parse("owner/other.gguf").scheme is Scheme.HF
