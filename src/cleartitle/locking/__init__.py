"""Locking what was approved, and finding what is no longer so: pure functions over checks and locks."""

from __future__ import annotations

from cleartitle.locking.compare import differences
from cleartitle.locking.file import load, render
from cleartitle.locking.record import lock

__all__ = ["differences", "load", "lock", "render"]
