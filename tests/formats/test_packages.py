"""Modelfiles, Kitfiles, ModelPack configurations and manifests of registries."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.formats.image import MAX_LAYERS, read_manifest
from cleartitle.formats.kitfile import read_kitfile, read_modelpack
from cleartitle.formats.modelfile import MAX_COMMANDS, MAX_TEXT, read_modelfile
from cleartitle.formats.naming import named

MODELFILE = '''# FROM comment
from ./model file.gguf
FROM "quoted name"
ADAPTER ./lora.gguf
PARAMETER stop """
FROM inside a parameter
"""
MESSAGE user """Hello
LICENSE inside a message
"""
TEMPLATE """{{ .Prompt }}
FROM inside a template"""
LICENSE """
First terms,
second line
"""
LICENSE MIT
LICENSE "over
two lines"
'''


def test_a_modelfile_names_its_base_adapters_and_licenses() -> None:
    found = read_modelfile(MODELFILE)
    assert [c.value for c in found.of("from")] == ["./model file.gguf", "quoted name"]
    assert [c.value for c in found.of("adapter")] == ["./lora.gguf"]
    assert [c.value for c in found.of("license")] == ["\nFirst terms,\nsecond line\n", "MIT", "over\ntwo lines"]
    assert [c.span.line for c in found.of("license")] == [13, 17, 18]
    assert all(MODELFILE[c.span.start : c.span.end] == c.value for c in found.commands)
    assert found.stopped == ""


@pytest.mark.parametrize(
    "text", ['SYSTEM "a\n' * 100_000, 'LICENSE """' * 100_000, "FROM\n" * 100_000, "#" * 1_000_000, "\x00\n" * 10]
)
def test_a_hostile_modelfile_ends(text: str) -> None:
    assert len(read_modelfile(text).commands) <= MAX_COMMANDS


def test_a_long_modelfile_is_cut_and_that_is_said() -> None:
    assert "commands" in read_modelfile("FROM a\n" * (MAX_COMMANDS + 1)).stopped
    assert "characters" in read_modelfile("x" * (MAX_TEXT + 1)).stopped


@given(st.text(max_size=200))
def test_any_text_is_read_as_a_modelfile(text: str) -> None:
    for command in read_modelfile(f"FROM a\n{text}").commands:
        assert command.name in ("from", "adapter", "license", "draft")


KIT = """
manifestVersion: "1.0.0"
package: {name: poet, license: Apache-2.0}
model:
  name: poet
  path: registry.example.org/lab/llama-3:8b-base
  license: llama3
  parts:
  - {path: ./lora.safetensors, license: MIT}
datasets:
- {name: texts, path: ./texts.csv, license: CC-BY-4.0}
code:
- {path: ./src, license: BSD-3-Clause}
"""


def test_a_kitfile_tells_the_license_of_each_part_and_the_parent() -> None:
    kit = read_kitfile(KIT)
    assert kit is not None
    assert [(w.said, w.covers.value, w.key) for w in kit.licenses] == [
        ("Apache-2.0", "project", "package.license"),
        ("llama3", "weights", "model.license"),
        ("MIT", "weights", "model.parts.license"),
        ("CC-BY-4.0", "data", "datasets.license"),
        ("BSD-3-Clause", "code", "code.license"),
    ]
    assert [p.said for p in kit.parents] == ["registry.example.org/lab/llama-3:8b-base"]
    assert [d.said for d in kit.datasets] == ["./texts.csv"]
    assert kit.paths == ("./lora.safetensors",)
    assert all(KIT[w.span.start : w.span.end] == w.said for w in kit.licenses)


def test_a_kitfile_in_json_is_the_same() -> None:
    data = {"manifestVersion": "1.0.0", "model": {"path": "./model.gguf", "license": "MIT"}}
    kit = read_kitfile(json.dumps(data, indent="\t"))
    assert kit is not None
    assert ([w.said for w in kit.licenses], kit.parents, kit.paths) == (["MIT"], (), ("./model.gguf",))


def test_a_modelpack_tells_licenses_family_and_source() -> None:
    described = {
        "name": "poet",
        "family": "llama3",
        "licenses": ["Apache-2.0", "LicenseRef-Own"],
        "sourceURL": "https://huggingface.co/lab/poet",
        "datasetsURL": ["https://example.org/texts"],
    }
    pack = read_modelpack(json.dumps({"descriptor": described, "config": {}, "modelfs": {}}))
    assert pack is not None
    assert ([w.said for w in pack.licenses], pack.family) == (["Apache-2.0", "LicenseRef-Own"], "llama3")
    assert [p.said for p in pack.parents] == ["https://huggingface.co/lab/poet"]
    assert [d.said for d in pack.datasets] == ["https://example.org/texts"]


