"""What an organization writes down: ``cleartitle.toml``, or ``[tool.cleartitle]`` in ``pyproject.toml``."""

from __future__ import annotations

from cleartitle.configuration.file import FILES, Configuration, find, load

__all__ = ["FILES", "Configuration", "find", "load"]
