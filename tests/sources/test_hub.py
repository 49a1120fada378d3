"""The Hub source against a real server: what it asks for, what it keeps, and how it tells failures apart."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cleartitle.errors import (
    AccessDenied,
    NotFound,
    RateLimited,
    ServerFailed,
    SourceError,
    TimedOut,
    TooLarge,
    Unreachable,
)
from cleartitle.sources import hub as module
from cleartitle.sources.hub import Hub
from cleartitle.sources.interface import MAX_TEXT
from cleartitle.sources.store import Store
from cleartitle.sources.web import MAX_PAGES
from cleartitle.testing.hub import Fault, FixtureHub
from cleartitle.vocabulary.artifact import Gate, Origin
from cleartitle.vocabulary.reference import ModelRef
from hubs import repository
from sources.answering import answering
from sources.conftest import MODEL

REF = ModelRef.hub(MODEL)


def test_a_model_costs_two_metadata_calls_and_its_small_files(server: FixtureHub, client: Hub) -> None:
    found = client.fetch(REF)
    paths = [request.path for request in server.requests]
    assert sum("/api/models/" in path for path in paths) == 2
    assert sorted(path.rpartition("/")[2] for path in paths if "/resolve/" in path) == [
        "LICENSE",
        "README.md",
        "USE_POLICY.md",
        "config.json",
    ]
    assert {t.path for t in found.texts} == {"LICENSE", "README.md", "USE_POLICY.md", "config.json"}
    assert {f.path: f.size for f in found.files}["weights.bin"] == 5000
    assert all(f.blob or f.sha256 for f in found.files)
    assert found.origin is Origin.LIVE
    assert found.inferred is not None
    assert found.inferred.models == ("owner/base",)


def test_a_known_commit_costs_one_call(server: FixtureHub, client: Hub) -> None:
    first = client.fetch(REF)
    before = len(server.requests)
    assert client.fetch(REF) == first
    assert len(server.requests) - before == 1


def test_a_new_commit_is_read_anew(server: FixtureHub, client: Hub, tmp_path: Path) -> None:
    first = client.fetch(REF)
    (tmp_path / "hub" / MODEL / "LICENSE").write_bytes(b"Other terms")
    second = client.fetch(REF)
    assert first.ref.revision != second.ref.revision
    license_text = second.text("LICENSE")
    assert license_text is not None
    assert license_text.data == b"Other terms"
    assert server.requests


def test_a_damaged_store_is_as_good_as_none(server: FixtureHub, client: Hub, tmp_path: Path) -> None:
    first = client.fetch(REF)
    for path in (tmp_path / "store").rglob("*.json"):
        path.write_text("{ not json", encoding="utf-8")
    assert client.fetch(REF) == first
    assert len(server.requests) > 3


def test_a_gated_model_has_metadata_and_no_files(server: FixtureHub, client: Hub, tmp_path: Path) -> None:
    repository(tmp_path / "hub", "owner/gated", "license: llama3.1", hub={"gated": "manual"})
    found = client.fetch(ModelRef.hub("owner/gated"))
    assert server.requests
    assert found.gate is Gate.MANUAL
    assert found.texts == ()
    assert "license:llama3.1" in found.tags
    assert [p.what for p in found.problems] == ["gated"]


def test_a_renamed_model_is_found_under_its_new_name(client: Hub, tmp_path: Path) -> None:
    repository(tmp_path / "hub", "owner/new", "license: mit", hub={"renamed_from": ["owner/old"]})
    found = client.fetch(ModelRef.hub("owner/old"))
    assert found.ref.name == "owner/new"
    assert "owner/old is now called owner/new" in [p.message for p in found.problems]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.REPO_NOT_FOUND, NotFound),
        (Fault.REVISION_NOT_FOUND, NotFound),
        (Fault.PRIVATE, NotFound),
        (Fault.BAD_TOKEN, AccessDenied),
        (Fault.SERVER_ERROR, ServerFailed),
        (Fault.BAD_GATEWAY, ServerFailed),
        (Fault.UNAVAILABLE, ServerFailed),
        (Fault.GARBAGE, ServerFailed),
        (Fault.TRUNCATED, Unreachable),
    ],
)
def test_failures_are_told_apart_and_say_what_to_do(
    server: FixtureHub, client: Hub, fault: Fault, error: type[SourceError]
) -> None:
    server.fault(MODEL, fault)
    with pytest.raises(error) as caught:
        client.fetch(REF)
    assert MODEL in str(caught.value) or "token" in str(caught.value)
    assert caught.value.advice


def test_a_rate_limit_is_obeyed(server: FixtureHub, client: Hub, waits: list[float]) -> None:
    server.fault(MODEL, Fault.RATE_LIMITED, times=2, retry_after=3)
    assert client.fetch(REF).texts
    assert waits == [3.0, 3.0]


def test_a_long_rate_limit_is_said_not_sat_out(server: FixtureHub, client: Hub, waits: list[float]) -> None:
    server.fault(MODEL, Fault.RATE_LIMITED, retry_after=3600)
    with pytest.raises(RateLimited) as caught:
        client.fetch(REF)
    assert caught.value.retry_after == 3600
    assert waits == []


def test_a_passing_failure_is_asked_again(server: FixtureHub, client: Hub, waits: list[float]) -> None:
    server.fault(MODEL, Fault.UNAVAILABLE, times=2)
    assert client.fetch(REF).texts
    assert len(waits) == 2


def test_a_slow_hub_times_out(server: FixtureHub, client: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    server.fault(MODEL, Fault.SLOW, delay=30)
    with pytest.raises(TimedOut):
        client.fetch(REF)


def test_no_connection_is_said(tmp_path: Path) -> None:
    nobody = Hub(endpoint="http://127.0.0.1:9", token=False, store=Store(tmp_path), wait=lambda _: None)
    with pytest.raises(Unreachable):
        nobody.fetch(REF)


def test_one_file_that_fails_is_a_problem_not_a_failure(server: FixtureHub, client: Hub) -> None:
    server.fault(MODEL, Fault.ENTRY_NOT_FOUND, only="LICENSE")
    found = client.fetch(REF)
    assert [p.path for p in found.problems] == ["LICENSE"]
    assert found.text("README.md")


def test_a_huge_card_is_read_up_to_the_limit(client: Hub, tmp_path: Path) -> None:
    folder = repository(tmp_path / "hub", "owner/huge", "license: mit")
    (folder / "README.md").write_bytes(b"---\nlicense: mit\n---\n" + b"x" * (3 * MAX_TEXT))
    found = client.fetch(ModelRef.hub("owner/huge"))
    card = found.text("README.md")
    assert card is not None
    assert (len(card.data), card.cut) == (MAX_TEXT, True)
    assert [p.what for p in found.problems] == ["too-large"]


def test_tokens_appear_nowhere(server: FixtureHub, tmp_path: Path) -> None:
    secret = "hf_secretsecretsecret"
    client = Hub(endpoint=server.endpoint, token=secret, store=Store(tmp_path / "store"), wait=lambda _: None)
    found = client.fetch(REF)
    assert any(request.has_authorization for request in server.requests)
    server.fault(MODEL, Fault.BAD_TOKEN)
    with pytest.raises(AccessDenied) as caught:
        client.fetch(REF)
    kept = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "store").rglob("*.json"))
    assert secret not in f"{found}{caught.value}{caught.value.advice}{kept}"


def test_the_store_holds_plain_json(client: Hub, tmp_path: Path, server: FixtureHub) -> None:
    client.fetch(REF)
    (path,) = (p for p in (tmp_path / "store").rglob("*.json") if p.parent.name != "names")
    assert json.loads(path.read_text(encoding="utf-8"))["ref"]["name"] == MODEL
    assert server.requests


def test_what_was_just_read_is_not_asked_for_again(server: FixtureHub, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    first = Hub(endpoint=server.endpoint, token=False, store=store, fresh=600).fetch(REF)
    before = len(server.requests)
    assert Hub(endpoint=server.endpoint, token=False, store=store, fresh=600).fetch(REF) == first
    assert len(server.requests) == before
    assert Hub(endpoint=server.endpoint, token=False, store=store).fetch(REF) == first
    assert len(server.requests) == before + 1


def test_what_could_not_be_read_is_asked_for_again(server: FixtureHub, tmp_path: Path) -> None:
    repository(tmp_path / "hub", "owner/gated", "license: llama3.1", hub={"gated": "manual"})
    hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), fresh=600)
    ref = ModelRef.hub("owner/gated")
    assert hub.fetch(ref).texts == ()
    (tmp_path / "hub" / "owner/gated" / ".hub.json").unlink()
    assert hub.fetch(ref).texts


def test_a_name_that_was_just_asked_for_keeps_its_new_name(server: FixtureHub, tmp_path: Path) -> None:
    repository(tmp_path / "hub", "owner/new", "license: mit", hub={"renamed_from": ["owner/old"]})
    hub = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), fresh=600)
    asked = [hub.fetch(ModelRef.hub("owner/old")) for _ in range(2)]
    assert asked[0] == asked[1]
    assert [p.what for p in asked[1].problems] == ["renamed"]


@pytest.mark.parametrize("sha", ["../" * 13 + "x", "G" * 40])
def test_a_commit_that_is_none_names_no_file(sha: str, tmp_path: Path) -> None:
    with answering() as server:
        server.body = json.dumps({"id": "o/m", "sha": sha, "siblings": []}).encode()
        client = Hub(endpoint=server.address, token=False, store=Store(tmp_path / "a" / "store"))
        with pytest.raises(ServerFailed, match="no commit"):
            client.fetch(ModelRef.hub("o/m"))
        server.body = json.dumps([{"id": sha, "date": "2024-01-01T00:00:00.000Z"}]).encode()
        assert client.before(ModelRef.hub("o/m"), dt.date(2024, 5, 5)) is None
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_a_list_of_commits_without_end_is_said(tmp_path: Path) -> None:
    repository(tmp_path / "hub", "o/m", "license: mit", hub={"revisions": _COMMITS})
    with FixtureHub(tmp_path / "hub", page_size=1) as server:
        client = Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"))
        with pytest.raises(TooLarge, match="commits"):
            client.before(ModelRef.hub("o/m"), dt.date(2020, 1, 1))


_COMMITS = {f"{n:040x}": {"kind": "commit", "date": f"2024-01-01T00:{n:02}:00.000Z"} for n in range(MAX_PAGES + 5)}
