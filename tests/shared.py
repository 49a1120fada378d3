"""The data beside the checkout that is measured on and never shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def need(*parts: str) -> Path:
    """Return a path below ``../shared``, or skip the test with a word."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is absent: ../shared is not part of the project")
    return path
