"""A driver for license identification harnesses: ``load()`` once, then ``identify(text, path)`` for each text.

Answers are ``(id, score)``, best first; a tie of versions is several ids of one score. Harnesses know licenses by the
names of scancode-toolkit or SPDX: where CLEARTITLE_SCANCODE is the folder ``licensedcode/data/licenses`` of an
installed scancode-toolkit-mini, ids that are ours alone are given in its names, paired by the words of its texts.
"""

from __future__ import annotations

import os
from pathlib import Path

from cleartitle import identification
from cleartitle.identification import sources
from cleartitle.vocabulary.words import LicenseId

_NAMES: dict[LicenseId, str] = {}


def load() -> None:
    """Open the index."""
    identification.identify("")
    place = os.environ.get("CLEARTITLE_SCANCODE")
    for source in sources.scancode(Path(place), {}) if place else ():
        exact = None if source.known else identification.license_of(source.text)
        if exact and exact.startswith("LicenseRef"):
            _NAMES.setdefault(exact, source.key)


def identify(text: str, _path: str) -> list[tuple[str, float]]:
    """Return what *text* is."""
    found = identification.identify(text)
    best = sorted(found.matches, key=lambda match: -match.score * (match.span.end - match.span.start))
    return [(_NAMES.get(each, each), match.score) for match in best for each in match.licenses]
