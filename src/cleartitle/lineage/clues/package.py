"""Packed models: Ollama's manifests and Modelfiles, Kitfiles of KitOps, ModelPack configurations.

Models of registries other than Ollama's are named here by words that no source looks up: such clues are unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cleartitle.errors import BadReference
from cleartitle.files import KITFILES, MODELFILES, MODELPACKS
from cleartitle.formats.image import read_manifest
from cleartitle.formats.modelfile import read_modelfile
from cleartitle.lineage.clues.naming import parent
from cleartitle.vocabulary.artifact import Artifact, TextFile
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card
    from cleartitle.formats.kitfile import Package

MANIFEST = "manifest.json"
"""The manifest of a registry, as the sources keep it."""
_HUBS = ("hf.co/", "huggingface.co/")
_RELATIONS = {
    "from": Relation.FINETUNE,
    "model": Relation.COPY,
    "adapter": Relation.ADAPTER,
    "projector": Relation.COMPONENT,
    "draft": Relation.COMPONENT,
}


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:  # noqa: ARG001 - the signature of all finders
    """Return a clue for each model that a package says it was made from, once."""
    found = list(_hub(artifact))
    for file in artifact.texts:
        name = file.path.rpartition("/")[2]
        if name == MANIFEST:
            found += _manifest(artifact, file)
        elif name in MODELFILES:
            found += _modelfile(artifact, file)
        elif name in KITFILES:
            from cleartitle.formats.kitfile import read_kitfile

            found += _packed(artifact, file, read_kitfile)
        elif name in MODELPACKS:
            from cleartitle.formats.kitfile import read_modelpack

            found += _packed(artifact, file, read_modelpack)
    return tuple({(clue.parent, clue.said): clue for clue in reversed(found)}.values())[::-1]


def _hub(artifact: Artifact) -> Iterator[Clue]:
    """Yield the repository of a Hub whose file this is: Ollama pulls ``hf.co/owner/name`` as it stands there."""
    name = artifact.ref.name.partition(":")[0]
    host = next((hub for hub in _HUBS if name.lower().startswith(hub)), "")
    if host:
        evidence = Evidence(method=Method.FILE, artifact=artifact.ref, path="name", quote=artifact.ref.name)
        yield Clue(parent=parent(name[len(host) :]), said=name, relation=Relation.COPY, evidence=evidence)


def _manifest(artifact: Artifact, file: TextFile) -> Iterator[Clue]:
    for layer in read_manifest(file.data).layers:
        if layer.source and layer.kind in _RELATIONS:
            quote = f"{layer.kind} from {layer.source}"
            yield _clue(artifact, file, layer.source, _hosted(layer.source), _RELATIONS[layer.kind], quote)


def _modelfile(artifact: Artifact, file: TextFile) -> Iterator[Clue]:
    for command in read_modelfile(file.text).commands:
        said = command.value.strip()
        if command.name in _RELATIONS and said:
            quote = f"{command.name.upper()} {said}"
            kind = _RELATIONS[command.name]
            yield _clue(artifact, file, said, _hosted(said), kind, quote, span=command.span)


def _packed(artifact: Artifact, file: TextFile, read: Callable[[str], Package | None]) -> Iterator[Clue]:
    package = read(file.text)
    for each in package.parents if package else ():
        meant = parent(each.said) if "://" in each.said else None
        yield _clue(artifact, file, each.said, meant, Relation.CONVERTED, f"{each.key}: {each.said}", span=each.span)


def _clue(
    artifact: Artifact,
    file: TextFile,
    said: str,
    meant: ModelRef | None,
    relation: Relation,
    quote: str,
    *,
    span: Span | None = None,
) -> Clue:
    evidence = Evidence(method=Method.FILE, artifact=artifact.ref, path=file.path, span=span, quote=quote[:400])
    return Clue(parent=meant, said=said[:400], relation=relation, evidence=evidence)


def _hosted(said: str) -> ModelRef | None:
    """Return what Ollama means by a name: a repository of the Hub that is its host, else a model of Ollama.

    With a Hub as its host, the tag is a file and no revision. What looks like a path is one.
    """
    host = next((hub for hub in _HUBS if said.lower().startswith(hub)), "")
    if host:
        return parent(said[len(host) :].partition(":")[0])
    if said.startswith((".", "/", "~", "sha256")) or said.lower().endswith((".gguf", ".safetensors", ".bin", ".ggml")):
        return None
    try:
        return ModelRef.ollama(said)
    except BadReference:
        return None
