"""Manifests of container registries, as Ollama writes them: a list of layers, each a file named by its SHA-256."""

from __future__ import annotations

import json
import re

from attrs import frozen

MAX_LAYERS = 5_000
"""Layers of one manifest; models in single tensors have over a thousand."""
MAX_RUNNERS = 32
_DIGEST = re.compile(r"sha256[:-]([0-9a-fA-F]{64})")
_NAME = re.compile(r"(?!.*\.\.)[\w.][\w./-]{0,200}")


@frozen(kw_only=True)
class Layer:
    """One file of an image."""

    media_type: str
    sha256: str
    size: int | None = None
    """Bytes, as the manifest claims."""
    source: str = ""
    """The model that it was taken from (``from``)."""
    name: str = ""
    """The path that it has in the model, where it is one."""

    @property
    def kind(self) -> str:
        """The last word of its media type: ``model``, ``license``, ``template``..."""
        return self.media_type.rpartition(".")[2].partition("+")[0]


@frozen(kw_only=True)
class Manifest:
    """The files of an image; *config* describes it. A list of images for several runners has only *others*."""

    config: Layer | None = None
    layers: tuple[Layer, ...] = ()
    others: tuple[str, ...] = ()
    """The SHA-256 of the images of a list."""
    stopped: str = ""
    """What is wrong with it; empty for a sound one."""


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest in *data*; nonsense gives an empty one that says so.

    >>> read_manifest(b"[]").stopped
    'not a manifest'
    """
    try:
        root: object = json.loads(data)
    except (ValueError, RecursionError):
        return Manifest(stopped="not a manifest")
    if not isinstance(root, dict):
        return Manifest(stopped="not a manifest")
    listed = root.get("manifests")
    if isinstance(listed, list) and listed:
        inline = next((one for one in listed[:MAX_RUNNERS] if isinstance(one, dict) and "layers" in one), None)
        if inline is not None:
            return _manifest(inline)
        return Manifest(others=tuple(d for one in listed[:MAX_RUNNERS] if (d := _digest(one))))
    return _manifest(root)


def _manifest(root: dict[str, object]) -> Manifest:
    listed = root.get("layers")
    if not isinstance(listed, list):
        return Manifest(stopped="a manifest without layers")
    found = [layer for item in listed[:MAX_LAYERS] if (layer := _layer(item))]
    stopped = ""
    if len(listed) > MAX_LAYERS:
        stopped = f"only the first {MAX_LAYERS:,} of its {len(listed):,} layers were read"
    elif len(found) < len(listed):
        stopped = f"{len(listed) - len(found)} of its {len(listed)} layers make no sense"
    return Manifest(config=_layer(root.get("config")), layers=tuple(found), stopped=stopped)


def _layer(said: object) -> Layer | None:
    if not isinstance(said, dict) or not (digest := _digest(said)):
        return None
    size, name = said.get("size"), _text(said.get("name"))
    return Layer(
        media_type=_text(said.get("mediaType")),
        sha256=digest,
        size=size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
        source=_text(said.get("from")),
        name=name if _NAME.fullmatch(name) else "",
    )


def _digest(said: object) -> str:
    found = _DIGEST.fullmatch(_text(said.get("digest"))) if isinstance(said, dict) else None
    return found[1].lower() if found else ""


def _text(said: object) -> str:
    return said[:400] if isinstance(said, str) else ""
