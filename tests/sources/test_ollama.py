"""Ollama: the store on this machine and the registry give the same model; licenses, heads, hashes, and what fails."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub
import pytest

from cleartitle.errors import (
    AccessDenied,
    BadReference,
    NotFound,
    RateLimited,
    ServerFailed,
    SourceError,
    TimedOut,
    Unreachable,
)
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.formats.image import read_manifest
from cleartitle.sources import web
from cleartitle.sources.heads import MAX_HEAD
from cleartitle.sources.interface import MAX_TEXT
from cleartitle.sources.ollama import MAX_LICENSES, Ollama, OllamaRegistry, OllamaStore, store_location
from cleartitle.testing.faults import Fault
from cleartitle.testing.ollama import FixtureOllama, store_model
from cleartitle.vocabulary.artifact import Artifact, Origin
from cleartitle.vocabulary.reference import ModelRef, Scheme
from formats.writers import gguf

MODEL = gguf({"general.name": "Poet", "general.license": "llama3.2"}, bytes(500_000))
LICENSES = ["The first terms", "The second terms"]


def ollama(name: str, tag: str | None = None) -> ModelRef:
    return ModelRef(Scheme.OLLAMA, name, tag)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A store with one model."""
    store_model(tmp_path / "models", "poet:1b", model=MODEL, license=LICENSES, sources={"model": "bard:7b"})
    return tmp_path / "models"


@pytest.fixture
def registry(root: Path) -> Iterator[FixtureOllama]:
    """A registry over that store."""
    with FixtureOllama(root) as running:
        yield running
    huggingface_hub.close_session()


@pytest.fixture
def client(registry: FixtureOllama, waits: list[float]) -> OllamaRegistry:
    """A client of that registry which never really waits."""
    return OllamaRegistry(endpoint=registry.endpoint, wait=waits.append)


def text(artifact: Artifact, path: str) -> bytes:
    found = artifact.text(path)
    assert found is not None, path
    return found.data


def test_the_store_gives_licenses_head_and_hashes(root: Path) -> None:
    found = OllamaStore(root).fetch(ollama("poet", "1b"))
    assert found.origin is Origin.CACHE
    assert [f.path for f in found.files] == ["ollama.json", "model.gguf", "LICENSE", "LICENSE-2"]
    assert [text(found, p).decode() for p in ("LICENSE", "LICENSE-2")] == LICENSES
    head = found.text("model.gguf")
    assert head is not None
    assert (len(head.data), head.cut) == (MAX_HEAD, True)
    assert read_gguf(over(head.data)).text("general.license") == "llama3.2"
    blob = next(f for f in found.files if f.path == "model.gguf")
    assert (root / "blobs" / f"sha256-{blob.sha256}").read_bytes() == MODEL
    assert blob.size == len(MODEL)
    assert [layer.source for layer in read_manifest(text(found, "manifest.json")).layers] == ["bard:7b", "", ""]
    assert json.loads(text(found, "ollama.json"))["file_type"] == "Q4_0"
    assert found.problems == ()


def test_the_registry_gives_what_the_store_gives(root: Path, client: OllamaRegistry) -> None:
    stored, served = OllamaStore(root).fetch(ollama("poet:1b")), client.fetch(ollama("poet:1b"))
    assert served.origin is Origin.LIVE
    assert (served.files, served.texts) == (stored.files, stored.texts)
    assert served.ref == stored.ref


def test_a_model_of_gigabytes_costs_its_manifest_small_layers_and_a_head(
    registry: FixtureOllama, client: OllamaRegistry
) -> None:
    client.fetch(ollama("poet:1b"))
    assert len(registry.requests) == 5
    assert all(request.range for request in registry.requests if "/blobs/" in request.path)
    assert f"bytes=0-{MAX_HEAD}" in [request.range for request in registry.requests]
    assert {request.status for request in registry.requests} == {200, 206}


