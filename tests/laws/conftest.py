"""How long the laws are looked for."""

from hypothesis import settings

settings.register_profile("laws", deadline=None, max_examples=150, derandomize=True)
settings.load_profile("laws")
