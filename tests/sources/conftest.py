"""A fixture Hub with one ordinary repository, and a client that never really waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from hubs import repository

MODEL = "owner/model"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FixtureHub]:
    """A Hub on loopback whose folder a test may fill further."""
    root = tmp_path / "hub"
    repository(
        root,
        MODEL,
        "license: mit\nbase_model: owner/base",
        LICENSE=b"Some terms",
        USE_POLICY__md=b"Some policy",
        config__json=b"{}",
        weights__bin=b"0" * 5000,
    )
    with FixtureHub(root) as hub:
        yield hub


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the client was told to wait."""
    return []


@pytest.fixture
def client(server: FixtureHub, tmp_path: Path, waits: list[float]) -> Hub:
    """A client of that Hub, without a token."""
    return Hub(endpoint=server.endpoint, token=False, store=Store(tmp_path / "store"), wait=waits.append)
