"""Every value can be written as JSON and read back."""

from __future__ import annotations

import json
from importlib import import_module
from pkgutil import iter_modules

import pytest
from attrs import has
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle import vocabulary
from cleartitle.serial.convert import plain, read
from strategies import of

MODULES = [import_module(f"{vocabulary.__name__}.{found.name}") for found in iter_modules(vocabulary.__path__)]
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
    back: object = read(json.loads(written), kind, where="here")
    assert back == value
    assert json.dumps(plain(back)) == written
