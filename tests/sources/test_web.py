"""Asking servers that are no Hub: parts of files, limits, and a token that only its own server sees."""

from __future__ import annotations

from collections.abc import Iterator

import huggingface_hub.constants
import pytest

from cleartitle.errors import AccessDenied, NotFound, RateLimited, ServerFailed, SourceError, TooLarge, Unreachable
from cleartitle.sources import web
from cleartitle.sources.web import Web
from sources.answering import Answering, answering


@pytest.fixture
def server() -> Iterator[Answering]:
    """A server whose answer a test chooses."""
    with answering() as running:
        yield running


@pytest.fixture
def client(server: Answering) -> Web:
    """A client of it that never waits."""
    headers = {"Authorization": "Bearer secret", "Cookie": "session=secret"}
    return Web(endpoint=server.address + "/", label="the server", headers=headers, wait=lambda _: None)


def test_a_server_that_cannot_send_parts_gives_the_beginning_only(server: Answering, client: Web) -> None:
    server.body = bytes(range(100))
    assert client.part("/x", "it", 0, 10) == bytes(range(10))
    assert client.part("/x", "it", 50, 10) == b""
    server.headers = {"Content-Range": "bytes 50-149/1000"}  # as ModelScope does, with the status of the whole
    assert client.part("/x", "it", 50, 10) == bytes(range(10))
    assert [asked.get("Range") for asked in server.asked] == ["bytes=0-9", "bytes=50-59", "bytes=50-59"]


def test_beyond_the_end_there_is_nothing(server: Answering, client: Web) -> None:
    server.status = 416
    assert client.part("/x", "it", 0, 10) == b""


def test_a_token_is_not_sent_to_where_its_server_redirects(server: Answering, client: Web) -> None:
    with answering() as other:
        other.body = b"found"
        server.status, server.headers = 302, {"Location": other.address.replace("127.0.0.1", "localhost")}
        assert client.get("/x", "it", most=100) == b"found"
        assert "secret" in str(server.asked)
        assert "secret" not in str(other.asked)
        assert len(other.asked) == 1


def test_an_endless_redirect_ends(server: Answering, client: Web) -> None:
    server.status, server.headers = 302, {"Location": f"{server.address}/x"}
    with pytest.raises(SourceError):
        client.get("/x", "it", most=100)
    assert len(server.asked) < 50


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, AccessDenied),
        (403, AccessDenied),
        (404, NotFound),
        (410, NotFound),
        (429, RateLimited),
        (500, ServerFailed),
    ]
    + [(status, ServerFailed) for status in (204, 400, 418, 503)],
)
def test_statuses_are_told_apart_and_no_token_is_in_the_words(
    server: Answering, client: Web, status: int, error: type[SourceError]
) -> None:
    server.status = status
    with pytest.raises(error) as caught:
        client.get("/x", "it", most=100)
    assert caught.value.advice
    assert "secret" not in f"{caught.value}{caught.value.advice}{client}"


@pytest.mark.parametrize("after", ["soon", "-1", "9" * 30, ""])
def test_nonsense_about_waiting_is_not_obeyed(server: Answering, client: Web, after: str) -> None:
    server.status, server.headers = 429, {"Retry-After": after}
    with pytest.raises(RateLimited) as caught:
        client.get("/x", "it", most=100)
    assert caught.value.retry_after is None
    assert len(server.asked) == web.MAX_TRIES


def test_an_answer_too_large_is_said_and_not_read_on(
    server: Answering, client: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_ANSWER", 50)
    server.body = b'{"a": "' + b"x" * 5_000 + b'"}'
    with pytest.raises(TooLarge):
        client.json("/x", "it")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_makes_no_sense(server: Answering, client: Web, body: bytes) -> None:
    server.body = body
    with pytest.raises(ServerFailed):
        client.json("/x", "it")


def test_an_endless_answer_is_left_when_there_is_enough(server: Answering, client: Web) -> None:
    server.body, server.endless = bytes(1 << 16), True
    assert len(client.get("/x", "it", most=1_000_000)) == 1_000_001


def test_offline_is_obeyed(server: Answering, client: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(Unreachable, match="HF_HUB_OFFLINE"):
        client.get("/x", "it", most=100)
    assert server.asked == []


def test_a_malformed_token_is_said(server: Answering) -> None:
    broken = Web(endpoint=server.address, label="the server", headers={"Authorization": "Bearer a\nb"})
    with pytest.raises(AccessDenied, match="malformed"):
        broken.get("/x", "it", most=100)


def test_an_address_is_shown_without_a_password() -> None:
    assert Web(endpoint="https://me:pass@example.org/a/", label="x").shown == "https://example.org/a/"
