"""License statements in files beside cards: headers of weight files, Modelfiles, packages; and what tools write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cleartitle.files import KITFILES, MODELFILES, MODELPACKS
from cleartitle.formats.gguf import over, read_gguf
from cleartitle.formats.modelfile import read_modelfile
from cleartitle.formats.safetensors import read_safetensors
from cleartitle.statements.declared import declared
from cleartitle.texts import stated
from cleartitle.vocabulary.artifact import Artifact, TextFile
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
from cleartitle.vocabulary.statement import Covers, Expression, Statement

if TYPE_CHECKING:
    from cleartitle.card import Card
    from cleartitle.formats.kitfile import Package

_QUOTED = 200
_LONG = 400
"""Characters from which a license in a Modelfile is a text, and not a name."""


def default(card: Card) -> bool:
    """Whether the card's license is what its tool writes whatever the base."""
    from cleartitle.formats.training import default_license

    return default_license(card) is not None


def headed(artifact: Artifact) -> Iterator[Statement]:
    """Yield the statements in headers and packages, weaker than a card: tools copy them from elsewhere."""
    for file in artifact.texts:
        name = file.path.rpartition("/")[2]
        if name.lower().endswith(".gguf"):
            yield from _gguf(file, artifact)
        elif name.lower().endswith(".safetensors"):
            yield from _safetensors(file, artifact)
        elif name in MODELFILES:
            yield from _modelfile(file, artifact)
        elif name in KITFILES:
            from cleartitle.formats.kitfile import read_kitfile

            yield from _packed(file, artifact, read_kitfile)
        elif name in MODELPACKS:
            from cleartitle.formats.kitfile import read_modelpack

            yield from _packed(file, artifact, read_modelpack)


def _gguf(file: TextFile, artifact: Artifact) -> Iterator[Statement]:
    found = {entry.key.rpartition(".")[2]: str(entry.value) for entry in read_gguf(over(file.data)).licenses}
    if found:
        quote = "; ".join(f"general.license{'' if k == 'license' else f'.{k}'}: {v}" for k, v in found.items())
        tags = [found["license"]] if found.get("license") else []
        said = declared(tags, found.get("name"), found.get("link"))
        yield _statement(said, Covers.WEIGHTS, file, artifact, quote)


def _safetensors(file: TextFile, artifact: Artifact) -> Iterator[Statement]:
    for key, value in read_safetensors(over(file.data)).licenses:
        yield _statement(declared([value.strip()], None, None), Covers.WEIGHTS, file, artifact, f"{key}: {value}")


def _modelfile(file: TextFile, artifact: Artifact) -> Iterator[Statement]:
    for command in read_modelfile(file.text).of("license"):
        text = command.value.strip()
        said = stated(text, file.path) if len(text) > _LONG else declared([text], None, None)
        yield _statement(said, Covers.WEIGHTS, file, artifact, text.partition("\n")[0], command.span)


def _packed(file: TextFile, artifact: Artifact, read: Callable[[str], Package | None]) -> Iterator[Statement]:
    package = read(file.text)
    for each in package.licenses if package else ():
        quote = f"{each.key}: {each.said}"
        yield _statement(declared([each.said], None, None), each.covers, file, artifact, quote, each.span)


def _statement(
    said: Expression, covers: Covers, file: TextFile, artifact: Artifact, quote: str, span: Span | None = None
) -> Statement:
    evidence = Evidence(
        method=Method.FILE,
        artifact=artifact.ref,
        path=file.path,
        span=span,
        quote=quote[:_QUOTED],
        confidence=Confidence.MEDIUM,
    )
    return Statement(expression=said, covers=covers, evidence=evidence)
