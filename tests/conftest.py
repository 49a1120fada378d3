"""How hard hypothesis looks: ``pytest tests/laws --hypothesis-profile=thorough`` looks harder."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("usual", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile("usual")
