"""Lineages as graphs: every model and step is there, doubt is seen, and hostile words stay words."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from cleartitle.errors import NotFound
from cleartitle.lineage.walk import Limits, trace
from cleartitle.report.graph import WRITERS, dot, mermaid, svg
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.artifact import Artifact, Origin, TextFile
from cleartitle.vocabulary.lineage import Child, Children
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation, Standing

CARDS = {
    "o/child": "base_model: [o/left, o/right]",
    "o/left": "license: mit\nbase_model: o/root",
    "o/right": 'license: other\nlicense_name: "x\\"]; <script> `|#& -->\\n"\nbase_model: [o/root, o/gone]',
    "o/root": "license: apache-2.0",
}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(analysis: Analysis) -> ET.Element:
    return ET.fromstring(svg(analysis))  # noqa: S314 - it is our own


class Cards:
    """A source of cards."""

    def fetch(self, ref: ModelRef) -> Artifact:
        if ref.name not in CARDS:
            raise NotFound(f"no {ref.name}")
        text = TextFile(path="README.md", data=f"---\n{CARDS[ref.name]}\n---\n".encode())
        return Artifact(ref=ref, origin=Origin.LIVE, texts=(text,))


@pytest.fixture
def analysis() -> Analysis:
    children = Children(models=(Child(ref=ModelRef.hub("p/below"), relation=Relation.QUANTIZED),), source="here")
    return Analysis(lineage=trace(ModelRef.hub("o/child"), Cards()), children=children)


def test_every_model_and_step_is_drawn_once(analysis: Analysis) -> None:
    names = [node.ref.name for node in analysis.lineage.nodes] + ["p/below"]
    edges = len(analysis.lineage.edges) + 1
    for write, arrow in ((mermaid, r"-->|-\.->"), (dot, " -> ")):
        text = write(analysis)
        assert [text.count(f'"{name}') for name in names] == [1] * len(names)
        assert len(re.findall(rf"^  n\d+ ?(?:{arrow})", text, re.MULTILINE)) == edges
    root = drawn(analysis)
    bold = [t.text for t in root.iter(f"{SVG}text") if t.get("font-weight") == "bold"]
    assert sorted(filter(None, bold)) == sorted(names)
    assert len(list(root.iter(f"{SVG}path"))) == edges


@pytest.mark.parametrize("form", WRITERS)
def test_hostile_words_stay_words(analysis: Analysis, form: str) -> None:
    text = WRITERS[form](analysis)
    assert form == "dot" or "<script>" not in text
    if form == "dot":
        plain = re.sub(r"\\.", "", text)
        assert all(line.count('"') == 2 for line in plain.splitlines() if "label" in line)
    if form == "mermaid":
        assert all(line.count('"') in (0, 2) for line in text.splitlines())


def test_what_could_not_be_read_and_what_is_contradicted_is_seen(analysis: Analysis) -> None:
    assert re.search(r'"o/gone<br/>[^"]*"\]:::missing', mermaid(analysis))
    assert re.search(r'label="o/gone[^"]*", style=dashed', dot(analysis))
    edges = tuple(evolve(edge, standing=Standing.CONTRADICTED) for edge in analysis.lineage.edges)
    doubtful = evolve(analysis, lineage=evolve(analysis.lineage, edges=edges))
    assert "color=red" in dot(doubtful)
    assert "-.->" in mermaid(doubtful)
    assert "stroke-dasharray" in svg(doubtful)


def test_parents_that_the_walk_left_out_are_drawn_as_such() -> None:
    cut = Analysis(lineage=trace(ModelRef.hub("o/child"), Cards(), limits=Limits(depth=1)))
    assert cut.lineage.cuts
    assert mermaid(cut).count("left out") == 2
    assert drawn(cut) is not None


def test_boxes_do_not_overlap(analysis: Analysis) -> None:
    boxes = [(int(r.get("x", 0)), int(r.get("y", 0))) for r in drawn(analysis).iter(f"{SVG}rect")][1:]
    assert len(set(boxes)) == len(boxes) == 6
    for x, y in boxes:
        assert not any(y == other_y and x < other_x < x + 250 for other_x, other_y in boxes)
