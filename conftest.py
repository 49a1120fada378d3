"""The documentation's examples are tests: see ``tests/examples.py``."""

from __future__ import annotations

import pytest

import examples

collect_ignore_glob = ["docs/*.py"]
"""The scripts of the site: no modules, no tests."""
pytest_collect_file = examples.pages.pytest()


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of what takes a minute."""
    config.addinivalue_line("markers", "slow: takes a minute; left out with -m 'not slow'")


def pytest_unconfigure() -> None:
    """End the Hub of the examples."""
    examples.close()
