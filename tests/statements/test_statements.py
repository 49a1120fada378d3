"""Who says which license an artifact has, and what is concluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.card import read_card
from cleartitle.statements import conclude
from cleartitle.vocabulary.artifact import Artifact, Declared, Origin, TextFile
from cleartitle.vocabulary.evidence import Method
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.statement import Covers, One, Statements, Unclear, Unknown, licenses, render
from cleartitle.vocabulary.words import LicenseId
from formats.writers import gguf, safetensors

APACHE = (Path(__file__).parents[2] / "LICENSE").read_bytes()
STRANGE = b"You may use this on Tuesdays, if you feed my cat and ask nobody for permission to do so."


def concluded(front: str = "", **files: bytes) -> Statements:
    """Conclude on an artifact with this front matter and these files (``__`` for a dot)."""
    card = f"---\n{front}\n---\n".encode() if front else b""
    texts = [TextFile(path="README.md", data=card)]
    texts += [TextFile(path=path.replace("__", "."), data=data) for path, data in files.items()]
    artifact = Artifact(ref=ModelRef.hub("o/m"), origin=Origin.LIVE, texts=tuple(texts))
    return conclude(artifact, read_card(card))


def test_a_tag_alone_is_a_declaration_with_its_line() -> None:
    said = concluded("tags: [x]\nlicense: mit")
    assert said.concluded == One(license=LicenseId("MIT"))
    (statement,) = said.declared
    assert statement.evidence.method is Method.FRONT_MATTER
    assert statement.evidence.span
    assert (statement.evidence.span.line, statement.evidence.quote) == (3, "mit")


def test_a_text_outranks_the_card_and_agrees() -> None:
    said = concluded("license: apache-2.0", LICENSE=APACHE)
    assert said.concluded == One(license=LicenseId("Apache-2.0"))
    assert not said.disagree
    assert said.declared[0].evidence.path == "LICENSE"


def test_text_and_card_that_differ_hold_only_under_both() -> None:
    said = concluded("license: mit", LICENSE=APACHE)
    assert isinstance(said.concluded, Unclear)
    assert set(licenses(said.concluded)) == {"MIT", "Apache-2.0"}
    assert said.disagree


@pytest.mark.parametrize("front", ["license: mit", "license: other\nlicense_name: llama3.1", "", "license: other"])
def test_a_text_nobody_knows_is_never_passed_over(front: str) -> None:
    said = concluded(front, LICENSE=STRANGE)
    assert "unknown" in render(said.concluded)


@pytest.mark.parametrize("path", ["LICENSE-CODE", "LICENSE_CODE__txt", "DATA_LICENSE", "NOTICE", "USE_POLICY__md"])
def test_a_text_about_something_else_says_nothing_of_the_weights(path: str) -> None:
    said = concluded("license: mit", **{path: STRANGE})
    assert said.concluded == One(license=LicenseId("MIT"))


def test_the_license_of_the_weights_goes_before_the_plain_one() -> None:
    said = concluded("license: apache-2.0", LICENSE=STRANGE, **{"LICENSE-MODEL": APACHE})
    assert said.concluded == One(license=LicenseId("Apache-2.0"))
    assert {s.covers for s in said.declared} == {Covers.PROJECT, Covers.WEIGHTS}


@pytest.mark.parametrize(
    ("front", "license_id"),
    [
        ("license: other\nlicense_name: llama3.2", "LicenseRef-Meta-Llama-3.2-Community"),
        ("license: other\nlicense_link: https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("license: Apache-2.0", "Apache-2.0"),
        ("license: [mit]", "MIT"),
        ("license_name: mit", "MIT"),
        ("licence: mit", "MIT"),
    ],
)
def test_the_keys_of_a_card_say_it_together(front: str, license_id: str) -> None:
    assert concluded(front).concluded == One(license=LicenseId(license_id))


@pytest.mark.parametrize(
    "beside", ["license_name: llama3.1", "license_link: https://www.apache.org/licenses/LICENSE-2.0"]
)
def test_a_name_or_link_of_another_license_contradicts_the_tag(beside: str) -> None:
    said = concluded(f"license: mit\n{beside}").concluded
    assert isinstance(said, Unclear)
    assert "MIT" in licenses(said)
    assert concluded("license: mit\nlicense_name: The MIT License").concluded == One(license=LicenseId("MIT"))


def test_a_list_without_an_operator_is_unclear() -> None:
    assert isinstance(concluded("license: [mit, llama2]").concluded, Unclear)


@pytest.mark.parametrize(
    ("front", "word"),
    [
        ("license: other", "without a name, a link or a text"),
        ("license: unknown", "without a name, a link or a text"),
        ("license: other\nlicense_name: our-own-terms", "our-own-terms"),
        ("license: made-up-1.0", "made-up-1.0"),
        ("tags: [x]", "no license is declared"),
        ("licence: license", "no license is declared"),
        ("license: ???", "no license is declared"),
    ],
)
def test_what_names_no_license_is_unknown_with_a_reason_and_a_way_out(front: str, word: str) -> None:
    said = concluded(front).concluded
    assert isinstance(said, Unknown)
    assert word in said.reason


def test_a_whole_license_in_the_gate_counts_as_a_text() -> None:
    prompt = "\n".join(f"  {line}" for line in APACHE.decode().splitlines())
    said = concluded(f"license: other\nextra_gated_prompt: |\n{prompt}")
    assert said.concluded == One(license=LicenseId("Apache-2.0"))


def test_recorded_facts_stand_in_where_no_card_is_at_hand() -> None:
    recorded = Artifact(
        ref=ModelRef.hub("o/m"), origin=Origin.ATLAS, as_of="2024-12", declared=Declared(license=("mit",))
    )
    said = conclude(recorded, None)
    assert said.concluded == One(license=LicenseId("MIT"))
    assert "2024-12" in str(said.declared[0].evidence.path)


def test_a_tag_of_the_hub_stands_in_for_a_gated_card() -> None:
    gated = Artifact(ref=ModelRef.hub("o/m"), origin=Origin.LIVE, tags=("license:llama3.1",))
    assert render(conclude(gated, None).concluded) == "LicenseRef-Meta-Llama-3.1-Community"


def read(front: str, body: str = "", **files: bytes) -> Statements:
    """Conclude on a card with a body, and files."""
    card = f"---\n{front}\n---\n{body}".encode()
    texts = [TextFile(path=path.replace("__", "."), data=data) for path, data in {"README__md": card, **files}.items()]
    return conclude(Artifact(ref=ModelRef.hub("o/m"), origin=Origin.LIVE, texts=tuple(texts)), read_card(card))


def test_what_a_tool_writes_whatever_the_base_is_no_declaration() -> None:
    body = "This llama model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth)"
    said = read("license: apache-2.0", body)
    assert isinstance(said.concluded, Unknown)
    assert "nobody chose it" in said.concluded.reason
    assert [s.tool_default for s in said.declared] == [True]
    assert read("license: llama3", body).concluded == One(license=LicenseId("LicenseRef-Meta-Llama-3-Community"))
    assert read("license: apache-2.0", body, LICENSE=APACHE).concluded == One(license=LicenseId("Apache-2.0"))


def test_headers_and_packages_state_licenses_too() -> None:
    kit = b"manifestVersion: 1.0.0\nmodel:\n  path: a.gguf\n  license: MIT\n"
    pack = b'{"descriptor": {"licenses": ["MIT"]}}'
    files = {"a__gguf": gguf({"general.license": "mit"}), "b__safetensors": safetensors({"modelspec.license": "MIT"})}
    for name, data in {**files, "Kitfile": kit, "modelpack__json": pack, "Modelfile": b"LICENSE MIT\n"}.items():
        said = read("tags: [x]", "", **{name: data})
        assert said.concluded == One(license=LicenseId("MIT")), name
        assert [s.evidence.path for s in said.declared] == [name.replace("__", ".")]


def test_a_header_against_the_card_leaves_it_unclear() -> None:
    said = read("license: mit", a__gguf=gguf({"general.license": "llama3"}))
    assert isinstance(said.concluded, Unclear)
    assert said.disagree
    same = read("license: mit", a__gguf=gguf({"general.license": "mit"}))
    assert (same.concluded, same.disagree) == (One(license=LicenseId("MIT")), False)


def test_the_license_of_data_in_a_package_says_nothing_of_the_weights() -> None:
    kit = b"manifestVersion: 1.0.0\nmodel: {path: a.gguf}\ndatasets: [{path: d, license: MIT}]\n"
    assert isinstance(read("tags: [x]", Kitfile=kit).concluded, Unknown)


@pytest.mark.parametrize(("said", "default"), [("Apache License 2.0", True), ("MIT", False)])
def test_what_modelscope_fills_in_is_no_declaration(said: str, *, default: bool) -> None:
    listed = Declared(license=(said,))
    artifact = Artifact(ref=ModelRef.modelscope("o/m"), origin=Origin.LIVE, declared=listed)
    found = conclude(artifact, None)
    assert isinstance(found.concluded, Unknown) is default
    assert [(s.tool_default, s.evidence.method) for s in found.declared] == [(default, Method.LISTING)]