@pytest.mark.parametrize("spelled", ["poet:1b", "library/poet:1b", "registry.ollama.ai/library/poet:1b", "Poet:1B"])
def test_a_name_is_found_however_it_is_spelled(root: Path, spelled: str) -> None:
    assert OllamaStore(root).fetch(ollama(spelled)).files


def test_the_hash_of_a_manifest_pins_the_model(root: Path, client: OllamaRegistry) -> None:
    first = OllamaStore(root).fetch(ollama("poet", "1b"))
    assert first.ref.revision is not None
    store_model(root, "poet:1b", model=b"GGUF another", license=["Other terms"])
    store_model(root, "poet:old", model=MODEL, license=LICENSES, sources={"model": "bard:7b"})
    for source in (OllamaStore(root), client):
        assert text(source.fetch(ollama("poet", "1b")), "LICENSE") == b"Other terms"
        assert source.fetch(first.ref).files == first.files


def test_latest_is_the_tag_where_none_is_named(root: Path) -> None:
    store_model(root, "me/bard", model=MODEL)
    found = OllamaStore(root).fetch(ollama("me/bard"))
    assert [f.path for f in found.files] == ["ollama.json", "model.gguf"]


def test_a_model_of_a_hub_is_found_under_its_host(root: Path) -> None:
    store_model(root, "owner/poet-GGUF:Q4_K_M", model=MODEL, host="hf.co")
    assert OllamaStore(root).fetch(ollama("hf.co/owner/poet-GGUF:Q4_K_M")).files
    with pytest.raises(NotFound):
        OllamaStore(root).fetch(ollama("owner/poet-GGUF:Q4_K_M"))


def test_the_layout_with_links_is_read(root: Path) -> None:
    manifest = root / "manifests" / "registry.ollama.ai" / "library" / "poet" / "1b"
    blob = root / "blobs" / f"sha256-{OllamaStore(root).fetch(ollama('poet:1b')).ref.revision}"
    linked = root / "manifests-v2" / "registry.ollama.ai" / "library" / "poet" / "1b"
    linked.parent.mkdir(parents=True)
    manifest.rename(blob)
    linked.symlink_to(blob)
    assert text(OllamaStore(root).fetch(ollama("poet:1b")), "LICENSE") == b"The first terms"


def test_links_that_lead_out_of_the_store_are_not_followed(root: Path, tmp_path: Path) -> None:
    manifest = root / "manifests" / "registry.ollama.ai" / "library" / "poet" / "1b"
    manifest.rename(tmp_path / "elsewhere")
    manifest.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotFound):
        OllamaStore(root).fetch(ollama("poet:1b"))


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a/b/c/d", "po et", "poet:", "a/../b", "http://x/y"])
def test_what_is_no_name_is_refused(root: Path, name: str) -> None:
    for source in (OllamaStore(root), OllamaRegistry(endpoint="http://127.0.0.1:9")):
        with pytest.raises(BadReference):
            source.fetch(ollama(name))
    with pytest.raises(BadReference):
        OllamaStore(root).fetch(ollama("poet", "../1b"))


def test_a_missing_model_is_not_found_and_that_says_what_to_do(root: Path, client: OllamaRegistry) -> None:
    for source in (OllamaStore(root), OllamaStore(root / "none"), client):
        with pytest.raises(NotFound) as caught:
            source.fetch(ollama("nobody:1b"))
        assert "nobody" in str(caught.value)
        assert caught.value.advice


def test_no_other_host_is_asked(waits: list[float]) -> None:
    with pytest.raises(NotFound, match="is no registry that is asked"):
        OllamaRegistry(wait=waits.append).fetch(ollama("169.254.169.254/meta/data"))


def test_the_store_comes_first_and_the_registry_stands_in(root: Path, tmp_path: Path, client: OllamaRegistry) -> None:
    assert Ollama(OllamaStore(root), client).fetch(ollama("poet:1b")).origin is Origin.CACHE
    assert Ollama(OllamaStore(tmp_path / "none"), client).fetch(ollama("poet:1b")).origin is Origin.LIVE


