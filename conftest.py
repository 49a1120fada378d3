"""The documentation's examples are tests: see ``tests/examples.py``."""

from __future__ import annotations

import examples

collect_ignore_glob = ["docs/*.py"]  # what makes the site is tested by building it
pytest_collect_file = examples.pages.pytest()


def pytest_unconfigure() -> None:
    """End the Hub of the examples."""
    examples.close()