@pytest.mark.parametrize("text", ["", "[]", "a: b", "manifestVersion", "[" * 5000, "descriptor: x", "model: [1]"])
def test_other_files_are_no_packages(text: str) -> None:
    assert read_kitfile(text) is None
    assert read_modelpack(text) is None


@pytest.mark.parametrize("part", ["x", "[1, {}]", "{license: [1], path: {}}", "[[[]]]", "{parts: x}"])
def test_parts_of_the_wrong_shape_say_nothing(part: str) -> None:
    kit = read_kitfile(f"manifestVersion: 1\npackage: {part}\nmodel: {part}\ndatasets: {part}\ncode: {part}\n")
    assert kit is not None
    assert (kit.licenses, kit.parents) == ((), ())


DIGEST = "sha256:" + "ab" * 32


def layer(kind: str, **more: object) -> dict[str, object]:
    return {"mediaType": f"application/vnd.ollama.image.{kind}", "digest": DIGEST, "size": 3, **more}


def test_a_manifest_lists_its_layers_and_where_they_are_from() -> None:
    layers = [layer("model", **{"from": "llama3:8b"}), layer("json", name="config.json"), layer("license")]
    found = read_manifest(json.dumps({"config": layer("x"), "layers": layers}).encode())
    assert [(one.kind, one.source, one.name, one.size) for one in found.layers] == [
        ("model", "llama3:8b", "", 3),
        ("json", "", "config.json", 3),
        ("license", "", "", 3),
    ]
    assert found.config is not None
    assert found.stopped == ""


def test_a_list_of_manifests_names_or_holds_them() -> None:
    named_ones = read_manifest(json.dumps({"manifests": [{"digest": DIGEST, "runner": "mlx"}]}).encode())
    assert named_ones.others == ("ab" * 32,)
    held = read_manifest(json.dumps({"manifests": [{"layers": [layer("model")]}]}).encode())
    assert [one.kind for one in held.layers] == ["model"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff", "not a manifest"),
        (b"[" * 100_000, "not a manifest"),
        (b"3", "not a manifest"),
        (b"{}", "a manifest without layers"),
        (b'{"layers": [{"digest": "sha256:../../etc/passwd"}, 3]}', "2 of its 2 layers make no sense"),
    ],
)
def test_nonsense_is_no_manifest(data: bytes, why: str) -> None:
    found = read_manifest(data)
    assert (found.layers, found.stopped) == ((), why)


def test_layers_are_counted_and_their_names_stay_inside() -> None:
    many = read_manifest(json.dumps({"layers": [layer("tensor")] * (MAX_LAYERS + 5)}).encode())
    assert (len(many.layers), bool(many.stopped)) == (MAX_LAYERS, True)
    names = ["../../x", "/etc/passwd", "a/../b", "-x", "ok/config.json"]
    found = read_manifest(json.dumps({"layers": [layer("json", name=n) for n in names]}).encode())
    assert [one.name for one in found.layers] == ["", "", "", "", "ok/config.json"]
    size = read_manifest(json.dumps({"layers": [layer("model", size=-1), layer("model", size=True)]}).encode())
    assert [one.size for one in size.layers] == [None, None]


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("a/b", "a/b"),
        (" a/b@v1.0 ", "a/b@v1.0"),
        ("https://huggingface.co/a/b@x", "https://huggingface.co/a/b@x"),
        ("/root/.cache/huggingface/hub/models--a--b/snapshots/0123abc/", "a/b@0123abc"),
        (r"D:\hub\models--gpt2", "gpt2"),
        ("models--a--b/refs", "a/b"),
        ("/data/my-models--a--b", "/data/my-models--a--b"),
    ],
)
def test_a_name_is_read_as_people_write_it(said: str, target: str) -> None:
    found = named(said)
    assert found is not None
    assert (found.target, found.said) == (target, said.strip())


@pytest.mark.parametrize("said", ["", "  ", "x" * 500, "a\nb", "a\x1b[31m"])
def test_what_is_no_name_names_nothing(said: str) -> None:
    assert named(said) is None
