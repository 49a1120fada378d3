"""Saying how far long work has come."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Takes a short message about what is done right now."""


def silent(message: str) -> None:
    """Report no progress."""
