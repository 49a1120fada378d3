"""The model needs code of a repository to run (``trust_remote_code``): under which license is that?"""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.judgment.loaded import CONFIG, MAPPED, loaded, modules, repository
from cleartitle.rules.case import Case
from cleartitle.rules.shown import license_files, listed
from cleartitle.vocabulary.artifact import TextFile
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.statement import Covers, render
from cleartitle.vocabulary.verdict import Finding, Settlement


def check(case: Case) -> Iterator[Finding]:
    """Yield a note for code of the repository, a review for code of one that is not part of the lineage."""
    known = {node.ref.name.casefold() for node in case.lineage.nodes if not node.missing}
    for node in loaded(case.lineage):
        needed = modules(node.artifact)
        owners = tuple(dict.fromkeys(name for name in map(repository, needed) if name))
        for owner in owners:
            if owner.casefold() not in known:
                yield _foreign(case, node, owner)
        if any(repository(module) is None for module in needed):
            yield _own(case, node)


def _own(case: Case, node: Node) -> Finding:
    code = [s for s in node.statements.declared if s.covers is Covers.CODE]
    artifact = listed(node)
    bare = not code and artifact is not None and not license_files(artifact)
    said = (
        f"under {' and '.join(dict.fromkeys(render(s.expression) for s in code))}"
        if code
        else "which has no license of its own: the card speaks of the weights"
        if bare
        else "under the license of the repository"
    )
    return Finding(
        rule="custom-code",
        outcome=Outcome.CLEAR,
        severity=Severity.WARNING if bare else Severity.NOTE,
        message=f"{node.ref.short} runs code of its repository (trust_remote_code), {said}",
        advice="read the code before it runs, pin the revision"
        + (", and ask the publisher for its license" if bare else ""),
        path=case.lineage.path(node.ref),
        evidence=(_evidence(node), *(s.evidence for s in code)),
    )


def _foreign(case: Case, node: Node, owner: str) -> Finding:
    return Finding(
        rule="custom-code",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        message=f"{node.ref.short} runs code of another repository, {owner}, whose license was not read",
        subject=owner,
        advice=f"look at the license of {owner}, and at the code before it runs",
        path=case.lineage.path(node.ref),
        evidence=(_evidence(node, owner),),
        settles=(Settlement(fact="", ask=f"under which license is the code of {owner}?"),),
    )


def _evidence(node: Node, words: str = MAPPED) -> Evidence:
    file = (node.artifact.text(CONFIG) if node.artifact else None) or TextFile(path=CONFIG, data=b"")
    text = file.text
    start = max(text.find(words), 0)
    begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start) % (len(text) + 1)
    span = Span.of(text, begin, end) if text else None
    return Evidence(method=Method.FILE, artifact=node.ref, path=CONFIG, span=span, quote=text[begin:end].strip()[:200])
