"""The model is named without a commit, so that tomorrow's may be another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleartitle.rules.case import Case
from cleartitle.rules.shown import published
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.verdict import Finding

_COMMIT = re.compile(r"[0-9a-f]{40}|(?:sha256:)?[0-9a-f]{64}")


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for a root that was asked for by its name or a branch, with the commit to pin."""
    root = case.root
    resolved = root.artifact.ref.revision if root.artifact else None
    if resolved and published(root.ref) and not _COMMIT.fullmatch(root.ref.revision or ""):
        pinned = f"{root.ref.short}@{resolved}"
        yield Finding(
            rule="revision-unpinned",
            outcome=Outcome.CLEAR,
            severity=Severity.NOTE,
            message=f"no commit was asked for; this answer holds for {pinned}",
            advice=f"load {pinned}",
            path=(root.ref,),
            evidence=(Evidence(method=Method.USER, artifact=root.ref, quote=root.ref.short),),
        )
