"""Through a mirror the same model comes out, with fewer facts about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

from cleartitle.testing.hub import FixtureHub
from testing.olah_mirror import VARIABLE, olah_mirror

pytestmark = pytest.mark.mirror


@pytest.fixture
def mirror(hub: FixtureHub, tmp_path: Path) -> Iterator[str]:
    """Run the mirror in front of `hub`."""
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} (the path of olah-cli) is not set")
    with olah_mirror(hub.endpoint, tmp_path / "olah") as endpoint:
        yield endpoint


def test_a_model_and_its_files_come_through(hub: FixtureHub, mirror: str, root: Path) -> None:
    through, direct = HfApi(endpoint=mirror, token=False), HfApi(endpoint=hub.endpoint, token=False)
    assert vars(through.model_info("acme/quant")) == vars(direct.model_info("acme/quant"))
    for name, file in (("acme/base", "LICENSE"), ("acme/quant", "q4.gguf")):
        path = hf_hub_download(name, file, endpoint=mirror, token=False)
        assert Path(path).read_bytes() == (root / name / file).read_bytes()


def test_the_tags_say_what_the_mirror_drops(mirror: str) -> None:
    api = HfApi(endpoint=mirror, token=False)
    info = api.model_info("acme/quant", expand=["baseModels", "tags"])
    assert info.base_models is None
    assert "base_model:quantized:acme/base" in (info.tags or ())
    assert all(file.size is None for file in api.model_info("acme/quant", files_metadata=True).siblings or ())
    assert {
        entry.path: entry.lfs is not None for entry in api.list_repo_tree("acme/quant") if hasattr(entry, "lfs")
    } == {
        "README.md": False,
        "q4.gguf": True,
    }


def test_a_gate_is_told_and_lists_are_not_served(mirror: str) -> None:
    api = HfApi(endpoint=mirror, token=False)
    assert api.model_info("vendor/gated").gated == "manual"
    with pytest.raises(GatedRepoError):
        hf_hub_download("vendor/gated", "LICENSE", endpoint=mirror, token=False)
    with pytest.raises(RepositoryNotFoundError):
        list(api.list_models())
