"""An answer rests on recorded facts, not on the repository as it is now."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.catalog import Lookup
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.verdict import Finding, Settlement
from cleartitle.vocabulary.words import Outcome, Severity

_OFFLINE = "not verified live"


def check(analysis: Analysis, _: Lookup) -> Iterator[Finding]:
    """Yield a note for facts from the atlas; a review where the network failed without being told to stay away."""
    for node in analysis.lineage.nodes:
        artifact = node.artifact
        if artifact is None or artifact.origin not in (Origin.ATLAS, Origin.CACHE):
            continue
        failed = next((p for p in artifact.problems if p.what == "no-network"), None)
        where = "the atlas" if artifact.origin is Origin.ATLAS else "the local cache"
        dated = f", as of {artifact.as_of}" if artifact.as_of else ""
        yield Finding(
            rule="not-verified-live",
            outcome=Outcome.REVIEW if failed else Outcome.CLEAR,
            severity=Severity.WARNING if failed else Severity.NOTE,
            message=f"{node.ref.short} was read from {where}{dated}: " + (failed.message if failed else _OFFLINE),
            advice="run again with a network to the Hub" if failed else "",
            path=analysis.lineage.path(node.ref),
            settles=(Settlement(fact="", ask=f"the repository {node.ref.short} as it is now"),) if failed else (),
        )
