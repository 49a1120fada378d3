"""Each format of two hand-made reports, as it stood when somebody last looked at it.

``CLEARTITLE_REWRITE_GOLDENS=1 pytest tests/report/test_goldens.py`` writes them anew; then read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cleartitle._version import __version__
from cleartitle.report.interface import FORMATS, renderer
from cleartitle.report.notice import notices
from report.samples import FAILED, REPORTS

GOLDENS = Path(__file__).parent / "goldens"
REWRITE = "CLEARTITLE_REWRITE_GOLDENS"
ENDINGS = {
    "markdown": "md",
    "html": "html",
    "sarif": "sarif",
    "github": "txt",
    "junit": "xml",
    "cyclonedx": "1.6.cdx.json",
    "cyclonedx-1.7": "1.7.cdx.json",
    "spdx": "spdx.json",
}
_SHEET = r'<details class="card sheet".*?</table>.*?</details>(?=\n(?:<details class="card|</section>))'
ELSEWHERE = (
    (re.compile(r"<style>.*?</style>|<script>.*?</script>", re.DOTALL), "<!-- style or script -->"),
    (re.compile(r"'sha256-[^']*'"), "'sha256-...'"),
    (re.compile(_SHEET, re.DOTALL), "<!-- terms -->"),
    (re.compile(r"<details><summary>What this rule looks for.*?</details>", re.DOTALL), "<!-- rule -->"),
    (re.compile(r'"rules": \[.*?\n          \]', re.DOTALL), '"rules": "..."'),
    (re.compile(r"urn:uuid:[0-9a-f-]{36}"), "urn:uuid:..."),
    (re.compile(re.escape(__version__)), "VERSION"),
)
"""What other tests look at, or what changes with the catalog, the rules and each release."""


def scrubbed(text: str) -> str:
    for pattern, instead in ELSEWHERE:
        text = pattern.sub(instead, text)
    return text


def compare(name: str, text: str) -> None:
    golden = GOLDENS / name
    if os.environ.get(REWRITE):
        golden.write_text(scrubbed(text), encoding="utf-8")
    assert scrubbed(text) == golden.read_text(encoding="utf-8"), f"{name} differs; {REWRITE}=1 writes it anew"


def test_every_format_has_a_golden() -> None:
    assert set(ENDINGS) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_report_is_as_it_was(name: str, form: str) -> None:
    compare(f"{name}.{ENDINGS[form]}", renderer(form)(REPORTS[name]))


def test_the_notices_are_as_they_were() -> None:
    found = notices([check.analysis for check in REPORTS["several"].checks], [FAILED])
    head, _, terms = found.text.partition("Apache License 2.0 (Apache-2.0)")
    assert terms
    compare("several.notice.txt", head)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_is_the_same_text(form: str) -> None:
    assert renderer(form)(REPORTS["several"]) == renderer(form)(REPORTS["several"])
