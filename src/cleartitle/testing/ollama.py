"""A registry of Ollama that serves a store: the folder with ``manifests`` and ``blobs`` that Ollama itself keeps.

::

    store_model(root, "poet:1b", model=gguf, license=["The terms."])
    with FixtureOllama(root) as registry:
        OllamaRegistry(endpoint=registry.endpoint)
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final

from attrs import frozen

from cleartitle.testing import replies
from cleartitle.testing.questions import Question
from cleartitle.testing.replies import Reply
from cleartitle.testing.repository import HubFile
from cleartitle.testing.served import FixtureServer, FolderDesk

MANIFEST_TYPE: Final = "application/vnd.docker.distribution.manifest.v2+json"
_HOST: Final = "registry.ollama.ai"
_PATH: Final = re.compile(r"/v2/([\w.-]+)/([\w.-]+)/(manifests|blobs)/([\w.:-]+)")


def store_model(
    root: Path,
    name: str,
    *,
    model: bytes,
    license: Iterable[str] = (),  # noqa: A002 - the word of Ollama
    sources: Mapping[str, str] | None = None,
    more: Iterable[tuple[str, bytes]] = (),
    host: str = _HOST,
) -> str:
    """Write a model into the store in *root*, as ``ollama create`` does; return the SHA-256 of its manifest.

    *name* is ``model:tag`` or ``owner/model:tag``, *sources* the models from which layers of a kind were taken
    (``{"model": "llama3:8b"}``), *more* further layers by kind.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = store_model(Path(folder), "poet:1b", model=b"GGUF", license=["You may use it."])
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['blobs', 'manifests']
    """
    layers: list[dict[str, object]] = []
    texts = [("license", text.encode()) for text in license]
    for kind, data in (("model", model), *texts, *more):
        layer = _layer(root, f"application/vnd.ollama.image.{kind}", data)
        taken = (sources or {}).get(kind)
        layers.append({**layer, "from": taken} if taken else layer)
    described = json.dumps({"model_format": "gguf", "model_family": "llama", "file_type": "Q4_0"}).encode()
    config = _layer(root, "application/vnd.docker.container.image.v1+json", described)
    data = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": layers}).encode()
    owner, _, rest = name.rpartition("/")
    tagged, _, tag = rest.partition(":")
    path = root / "manifests" / host / (owner or "library") / tagged / (tag or "latest")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


@frozen(kw_only=True)
class OllamaDesk(FolderDesk):
    """The registry's answers."""

    def about(self, question: Question) -> str:
        """Return ``model`` or ``owner/model``."""
        found = _PATH.fullmatch(question.path)
        return f"{found[1]}/{found[2]}".removeprefix("library/") if found else ""

    def answer(self, question: Question, name: str) -> Reply:
        """Return the manifest or the blob."""
        found = _PATH.fullmatch(question.path)
        path = _place(self.shelf.root, found) if found and ".." not in question.path else None
        if path is None or not path.is_file():
            code = "MANIFEST_UNKNOWN" if "/manifests/" in question.path else "BLOB_UNKNOWN"
            return replies.error(HTTPStatus.NOT_FOUND, f"{name} not found", code=code)
        file = HubFile(path=path.name, size=path.stat().st_size, oid=path.name, source=path)
        return Reply(body=file, content_type="application/octet-stream")


class FixtureOllama(FixtureServer):
    """The registry of Ollama, over a store.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, FixtureOllama(folder) as registry:
    ...     registry.endpoint.startswith("http://127.0.0.1:"), registry.requests
    (True, ())
    """

    desk = OllamaDesk


def _layer(root: Path, media_type: str, data: bytes) -> dict[str, object]:
    digest = hashlib.sha256(data).hexdigest()
    path = root / "blobs" / f"sha256-{digest}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(data)}


def _place(root: Path, asked: re.Match[str]) -> Path | None:
    owner, model, kind, reference = asked.groups()
    if kind == "blobs":
        return root / "blobs" / reference.replace(":", "-")
    folder = root / "manifests" / _HOST / owner / model
    if not reference.startswith("sha256:"):
        return folder / reference
    tags = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((tag for tag in tags if hashlib.sha256(tag.read_bytes()).hexdigest() == reference[7:]), None)
