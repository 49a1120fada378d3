"""The fixture Hub, asked byte by byte: connections, ranges, pages, faults, the command."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from huggingface_hub.utils._http import parse_ratelimit_headers
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle.testing.hub import EVERYWHERE, Fault, FixtureHub
from testing.helpers import ask, connect, write

LICENSE = "/acme/base/resolve/main/LICENSE"


def test_a_connection_serves_many_requests(hub: FixtureHub) -> None:
    connection = connect(hub)
    for method in ("HEAD", "GET", "GET"):
        connection.request(method, LICENSE)
        response = connection.getresponse()
        body = response.read()
        assert response.getheader("Content-Length") == "25"
        assert len(body) == (0 if method == "HEAD" else 25)
    connection.close()
    assert [seen.method for seen in hub.requests] == ["HEAD", "GET", "GET"]


def test_closing_cuts_idle_connections_and_ends_all_threads(root: Path) -> None:
    before = threading.active_count()
    with FixtureHub(root) as hub:
        connections = [connect(hub) for _ in range(3)]
        for connection in connections:
            connection.request("GET", LICENSE)
            connection.getresponse().read()
        assert threading.active_count() > before
    assert threading.active_count() == before
    for connection in connections:
        connection.close()


def test_a_hub_that_never_started_can_be_closed(root: Path) -> None:
    FixtureHub(root).close()


@pytest.mark.parametrize(
    ("asked", "status", "body", "content_range"),
    [
        ("bytes=0-3", 206, b"GGUF", "bytes 0-3/104"),
        ("bytes=100-", 206, bytes(4), "bytes 100-103/104"),
        ("bytes=-2", 206, bytes(2), "bytes 102-103/104"),
        ("bytes=102-999", 206, bytes(2), "bytes 102-103/104"),
        ("bytes=0-1,3-4", 200, b"GGUF" + bytes(100), None),
        ("lines=0-1", 200, b"GGUF" + bytes(100), None),
    ],
)
def test_ranges(hub: FixtureHub, asked: str, status: int, body: bytes, content_range: str | None) -> None:
    answer = ask(hub, "/acme/quant/resolve/main/q4.gguf", headers={"Range": asked})
    assert (answer.status, answer.body, answer.headers.get("content-range")) == (status, body, content_range)
    assert hub.requests[-1].range == asked


@pytest.mark.parametrize("asked", ["bytes=104-", "bytes=-0", "bytes=5-4"])
def test_a_range_outside_the_file_is_refused(hub: FixtureHub, asked: str) -> None:
    answer = ask(hub, "/acme/quant/resolve/main/q4.gguf", headers={"Range": asked})
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */104")


def test_any_range_is_a_slice(hub: FixtureHub, root: Path) -> None:
    content = (root / "acme/base/model.safetensors").read_bytes()
    place = st.integers(0, len(content) - 1)
    connection = connect(hub)

    @settings(max_examples=100, deadline=None)
    @given(first=place, last=place)
    def holds(first: int, last: int) -> None:
        first, last = sorted((first, last))
        connection.request(
            "GET", "/acme/base/resolve/main/model.safetensors", headers={"Range": f"bytes={first}-{last}"}
        )
        response = connection.getresponse()
        assert response.read() == content[first : last + 1]

    holds()
    connection.close()


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize("path", ["/api/models?author=acme", "/api/models/acme/base/tree/main?recursive=true"])
def test_pages_put_together_are_the_whole(hub: FixtureHub, path: str, limit: int) -> None:
    whole = ask(hub, path).json
    assert isinstance(whole, list)
    found: list[object] = []
    following: str | None = f"{path}&limit={limit}"
    while following:
        answer = ask(hub, following)
        assert isinstance(answer.json, list)
        assert len(answer.json) <= limit
        found += answer.json
        link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("link", ""))
        assert link is None or link[1].startswith(hub.endpoint)
        following = link[1].removeprefix(hub.endpoint) if link else None
    assert found == whole


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "cursor=x", "cursor=LTU="])
def test_a_page_that_cannot_be_is_refused(hub: FixtureHub, query: str) -> None:
    assert ask(hub, f"/api/models?{query}").status == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"paths=LICENSE&paths=notes&expand=false", "application/x-www-form-urlencoded"),
        (b'{"paths": ["LICENSE", "notes"], "expand": false}', "application/json"),
    ],
)
def test_paths_may_come_as_form_or_json(hub: FixtureHub, body: bytes, kind: str) -> None:
    address = "/api/models/acme/base/paths-info/main"
    answer = ask(hub, address, method="POST", body=body, headers={"Content-Type": kind}).json
    assert isinstance(answer, list)
    assert [(entry["type"], entry["path"]) for entry in answer] == [("file", "LICENSE"), ("directory", "notes")]
    assert ask(hub, f"{address}?paths=LICENSE&paths=notes").json == answer


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"paths": 5}'])
def test_a_body_that_makes_no_sense_asks_for_nothing(hub: FixtureHub, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    answer = ask(hub, "/api/models/acme/base/paths-info/main", method="POST", body=body, headers=kind)
    assert answer.json == []


def test_a_body_is_read_only_so_far(hub: FixtureHub) -> None:
    headers = {"Content-Length": str(1 << 30)}
    answer = ask(hub, "/api/models/acme/base/paths-info/main", method="POST", headers=headers)
    assert answer.status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/acme/base/resolve/main/../../../outside",
        "/acme/base/resolve/main/..%2f..%2f..%2foutside",
        "/acme/base/resolve/main/.hub.json",
        "/acme/base/resolve/main/.git/config",
        "/..%2Fbeside/resolve/main/outside",
        "/acme%2F..%2F..%2Fbeside/resolve/main/outside",
        "/acme/..%2F../resolve/main/outside",
        "/api/models/acme/base/tree/main/..",
    ],
)
def test_only_the_files_of_repositories_are_served(hub: FixtureHub, root: Path, path: str) -> None:
    write(root.parent, {"outside": "secret", "beside/outside": "secret"})
    write(root, {"acme/base/.git/config": "secret", "acme/base/.hub.json": {"likes": 1}})
    answer = ask(hub, path)
    assert answer.status in {401, 404}
    assert b"secret" not in answer.body


@pytest.mark.parametrize("path", ["/", "/api/nothing", "/api/spaces/acme/texts", "/acme/base/blob/main/LICENSE"])
def test_other_addresses_lead_nowhere(hub: FixtureHub, path: str) -> None:
    assert ask(hub, path).status == 404


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault.GATED, 401, "GatedRepo"),
        (Fault.PRIVATE, 401, "RepoNotFound"),
        (Fault.BAD_TOKEN, 401, None),
        (Fault.REPO_NOT_FOUND, 401, "RepoNotFound"),
        (Fault.REVISION_NOT_FOUND, 404, "RevisionNotFound"),
        (Fault.ENTRY_NOT_FOUND, 404, "EntryNotFound"),
        (Fault.RATE_LIMITED, 429, None),
        (Fault.SERVER_ERROR, 500, None),
        (Fault.BAD_GATEWAY, 502, None),
        (Fault.UNAVAILABLE, 503, None),
        (Fault.GARBAGE, 200, None),
    ],
)
def test_faults_replace_the_answer(hub: FixtureHub, fault: Fault, status: int, code: str | None) -> None:
    hub.fault("acme/base", fault)
    for path in (LICENSE, "/api/models/acme/base"):
        answer = ask(hub, path)
        assert (answer.status, answer.headers.get("x-error-code")) == (status, code)
        assert status == 200 or answer.headers["x-error-message"]
    assert ask(hub, "/api/models/acme/quant").status == 200
    hub.clear_faults()
    assert ask(hub, LICENSE).body == b"The license of the base.\n"


def test_with_a_token_the_answer_is_another(hub: FixtureHub) -> None:
    hub.fault("acme/base", Fault.GATED, times=1)
    hub.fault("acme/base", Fault.PRIVATE, times=1)
    token = {"Authorization": "bearer signed-in"}
    assert [ask(hub, LICENSE, headers=token).status for _ in range(3)] == [403, 404, 200]


def test_a_rate_limit_says_how_long(hub: FixtureHub) -> None:
    hub.fault("acme/base", Fault.RATE_LIMITED, retry_after=7, times=2)
    answer = ask(hub, LICENSE)
    limit = parse_ratelimit_headers(answer.headers)
    assert answer.headers["retry-after"] == "7"
    assert limit is not None
    assert (limit.remaining, limit.reset_in_seconds, limit.limit) == (0, 7, 500)
    assert [ask(hub, LICENSE).status for _ in range(2)] == [429, 200]


def test_a_fault_may_hold_for_some_addresses_or_for_all(hub: FixtureHub) -> None:
    hub.fault("acme/base", Fault.UNAVAILABLE, only="/resolve/")
    assert ask(hub, "/api/models/acme/base").status == 200
    assert ask(hub, LICENSE).status == 503
    hub.fault(EVERYWHERE, Fault.SERVER_ERROR)
    assert ask(hub, "/api/models").status == 500
    assert ask(hub, "/api/models/no/such").status == 500


def test_a_repository_may_declare_its_faults(root: Path) -> None:
    faults = [{"kind": "unavailable", "times": 1}, {"kind": "rate-limited", "times": 1, "retry_after": 2}]
    write(root, {"acme/base/.hub.json": {"faults": faults}})
    with FixtureHub(root) as hub:
        assert [ask(hub, LICENSE).status for _ in range(3)] == [503, 429, 200]


def test_garbage_is_neither_json_nor_text(hub: FixtureHub) -> None:
    hub.fault("acme/base", Fault.GARBAGE)
    with pytest.raises(ValueError, match="utf-8"):
        _ = ask(hub, "/api/models/acme/base").json


def test_a_truncated_body_is_shorter_than_its_length(hub: FixtureHub) -> None:
    hub.fault("acme/base", Fault.TRUNCATED, times=1)
    assert ask(hub, LICENSE, method="HEAD").status == 200
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(hub, LICENSE)
    assert caught.value.partial == b"The license "
    assert ask(hub, LICENSE).body == b"The license of the base.\n"


def test_a_slow_body_does_not_hold_up_the_end(hub: FixtureHub) -> None:
    hub.fault("acme/base", Fault.SLOW, delay=3600)
    connection = connect(hub, timeout=0.2)
    connection.request("GET", LICENSE)
    response = connection.getresponse()
    with pytest.raises(TimeoutError):
        response.read()
    connection.close()


def test_a_late_body_is_the_right_one(hub: FixtureHub, root: Path) -> None:
    hub.fault("acme/base", Fault.SLOW, delay=0.001)
    content = (root / "acme/base/model.safetensors").read_bytes()
    assert ask(hub, "/acme/base/resolve/main/model.safetensors").body == content


def test_a_hub_file_that_went_wrong_is_a_server_error_that_says_so(hub: FixtureHub, root: Path) -> None:
    write(root, {"acme/base/.hub.json": "{"})
    answer = ask(hub, "/api/models/acme/base")
    assert answer.status == 500
    assert b".hub.json" in answer.body


def test_the_command_serves_until_it_is_stopped(root: Path) -> None:
    command = [sys.executable, "-m", "cleartitle.testing.hub", str(root), "--token", "secret"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "5 repositories" in process.stdout.readline()
        address = urlsplit(process.stdout.readline().strip().removeprefix("export HF_ENDPOINT="))
        connection = http.client.HTTPConnection(address.netloc, timeout=10)
        connection.request("GET", "/vendor/gated/resolve/main/LICENSE", headers={"Authorization": "Bearer secret"})
        assert connection.getresponse().read() == b"ask first\n"
        process.terminate()
        _, complaints = process.communicate(timeout=30)
        connection.close()
    assert (process.returncode, complaints) == (0, "")


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cleartitle.testing.hub", str(tmp_path / "absent")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("absent is not a folder")
