"""Small folders of repositories, and plain requests to them."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from attrs import frozen
from huggingface_hub import HfApi

from cleartitle.testing.hub import FixtureHub


def write(root: Path, files: Mapping[str, str | bytes | Mapping[str, object]]) -> Path:
    """Write files under *root* (a mapping is written as JSON) and return it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, (str, bytes)) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def card(**keys: object) -> str:
    """Return a card with this front matter; JSON is YAML."""
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items()) + "---\n# A model\n"


@frozen
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


def client(hub: FixtureHub, token: str | None = None) -> HfApi:
    """Return huggingface_hub's client of *hub*; without *token* none is sent, whatever the environment holds."""
    return HfApi(endpoint=hub.endpoint, token=token or False)


def connect(hub: FixtureHub, *, timeout: float = 10) -> http.client.HTTPConnection:
    """Return a connection to *hub*; the caller closes it."""
    return http.client.HTTPConnection(urlsplit(hub.endpoint).netloc, timeout=timeout)


def ask(
    hub: FixtureHub,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """Make one request on a connection of its own."""
    connection = connect(hub)
    try:
        connection.request(method, path, body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()
