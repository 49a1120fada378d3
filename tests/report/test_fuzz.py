"""Whatever a card says, every format is written, valid, and free of what its medium would act on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import spdx_python_model
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from cleartitle.report.interface import FORMATS, Failed, Report, renderer
from cleartitle.report.notice import notices
from report.samples import hostile
from report.test_html import Page

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
SARIF = Draft7Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
BOMS = {
    "cyclonedx": JsonStrictValidator(SchemaVersion.V1_6),
    "cyclonedx-1.7": JsonStrictValidator(SchemaVersion.V1_7),
}
TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=80) | st.text(
    "`|*_[]()<>!#@:/.\\&;\n \x1b\u202e\x00\x85\ud800%{}$'\"-=a", min_size=1, max_size=80
)


@settings(max_examples=40)
@given(TEXT)
def test_any_text_can_be_written_in_every_format(text: str) -> None:
    report = Report(checks=(hostile(text),), failed=(Failed(ref=text, message=text, advice=text),))
    written = {form: renderer(form)(report) for form in FORMATS}
    SARIF.validate(json.loads(written["sarif"]))
    for form, validator in BOMS.items():
        assert validator.validate_str(written[form]) is None
    _, objects = spdx_python_model.load_data(json.loads(written["spdx"]))
    assert not objects.missing_ids
    ET.fromstring(written["junit"].encode())  # noqa: S314 - our own text
    Page(written["html"])
    for form, whole in written.items():
        whole.encode()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", whole), form
    notices([report.checks[0].analysis], report.failed).text.encode()
