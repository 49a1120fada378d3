"""The baseline: findings that were there when somebody decided to look at new ones only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from cleartitle.errors import DataError
from cleartitle.serial.convert import plain, read
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Baseline, Known
from cleartitle.vocabulary.verdict import Finding, Verdict, fingerprint

MAX_BYTES = 20_000_000


def load(path: Path) -> tuple[Known, ...]:
    """Return the findings of the baseline file at *path*.

    >>> load(Path("nowhere.json"))
    Traceback (most recent call last):
    ...
    cleartitle.errors.DataError: cannot read the baseline nowhere.json: No such file or directory

    Raises:
        DataError: the file cannot be read, is too large, or is no baseline.

    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        said = f"cannot read the baseline {path}: {getattr(error, 'strerror', None) or error}"
        raise DataError(said, advice="write it with check --write-baseline") from error
    if len(data) > MAX_BYTES:
        raise DataError(f"the baseline {path} is larger than {MAX_BYTES:,} bytes")
    try:
        parsed = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"the baseline {path} is not JSON: {error}") from error
    return read(parsed, Baseline, where=str(path)).known


def render(verdicts: Iterable[Verdict]) -> str:
    r"""Return the baseline of *verdicts* as its file holds it: all that leads to a review or blocks, each once.

    >>> json.loads(render([]))["known"]
    []
    """
    known: dict[str, Known] = {}
    for verdict in verdicts:
        before = (w.finding for w in verdict.waived if w.waiver is None and not w.approved_by)
        for finding in (*verdict.findings, *before):
            made = _known(finding)
            worst = known.setdefault(made.fingerprint, made)
            if finding.outcome.rank() > worst.outcome.rank():
                known[made.fingerprint] = made
    listed = [k for k in known.values() if k.outcome.rank() >= Outcome.REVIEW.rank()]
    listed.sort(key=lambda k: (k.model, k.rule, k.fingerprint))
    return json.dumps({**plain(Baseline()), "known": plain(tuple(listed))}, indent=2, ensure_ascii=False) + "\n"


def _known(finding: Finding) -> Known:
    return Known(
        fingerprint=fingerprint(finding),
        outcome=finding.outcome,
        model=str(finding.path[0].at(None)),
        rule=finding.rule,
        message=finding.message,
    )
