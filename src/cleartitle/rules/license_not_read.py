"""What the catalog says of a license was not written from its text."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle import catalog
from cleartitle.judgment.binding import Binding
from cleartitle.rules.case import Case
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding

SOURCES = {
    Checked.KNOWLEDGE: "was written from what is publicly known of it",
    Checked.CATEGORY: "follows from its SPDX id and category alone",
}


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for each license that binds, or policy that it includes, whose entry was not held against a text."""
    for binding in case.bindings:
        for entry in (binding.license, *map(catalog.get, filter(catalog.has, binding.license.includes))):
            if entry.checked in SOURCES:
                yield Finding(
                    rule="license-not-read",
                    outcome=Outcome.CLEAR,
                    severity=Severity.NOTE,
                    message=f"what the catalog says of {_called(entry)} {SOURCES[entry.checked]}, not from its text",
                    advice=" ".join(
                        filter(None, ("read the text before you rely on this answer", _place(entry, binding)))
                    ),
                    license=entry.id,
                    path=binding.path,
                    evidence=(Evidence(method=Method.CATALOG, path=str(entry.id), quote=f"checked = {entry.checked}"),),
                )


def _place(entry: License, binding: Binding) -> str | None:
    """Return where the text is: in the artifact itself, else at its official address."""
    if binding.copy and entry is binding.license:
        return f"({binding.copy.path} of {binding.path[-1].short})"
    return f"({entry.url})" if entry.url else None


def _called(entry: License) -> str:
    return f"{entry.name} ({entry.id})" if entry.checked is Checked.CATEGORY else entry.name
