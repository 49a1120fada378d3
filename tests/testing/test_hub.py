"""The fixture Hub, asked by huggingface_hub itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from huggingface_hub import get_hf_file_metadata, hf_hub_download, snapshot_download
from huggingface_hub.errors import BadRequestError, RemoteEntryNotFoundError, RevisionNotFoundError

from cleartitle.errors import DataError, UsageError
from cleartitle.testing.hub import FixtureHub
from testing.helpers import ask, card, client, write


def asked(hub: FixtureHub) -> list[str]:
    return [f"{seen.method} {seen.path}" for seen in hub.requests]


def test_model_info_tells_what_follows_from_the_files(hub: FixtureHub) -> None:
    info = client(hub).model_info("acme/base")
    assert info.id == "acme/base"
    assert info.author == "acme"
    assert info.sha is not None
    assert len(info.sha) == 40
    assert info.pipeline_tag == "text-generation"
    assert info.card_data is not None
    assert info.card_data.license == "MIT"
    assert info.tags == ["safetensors", "llama", "text-generation", "dataset:acme/texts", "license:mit", "region:us"]
    assert info.config == {"architectures": ["LlamaForCausalLM"], "model_type": "llama"}
    assert [file.rfilename for file in info.siblings or ()] == [
        "LICENSE",
        "README.md",
        "config.json",
        "model.safetensors",
        "notes/deep/why.txt",
    ]
    assert (info.gated, info.private, info.disabled) == (False, False, False)
    assert asked(hub) == ["GET /api/models/acme/base"]


def test_a_repository_may_have_no_owner(hub: FixtureHub) -> None:
    assert client(hub).model_info("solo").author is None
    assert hub.repositories == ("acme/base", "acme/lora", "acme/quant", "solo", "vendor/gated")


def test_expand_gives_the_asked_keys_and_the_ids(hub: FixtureHub) -> None:
    answer = ask(hub, "/api/models/acme/quant?expand=baseModels&expand[]=gated").json
    assert isinstance(answer, dict)
    assert answer.keys() == {"_id", "id", "baseModels", "gated"}
    info = client(hub).model_info("acme/quant", expand=["baseModels", "tags"])
    assert info.base_models == answer["baseModels"]
    assert "base_model:acme/base" in (info.tags or ())
    assert "base_model:quantized:acme/base" in (info.tags or ())


def test_the_base_carries_its_id_and_counts_its_children(hub: FixtureHub) -> None:
    base = client(hub).model_info("acme/base", expand=["childrenModelCount", "baseModels"])
    children: object = base.children_model_count  # huggingface_hub annotates it as a number
    assert children == {"adapter": 1, "merge": 0, "quantized": 1, "finetune": 0}
    assert base.base_models is None
    child = ask(hub, "/api/models/acme/lora?expand=baseModels").json
    identity = ask(hub, "/api/models/acme/base?expand=sha").json
    assert isinstance(child, dict)
    assert isinstance(identity, dict)
    assert child["baseModels"] == {"relation": "adapter", "models": [{"_id": identity["_id"], "id": "acme/base"}]}


def test_an_unknown_key_of_expand_is_refused(hub: FixtureHub) -> None:
    answer = ask(hub, "/api/models/acme/base?expand=license")
    assert answer.status == 400
    assert b"baseModels" in answer.body


@pytest.mark.parametrize("expand", ["", "&expand=siblings"])
def test_blobs_gives_sizes_and_hashes(hub: FixtureHub, expand: str) -> None:
    answer = ask(hub, f"/api/models/acme/quant?blobs=true{expand}").json
    assert isinstance(answer, dict)
    text, weights = answer["siblings"]
    assert text.keys() == {"rfilename", "size", "blobId"}
    assert weights["lfs"]["size"] == weights["size"] == 104
    info = client(hub).model_info("acme/quant", files_metadata=True)
    assert [(file.size, file.lfs and file.lfs.sha256) for file in info.siblings or ()] == [
        (text["size"], None),
        (104, weights["lfs"]["sha256"]),
    ]


@pytest.mark.parametrize(
    ("files", "relation"),
    [
        ({}, "finetune"),
        ({"README.md": card(base_model=["a/b", "a/c"])}, "merge"),
        ({"README.md": card(base_model="a/b", tags=["mergekit"])}, "merge"),
        ({"README.md": card(base_model="a/b", library_name="peft")}, "adapter"),
        ({"x.Q4_K_M.gguf": "GGUF"}, "quantized"),
        ({"config.json": {"quantization_config": {"quant_method": "awq"}}}, "quantized"),
        ({"README.md": card(base_model="a/b", base_model_relation="adapter"), "x.gguf": "GGUF"}, "adapter"),
        ({".hub.json": {"base_model": {"relation": "merge", "models": ["a/b"]}}}, "merge"),
        ({".hub.json": {"base_model": {"relation": "merge", "models": []}}}, None),
    ],
)
def test_the_relation_to_the_base_is_inferred(tmp_path: Path, files: dict[str, str], relation: str | None) -> None:
    write(tmp_path / "m/x", {"README.md": card(base_model="a/b")} | files)
    with FixtureHub(tmp_path) as hub:
        info = client(hub).model_info("m/x", expand=["baseModels", "tags"])
    tagged = [tag for tag in info.tags or () if tag.startswith("base_model:") and tag.count(":") == 2]
    found: object = info.base_models
    assert tagged[:1] == ([f"base_model:{relation}:a/b"] if relation else [])
    assert (found["relation"] if isinstance(found, dict) else None) == relation


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("---\nlicense: Academic Free License v3.0\n---\n", "license:academic free license v3.0"),
        ("---\r\nlicense: [mit]\r\n---\r\n", "license:mit"),
        ("a line before it\n---\nlicense: mit\n---\n", "license:mit"),
        ("\ufeff---\nlicense: mit\n---", "license:mit"),
        ("---\nlicense: [mit\n---\n", None),
        ("---\nlicense: mit\n", None),
        ("no front matter", None),
    ],
)
def test_license_tags(tmp_path: Path, text: str, tag: str | None) -> None:
    write(tmp_path, {"m/x/README.md": text})
    with FixtureHub(tmp_path) as hub:
        info = client(hub).model_info("m/x")
    assert [found for found in info.tags or () if found.startswith("license:")] == ([tag] if tag else [])
    assert (info.card_data is None) is (tag is None)


def test_what_is_in_no_file_stands_in_the_hub_file(tmp_path: Path) -> None:
    facts = {
        "gated": "auto",
        "pipeline_tag": "image-to-text",
        "library_name": "diffusers",
        "tags": ["not-for-all-audiences"],
        "created_at": "2023-07-18T08:56:00.000Z",
        "last_modified": "2024-04-17T12:40:00.000Z",
        "likes": 7,
        "extra": {"gguf": {"architecture": "llama"}},
    }
    write(tmp_path, {"m/x/README.md": card(pipeline_tag="other", date="x"), "m/x/.hub.json": facts})
    with FixtureHub(tmp_path) as hub:
        info = client(hub).model_info("m/x")
    assert info.gated == "auto"
    assert (info.pipeline_tag, info.library_name, info.likes) == ("image-to-text", "diffusers", 7)
    assert "not-for-all-audiences" in (info.tags or ())
    assert str(info.created_at) == "2023-07-18 08:56:00+00:00"
    assert str(info.last_modified) == "2024-04-17 12:40:00+00:00"
    assert info.gguf == {"architecture": "llama"}
    assert [file.rfilename for file in info.siblings or ()] == ["README.md"]


def test_lists_are_filtered_and_followed_from_page_to_page(root: Path) -> None:
    with FixtureHub(root, page_size=2) as hub:
        api = client(hub)
        assert {model.id for model in api.list_models()} == set(hub.repositories)
        assert len(hub.requests) == 3
        assert [m.id for m in api.list_models(filter="base_model:quantized:acme/base")] == ["acme/quant"]
        assert {m.id for m in api.list_models(author="acme", search="A")} == {"acme/base", "acme/lora", "acme/quant"}
        assert [m.id for m in api.list_models(gated=True)] == ["vendor/gated"]
        listed = next(iter(api.list_models(author="acme", filter="llama", expand=["cardData", "siblings"])))
        assert listed.card_data is not None
        assert listed.card_data.license == "MIT"
        with pytest.raises(BadRequestError):
            list(api.list_models(expand=["baseModels"]))


def test_lists_are_sorted(tmp_path: Path) -> None:
    for number, likes in enumerate((2, 9, 4)):
        write(tmp_path, {f"m/x{number}/.hub.json": {"likes": likes}})
    with FixtureHub(tmp_path) as hub:
        assert [model.likes for model in client(hub).list_models(sort="likes")] == [9, 4, 2]


OLD_COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_other_revisions_lie_over_the_folder(root: Path) -> None:
    revisions = {
        "v1.0": {"kind": "tag", "files": {"LICENSE": "The older license.\n", "config.json": None}},
        "next": {"folder": "revisions/next"},
        "refs/pr/1": {"files": {"LICENSE": "proposed"}},
        OLD_COMMIT: {"kind": "commit", "files": {"LICENSE": "oldest"}, "date": "2023-01-01T00:00:00.000Z"},
    }
    write(root / "acme/base", {".hub.json": {"revisions": revisions}, "revisions/next/LICENSE": "The next license.\n"})
    with FixtureHub(root) as hub:
        api = client(hub)

        def license_at(revision: str) -> str:
            path = hf_hub_download("acme/base", "LICENSE", revision=revision, endpoint=hub.endpoint, token=False)
            return Path(path).read_text(encoding="utf-8")

        assert license_at("main") == "The license of the base.\n"
        assert license_at("v1.0") == "The older license.\n"
        assert license_at("next") == "The next license.\n"
        assert license_at("refs/pr/1") == "proposed"
        assert license_at(OLD_COMMIT) == "oldest"
        assert not api.file_exists("acme/base", "config.json", revision="v1.0")
        assert api.list_repo_files("acme/base", revision="next") == ["LICENSE"]
        assert "revisions/next/LICENSE" not in api.list_repo_files("acme/base")
        refs = api.list_repo_refs("acme/base", include_pull_requests=True)
        assert [ref.name for ref in refs.branches] == ["main", "next"]
        assert [(ref.name, ref.ref) for ref in refs.tags] == [("v1.0", "refs/tags/v1.0")]
        assert [ref.ref for ref in refs.pull_requests or ()] == ["refs/pr/1"]
        assert api.model_info("acme/base", revision="v1.0").sha == refs.tags[0].target_commit
        head = api.model_info("acme/base").sha
        assert [commit.commit_id for commit in api.list_repo_commits("acme/base")] == [head, OLD_COMMIT]
        assert api.model_info("acme/base", revision=(head or "")[:7]).sha == head
        with pytest.raises(RevisionNotFoundError):
            api.model_info("acme/base", revision="v2.0")


def test_a_download_is_a_head_and_a_get(hub: FixtureHub) -> None:
    path = hf_hub_download("acme/base", "LICENSE", endpoint=hub.endpoint, token=False)
    assert Path(path).read_text(encoding="utf-8") == "The license of the base.\n"
    address = "/acme/base/resolve/main/LICENSE"
    assert asked(hub) == [f"HEAD {address}", f"GET {address}"]
    assert hf_hub_download("acme/base", "LICENSE", endpoint=hub.endpoint, token=False) == path
    assert asked(hub)[2:] == [f"HEAD {address}"]


def test_a_snapshot_is_downloaded_whole(hub: FixtureHub, root: Path) -> None:
    path = Path(snapshot_download("acme/base", endpoint=hub.endpoint, token=False))
    found = {file.relative_to(path): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    source = root / "acme/base"
    assert found == {file.relative_to(source): file.read_bytes() for file in source.rglob("*") if file.is_file()}


def test_a_large_file_need_not_be_there(tmp_path: Path) -> None:
    sha256 = "ab" * 32
    write(tmp_path, {"m/x/.hub.json": {"lfs": {"big.safetensors": {"size": 15 << 30, "sha256": sha256}}}})
    with FixtureHub(tmp_path) as hub:
        url = f"{hub.endpoint}/m/x/resolve/main/big.safetensors"
        told = get_hf_file_metadata(url, token=False, endpoint=hub.endpoint)
        (entry,) = client(hub).get_paths_info("m/x", "big.safetensors")
        header = ask(hub, "/m/x/resolve/main/big.safetensors", headers={"Range": "bytes=0-7"})
        pointer = ask(hub, "/m/x/raw/main/big.safetensors")
    assert (told.size, told.etag) == (15 << 30, sha256)
    assert entry.path == "big.safetensors"
    assert header.body == bytes(8)
    assert pointer.body.splitlines()[1:] == [b"oid sha256:" + sha256.encode(), b"size 16106127360"]


def test_a_file_is_large_by_its_size_too(tmp_path: Path) -> None:
    write(tmp_path, {"m/x/small.txt": "1", "m/x/large.txt": "1"})
    with (tmp_path / "m/x/large.txt").open("r+b") as file:
        file.truncate((10 << 20) + 1)
    with FixtureHub(tmp_path) as hub:
        large, small = list(client(hub).model_info("m/x", files_metadata=True).siblings or ())
        path = hf_hub_download("m/x", "large.txt", endpoint=hub.endpoint, token=False)
    assert small.lfs is None
    assert large.lfs is not None
    assert large.lfs.sha256 == hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_trees_and_paths(root: Path) -> None:
    with FixtureHub(root, page_size=2) as hub:
        api = client(hub)
        assert [e.path for e in api.list_repo_tree("acme/base")] == [
            "notes",
            "LICENSE",
            "README.md",
            "config.json",
            "model.safetensors",
        ]
        deep = {entry.path for entry in api.list_repo_tree("acme/base", recursive=True)}
        assert {"notes", "notes/deep", "notes/deep/why.txt", "LICENSE"} <= deep
        (inner,) = api.list_repo_tree("acme/base", "notes/deep", expand=True)
        assert inner.path == "notes/deep/why.txt"
        assert inner.last_commit is not None
        found = api.get_paths_info("acme/base", ["LICENSE", "notes", "absent"], expand=True)
        assert [entry.path for entry in found] == ["LICENSE", "notes"]
        assert all(entry.last_commit for entry in found)
        with pytest.raises(RemoteEntryNotFoundError):
            list(api.list_repo_tree("acme/base", "absent"))


def test_the_folder_is_read_anew(hub: FixtureHub, root: Path) -> None:
    before = client(hub).model_info("acme/base")
    write(root, {"acme/base/LICENSE": "Another license.\n", "acme/new/README.md": card(license="mit")})
    assert client(hub).model_info("acme/base").sha != before.sha
    assert client(hub).model_info("acme/new").id == "acme/new"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"gate": true}', "gate"),
        ('{"gated": "perhaps"}', "gated"),
        ('{"faults": [{"kind": "flood"}]}', "kind"),
        ('{"revisions": {"v1": {"kind": "commit"}}}', "40-digit"),
        ("[]", "table"),
        ("{", "JSON"),
    ],
)
def test_a_wrong_hub_file_is_told_at_once(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, {"m/x/.hub.json": text})
    with pytest.raises(DataError, match=said):
        FixtureHub(tmp_path)


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a folder"):
        FixtureHub(tmp_path / "absent")
