"""What is loaded when a model is run, and whose code that is."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.judgment.loaded import binding_expression, loaded, modules, repository
from cleartitle.vocabulary.artifact import Artifact, Origin, TextFile
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import Covers, Every, Expression, One, Statement, Statements, Unknown
from cleartitle.vocabulary.words import LicenseId
from laws.worlds import edge, node

MIT, GPL = One(license=LicenseId("MIT")), One(license=LicenseId("GPL-3.0-only"))
LOST = Unknown(reason="the text is lost")


def artifact(config: bytes) -> Artifact:
    files = (TextFile(path="config.json", data=config),)
    return Artifact(ref=ModelRef.hub("o/a"), origin=Origin.LIVE, texts=files)


@pytest.mark.parametrize(
    ("mapped", "found"),
    [
        ({"AutoModel": "modeling.Poet", "AutoConfig": "modeling.Poet"}, ("modeling.Poet",)),
        ({"AutoTokenizer": ["slow.Words", None]}, ("slow.Words",)),
        ({"AutoModel": "other/code--modeling.Poet"}, ("other/code--modeling.Poet",)),
        ({}, ()),
        (["modeling.Poet"], ()),
        ({"AutoModel": {"deep": "x"}}, ()),
    ],
)
def test_the_code_that_a_configuration_names(mapped: object, found: tuple[str, ...]) -> None:
    assert modules(artifact(json.dumps({"auto_map": mapped}).encode())) == found


@given(data=st.binary(max_size=60), deep=st.integers(0, 3000))
def test_a_hostile_configuration_names_nothing_and_harms_nobody(data: bytes, deep: int) -> None:
    modules(artifact(b'{"auto_map": ' + b"[" * deep + data))
    modules(artifact(b'"auto_map"' + data))
    assert modules(None) == ()


def test_whose_code_it_is() -> None:
    assert repository("o/code--m.X") == "o/code"
    assert repository("m.X") is None
    assert repository("--m.X") is None


def under(weights: Expression, code: Expression, *, mapped: bool) -> Expression:
    config = b'{"auto_map": {"AutoModel": "m.X"}}' if mapped else b"{}"
    said = Statement(expression=code, covers=Covers.CODE, evidence=Evidence(method=Method.LICENSE_TEXT))
    statements = Statements(declared=(said,), concluded=weights)
    return binding_expression(Node(ref=ModelRef.hub("o/a"), artifact=artifact(config), statements=statements))


def test_code_that_must_run_binds_with_its_license() -> None:
    assert under(MIT, GPL, mapped=True) == Every(of=(MIT, GPL))
    assert under(MIT, LOST, mapped=True) == Every(of=(MIT, LOST))
    assert under(MIT, MIT, mapped=True) == MIT
    assert under(MIT, GPL, mapped=False) == MIT


@pytest.mark.parametrize("relation", Relation)
def test_the_base_of_an_adapter_and_the_parts_of_a_whole_are_loaded_too(relation: Relation) -> None:
    root, base = node(0, MIT), node(1, MIT)
    lineage = Lineage(root=root.ref, nodes=(root, base), edges=(edge(root, base, relation),))
    expected = (root, base) if relation in (Relation.ADAPTER, Relation.COMPONENT) else (root,)
    assert loaded(lineage) == expected
    assert loaded(evolve(lineage, edges=())) == (root,)
