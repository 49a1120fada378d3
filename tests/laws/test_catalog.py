"""The law of facts over every license of the catalog."""

from __future__ import annotations
