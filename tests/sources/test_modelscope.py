"""ModelScope against a server: what it asks for, what the site says beside the card, and how failures are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub
import pytest

from cleartitle.errors import AccessDenied, BadReference, NotFound, ServerFailed, SourceError, TimedOut, Unreachable
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.sources import modelscope as module
from cleartitle.sources import web
from cleartitle.sources.heads import MAX_HEAD
from cleartitle.sources.interface import MAX_TEXT
from cleartitle.sources.modelscope import ModelScope
from cleartitle.sources.store import Store
from cleartitle.testing.faults import Fault
from cleartitle.testing.modelscope import FixtureModelScope
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.reference import ModelRef, Scheme
from formats.writers import gguf
from hubs import repository
from sources.answering import Answering, answering

NAME = "owner/poet"
REF = ModelRef(Scheme.MODELSCOPE, NAME)
SAID = {"License": "Apache License 2.0", "BaseModel": ["owner/base"], "BaseModelRelation": "Finetune", "Tags": ["x"]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one ordinary repository."""
    head = gguf({"general.license": "mit"}, bytes(500_000))
    files = {"LICENSE": b"Some terms", "config__json": b"{}", "poet__gguf": head}
    repository(tmp_path / "site", NAME, "license: mit", hub={"extra": SAID}, **files)
    return tmp_path / "site"


@pytest.fixture
def server(root: Path) -> Iterator[FixtureModelScope]:
    """A site over that folder."""
    with FixtureModelScope(root, tokens={"let-in": ["owner/secret"]}) as running:
        yield running
    huggingface_hub.close_session()


@pytest.fixture
def client(server: FixtureModelScope, tmp_path: Path, waits: list[float]) -> ModelScope:
    """A client of that site, without a token."""
    return ModelScope(endpoint=server.endpoint, token="", store=Store(tmp_path / "store"), wait=waits.append)


def test_a_model_costs_two_metadata_calls_its_small_files_and_a_head(
    server: FixtureModelScope, client: ModelScope
) -> None:
    found = client.fetch(REF)
    assert len(server.requests) == 6
    assert sorted(t.path for t in found.texts) == ["LICENSE", "README.md", "config.json", "poet.gguf"]
    assert [r.range for r in server.requests if r.range] == [f"bytes=0-{MAX_HEAD - 1}"]
    head = found.text("poet.gguf")
    assert head is not None
    assert (len(head.data), head.cut) == (MAX_HEAD, True)
    assert read_gguf(over(head.data)).text("general.license") == "mit"


def test_what_the_site_says_stands_beside_the_files(client: ModelScope) -> None:
    found = client.fetch(REF)
    assert found.declared is not None
    assert (found.declared.license, found.declared.base_models) == (("Apache License 2.0",), ("owner/base",))
    assert found.declared.relation == "finetune"
    assert found.tags == ("x",)
    assert found.origin is Origin.LIVE
    assert all(f.sha256 and f.size is not None for f in found.files)
    assert found.ref.revision is not None
    assert len(found.ref.revision) == 40
    assert str(found.modified) == "2025-01-01"


def test_a_known_commit_costs_two_calls_and_a_new_one_is_read_anew(
    server: FixtureModelScope, client: ModelScope, root: Path
) -> None:
    first = client.fetch(REF)
    before = len(server.requests)
    assert client.fetch(REF) == first
    assert len(server.requests) - before == 2
    (root / NAME / "LICENSE").write_bytes(b"Other terms")
    second = client.fetch(REF)
    text = second.text("LICENSE")
    assert text is not None
    assert (text.data, second.ref.revision != first.ref.revision) == (b"Other terms", True)


def test_a_commit_can_be_asked_for(client: ModelScope, root: Path) -> None:
    first = client.fetch(REF)
    assert client.fetch(first.ref).files == first.files
    with pytest.raises(NotFound):
        client.fetch(REF.at("v9"))
    assert root.is_dir()


def test_a_private_repository_opens_with_its_token_which_appears_nowhere(
    server: FixtureModelScope, client: ModelScope, root: Path, tmp_path: Path
) -> None:
    repository(root, "owner/secret", "license: mit", hub={"private": True})
    secret = ModelRef(Scheme.MODELSCOPE, "owner/secret")
    with pytest.raises(NotFound):
        client.fetch(secret)
    insider = ModelScope(endpoint=server.endpoint, token="let-in", store=Store(tmp_path / "kept"))
    found = insider.fetch(secret)
    server.fault("owner/secret", Fault.BAD_TOKEN)
    with pytest.raises(AccessDenied) as caught:
        insider.fetch(secret)
    kept = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "kept").rglob("*.json"))
    assert "let-in" not in f"{found}{caught.value}{caught.value.advice}{kept}"
    assert kept


