"""KitOps and ModelPack: models packed for a container registry, with what they say of licenses and parents.

A *Kitfile* names the parts of a ModelKit with a license for each; the path of its model may be another ModelKit. A
ModelPack configuration (``application/vnd.cncf.model.config.v1+json``) has licenses and the address of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from cleartitle.card import ListNode, MapNode, Node, Scalar, Tree, parse
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.statement import Covers

MAX_PARTS = 500
_KIT = re.compile(
    r"(?:[a-z0-9.-]{1,100}(?::\d{1,5})?/)?[a-z0-9._-]{1,100}/[a-z0-9._/-]{1,200}(?::[\w.-]{1,128}|@sha256:[0-9a-f]{64})"
)


@frozen(kw_only=True)
class PackedLicense:
    """A license, and what it is about."""

    said: str
    covers: Covers
    key: str
    """The place in the file: ``model.license``."""
    span: Span


@frozen(kw_only=True)
class PackedParent:
    """Something that the package says it comes from."""

    said: str
    key: str
    span: Span


@frozen(kw_only=True)
class Package:
    """What a packed model says of itself."""

    name: str = ""
    family: str = ""
    licenses: tuple[PackedLicense, ...] = ()
    parents: tuple[PackedParent, ...] = ()
    """Other packages or addresses that the model was taken from."""
    datasets: tuple[PackedParent, ...] = ()
    paths: tuple[str, ...] = ()
    """Files of the model."""


def read_kitfile(text: str) -> Package | None:
    r"""Return what a Kitfile (YAML, or the JSON of a registry) says; None for anything else.

    >>> kit = read_kitfile("manifestVersion: 1.0.0\nmodel:\n  path: jozu.ml/some/llama:8b\n  license: MIT\n")
    >>> [(l.said, str(l.covers)) for l in kit.licenses], [p.said for p in kit.parents]
    ([('MIT', 'weights')], ['jozu.ml/some/llama:8b'])
    """
    root = _root(text)
    if root is None or root.get("manifestVersion") is None:
        return None
    model, package = _map(root.get("model")), _map(root.get("package"))
    parts = tuple(_maps(model.get("parts"))) if model else ()
    works = (
        *_works(package, "package", Covers.PROJECT),
        *_works(model, "model", Covers.WEIGHTS),
        *(found for part in parts for found in _works(part, "model.parts", Covers.WEIGHTS)),
        *(found for work in _maps(root.get("datasets")) for found in _works(work, "datasets", Covers.DATA)),
        *(found for work in _maps(root.get("code")) for found in _works(work, "code", Covers.CODE)),
    )
    paths = tuple(_said((model, *parts), "path", "model.path"))
    return Package(
        name=_text(package.get("name")) if package else "",
        licenses=works[:MAX_PARTS],
        parents=tuple(path for path in paths if _KIT.fullmatch(path.said))[:MAX_PARTS],
        datasets=tuple(_said(_maps(root.get("datasets")), "path", "datasets.path"))[:MAX_PARTS],
        paths=tuple(path.said for path in paths if not _KIT.fullmatch(path.said))[:MAX_PARTS],
    )


def read_modelpack(text: str) -> Package | None:
    """Return what the configuration of a ModelPack says (its ``descriptor``); None for anything else."""
    root = _root(text)
    described = _map(root.get("descriptor")) if root else None
    if described is None:
        return None
    licenses = (
        PackedLicense(said=item.text, covers=Covers.WEIGHTS, key="descriptor.licenses", span=item.span)
        for item in _scalars(described.get("licenses"))
    )
    return Package(
        name=_text(described.get("name")),
        family=_text(described.get("family")),
        licenses=tuple(licenses)[:MAX_PARTS],
        parents=tuple(_said((described,), "sourceURL", "descriptor.sourceURL")),
        datasets=tuple(
            PackedParent(said=item.text, key="descriptor.datasetsURL", span=item.span)
            for item in _scalars(described.get("datasetsURL"))
        )[:MAX_PARTS],
    )


def _root(text: str) -> MapNode | None:
    parsed = parse(text, tabs=False)
    return _map(parsed.root) if isinstance(parsed, Tree) else None


def _works(work: MapNode | None, key: str, covers: Covers) -> Iterator[PackedLicense]:
    node = work.get("license") if work else None
    if isinstance(node, Scalar) and not node.empty:
        yield PackedLicense(said=node.text.strip(), covers=covers, key=f"{key}.license", span=node.span)


def _said(works: tuple[MapNode | None, ...] | Iterator[MapNode], name: str, key: str) -> Iterator[PackedParent]:
    for work in works:
        node = work.get(name) if work else None
        if isinstance(node, Scalar) and not node.empty:
            yield PackedParent(said=node.text.strip(), key=key, span=node.span)


def _maps(node: Node | None) -> Iterator[MapNode]:
    yield from (item for item in node.items if isinstance(item, MapNode)) if isinstance(node, ListNode) else ()


def _scalars(node: Node | None) -> Iterator[Scalar]:
    yield from (item for item in node.scalars if not item.empty) if isinstance(node, ListNode) else ()


def _map(node: Node | None) -> MapNode | None:
    return node if isinstance(node, MapNode) else None


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) and not node.empty else ""
