"""Ollama: models of its store on this machine (manifests and blobs), and of its registry.

A model is a list of layers, each a file named by its SHA-256: weights (the very file that a Hub has, by its hash),
adapters, texts of licenses, any number of them. Here they become files with the names that they would have in a
repository: ``model.gguf``, ``LICENSE``, ``LICENSE-2``.

A name is ``model``, ``owner/model`` or ``host/owner/model``; the revision is the tag (``latest``), or the SHA-256 of
the manifest. Models of a Hub have that as their host: ``hf.co/owner/name``.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Protocol

from attrs import frozen

from cleartitle.errors import BadReference, NotFound, ServerFailed, SourceError
from cleartitle.formats.image import Layer, Manifest, read_manifest
from cleartitle.sources.heads import MAX_HEAD, is_weights
from cleartitle.sources.interface import MAX_TEXT
from cleartitle.sources.web import Web
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, Problem, TextFile
from cleartitle.vocabulary.reference import ModelRef

REGISTRY = "registry.ollama.ai"
HOSTS = frozenset({REGISTRY, "ollama.com", "hf.co", "huggingface.co", "modelscope.cn", "modelscope.ai"})
"""The registries that are asked; a manifest of one could name any host at all as the source of a layer."""
MAX_ENTRIES = 10_000
"""Names that are looked through in a folder of the store."""
MAX_LICENSES = 24
MAX_HEADS = 3
MAX_MANIFEST = 4 * 1024 * 1024
MANIFEST = "manifest.json"
"""The name under which the manifest itself is kept."""
CONFIG = "ollama.json"
PARALLEL = 4
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?(?::\d{1,5})?"
_NAME = re.compile(rf"(?:(?:(?P<host>{_HOST})/)?(?P<owner>{_PART})/)?(?P<model>{_PART})(?::(?P<tag>{_PART}))?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SMALL = frozenset({"config.json", "adapter_config.json"})
_SERVICE = Path("/usr/share/ollama/.ollama/models")
"""Where the service keeps its models on Linux."""


@frozen(kw_only=True)
class ImageName:
    """The name of a model, taken apart."""

    host: str = REGISTRY
    owner: str = "library"
    model: str
    tag: str = "latest"
    """Or the SHA-256 of the manifest."""

    @classmethod
    def of(cls, ref: ModelRef) -> ImageName:
        """Read a reference; a tag may stand in its name or as its revision.

        >>> from cleartitle.vocabulary.reference import Scheme
        >>> ImageName.of(ModelRef(Scheme.OLLAMA, "llama3.2:1b"))
        ImageName(host='registry.ollama.ai', owner='library', model='llama3.2', tag='1b')
        """
        found = _NAME.fullmatch(ref.name)
        if found is None or ".." in ref.name:
            raise BadReference(f"{ref.name!r} is not the name of an Ollama model", advice="write name:tag")
        tag = ref.revision or found["tag"] or "latest"
        if not re.fullmatch(_PART, tag):
            raise BadReference(f"{tag!r} is not a tag")
        host = (found["host"] or REGISTRY).lower()
        return cls(host=host, owner=found["owner"] or "library", model=found["model"], tag=tag)

    @property
    def digest(self) -> str:
        """The SHA-256 that the tag is; empty for a tag proper."""
        return self.tag if _SHA256.fullmatch(self.tag) else ""


class _Blobs(Protocol):
    """Where layers are read from."""

    def read(self, layer: Layer, length: int) -> bytes:
        """Return the first bytes of a layer, and one more where there are more."""


class OllamaStore:
    """The store on this machine: ``OLLAMA_MODELS``, else the user's, else that of the service."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the model as it was pulled or made, or raise `NotFound`."""
        name, root = ImageName.of(ref), self._root or store_location()
        data = _find(root, name)
        if data is None:
            raise NotFound(f"{ref.short} is not in the store of Ollama ({root})", advice=f"ollama pull {ref.short}")
        blobs = _Stored(root)
        manifest = _listed(data, lambda digest: _open(root / "blobs" / f"sha256-{digest}", MAX_MANIFEST))
        return _artifact(ref, data, manifest, blobs, Origin.CACHE, str(root))


