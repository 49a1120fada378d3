"""The chain: each kind of reference is looked up where it lives, and the lineage goes on from site to site."""

from __future__ import annotations

from pathlib import Path

import huggingface_hub
import pytest

from cleartitle.errors import NotFound
from cleartitle.lineage.walk import trace
from cleartitle.sources.chain import Chain
from cleartitle.sources.hub import Hub
from cleartitle.sources.hubcache import WholeCache
from cleartitle.sources.modelscope import ModelScope
from cleartitle.sources.ollama import Ollama, OllamaRegistry, OllamaStore
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.testing.modelscope import FixtureModelScope
from cleartitle.testing.ollama import FixtureOllama, store_model
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing
from formats.writers import gguf
from hubs import repository


def shape(lineage: Lineage) -> list[tuple[str, str, Relation]]:
    return [(str(e.child), str(e.parent), e.relation) for e in lineage.edges]


@pytest.fixture
def offline(tmp_path: Path) -> Chain:
    """A chain that asks nobody, over an empty cache and a store of Ollama."""
    (tmp_path / "models").mkdir()
    cache, pulled = WholeCache(tmp_path / "empty"), OllamaStore(tmp_path / "models")
    return Chain(offline=True, cache=cache, pulled=pulled)


def test_a_weight_file_is_an_artifact_with_its_own_origin(tmp_path: Path, offline: Chain) -> None:
    path = tmp_path / "poet.gguf"
    path.write_bytes(
        gguf({"general.license": "mit", "general.source.repo_url": "https://huggingface.co/Qwen/Qwen2.5-7B"})
    )
    lineage = trace(ModelRef.folder(path), offline)
    assert shape(lineage) == [(f"file:{path}", "hf:Qwen/Qwen2.5-7B", Relation.QUANTIZED)]
    assert [str(n.artifact.origin) for n in lineage.nodes if n.artifact] == ["folder", "atlas"]


def test_a_model_of_ollama_leads_to_what_it_was_made_from(tmp_path: Path, offline: Chain) -> None:
    root = tmp_path / "models"
    store_model(root, "bard:7b", model=gguf({"general.license": "apache-2.0"}), license=["The terms of the bard."])
    store_model(root, "poet:1b", model=gguf({"general.license": "apache-2.0"}), sources={"model": "bard:7b"})
    lineage = trace(ModelRef.parse("ollama:poet:1b"), offline)
    assert shape(lineage) == [("ollama:poet:1b", "ollama:bard:7b", Relation.COPY)]
    assert lineage.nodes[1].artifact is not None


def test_online_the_registry_is_asked_for_what_is_not_in_the_store(tmp_path: Path) -> None:
    root = tmp_path / "models"
    store_model(root, "bard:7b", model=gguf({"general.license": "apache-2.0"}))
    with FixtureOllama(root) as registry:
        asked = Ollama(OllamaStore(tmp_path / "none"), OllamaRegistry(endpoint=registry.endpoint))
        assert Chain(ollama=asked).fetch(ModelRef.parse("ollama:bard:7b")).origin is Origin.LIVE
    huggingface_hub.close_session()
    with pytest.raises(NotFound):
        Chain(offline=True, pulled=OllamaStore(tmp_path / "none")).fetch(ModelRef.parse("ollama:bard:7b"))


def test_on_modelscope_a_plain_name_means_modelscope(tmp_path: Path, offline: Chain) -> None:
    root = tmp_path / "site"
    repository(root, "o/base", "license: mit")
    repository(root, "o/poet", "license: mit", hub={"extra": {"BaseModel": ["o/base"], "License": "MIT"}})
    with FixtureModelScope(root) as site:
        source = ModelScope(endpoint=site.endpoint, token="", store=Store(tmp_path / "store"))
        lineage = trace(ModelRef.parse("ms:o/poet"), Chain(modelscope=source))
    huggingface_hub.close_session()
    assert shape(lineage) == [("ms:o/poet", "ms:o/base", Relation.FINETUNE)]
    assert {e.standing for e in lineage.edges} == {Standing.DECLARED}
    assert lineage.nodes[1].artifact is not None
    with pytest.raises(NotFound, match="nothing of ModelScope is kept"):
        offline.fetch(ModelRef.parse("ms:o/poet"))


def test_the_header_of_a_file_on_the_hub_or_in_a_folder_names_its_source(tmp_path: Path) -> None:
    root = tmp_path / "hub"
    data = gguf({"general.source.repo_url": "https://huggingface.co/o/base"}, bytes(200_000))
    repository(root, "o/base", "license: mit")
    folder = repository(root, "o/files", "license: mit", poet__gguf=data)
    with FixtureHub(root) as server:
        hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"))
        remote = trace(ModelRef.hub("o/files"), Chain(hub=hub))
        local = trace(ModelRef.folder(folder), Chain(hub=hub))
        parts = [request for request in server.requests if request.path.endswith(".gguf")]
    assert [e.parent.name for e in (*remote.edges, *local.edges)] == ["o/base", "o/base"]
    assert len(parts) == 1


def test_what_the_hub_has_no_longer_is_on_record_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "hub").mkdir()
    with FixtureHub(tmp_path / "hub") as server:
        hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"))
        chain = Chain(hub=hub, cache=WholeCache(tmp_path / "empty"))
        found = chain.fetch(ModelRef.hub("runwayml/stable-diffusion-v1-5"))
        with pytest.raises(NotFound):
            chain.fetch(ModelRef.hub("nobody/knows-this"))
    assert found.origin is Origin.ATLAS
    assert [p.what for p in found.problems] == ["gone"]


def test_facts_on_record_are_found_under_former_names(offline: Chain) -> None:
    assert offline.fetch(ModelRef.hub("psmathur/orca_mini_13b")).ref.name == "pankajmathur/orca_mini_13b"
