"""The keys of a front matter that matter here."""

from __future__ import annotations

import re

SINGLE = (
    "license_name",
    "license_link",
    "license_details",
    "base_model_relation",
    "library_name",
    "pipeline_tag",
    "new_version",
    "quantized_by",
)
MANY = ("license", "base_model", "tags", "datasets", "language")
PROMPT, GATED = "extra_gated_prompt", "extra_gated_"
_MISSPELT = re.compile(r"licen[cs]es?|liscen[cs]e", re.IGNORECASE)

_NAMES = "|".join(sorted({*SINGLE, *MANY}, key=len, reverse=True))
KNOWN_LINE = re.compile(
    rf"^(?P<key>{_NAMES}|{GATED}\w{{1,60}}|(?i:{_MISSPELT.pattern}))[ \t]{{0,8}}:(?P<rest>.*)$", re.MULTILINE
)
"""A line with one of them, at the margin."""
ANY_LINE = re.compile(r"^[\"']?[A-Za-z_][\w .-]{0,80}[\"']?[ \t]{0,8}:(?=\s|$)", re.MULTILINE)
"""A line with any key, at the margin."""
TELLING_LINE = re.compile(
    r"^(?:license|licence|license_name|language|tags|library_name|pipeline_tag|thumbnail|model-index|new_version"
    r"|base_model_relation|extra_gated_prompt)[ \t]{0,8}:",
    re.MULTILINE,
)
"""A line that tells a front matter from two rulers, or from a recipe (that has ``base_model`` and ``datasets`` too)."""


def misspelt(name: str) -> bool:
    """Whether a key means ``license`` but is not read by the Hub.

    >>> [name for name in ("license", "licence", "License", "licenses", "license_name") if misspelt(name)]
    ['licence', 'License', 'licenses']
    """
    return name != "license" and bool(_MISSPELT.fullmatch(name))