class OllamaRegistry:
    """The registry, over HTTP; *endpoint* stands in for the host of the name."""

    def __init__(self, *, endpoint: str | None = None, wait: Callable[[float], None] = time.sleep) -> None:
        self._endpoint = endpoint
        self._wait = wait

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the model as the registry has it: one request for the manifest, one for each small layer."""
        name = ImageName.of(ref)
        if self._endpoint is None and name.host not in HOSTS:
            raise NotFound(f"{name.host} is no registry that is asked", advice="pull the model, and look at the store")
        accept = "application/vnd.docker.distribution.manifest.v2+json, application/vnd.ollama.manifest.list.v2+json"
        web = Web(
            endpoint=self._endpoint or f"https://{name.host}",
            label=f"the registry {name.host}",
            headers={"Accept": accept},
            wait=self._wait,
        )
        path = f"/v2/{name.owner}/{name.model}"

        def manifest(tag: str) -> bytes:
            return web.get(f"{path}/manifests/{tag}", ref.short, most=MAX_MANIFEST)

        data = manifest(f"sha256:{name.digest}" if name.digest else name.tag)
        listed = _listed(data, lambda digest: manifest(f"sha256:{digest}"))
        return _artifact(ref, data, listed, _Served(web, f"{path}/blobs", ref.short), Origin.LIVE, web.shown)


class Ollama:
    """The store on this machine, and the registry for what is not there."""

    def __init__(self, store: OllamaStore | None = None, registry: OllamaRegistry | None = None) -> None:
        self._store = store or OllamaStore()
        self._registry = registry or OllamaRegistry()

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the model: what would run here, where it is here."""
        try:
            return self._store.fetch(ref)
        except NotFound:
            return self._registry.fetch(ref)


def store_location() -> Path:
    """Return where the store is, by Ollama's own rules."""
    if os.environ.get("OLLAMA_MODELS"):
        return Path(os.environ["OLLAMA_MODELS"]).expanduser()
    own = Path("~/.ollama/models").expanduser()
    return own if own.is_dir() or not _SERVICE.is_dir() else _SERVICE


class _Stored:
    def __init__(self, root: Path) -> None:
        self._blobs = root / "blobs"

    def read(self, layer: Layer, length: int) -> bytes:
        data = _open(self._blobs / f"sha256-{layer.sha256}", length)
        if data is None:
            raise NotFound("the blob is not in the store")
        return data


class _Served:
    def __init__(self, web: Web, path: str, about: str) -> None:
        self._web, self._path, self._about = web, path, about

    def read(self, layer: Layer, length: int) -> bytes:
        return self._web.part(f"{self._path}/sha256:{layer.sha256}", f"a layer of {self._about}", 0, length + 1)


def _find(root: Path, name: ImageName) -> bytes | None:
    """Return the manifest of a name, or, for a SHA-256, the one under any tag of it."""
    for layout in ("manifests-v2", "manifests"):
        folder = _below(root / layout, name.host, name.owner, name.model)
        for path in _entries(folder) if name.digest else (_below(folder, name.tag),):
            if not _inside(path, root):
                continue
            data = _open(path, MAX_MANIFEST)
            if data is not None and name.digest in ("", hashlib.sha256(data).hexdigest()):
                return data
    return None


def _below(folder: Path, *names: str) -> Path:
    """Return the path below *folder*; names are told apart without case, as Ollama does."""
    for name in names:
        exact = folder / name
        same = (path for path in _entries(folder) if path.name.casefold() == name.casefold())
        folder = exact if exact.exists() else next(iter(same), exact)
    return folder


def _entries(folder: Path) -> Iterable[Path]:
    try:
        return sorted(islice(folder.iterdir(), MAX_ENTRIES))
    except OSError:
        return ()


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _open(path: Path, length: int) -> bytes | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(length + 1)
    except OSError as error:
        raise SourceError(f"cannot read {path.name}: {error.strerror}", advice="check the permissions") from error


