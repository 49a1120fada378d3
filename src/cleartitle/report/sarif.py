"""SARIF 2.1.0, for code scanning: one run, one result a finding, known again by its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from cleartitle._version import __version__
from cleartitle.report import quotes, view
from cleartitle.report.escape import document, terminal
from cleartitle.report.escape import sarif as message
from cleartitle.report.interface import Failed, Report
from cleartitle.rules import documents
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.evidence import Evidence
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.outcomes import Severity
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.rule import RuleInfo
from cleartitle.vocabulary.verdict import Finding, fingerprint

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RELATED = 10
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(report: Report) -> str:
    """Return the findings as a SARIF log; its levels are the severities, and the outcome stands in the properties."""
    results = [result for check in report.checks for result in _results(check)]
    known = documents()
    used = sorted({str(result["ruleId"]) for result in results})
    driver: dict[str, object] = {"name": "cleartitle", "semanticVersion": __version__}
    driver["rules"] = [_rule(known[rule]) if rule in known else {"id": rule} for rule in used]
    for result in results:
        result["ruleIndex"] = used.index(str(result["ruleId"]))
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": not report.failed,
                "toolExecutionNotifications": [_notification(each) for each in report.failed],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"verdicts": [_verdict(check) for check in report.checks]},
    }
    return document({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(info: RuleInfo) -> dict[str, object]:
    return {
        "id": info.id,
        "name": "".join(word.capitalize() for word in info.id.split("-")),
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.explanation},
        "help": {
            "text": f"{info.explanation}\n\nWhat to do: {info.remedy}",
            "markdown": f"{info.explanation}\n\n**What to do:** {info.remedy}",
        },
        "defaultConfiguration": {"level": _LEVEL[info.severity]},
        "properties": {"tags": ["license", info.audience.value]},
    }


def _results(check: Check) -> Iterator[dict[str, object]]:
    for finding in check.verdict.findings:
        yield _result(finding, check)
    for waived in check.verdict.waived:
        said = {"kind": "external", "justification": terminal(view.waived_line(waived))}
        yield {**_result(waived.finding, check), "suppressions": [said]}


def _result(finding: Finding, check: Check) -> dict[str, object]:
    lineage = check.analysis.lineage
    mark = fingerprint(finding)
    advice = f"\n{finding.advice}" if finding.advice else ""
    first, rest = finding.evidence[:1], finding.evidence[1 : _RELATED + 1]
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": message(finding.message + advice)},
        "locations": [_location(finding.path[-1], first[0] if first else None, lineage)],
        "fingerprints": {"cleartitle/v1": mark},
        "partialFingerprints": {"primaryLocationLineHash": f"{mark}:1"},
        "properties": {
            "model": terminal(str(lineage.root)),
            "outcome": finding.outcome.value,
            "confidence": finding.confidence.value,
            "audience": finding.audience.value,
            **({"license": str(finding.license)} if finding.license else {}),
        },
    }
    if rest:
        result["relatedLocations"] = [
            {"id": n, **_location(finding.path[-1], each, lineage)} for n, each in enumerate(rest, 1)
        ]
    if len(finding.path) > 1:
        result["codeFlows"] = [{"threadFlows": [{"locations": list(_flow(finding, lineage))}]}]
    return result


def _flow(finding: Finding, lineage: Lineage) -> Iterator[dict[str, object]]:
    """Yield the steps of the lineage path, from the artifact asked about to the one the finding is about."""
    for ref in finding.path:
        text = f"{ref.short}: {view.license_line(lineage, ref)}" if _known(lineage, ref) else ref.short
        yield {"location": {**_location(ref, None, lineage), "message": {"text": message(terminal(text))}}}


def _known(lineage: Lineage, ref: ModelRef) -> bool:
    return any(node.ref == ref for node in lineage.nodes)


def _location(about: ModelRef, evidence: Evidence | None, lineage: Lineage) -> dict[str, object]:
    where: dict[str, object] = {}
    if evidence and evidence.quote:
        shown = quotes.quote(evidence, lineage)
        span = evidence.span
        if span:
            where["region"] = {
                "startLine": span.line,
                "endLine": span.end_line,
                "snippet": {"text": shown.words},
            }
        address = shown.link.partition("#")[0]
        said = f"{shown.place}: {shown.words}"
    else:
        address, said = "", about.short
    uri = address or _uri(view.at(lineage, about), evidence)
    location: dict[str, object] = {"physicalLocation": {"artifactLocation": {"uri": uri}, **where}}
    read = (evidence.artifact if evidence else None) or about
    location["logicalLocations"] = [{"fullyQualifiedName": terminal(str(read.at(None))), "kind": "module"}]
    if evidence:
        location["message"] = {"text": message(said)}
    return location


def _uri(ref: ModelRef, evidence: Evidence | None) -> str:
    """Return where an artifact is: on the web, or the path of a folder or of a file in it."""
    if ref.scheme is not Scheme.FILE:
        return quotes.address(ref) or f"{ref.scheme}:{quotes.percent(ref.name)}"
    path = PurePath(ref.name)
    inside = evidence.path if evidence and evidence.span else None
    path = path / inside if inside and not path.suffix else path
    return f"file://{quotes.percent(path.as_posix())}" if path.is_absolute() else quotes.percent(path.as_posix())


def _notification(failed: Failed) -> dict[str, object]:
    said = f"{failed.ref} could not be checked: {failed.message}"
    return {"level": "error", "message": {"text": message(terminal(said))}}


def _verdict(check: Check) -> dict[str, object]:
    owed = view.owed_by_license(check.verdict.duties)
    return {
        "model": terminal(str(check.analysis.lineage.root)),
        "outcome": check.verdict.outcome.value,
        "duties": [terminal(f"{key}: {view.duty_line(o.duty)}") for key, _, group in owed for o in group],
    }