def test_an_altered_license_is_not_used(root: Path) -> None:
    license_blob = next(p for p in (root / "blobs").iterdir() if p.read_bytes() == b"The first terms")
    license_blob.write_bytes(b"Anything goes!!")
    found = OllamaStore(root).fetch(ollama("poet:1b"))
    assert found.text("LICENSE") is None
    assert [(p.what, p.path) for p in found.problems] == [("altered", "LICENSE")]


def test_a_missing_blob_is_a_problem_not_a_failure(root: Path) -> None:
    next(p for p in (root / "blobs").iterdir() if p.read_bytes() == b"The second terms").unlink()
    found = OllamaStore(root).fetch(ollama("poet:1b"))
    assert [(p.what, p.path) for p in found.problems] == [("unread", "LICENSE-2")]
    assert text(found, "LICENSE") == b"The first terms"


def test_a_huge_license_is_cut_and_many_are_counted(root: Path) -> None:
    store_model(root, "wordy", model=MODEL, license=["x" * (MAX_TEXT + 5), *map(str, range(MAX_LICENSES + 3))])
    found = OllamaStore(root).fetch(ollama("wordy"))
    assert sorted(p.what for p in found.problems) == ["cut", "too-large"]
    assert len(text(found, "LICENSE")) == MAX_TEXT
    assert sum(t.path.startswith("LICENSE") for t in found.texts) == MAX_LICENSES


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b'{"layers": []}', b"[" * 100_000, b'{"layers": [{"digest": 3}]}']
)
def test_a_manifest_of_nonsense_is_a_failure_that_is_ours(root: Path, client: OllamaRegistry, manifest: bytes) -> None:
    (root / "manifests" / "registry.ollama.ai" / "library" / "poet" / "1b").write_bytes(manifest)
    for source in (OllamaStore(root), client):
        with pytest.raises(ServerFailed):
            source.fetch(ollama("poet:1b"))


def test_a_list_of_manifests_leads_to_one(root: Path, client: OllamaRegistry) -> None:
    path = root / "manifests" / "registry.ollama.ai" / "library" / "poet" / "1b"
    digest = OllamaStore(root).fetch(ollama("poet:1b")).ref.revision
    path.rename(path.with_name("single"))
    (root / "blobs" / f"sha256-{digest}").write_bytes(path.with_name("single").read_bytes())
    path.write_text(json.dumps({"manifests": [{"digest": f"sha256:{digest}", "runner": "ollama"}]}), encoding="utf-8")
    for source in (OllamaStore(root), client):
        assert text(source.fetch(ollama("poet:1b")), "LICENSE") == b"The first terms"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.ENTRY_NOT_FOUND, NotFound),
        (Fault.BAD_TOKEN, AccessDenied),
        (Fault.SERVER_ERROR, ServerFailed),
        (Fault.GARBAGE, ServerFailed),
        (Fault.TRUNCATED, Unreachable),
    ],
)
def test_failures_are_told_apart(
    registry: FixtureOllama, client: OllamaRegistry, fault: Fault, error: type[SourceError]
) -> None:
    registry.fault("poet", fault)
    with pytest.raises(error) as caught:
        client.fetch(ollama("poet:1b"))
    assert caught.value.advice


def test_a_rate_limit_is_obeyed_or_said(registry: FixtureOllama, client: OllamaRegistry, waits: list[float]) -> None:
    registry.fault("poet", Fault.RATE_LIMITED, times=2, retry_after=3, only="manifests")
    assert client.fetch(ollama("poet:1b")).files
    assert waits == [3.0, 3.0]
    registry.fault("poet", Fault.RATE_LIMITED, retry_after=3600)
    with pytest.raises(RateLimited):
        client.fetch(ollama("poet:1b"))
    assert waits == [3.0, 3.0]