def _listed(data: bytes, read: Callable[[str], bytes | None]) -> Manifest:
    """Return the manifest in *data*, or the first of the list of them that it is."""
    found = read_manifest(data)
    if found.others:
        found = read_manifest(read(found.others[0]) or b"")
    if not found.layers:
        raise ServerFailed(f"the manifest cannot be used: {found.stopped or 'it lists no layers'}")
    return found


def _artifact(ref: ModelRef, data: bytes, manifest: Manifest, blobs: _Blobs, origin: Origin, source: str) -> Artifact:
    named = _named(manifest)
    wanted = _worth_reading(named)
    with ThreadPoolExecutor(PARALLEL) as pool:
        read = list(pool.map(lambda pair: _text(pair[0], pair[1], blobs), wanted))
    problems = [p for p in read if isinstance(p, Problem)]
    problems += [_too_large(t) for t in read if isinstance(t, TextFile) and t.cut and not is_weights(t.path)]
    if manifest.stopped:
        problems.append(Problem(what="cut", message=f"the manifest: {manifest.stopped}", path=MANIFEST))
    licenses = sum(layer.kind == "license" for layer in manifest.layers)
    if licenses > MAX_LICENSES:
        said = f"only the first {MAX_LICENSES} of {licenses} licenses were read"
        problems.append(Problem(what="cut", message=said, path="LICENSE"))
    return Artifact(
        ref=ref.at(hashlib.sha256(data).hexdigest()),
        origin=origin,
        source=source,
        files=tuple(FileEntry(path=path, size=layer.size, sha256=layer.sha256) for path, layer in named),
        complete=not manifest.stopped,
        texts=(TextFile(path=MANIFEST, data=data[:MAX_TEXT]), *(t for t in read if isinstance(t, TextFile))),
        problems=tuple(problems),
    )


def _named(manifest: Manifest) -> list[tuple[str, Layer]]:
    """Return the layers under the names of files, each name once."""
    found = {CONFIG: manifest.config} if manifest.config else {}
    counts: Counter[str] = Counter()
    for layer in manifest.layers:
        path = layer.name if layer.name not in ("", MANIFEST) else ""
        while not path or path in found:
            stem, suffix = _stem(layer)
            counts[stem] += 1
            path = stem + (f"-{counts[stem]}" if counts[stem] > 1 else "") + suffix
        found[path] = layer
    return list(found.items())


def _stem(layer: Layer) -> tuple[str, str]:
    match layer.kind:
        case "license":
            return "LICENSE", ""
        case "model" | "adapter" | "projector" | "draft":
            return layer.kind, ".gguf"
        case "params" | "messages" | "json":
            return layer.kind, ".json"
        case _:
            return re.sub(r"[^\w-]", "_", layer.kind)[:40] or "layer", ""


def _worth_reading(named: list[tuple[str, Layer]]) -> list[tuple[str, Layer]]:
    licenses = [pair for pair in named if pair[1].kind == "license"]
    small = [pair for pair in named if pair[0] == CONFIG or pair[1].name in _SMALL]
    heads = [pair for pair in named if pair[1].kind in ("model", "adapter") and not pair[1].name]
    return [*licenses[:MAX_LICENSES], *small, *heads[:MAX_HEADS]]


def _text(path: str, layer: Layer, blobs: _Blobs) -> TextFile | Problem:
    """Return the layer, or the beginning of a large one; what is not what its hash says is not used."""
    most = MAX_HEAD if is_weights(path) else MAX_TEXT
    try:
        data = blobs.read(layer, most)
    except SourceError as error:
        return Problem(what="unread", message=f"{path} could not be read: {error}", path=path)
    whole = len(data) <= most
    if whole and hashlib.sha256(data).hexdigest() != layer.sha256:
        return Problem(what="altered", message=f"{path} is not the file that the manifest names; not used", path=path)
    return TextFile(path=path, data=data[:most], cut=not whole)


def _too_large(text: TextFile) -> Problem:
    said = f"{text.path} has more than the {MAX_TEXT:,} bytes that are read"
    return Problem(what="too-large", message=said, path=text.path)
