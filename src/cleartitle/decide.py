"""From an analysis, a deployment and a policy to the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from cleartitle import catalog, rules
from cleartitle.catalog import Lookup
from cleartitle.judgment.binding import Binding
from cleartitle.judgment.expression import weigh
from cleartitle.judgment.judge import judge
from cleartitle.judgment.loaded import binding_expression
from cleartitle.judgment.opinion import Opinion, together
from cleartitle.judgment.policy import refused, settled
from cleartitle.judgment.said import Said
from cleartitle.judgment.travel import TABLE, Carries, portion
from cleartitle.judgment.waiving import waive
from cleartitle.rules import Case
from cleartitle.texts import stated
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.evidence import Confidence, Evidence
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.statement import licenses
from cleartitle.vocabulary.verdict import Finding, Settlement, Verdict
from cleartitle.vocabulary.words import LicenseId, Role

_SEVERITIES = tuple(Severity)
_CONFIDENCES = tuple(Confidence)
"""The surest first."""


def decide(
    analysis: Analysis, deployment: Deployment, policy: Policy | None = None, *, lookup: Lookup = catalog.whole
) -> Verdict:
    """Return whether *deployment* of the analyzed model is clear, under *policy*.

    Pure: the same values give the same verdict, and nothing is fetched.
    """
    lineage = analysis.lineage
    lookup = _with_readings(lineage, lookup)
    accepted = policy or Policy()
    licensed = together(_node(lineage, path, deployment, accepted, lookup) for path in _paths(lineage))
    case = Case(
        analysis=analysis,
        deployment=deployment,
        policy=accepted,
        lookup=lookup,
        bindings=tuple(bindings(lineage, lookup=lookup)),
        owed=licensed.duties,
    )
    whole = together((licensed, Opinion(findings=tuple(rules.findings(case)))))
    counted, waived = waive(settled(whole.findings, accepted), accepted, deployment.today, lineage.root)
    findings = tuple(sorted(counted, key=_weight))
    return Verdict(
        outcome=Opinion(findings=counted, duties=whole.duties).outcome,
        findings=findings,
        duties=whole.duties,
        settles=tuple(_settles(findings)),
        waived=waived,
        assumed=tuple(_assumed(deployment)),
    )


def bindings(lineage: Lineage, *, lookup: Lookup = catalog.whole) -> Iterator[Binding]:
    """Yield every license that binds whoever uses the root, with the path it came along."""
    for path in _paths(lineage):
        node = _end(lineage, path)
        for license_id in licenses(binding_expression(node)):
            yield _bind(lookup(license_id), node, lineage, path)


def _with_readings(lineage: Lineage, lookup: Lookup) -> Lookup:
    """Return a lookup that also knows what was read in the license texts of *lineage*."""
    read = {each.id: each for node in lineage.nodes for each in node.statements.readings}
    return lambda license_id: read[license_id] if license_id in read else lookup(license_id)


def _node(lineage: Lineage, path: tuple[Edge, ...], deployment: Deployment, policy: Policy, lookup: Lookup) -> Opinion:
    node = _end(lineage, path)
    refs = _refs(lineage, path)
    if node.missing:
        return Opinion(findings=(_missing(node, refs, path[-1].evidence if path else ()),))

    def one(license_id: LicenseId) -> Opinion:
        binding = _bind(lookup(license_id), node, lineage, path)
        opinion = judge(binding, deployment)
        return Opinion(findings=(*refused(binding, policy), *opinion.findings), duties=opinion.duties)

    opinion = weigh(binding_expression(node), one, refs, Said.of(node))
    return Opinion(findings=tuple(_as_sure_as(path, f) for f in opinion.findings), duties=opinion.duties)


def _as_sure_as(path: tuple[Edge, ...], finding: Finding) -> Finding:
    """Return *finding* no surer than the steps of the lineage by which its license came."""
    least = max((*(e.confidence for e in path), finding.confidence), key=_CONFIDENCES.index)
    return evolve(finding, confidence=least)


def _bind(entry: License, node: Node, lineage: Lineage, path: tuple[Edge, ...]) -> Binding:
    artifact = node.artifact
    copies = {s.evidence.path for s in node.statements.declared}
    texts = [t for t in artifact.texts if t.path in copies and t.path.lower() != "readme.md"] if artifact else []
    return Binding(
        license=entry,
        path=_refs(lineage, path),
        modality=artifact.modality if artifact else Modality.UNKNOWN,
        portion=portion(path, entry.terms),
        copy=next((t for t in texts if entry.id in licenses(stated(t.text, t.path))), None),
    )


def _paths(lineage: Lineage) -> Iterator[tuple[Edge, ...]]:
    """Yield the path to each artifact that carries the most: whole terms first, then outputs, then data."""
    yield ()
    seen: set[ModelRef] = {lineage.root}
    known = {n.ref for n in lineage.nodes}
    for carried in ({Carries.EVERYTHING}, {Carries.EVERYTHING, Carries.BY_SCOPE}, set(Carries)):
        through = frozenset(relation for relation, row in TABLE.items() if row.carries in carried)
        for path in lineage.paths(through):
            if path[-1].parent not in seen and path[-1].parent in known:
                seen.add(path[-1].parent)
                yield path


def _end(lineage: Lineage, path: tuple[Edge, ...]) -> Node:
    return lineage.node(path[-1].parent if path else lineage.root)


def _refs(lineage: Lineage, path: tuple[Edge, ...]) -> tuple[ModelRef, ...]:
    return (lineage.root, *(edge.parent for edge in path))


def _missing(node: Node, refs: tuple[ModelRef, ...], evidence: tuple[Evidence, ...]) -> Finding:
    return Finding(
        rule="base-missing",
        outcome=Outcome.REVIEW,
        severity=Severity.ERROR,
        message=f"the base {node.ref.short} could not be read: {node.missing}",
        advice="find out what it was and under which license",
        path=refs,
        evidence=evidence,
        settles=(Settlement(fact="", ask=f"which license does {node.ref.short} have?"),),
    )


def _weight(finding: Finding) -> tuple[int, int, int]:
    return -finding.outcome.rank(), _SEVERITIES.index(finding.severity), len(finding.path)


def _settles(findings: Iterable[Finding]) -> Iterator[Settlement]:
    yield from dict.fromkeys(s for f in findings if f.outcome is Outcome.REVIEW for s in f.settles)


def _assumed(deployment: Deployment) -> Iterator[str]:
    if deployment.role is Role.LICENSEE:
        yield "you are the licensee, not the end user of somebody's product"
    if deployment.fine_tunes is False:
        yield "the model is not fine-tuned or modified"
    if deployment.trains_on_outputs is False:
        yield "neither the model nor its outputs train other models"
    if deployment.purposes is not None and not deployment.purposes:
        yield "the use is none of those that licenses restrict"
    if deployment.agreements is not None and not deployment.agreements:
        yield "no agreement with a licensor is held"
