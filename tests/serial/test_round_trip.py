"""Every value can be written as JSON and read back."""

from __future__ import annotations

import json

import pytest
from attrs import has
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle.serial.convert import plain, read
from cleartitle.vocabulary import analysis, artifact, deployment, evidence, lineage, policy, reference, statement, terms
from cleartitle.vocabulary import license as licenses
from cleartitle.vocabulary import verdict as verdicts
from strategies import of

MODULES = (analysis, artifact, deployment, evidence, licenses, lineage, policy, reference, statement, terms, verdicts)
CLASSES = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and has(kind) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=40)
def test_what_is_written_reads_back_equal(kind: type, data: st.DataObject) -> None:
    value = data.draw(of(kind))
    written = json.dumps(plain(value))
    assert read(json.loads(written), kind, where="here") == value
