"""SPDX 3.0.1 with the AI and Dataset profiles, written with SPDX's own Python model.

An ancestor is ``ancestorOf`` its child, a model ``trainedOn`` its data, an adapter ``dependsOn`` its base; every
artifact has its declared and its concluded license, also where nothing can be asserted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping

from spdx_python_model import v3_0_1 as spdx

from cleartitle._version import __version__
from cleartitle.report import bill, view
from cleartitle.report.escape import document, terminal
from cleartitle.report.interface import Failed, Report
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.artifact import Artifact, FileEntry
from cleartitle.vocabulary.lineage import Edge, Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.words import LicenseId

_MOST_FILES = 500
_ID = re.compile(r"[A-Za-z0-9.+-]+")
_PREFIX = "https://spdx.org/spdxdocs/cleartitle-"


def render(report: Report) -> str:
    """Return an SPDX 3.0.1 document in JSON-LD."""
    seed = [str(check.analysis.lineage.root) for check in report.checks] + [each.ref for each in report.failed]
    created = bill.made(report.checks)
    writer = _Writer(f"{_PREFIX}{bill.identifier('spdx', created.isoformat(), *map(terminal, seed))}", created)
    roots = [writer.check(check) for check in report.checks]
    roots += map(writer.failed, report.failed)
    writer.close(roots)
    data: object = spdx.JSONLDSerializer().serialize_data(writer.objects, force_at_graph=True)
    return document(data)


class _Writer:
    """Collects the elements of a document; what two lineages share is written once."""

    def __init__(self, namespace: str, created: dt.datetime) -> None:
        self.objects = spdx.SHACLObjectSet()
        self._namespace = namespace
        self._info = spdx.CreationInfo(specVersion="3.0.1", created=created)
        self._packages: dict[str, spdx.software_Package] = {}
        self._licenses: dict[str, spdx.simplelicensing_LicenseExpression] = {}
        self._agents: dict[str, spdx.Agent] = {}
        self._texts: set[str] = set()
        self._related: set[tuple[str, str, str]] = set()
        self._names: Counter[str] = Counter()
        maker = spdx.SoftwareAgent(_id=self._id("agent"), name="cleartitle", creationInfo=self._info)
        tool = spdx.Tool(_id=self._id("tool"), name=f"cleartitle-{__version__}", creationInfo=self._info)
        self._info.createdBy = [maker]
        self._info.createdUsing = [tool]
        self.objects.add(maker)
        self.objects.add(tool)

    def check(self, check: Check) -> spdx.Element:
        """Write the lineage of a check and its verdict; return the element of the model."""
        lineage = check.analysis.lineage
        data = bill.datasets(lineage)
        made = {node.ref: self._package(lineage, node, is_data=node.ref in data) for node in lineage.nodes}
        for edge in lineage.edges:
            if edge.child in made and edge.parent in made:
                self._step(edge, made)
        self._verdict(check, made[lineage.root])
        return made[lineage.root]

    def failed(self, failed: Failed) -> spdx.Element:
        """Write a model of which nothing could be read."""
        name = terminal(failed.ref)
        comment = f"not checked: {terminal(failed.message)}"
        package = spdx.ai_AIPackage(_id=self._id("model"), name=name, creationInfo=self._info, comment=comment)
        self.objects.add(package)
        self._license(package, None, "hasDeclaredLicense", "")
        self._license(package, None, "hasConcludedLicense", "")
        return package

    def close(self, roots: list[spdx.Element]) -> None:
        """Write the document itself, about *roots*."""
        profiles = spdx.ProfileIdentifierType
        self.objects.add(
            spdx.SpdxDocument(
                _id=self._namespace,
                creationInfo=self._info,
                rootElement=roots,
                profileConformance=[
                    profiles.core,
                    profiles.software,
                    profiles.simpleLicensing,
                    profiles.ai,
                    profiles.dataset,
                ],
            )
        )

    def _package(self, lineage: Lineage, node: Node, *, is_data: bool) -> spdx.software_Package:
        at = bill.resolved(lineage, node.ref)
        if str(at) in self._packages:
            return self._packages[str(at)]
        package = self._named(at, node, is_data=is_data)
        self._packages[str(at)] = package
        self.objects.add(package)
        copies = ", ".join(f"text of {key}: {path}, SHA-256 {sha}" for key, (path, sha) in bill.texts(node).items())
        declared = bill.stated(node)
        self._license(package, bill.said(declared) if declared else None, "hasDeclaredLicense", copies)
        self._license(package, bill.said(node.statements.concluded), "hasConcludedLicense", copies)
        return package

    def _named(self, at: ModelRef, node: Node, *, is_data: bool) -> spdx.software_Package:
        purpose = spdx.software_SoftwarePurpose
        package: spdx.software_Package
        if is_data:
            package = spdx.dataset_DatasetPackage(
                _id=self._id("data"), dataset_datasetType=[spdx.dataset_DatasetType.noAssertion]
            )
        else:
            package = spdx.ai_AIPackage(_id=self._id("model"))
        package.creationInfo = self._info
        package.name = at.name
        package.software_primaryPurpose = purpose.data if is_data else purpose.model
        package.software_downloadLocation = bill.address(at)
        if at.revision:
            package.software_packageVersion = at.revision
        if purl := bill.purl(at):
            package.software_packageUrl = purl
        if supplier := bill.supplier(at):
            package.suppliedBy = self._agent(supplier)
        if node.missing:
            package.comment = f"not readable: {terminal(node.missing)}"
        elif node.artifact:
            package.comment = terminal(f"read: {node.artifact.provenance}")
            self._dated(package, node.artifact)
        if digests := bill.digests(node):
            package.verifiedUsing = [_sha256(file) for file in digests[:_MOST_FILES]]
        return package

    def _dated(self, package: spdx.software_Package, artifact: Artifact) -> None:
        if artifact.created:
            package.releaseTime = dt.datetime.combine(artifact.created, dt.time(), tzinfo=dt.UTC)

    def _agent(self, name: str) -> spdx.Agent:
        if name not in self._agents:
            agent = spdx.Agent(_id=self._id("agent"), name=name, creationInfo=self._info)
            self._agents[name] = agent
            self.objects.add(agent)
        return self._agents[name]

    def _step(self, edge: Edge, made: Mapping[ModelRef, spdx.software_Package]) -> None:
        child, parent = made[edge.child], made[edge.parent]
        kinds = spdx.RelationshipType
        said = f"{view.relation_line(edge)}; {edge.standing}, confidence {edge.confidence}"
        match edge.relation:
            case Relation.TRAINED_ON:
                self._relate(child, parent, kinds.trainedOn, said)
            case Relation.COMPONENT:
                self._relate(child, parent, kinds.contains, said)
            case Relation.ADAPTER:
                self._relate(child, parent, kinds.dependsOn, said)
                self._relate(parent, child, kinds.ancestorOf, said)
            case _:
                self._relate(parent, child, kinds.ancestorOf, said)

    def _relate(self, one: spdx.Element, other: spdx.Element | str, kind: str, comment: str) -> None:
        key = (str(one.get_id()), str(other.get_id() if isinstance(other, spdx.Element) else other), kind)
        if key in self._related:
            return
        self._related.add(key)
        step = spdx.Relationship(
            _id=self._id("relationship"), creationInfo=self._info, from_=one, to=[other], relationshipType=kind
        )
        if comment:
            step.comment = comment
        self.objects.add(step)

    def _license(self, package: spdx.Element, said: bill.Said | None, kind: str, copies: str) -> None:
        nothing = spdx.expandedlicensing_IndividualLicensingInfo.NoAssertionLicense
        to = self._expression(said) if said else nothing
        self._relate(package, to, getattr(spdx.RelationshipType, kind), copies if said else "")

    def _expression(self, said: bill.Said) -> spdx.simplelicensing_LicenseExpression:
        if said.expression not in self._licenses:
            own = sorted({word for word in _ID.findall(said.expression) if word.startswith("LicenseRef-")})
            entries = [spdx.DictionaryEntry(key=each, value=self._text(each, said)) for each in own]
            made = spdx.simplelicensing_LicenseExpression(
                _id=self._id("license"),
                creationInfo=self._info,
                simplelicensing_licenseExpression=said.expression,
                simplelicensing_customIdToUri=entries,
            )
            self._licenses[said.expression] = made
            self.objects.add(made)
        return self._licenses[said.expression]

    def _text(self, license_id: str, said: bill.Said) -> str:
        """Write what a license that SPDX does not list is, and return the id of that element."""
        place = f"{self._namespace}#{license_id}"
        if license_id not in self._texts:
            self._texts.add(license_id)
            address = bill.url(license_id)
            known = f"The text is at {address}" if address else "The text is not known"
            text = spdx.simplelicensing_SimpleLicensingText(
                _id=place,
                name=view.license_name(LicenseId(license_id)),
                creationInfo=self._info,
                simplelicensing_licenseText=said.unknown.get(license_id, known),
            )
            self.objects.add(text)
        return place

    def _verdict(self, check: Check, model: spdx.Element) -> None:
        verdict = check.verdict
        lines = [f"verdict: {verdict.outcome}"]
        lines += [f"{f.rule}: {f.message}" for f, _ in view.sort(verdict).graver]
        lines += [f"waived: {view.waived_line(waived)}" for waived in verdict.waived]
        for license_id, _, owed in view.owed_by_license(verdict.duties):
            lines += [f"duty under {license_id}: {view.duty_line(each.duty)}" for each in owed]
        self.objects.add(
            spdx.Annotation(
                _id=self._id("annotation"),
                creationInfo=self._info,
                annotationType=spdx.AnnotationType.other,
                subject=model,
                statement="\n".join(map(terminal, lines)),
            )
        )

    def _id(self, kind: str) -> str:
        self._names[kind] += 1
        return f"{self._namespace}#{kind}-{self._names[kind]}"


def _sha256(file: FileEntry) -> spdx.Hash:
    said = terminal(f"of the file {file.path}")
    return spdx.Hash(algorithm=spdx.HashAlgorithm.sha256, hashValue=file.sha256 or "", comment=said)