def test_the_environment_names_site_and_token(
    server: FixtureModelScope, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MODELSCOPE_API_TOKEN", "let-in")
    ModelScope(endpoint=server.endpoint, store=Store(tmp_path / "a")).fetch(REF)
    assert all(request.has_authorization for request in server.requests)
    monkeypatch.setenv("MODELSCOPE_DOMAIN", "127.0.0.1:9")
    with pytest.raises(Unreachable):
        ModelScope(store=Store(tmp_path / "b")).fetch(REF)


@pytest.mark.parametrize("name", ["poet", "owner/poet/more", "../x", "owner/..", "owner/poet?x=1", ""])
def test_what_is_no_name_is_refused(client: ModelScope, name: str) -> None:
    with pytest.raises(BadReference):
        client.fetch(ModelRef(Scheme.MODELSCOPE, name))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.REPO_NOT_FOUND, AccessDenied),
        (Fault.ENTRY_NOT_FOUND, NotFound),
        (Fault.BAD_TOKEN, AccessDenied),
        (Fault.SERVER_ERROR, ServerFailed),
        (Fault.GARBAGE, ServerFailed),
        (Fault.TRUNCATED, Unreachable),
    ],
)
def test_failures_are_told_apart(
    server: FixtureModelScope, client: ModelScope, fault: Fault, error: type[SourceError]
) -> None:
    server.fault(NAME, fault)
    with pytest.raises(error) as caught:
        client.fetch(REF)
    assert caught.value.advice


def test_a_passing_failure_is_asked_again(server: FixtureModelScope, client: ModelScope, waits: list[float]) -> None:
    server.fault(NAME, Fault.UNAVAILABLE, times=2)
    assert client.fetch(REF).texts
    assert len(waits) == 2


def test_a_slow_site_times_out(server: FixtureModelScope, client: ModelScope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "TIMEOUT", 0.2)
    server.fault(NAME, Fault.SLOW, delay=30)
    with pytest.raises(TimedOut):
        client.fetch(REF)


def test_one_file_that_fails_is_a_problem_and_is_asked_for_again(
    server: FixtureModelScope, client: ModelScope, root: Path
) -> None:
    repository(root, "owner/lost", "license: mit", LICENSE=b"Some terms")
    server.fault("owner/lost", Fault.ENTRY_NOT_FOUND, times=1, only="/repo")
    lost = ModelRef(Scheme.MODELSCOPE, "owner/lost")
    with pytest.raises(NotFound):  # the list of files was the first
        client.fetch(lost)
    assert len(client.fetch(lost).texts) == 2


def test_a_huge_card_is_cut_and_said_each_time(client: ModelScope, root: Path, tmp_path: Path) -> None:
    (root / NAME / "README.md").write_bytes(b"x" * (MAX_TEXT + 9))
    found = client.fetch(REF)
    assert [p.what for p in found.problems] == ["too-large"]
    assert not list((tmp_path / "store").rglob("*.json"))


@pytest.fixture
def anything() -> Iterator[Answering]:
    """A server whose one answer a test chooses."""
    with answering() as running:
        yield running


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"Code": 200},
        {"Code": 200, "Data": []},
        {"Code": 500, "Data": {}},
        {"Code": "200", "Data": None},
    ],
)
def test_answers_of_another_shape_are_failures_that_are_ours(
    anything: Answering, tmp_path: Path, waits: list[float], answer: object
) -> None:
    anything.body = json.dumps(answer).encode()
    with pytest.raises(ServerFailed):
        ModelScope(endpoint=anything.address, token="", store=Store(tmp_path), wait=waits.append).fetch(REF)


@pytest.mark.parametrize(
    "files",
    [None, 3, ["x", 3, None], [{"Path": "../../etc/passwd"}, {"Path": "/x"}, {"Path": ["a"]}, {"Type": "tree"}]],
)
def test_lists_of_nonsense_are_empty(anything: Answering, tmp_path: Path, waits: list[float], files: object) -> None:
    said = {"License": 3, "BaseModel": {"a": 1}, "Tags": [1], "CreatedTime": 1 << 70, "Files": files, "Revision": [1]}
    anything.body = json.dumps({"Code": 200, "Data": said}).encode()
    found = ModelScope(endpoint=anything.address, token="", store=Store(tmp_path), wait=waits.append).fetch(REF)
    assert (found.files, found.tags, found.created) == ((), (), None)
    assert found.declared is not None
    assert (found.declared.license, found.declared.base_models) == ((), ())
    assert found.ref.revision == "master"


def test_a_list_that_is_too_long_is_cut_and_said(
    client: ModelScope, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_LISTED", 2)
    found = client.fetch(REF)
    assert (len(found.files), found.complete, [p.what for p in found.problems]) == (2, False, ["cut"])
    assert root.is_dir()


def test_a_file_that_an_older_commit_brought_is_seen(anything: Answering, tmp_path: Path) -> None:
    client = ModelScope(endpoint=anything.address, token="", store=Store(tmp_path))
    newest = {"Path": "README.md", "Revision": "a" * 40, "CommittedDate": 2_000_000}
    older = {"Path": "LICENSE", "Revision": "b" * 40, "CommittedDate": 1_000_000}
    for files in ([newest], [newest, older], [newest]):
        anything.body = json.dumps({"Code": 200, "Data": {"Files": files}}).encode()
        found = client.fetch(REF)
        assert (len(found.files), found.ref.revision) == (len(files), "a" * 40)


def test_an_empty_weight_file_has_an_empty_head(client: ModelScope, root: Path) -> None:
    (root / NAME / "poet.gguf").write_bytes(b"")
    head = client.fetch(REF).text("poet.gguf")
    assert head is not None
    assert (head.data, head.cut) == (b"", False)
