"""What the catalog says of a license was last looked at long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.verdict import Finding

FRESH = dt.timedelta(days=365)
"""How long a reading of the catalog counts as fresh."""


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each license of a vendor whose entry is older than that; SPDX's texts do not change."""
    today = case.deployment.today
    for binding in case.bindings:
        entry = binding.license
        if today and entry.id.startswith("LicenseRef-") and today - entry.verified > FRESH:
            yield Finding(
                rule="catalog-stale",
                outcome=Outcome.CLEAR,
                severity=Severity.NOTE,
                audience=Audience.STRICT,
                message=f"what the catalog says of {entry.name} was last looked at on {entry.verified}",
                advice=" ".join(filter(None, ("compare it with the official text", entry.url))),
                license=entry.id,
                path=binding.path,
                evidence=(Evidence(method=Method.CATALOG, path=str(entry.id), quote=str(entry.verified)),),
            )