def test_a_slow_registry_times_out(
    registry: FixtureOllama, client: OllamaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "TIMEOUT", 0.2)
    registry.fault("poet", Fault.SLOW, delay=30)
    with pytest.raises(TimedOut):
        client.fetch(ollama("poet:1b"))


def test_a_registry_that_drips_times_out(
    registry: FixtureOllama, client: OllamaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "DEADLINE", 0.05)
    registry.fault("poet", Fault.SLOW, delay=0.03, only="blobs")
    found = client.fetch(ollama("poet:1b"))
    assert ("unread", "model.gguf") in [(p.what, p.path) for p in found.problems]


def test_no_connection_is_said(waits: list[float]) -> None:
    for endpoint in ("http://127.0.0.1:9", "nonsense", "ftp://127.0.0.1"):
        with pytest.raises(Unreachable) as caught:
            OllamaRegistry(endpoint=endpoint, wait=waits.append).fetch(ollama("poet:1b"))
        assert caught.value.advice


def test_a_password_in_the_address_is_shown_to_nobody(registry: FixtureOllama, waits: list[float]) -> None:
    address = registry.endpoint.replace("http://", "http://me:secretsecret@")
    client = OllamaRegistry(endpoint=address, wait=waits.append)
    found = client.fetch(ollama("poet:1b"))
    registry.fault("poet", Fault.BAD_TOKEN)
    with pytest.raises(AccessDenied) as caught:
        client.fetch(ollama("poet:1b"))
    assert "secretsecret" not in f"{found}{caught.value}{caught.value.advice}"


def test_the_store_is_where_ollama_puts_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path))
    assert store_location() == tmp_path
    monkeypatch.delenv("OLLAMA_MODELS")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ollama" / "models").mkdir(parents=True)
    assert store_location() == tmp_path / ".ollama" / "models"


def test_layers_of_every_kind_have_names_that_tell_them(root: Path) -> None:
    more = [("adapter", b"GGUF lora"), ("projector", b"p"), ("template", b"t"), ("params", b"{}"), ("../odd", b"o")]
    store_model(root, "rich", model=MODEL, more=[*more, ("model", b"GGUF second")])
    found = OllamaStore(root).fetch(ollama("rich"))
    named = [f.path for f in found.files]
    assert named[:6] == ["ollama.json", "model.gguf", "adapter.gguf", "projector.gguf", "template", "params.json"]
    assert named[-1] == "model-2.gguf"
    assert not any(".." in path or path.startswith("/") for path in named)
    assert text(found, "adapter.gguf") == b"GGUF lora"


def test_files_that_have_a_name_keep_it_and_the_configuration_is_read(root: Path) -> None:
    path = root / "manifests" / "registry.ollama.ai" / "library" / "poet" / "1b"
    manifest = json.loads(path.read_bytes())
    data = b'{"architectures": ["LlamaForCausalLM"]}'
    digest = hashlib.sha256(data).hexdigest()
    (root / "blobs" / f"sha256-{digest}").write_bytes(data)
    layer = {"mediaType": "application/vnd.ollama.image.json", "digest": f"sha256:{digest}", "name": "config.json"}
    manifest["layers"] += [layer, {**layer, "name": "LICENSE"}]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    found = OllamaStore(root).fetch(ollama("poet:1b"))
    assert text(found, "config.json") == data
    assert text(found, "LICENSE") == b"The first terms"
    assert [f.path for f in found.files][-2:] == ["config.json", "json.json"]


def test_a_list_of_manifests_that_leads_nowhere_is_a_failure(root: Path) -> None:
    path = root / "manifests" / "registry.ollama.ai" / "library" / "poet" / "1b"
    for digest in ("0" * 64, hashlib.sha256(path.read_bytes()).hexdigest()):
        path.write_text(json.dumps({"manifests": [{"digest": f"sha256:{digest}"}]}), encoding="utf-8")
        with pytest.raises(ServerFailed):
            OllamaStore(root).fetch(ollama("poet:1b"))
