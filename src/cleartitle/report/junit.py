"""JUnit XML, as Jenkins, GitLab and others read it: a suite a model, a case the verdict and each finding."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cleartitle.report import quotes, view
from cleartitle.report.escape import terminal, xml
from cleartitle.report.interface import Failed, Report
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.verdict import Finding

_FAILS = frozenset({Outcome.REVIEW, Outcome.BLOCKED})


def render(report: Report) -> str:
    """Return a JUnit document: what blocks or needs review fails, what could not be read is an error."""
    root = Element("testsuites", name="cleartitle")
    for check in report.checks:
        _suite(root, check)
    for failed in report.failed:
        _error(root, failed)
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, check: Check) -> None:
    lineage, verdict = check.analysis.lineage, check.verdict
    name = xml(terminal(lineage.root.short))
    found = view.sort(verdict)
    cases = [*found.graver, *found.limits, *found.notes]
    failures = sum(1 for finding, _ in cases if finding.outcome in _FAILS) + (verdict.outcome in _FAILS)
    suite = SubElement(root, "testsuite", name=name)
    waived = len(verdict.waived)
    for key, count in {"tests": len(cases) + waived + 1, "failures": failures, "errors": 0, "skipped": waived}.items():
        suite.set(key, str(count))
    case = SubElement(suite, "testcase", classname=name, name="verdict")
    if verdict.outcome in _FAILS:
        SubElement(case, "failure", message=view.MEANING[verdict.outcome], type=verdict.outcome.value)
    owed = [view.duty_line(o.duty) for _, _, group in view.owed_by_license(verdict.duties) for o in group]
    said = [f"duty: {duty}" for duty in dict.fromkeys(owed)] + [f"to settle: {ask}" for ask in view.asks(verdict)]
    if said:
        SubElement(case, "system-out").text = xml("\n".join(map(terminal, said)))
    for finding, _ in cases:
        _case(suite, name, finding, lineage)
    for each in verdict.waived:
        case = SubElement(suite, "testcase", classname=name, name=_title(each.finding))
        SubElement(case, "skipped", message=xml(terminal(view.waived_line(each))))


def _case(suite: Element, name: str, finding: Finding, lineage: Lineage) -> None:
    case = SubElement(suite, "testcase", classname=name, name=_title(finding))
    said = [terminal(finding.message), terminal(finding.advice)]
    read = (quotes.quote(e, lineage) for e in finding.evidence if e.quote)
    said += [f"{each.place}: “{terminal(each.words)}”" for each in read]
    text = xml("\n".join(filter(None, said)))
    if finding.outcome in _FAILS:
        message = xml(terminal(finding.message))
        SubElement(case, "failure", message=message, type=finding.outcome.value).text = text
    else:
        SubElement(case, "system-out").text = text


def _title(finding: Finding) -> str:
    about = f" ({finding.subject})" if finding.subject else ""
    return xml(terminal(f"{finding.rule}: {view.path(finding.path)}{about}"))


def _error(root: Element, failed: Failed) -> None:
    name = xml(terminal(failed.ref))
    suite = SubElement(root, "testsuite", name=name, tests="1", failures="0", errors="1")
    case = SubElement(suite, "testcase", classname=name, name="verdict")
    error = SubElement(case, "error", message=xml(terminal(failed.message)), type="not-checked")
    error.text = xml(terminal(failed.advice))
