"""Clues from files: GGUF and safetensors headers, merge recipes, what training tools write."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from cleartitle.card import read_card
from cleartitle.lineage.clues import gguf as gguf_clue
from cleartitle.lineage.clues import merge, metadata, package, training
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, TextFile
from cleartitle.vocabulary.evidence import Confidence, Method
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation
from formats.writers import GgufValue, gguf, safetensors

OWN = "owner/child"
HUB = "https://huggingface.co"


def artifact(*listed: str, **texts: bytes) -> Artifact:
    """Return an artifact with these files (``__`` for a dot), and others that were only listed."""
    read = tuple(TextFile(path=p.replace("__", "."), data=d, cut=True) for p, d in texts.items())
    files = tuple(FileEntry(path=p) for p in (*listed, *(t.path for t in read)))
    return Artifact(ref=ModelRef.hub(OWN), origin=Origin.LIVE, files=files, texts=read)


def said(clues: tuple[Clue, ...]) -> list[tuple[str | None, Relation | None, Confidence]]:
    return [(c.parent.name if c.parent else None, c.relation, c.evidence.confidence) for c in clues]


SOURCE: dict[str, GgufValue] = {"general.source.repo_url": f"{HUB}/a/source"}
BASE: dict[str, GgufValue] = {"general.base_model.0.repo_url": f"{HUB}/a/base", "general.base_model.0.name": "Base"}


def test_a_gguf_names_what_it_was_converted_from() -> None:
    found = gguf_clue.find(artifact(q4__gguf=gguf({**SOURCE, **BASE})), None)
    assert said(found) == [("a/source", Relation.QUANTIZED, Confidence.HIGH)]
    (clue,) = found
    assert (clue.evidence.path, clue.evidence.method) == ("q4.gguf", Method.FILE)
    assert clue.evidence.quote == f"general.source.repo_url: {HUB}/a/source"


def test_the_bases_in_a_gguf_are_those_of_its_source_where_the_card_names_that() -> None:
    both = artifact(q4__gguf=gguf(BASE))
    assert said(gguf_clue.find(both, None)) == [("a/base", Relation.QUANTIZED, Confidence.MEDIUM)]
    card = read_card(b"---\nbase_model: a/source\n---\n")
    assert gguf_clue.find(both, card) == ()
    assert gguf_clue.find(evolve(both, tags=("base_model:quantized:a/source",)), None) == ()


def test_a_gguf_that_names_itself_names_no_parent() -> None:
    itself: dict[str, GgufValue] = {"general.source.repo_url": f"{HUB}/Owner/Child"}
    assert gguf_clue.find(artifact(a__gguf=gguf(itself)), None) == ()


def test_several_parts_of_one_model_give_one_clue_each_and_nonsense_none() -> None:
    texts = {"a__gguf": gguf(SOURCE), "b__gguf": b"GGUF", "c__gguf": b"", "d__txt": gguf(SOURCE)}
    assert said(gguf_clue.find(artifact(**texts), None)) == [("a/source", Relation.QUANTIZED, Confidence.HIGH)]
    elsewhere: dict[str, GgufValue] = {"general.source.url": "https://example.org/model"}
    (clue,) = gguf_clue.find(artifact(a__gguf=gguf(elsewhere)), None)
    assert (clue.parent, clue.said) == (None, "https://example.org/model")
    assert gguf_clue.find(artifact(a__gguf=gguf(elsewhere)), read_card(b"---\nbase_model: a/source\n---\n")) == ()


def test_a_base_without_an_address_is_not_guessed_at() -> None:
    named: dict[str, GgufValue] = {
        "general.base_model.0.organization": "Some Lab",
        "general.base_model.0.name": "Big 7B",
    }
    (clue,) = gguf_clue.find(artifact(a__gguf=gguf(named)), None)
    assert (clue.parent, clue.said) == (None, "Some Lab/Big 7B")


LISTED = b"- model: a/one\n- model: ./local\n- model: bare\n- model: a/base\n"
RECIPE = b"merge_method: ties\nbase_model: a/base\nmodels:\n" + LISTED


def test_a_merge_file_names_each_model_once_and_local_ones_as_unresolved() -> None:
    found = merge.find(artifact(mergekit_config__yml=RECIPE), None)
    assert {(c.parent.name if c.parent else None, c.said) for c in found} == {
        ("a/base", "a/base"),
        ("a/one", "a/one"),
        (None, "./local"),
        (None, "bare"),
    }
    assert len(found) == 4
    assert {c.relation for c in found} == {Relation.MERGE}
    assert {c.evidence.confidence for c in found} == {Confidence.HIGH}
    text = RECIPE.decode()
    spans = [c.evidence.span for c in found]
    assert all(s and text[s.start : s.end] == c.evidence.quote for s, c in zip(spans, found, strict=True))


def test_a_recipe_in_the_card_counts_where_there_is_no_file() -> None:
    card = read_card(b"# A\n```yaml\n" + RECIPE + b"```\n")
    found = merge.find(artifact(README__md=b""), card)
    assert {c.said for c in found} == {"a/base", "a/one", "./local", "bare"}
    assert {(c.evidence.method, c.evidence.path) for c in found} == {(Method.PROSE, "README.md")}
    filed = merge.find(artifact(README__md=b"", mergekit_config__yml=b"models: [{model: a/file}]"), card)
    assert [c.said for c in filed] == ["a/file"]


@pytest.mark.parametrize(
    ("listed", "body"),
    [
        (["q4.gguf"], b"```yaml\n" + RECIPE + b"```\n"),
        ([], b"```yaml\n" + RECIPE + b"```\nand then\n```yaml\nmerge_method: slerp\nbase_model: a/two\n```\n"),
        ([], b"```yaml\n" + RECIPE.replace(b"models:", b"  models:") + b"```\n"),
    ],
    ids=["a card that quantizers copy", "several recipes", "spoiled"],
)
def test_a_recipe_that_may_be_anothers_is_less_sure(listed: list[str], body: bytes) -> None:
    found = merge.find(artifact(*listed), read_card(body))
    assert found
    assert {c.evidence.confidence for c in found} == {Confidence.MEDIUM}


SENTENCE = b"This model is a fine-tuned version of [a/base](https://huggingface.co/a/base) on the x dataset.\n"
AXOLOTL = b"base_model: a/base@v1\nadapter: lora\ndatasets: [{path: d/texts}]\n"


def test_the_sentence_of_a_template_names_the_base() -> None:
    (clue,) = training.find(artifact(README__md=SENTENCE), read_card(SENTENCE + SENTENCE))
    assert said((clue,)) == [("a/base", Relation.FINETUNE, Confidence.MEDIUM)]
    assert (clue.evidence.method, clue.evidence.path) == (Method.PROSE, "README.md")
    assert clue.evidence.span is not None
    assert clue.evidence.span.line == 1


def test_a_configuration_names_the_base_with_its_revision_and_files_tell_the_relation() -> None:
    (clue,) = training.find(artifact("adapter_config.json", axolotl_config__yml=AXOLOTL), None)
    assert clue.parent == ModelRef.hub("a/base", "v1")
    assert (clue.relation, clue.evidence.method) == (Relation.ADAPTER, Method.FILE)


def test_a_local_base_is_unresolved() -> None:
    (clue,) = training.find(artifact(axolotl__yml=b"base_model: /data/llama/x\nadapter: lora\n"), None)
    assert (clue.parent, clue.said) == (None, "/data/llama/x")


def test_an_image_adapter_names_what_it_was_trained_on() -> None:
    facts = {"ss_sd_model_name": "runwayml/stable-diffusion-v1-5", "ss_base_model_version": "sdxl_base_v1-0"}
    found = metadata.find(artifact(lora__safetensors=safetensors(facts)), None)
    assert said(found) == [("runwayml/stable-diffusion-v1-5", Relation.ADAPTER, Confidence.HIGH)]


def test_the_family_is_a_hint_where_only_a_file_is_named() -> None:
    facts = {"ss_sd_model_name": "some/path/pony.safetensors", "ss_base_model_version": "sdxl_base_v1-0"}
    found = metadata.find(artifact(lora__safetensors=safetensors(facts)), None)
    assert said(found) == [
        (None, Relation.ADAPTER, Confidence.HIGH),
        ("stabilityai/stable-diffusion-xl-base-1.0", Relation.ADAPTER, Confidence.LOW),
    ]


def test_what_a_checkpoint_was_merged_from_is_named() -> None:
    facts = {"modelspec.merged_from": "a/one, two.safetensors,"}
    found = metadata.find(artifact(m__safetensors=safetensors(facts)), None)
    assert said(found) == [("a/one", Relation.MERGE, Confidence.MEDIUM), (None, Relation.MERGE, Confidence.MEDIUM)]


def test_each_word_of_a_family_names_a_repository() -> None:
    names = [name for words in metadata.families().values() for name in words.values()]
    assert names
    assert all(ModelRef.hub(name) for name in names)


@pytest.mark.parametrize("data", [b"", b"\x00" * 100, json.dumps({"a": 1}).encode(), b"[" * 50_000])
def test_files_of_nonsense_give_no_clues(data: bytes) -> None:
    nonsense = artifact(
        mergekit_config__yml=data, axolotl__yml=data, a__gguf=data, b__safetensors=data, README__md=data
    )
    for finder in (gguf_clue, merge, training, metadata):
        assert finder.find(nonsense, read_card(data)) == ()


def named(clues: tuple[Clue, ...]) -> list[tuple[str, str | None, Relation | None]]:
    return [(c.said, c.parent.name if c.parent else None, c.relation) for c in clues]


def test_a_modelfile_names_its_base_and_adapter() -> None:
    text = b'FROM hf.co/a/base-GGUF:Q4_K_M\nADAPTER ./lora.gguf\nLICENSE """FROM here"""\n'
    found = package.find(artifact(Modelfile=text), None)
    assert named(found) == [
        ("hf.co/a/base-GGUF:Q4_K_M", "a/base-GGUF", Relation.FINETUNE),
        ("./lora.gguf", None, Relation.ADAPTER),
    ]
    span = found[0].evidence.span
    assert span is not None
    assert (span.line, found[0].evidence.quote) == (1, "FROM hf.co/a/base-GGUF:Q4_K_M")
    assert named(package.find(artifact(Modelfile=b"FROM llama3:8b\n"), None)) == [
        ("llama3:8b", "llama3:8b", Relation.FINETUNE)
    ]
    for path in ("./model.gguf", "model.GGUF", "/models/llama", "sha256:0123"):
        assert named(package.find(artifact(Modelfile=f"FROM {path}\n".encode()), None)) == [
            (path, None, Relation.FINETUNE)
        ]


def test_a_manifest_names_where_layers_were_taken_from() -> None:
    digest = "sha256:" + "0" * 64
    layers = [
        {"mediaType": f"application/vnd.ollama.image.{kind}", "digest": digest, "from": said}
        for kind, said in [("model", "bard:7b"), ("template", "bard:7b"), ("projector", "eyes:1b")]
    ]
    found = package.find(artifact(manifest__json=json.dumps({"layers": layers}).encode()), None)
    assert named(found) == [
        ("bard:7b", "bard:7b", Relation.COPY),
        ("eyes:1b", "eyes:1b", Relation.COMPONENT),
    ]
    assert {c.parent.scheme for c in found if c.parent} == {Scheme.OLLAMA}


def test_a_model_pulled_from_a_hub_is_a_copy() -> None:
    pulled = Artifact(ref=ModelRef.ollama("hf.co/a/base-GGUF:Q4_K_M"), origin=Origin.CACHE)
    assert named(package.find(pulled, None)) == [("hf.co/a/base-GGUF", "a/base-GGUF", Relation.COPY)]


def test_kits_and_packs_name_their_source() -> None:
    kit = b"manifestVersion: 1.0.0\nmodel:\n  path: registry.example.org/lab/llama:8b\n"
    pack = json.dumps({"descriptor": {"sourceURL": f"{HUB}/a/base"}}).encode()
    found = package.find(artifact(Kitfile=kit, modelpack__json=pack), None)
    assert named(found) == [
        ("registry.example.org/lab/llama:8b", None, Relation.CONVERTED),
        (f"{HUB}/a/base", "a/base", Relation.CONVERTED),
    ]
    assert (
        package.find(artifact(Kitfile=b"x", modelpack__json=b"[", manifest__json=b"3", Modelfile=b"\x00"), None) == ()
    )
