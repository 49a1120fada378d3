"""A single weight file as an artifact, and the choice of the heads that are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.errors import NotFound
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.formats.safetensors import read_safetensors
from cleartitle.sources.file import WeightFile
from cleartitle.sources.heads import MAX_HEAD, with_heads
from cleartitle.vocabulary.artifact import FileEntry, Origin
from cleartitle.vocabulary.reference import ModelRef
from formats.writers import gguf, safetensors


def test_a_gguf_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "poet.GGUF"
    path.write_bytes(gguf({"general.license": "mit"}, bytes(300_000)))
    (tmp_path / "LICENSE").write_text("of something else", encoding="utf-8")
    found = WeightFile().fetch(ModelRef.folder(path))
    assert found.origin is Origin.FOLDER
    assert [(f.path, f.size) for f in found.files] == [("poet.GGUF", path.stat().st_size)]
    assert [(t.path, len(t.data), t.cut) for t in found.texts] == [("poet.GGUF", MAX_HEAD, True)]
    assert read_gguf(over(found.texts[0].data)).text("general.license") == "mit"
    assert not found.complete


def test_a_safetensors_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lora.safetensors"
    path.write_bytes(safetensors({"ss_base_model_version": "sdxl_base_v1-0"}))
    (text,) = WeightFile().fetch(ModelRef.folder(path)).texts
    assert not text.cut
    assert read_safetensors(over(text.data)).get("ss_base_model_version") == "sdxl_base_v1-0"


def test_only_the_beginning_of_a_large_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.gguf"
    with path.open("wb") as stream:
        stream.write(gguf({"general.license": "mit"}))
        stream.truncate(1 << 40)
    found = WeightFile().fetch(ModelRef.folder(path))
    assert (found.files[0].size, len(found.texts[0].data)) == (1 << 40, MAX_HEAD)


@pytest.mark.parametrize("name", ["none.gguf", "model.bin", "folder.gguf", ""])
def test_what_is_no_weight_file_is_not_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.gguf").mkdir()
    (tmp_path / "model.bin").write_bytes(b"x")
    with pytest.raises(NotFound) as caught:
        WeightFile().fetch(ModelRef.folder(tmp_path / name))
    assert caught.value.advice


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.gguf").touch()
    assert [p.what for p in WeightFile().fetch(ModelRef.folder(tmp_path / "empty.gguf")).problems] == ["empty"]


@pytest.mark.parametrize(
    ("paths", "chosen"),
    [
        (["a.Q4.gguf", "a.Q8.gguf"], ["a.Q4.gguf"]),
        (["q/a-00002-of-00002.gguf", "q/a-00001-of-00002.gguf"], ["q/a-00001-of-00002.gguf"]),
        (["a-00002-of-00002.gguf", "b.gguf"], ["b.gguf"]),
        (["mmproj-a.gguf", "z.gguf", "a.imatrix.gguf"], ["z.gguf"]),
        (["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"], []),
        (["adapter_model.safetensors", "deep/other.safetensors", "b.gguf"], ["b.gguf", "adapter_model.safetensors"]),
        (["pytorch_model.bin", "README.md"], []),
    ],
)
def test_one_head_of_each_format_is_enough(paths: list[str], chosen: list[str]) -> None:
    assert [f.path for f in with_heads(FileEntry(path=p) for p in paths)] == chosen
