"""CycloneDX 1.6 and 1.7, a bill of materials for machine learning: models, their pedigree, licenses and data.

Written as plain mappings: the format's Python library knows no model cards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from cleartitle._version import __version__
from cleartitle.report import bill, view
from cleartitle.report.escape import document, terminal
from cleartitle.report.interface import Failed, Report
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.words import LicenseId

Json: TypeAlias = "dict[str, object]"
Texts: TypeAlias = "dict[LicenseId, tuple[str, str]]"
NEWER = frozenset(
    {
        "BSD-2-Clause-pos-unchanged",
        "BSD-Source-Code-no-disclaimer",
        "BSD-ask-to-endorse",
        "Brian-Gladman-3-Clause-no-conversion",
        "Bugroff",
        "CC-BY-NC-3.0-IGO",
        "FDK-MPEG-H",
        "Informatica",
        "MVT-1.1",
        "atc-game",
    }
)
"""Ids that SPDX lists and the schema of CycloneDX does not know yet: they are written as names."""
_MOST_FILES = 500
_WORDS = frozenset({"AND", "OR", "WITH"})
_APART = frozenset({Relation.TRAINED_ON, Relation.COMPONENT})
"""Steps to what is no ancestor: it stands beside the model, not before it."""


def render(report: Report) -> str:
    """Return a CycloneDX 1.6 document."""
    return _render(report, "1.6")


def render_1_7(report: Report) -> str:
    """Return a CycloneDX 1.7 document."""
    return _render(report, "1.7")


def _render(report: Report, version: str) -> str:
    writers = [_Writer(check, version, f"{n}:") for n, check in enumerate(report.checks, 1)]
    components = [component for writer in writers for component in writer.components()]
    components += map(_failed, report.failed)
    time = bill.made(report.checks).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = {
        "metadata": {
            "timestamp": time,
            "tools": {"components": [{"type": "application", "name": "cleartitle", "version": __version__}]},
        },
        "components": components,
        "dependencies": [dependency for writer in writers for dependency in writer.dependencies()],
        "compositions": [
            {"aggregate": "incomplete" if writer.incomplete() else "unknown", "assemblies": [writer.ref(writer.root)]}
            for writer in writers
        ],
    }
    head = {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": f"urn:uuid:{bill.identifier(version, document(body))}",
        "version": 1,
    }
    return document({**head, **body})


class _Writer:
    """Writes the components of one check; every reference in the document is named once."""

    def __init__(self, check: Check, version: str, prefix: str) -> None:
        self.check = check
        self.lineage: Lineage = check.analysis.lineage
        self.root = self.lineage.root
        self.nodes = {node.ref: node for node in self.lineage.nodes}
        self._expressions = version != "1.6"
        self._prefix = prefix
        self._written: set[ModelRef] = set()

    def ref(self, ref: ModelRef) -> str:
        """Return the name of an artifact inside the document."""
        return self._prefix + terminal(str(ref))

    def incomplete(self) -> bool:
        """Return whether ancestors are known to be left out."""
        nodes = self.lineage.nodes
        return bool(self.lineage.cuts) or any(node.missing or node.unresolved for node in nodes)

    def components(self) -> Iterator[Json]:
        """Yield the model with its pedigree, then the data and the parts that stand beside it."""
        yield self._component(self.root)
        beside = [e.parent for e in self.lineage.edges if e.relation in _APART]
        rest = [node.ref for node in self.lineage.nodes]
        for ref in dict.fromkeys((*beside, *rest)):
            if ref in self.nodes and ref not in self._written:
                yield self._component(ref)

    def dependencies(self) -> Iterator[Json]:
        """Yield what a model cannot run without: its parts, and the base of an adapter."""
        for ref in self.nodes:
            needed = (Relation.ADAPTER, Relation.COMPONENT)
            on = [e.parent for e in self.lineage.parents(ref) if e.relation in needed and e.parent in self.nodes]
            if on:
                yield {"ref": self.ref(ref), "dependsOn": sorted({self.ref(each) for each in on})}

    def _component(self, ref: ModelRef) -> Json:
        node = self.nodes[ref]
        self._written.add(ref)
        at = bill.resolved(self.lineage, ref)
        is_data = ref in bill.datasets(self.lineage)
        component: Json = {"type": "data" if is_data else "machine-learning-model", "bom-ref": self.ref(ref)}
        if supplier := bill.supplier(at):
            component |= {"supplier": {"name": supplier}, "group": at.name.rpartition("/")[0]}
        component["name"] = at.name.rpartition("/")[2] or at.name
        if at.revision:
            component["version"] = at.revision
        if found := list(self._licenses(node)):
            component["licenses"] = found
        if purl := bill.purl(at):
            component["purl"] = purl
        component["externalReferences"] = [{"type": "distribution", "url": bill.address(at)}]
        if ancestors := self._ancestors(ref):
            component["pedigree"] = ancestors
        if files := list(self._files(node)):
            component["components"] = files
        if is_data:
            component["data"] = [{"type": "dataset", "name": at.name}]
        else:
            component["modelCard"] = self._card(ref)
        component["properties"] = list(self._properties(node))
        return component

    def _ancestors(self, ref: ModelRef) -> Json:
        steps = [e for e in self.lineage.parents(ref) if e.relation not in _APART and e.parent in self.nodes]
        ancestors = [self._component(e.parent) for e in steps if e.parent not in self._written]
        named = [f"{view.relation_line(e)} {terminal(e.parent.short)}" for e in steps]
        return {"ancestors": ancestors, "notes": "; ".join(named)} if steps else {}

    def _card(self, ref: ModelRef) -> Json:
        data = [e.parent for e in self.lineage.parents(ref) if e.relation is Relation.TRAINED_ON]
        card: Json = {}
        if known := [each for each in data if each in self.nodes]:
            card["modelParameters"] = {"datasets": [{"ref": self.ref(each)} for each in known]}
        if artifact := self.nodes[ref].artifact:
            card["properties"] = [_property("modality", artifact.modality.value)]
        if ref == self.root and (limits := view.sort(self.check.verdict).limits):
            said = [{"name": terminal(finding.message)} for finding, _ in limits]
            card["considerations"] = {"ethicalConsiderations": said}
        return card

    def _files(self, node: Node) -> Iterator[Json]:
        files = bill.digests(node) if node.ref == self.root else ()
        for file in files[:_MOST_FILES]:
            hashes = [{"alg": "SHA-256", "content": file.sha256}]
            yield {"type": "file", "name": terminal(file.path), "hashes": hashes}

    def _licenses(self, node: Node) -> Iterator[Json]:
        texts = bill.texts(node)
        for expression, how in ((bill.stated(node), "declared"), (node.statements.concluded, "concluded")):
            said = bill.said(expression) if expression else None
            if said is None:
                continue
            if " " not in said.expression or not self._expressions:
                yield {"license": _license(said, how, texts)}
                continue
            named = [word for word in said.expression.replace("(", " ").replace(")", " ").split() if word not in _WORDS]
            details = [{"licenseIdentifier": each, **_details(each, said, texts)} for each in dict.fromkeys(named)]
            yield {"expression": said.expression, "acknowledgement": how, "expressionDetails": details}

    def _properties(self, node: Node) -> Iterator[Json]:
        yield _property("concluded", view.license_line(self.lineage, node.ref))
        if node.missing:
            yield _property("not-readable", node.missing)
        if node.ref != self.root:
            return
        verdict = self.check.verdict
        yield _property("outcome", verdict.outcome.value)
        for finding, _ in view.sort(verdict).graver:
            yield _property("finding", f"{finding.rule}: {finding.message}")
        for waived in verdict.waived:
            yield _property("waived", view.waived_line(waived))
        for license_id, _, owed in view.owed_by_license(verdict.duties):
            for each in owed:
                yield _property("duty", f"{license_id}: {view.duty_line(each.duty)}")


def _license(said: bill.Said, how: str, texts: Texts) -> Json:
    spdx = " " not in said.expression and not said.expression.startswith("LicenseRef-")
    spdx = spdx and said.expression not in NEWER
    about = _details(said.expression, said, texts)
    return {"id" if spdx else "name": said.expression, "acknowledgement": how, **about}


def _details(license_id: str, said: bill.Said, texts: Texts) -> Json:
    """Return where the text of a license is, its digest where a copy was read, and what an unknown one was called."""
    details: Json = {}
    if url := bill.url(license_id):
        details["url"] = url
    properties = []
    if license_id in texts:
        path, digest = texts[LicenseId(license_id)]
        properties.append(_property("text-sha256", digest))
        properties.append(_property("text-file", path))
    if license_id in said.unknown:
        properties.append(_property("said", said.unknown[license_id]))
    if properties:
        details["properties"] = properties
    return details


def _property(name: str, value: str) -> Json:
    return {"name": f"cleartitle:{name}", "value": terminal(value)}


def _failed(failed: Failed) -> Json:
    said = [_property("outcome", "not-checked"), _property("error", failed.message)]
    return {"type": "machine-learning-model", "name": terminal(failed.ref) or "?", "properties": said}
