"""The Hugging Face Hub, through its own client: HF_ENDPOINT, HF_TOKEN, HF_HOME and HF_HUB_OFFLINE are obeyed.

Two metadata calls a model (its files with sizes and hashes; what the Hub infers of its base), then one request for
each of its few small files, and for the beginning of a weight file that says of itself what it is, at the resolved
commit. What was read is kept by commit: the next time one call says that the commit is still the same, and soon after
none is made.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

from attrs import evolve

from cleartitle.errors import AccessDenied, BadReference, ServerFailed, SourceError
from cleartitle.files import worth_reading
from cleartitle.sources.failures import pause_before_retry, wrap
from cleartitle.sources.heads import head, with_heads
from cleartitle.sources.interface import MAX_LISTED, MAX_TEXT
from cleartitle.sources.store import Store
from cleartitle.sources.web import Web
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Gate, Inferred, Origin, Problem, TextFile
from cleartitle.vocabulary.lineage import Child, Children
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import DatasetInfo, ModelInfo

T = TypeVar("T")
TIMEOUT = 20.0
"""Seconds without an answer before a call has failed."""
MAX_WAIT = 60.0
"""Seconds waited in all for one answer, as the Hub asks (Retry-After), before the source has failed."""
MAX_TRIES = 4
PARALLEL = 4
"""Files of one model that are fetched at the same time."""
_COMMIT = re.compile(r"[0-9a-f]{40}")
"""A commit becomes the name of a file and a part of addresses: whatever a server calls so must look like one."""


class Hub:
    """Reads repositories of a Hugging Face Hub; *endpoint* and *token* default to what the environment says.

    What was read at most *fresh* seconds ago is not asked for again.
    """

    def __init__(
        self,
        *,
        endpoint: str | None = None,
        token: str | Literal[False] | None = None,
        store: Store | None = None,
        fresh: float = 0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._token = token
        self._store = store or Store()
        self._fresh = fresh
        self._wait = wait

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the repository at *ref*, at the commit its revision resolves to."""
        api = self._api()
        known = self._store.recent(api.endpoint, ref, self._fresh)
        if known is not None:
            return _renamed(ref, known)
        revision = ref.revision or "main"  # a mirror tells failures of a call without revision wrongly
        info = self._ask(ref, lambda: _info(api, ref, revision))
        if not info.sha or not _COMMIT.fullmatch(info.sha):
            raise ServerFailed(f"the Hub gave no commit for {ref.short}")
        resolved = ModelRef(ref.scheme, info.id, info.sha)
        kept = self._store.load(api.endpoint, resolved)
        found = evolve(kept, gate=_gate(info)) if kept else self._read(api, info, resolved)  # no commit sets the gate
        if found != kept and all(p.what == "dropped" for p in found.problems):
            self._store.save(api.endpoint, found)
        self._store.note(api.endpoint, ref, resolved)
        return _renamed(ref, found)

    def children(self, ref: ModelRef, most: int) -> Children:
        """Return the models that name *ref* as their base, at most *most*, those with most downloads first."""
        web = self._web(self._api())
        query = {"filter": f"base_model:{ref.name}", "sort": "downloads", "direction": "-1", "limit": str(most + 1)}
        found = web.objects("/api/models", f"what was made from {ref.short}", query)
        children = (_child(each, ref.name) for each in found[:most])
        models = tuple(child for child in children if child is not None)
        return Children(models=models, more=len(found) > most, source=web.endpoint)

    def before(self, ref: ModelRef, day: dt.date) -> ModelRef | None:
        """Return *ref* at its last commit of *day* or earlier, of those of its revision; None where there is none."""
        web = self._web(self._api())
        path = f"/api/models/{ref.name}/commits/{ref.revision or 'main'}"
        for page in web.pages(path, f"the commits of {ref.short}"):
            for commit in page:
                name, written = commit.get("id"), _day(commit.get("date"))
                if isinstance(name, str) and _COMMIT.fullmatch(name) and written and written <= day:
                    return ref.at(name)
        return None

    def _read(self, api: HfApi, info: ModelInfo | DatasetInfo, ref: ModelRef) -> Artifact:
        files = _files(info)
        data = ref.scheme is Scheme.DATASET
        inferred, dropped = (None, ()) if data else self._inferred(api, ref)
        texts, missing = self._texts(ref, worth_reading(files))
        heads, unread = self._heads(api, ref, () if data else with_heads(files))
        return Artifact(
            ref=ref,
            origin=Origin.LIVE,
            source=api.endpoint,
            files=files,
            complete=len(info.siblings or ()) <= MAX_LISTED,
            texts=texts + heads,
            tags=tuple(map(str, info.tags or ()))[:500],
            inferred=inferred,
            gate=_gate(info),
            created=_date(info.created_at),
            modified=_date(info.last_modified),
            problems=(*dropped, *missing, *unread),
        )

    def _web(self, api: HfApi) -> Web:
        """Return the Hub's plain answers, for what huggingface_hub reads whole, or waits for longer than people do."""
        from huggingface_hub.utils import build_hf_headers

        headers = build_hf_headers(token=self._token, library_name="cleartitle")
        return Web(endpoint=api.endpoint, label="the Hub", headers=headers, wait=self._wait)

    def _api(self) -> HfApi:
        from huggingface_hub import HfApi

        return HfApi(endpoint=self._endpoint, token=self._token, library_name="cleartitle")

    def _inferred(self, api: HfApi, ref: ModelRef) -> tuple[Inferred | None, tuple[Problem, ...]]:
        """Return what the Hub infers of the base; a mirror that drops it is a problem, not a failure."""

        def ask() -> ModelInfo:
            return api.model_info(ref.name, revision=ref.revision, expand=["baseModels", "sha"], timeout=TIMEOUT)

        try:
            info = self._ask(ref, ask)
        except SourceError as error:
            return None, (Problem(what="unread", message=f"what the Hub infers of the base is missing: {error}"),)
        raw: object = getattr(info, "base_models", None)
        if isinstance(raw, dict):
            models = raw.get("models")
            listed = models if isinstance(models, list) else []
            ids = tuple(str(m["id"]) for m in listed if isinstance(m, dict) and "id" in m)
            return Inferred(relation=str(raw.get("relation", "")), models=ids), ()
        if info.tags is not None:  # asked for two keys and got them all: `expand` was ignored
            said = "a mirror ignores `expand`: what the Hub infers of the base models is not known"
            return None, (Problem(what="dropped", message=said),)
        return None, ()

    def _texts(self, ref: ModelRef, entries: tuple[FileEntry, ...]) -> tuple[tuple[TextFile, ...], tuple[Problem, ...]]:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(PARALLEL) as pool:
            found = list(pool.map(lambda entry: self._text(ref, entry.path), entries))
        texts = tuple(t for t in found if isinstance(t, TextFile))
        problems = {"gated" if p.what == "gated" else p.message: p for p in found if isinstance(p, Problem)}
        cut = tuple(_cut(t) for t in texts if t.cut)
        return texts, (*problems.values(), *cut)

    def _heads(
        self, api: HfApi, ref: ModelRef, entries: tuple[FileEntry, ...]
    ) -> tuple[tuple[TextFile, ...], tuple[Problem, ...]]:
        """Return the beginnings of weight files; of those of a gated model nothing is said that is not said before."""
        web = self._web(api)
        texts, problems = list[TextFile](), list[Problem]()
        for path in (entry.path for entry in entries):
            try:
                texts.append(head(path, functools.partial(_part, web, ref, path)))
            except AccessDenied:
                continue
            except SourceError as error:
                said = f"the beginning of {path} could not be read: {error}"
                problems.append(Problem(what="unread", message=said, path=path))
        return tuple(texts), tuple(problems)

    def _text(self, ref: ModelRef, path: str) -> TextFile | Problem:
        try:
            data = self._ask(ref, lambda: self._get(ref, path))
        except AccessDenied as error:
            return Problem(what="gated", message=error.message, path=path)
        except SourceError as error:
            return Problem(what="unread", message=f"{path} could not be read: {error}", path=path)
        return TextFile(path=path, data=data[:MAX_TEXT], cut=len(data) > MAX_TEXT)

    def _get(self, ref: ModelRef, path: str) -> bytes:
        """Return the first `MAX_TEXT` bytes of a file, and one more where there are more."""
        from huggingface_hub import hf_hub_url
        from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

        kind = "dataset" if ref.scheme is Scheme.DATASET else None
        url = hf_hub_url(ref.name, path, repo_type=kind, revision=ref.revision, endpoint=self._endpoint)
        headers = build_hf_headers(token=self._token, library_name="cleartitle")
        data = bytearray()
        with get_session().stream("GET", url, headers=headers, follow_redirects=True, timeout=TIMEOUT) as response:
            hf_raise_for_status(response)
            for piece in response.iter_bytes():
                data += piece
                if len(data) > MAX_TEXT:
                    break
        return bytes(data[: MAX_TEXT + 1])

    def _ask(self, ref: ModelRef, call: Callable[[], T]) -> T:
        """Call, wait as told and call again: at most `MAX_TRIES` times and `MAX_WAIT` seconds."""
        waited = 0.0
        for attempt in range(1, MAX_TRIES + 1):
            try:
                return call()
            except Exception as error:
                wrapped = wrap(error, ref)
                if wrapped is None:
                    raise
                pause = pause_before_retry(wrapped, attempt)
                if pause is None or attempt == MAX_TRIES or waited + pause > MAX_WAIT:
                    raise wrapped from None
                waited += pause
                self._wait(pause)
        raise AssertionError("the loop returns or raises")


def _info(api: HfApi, ref: ModelRef, revision: str) -> ModelInfo | DatasetInfo:
    if ref.scheme is Scheme.DATASET:
        return api.dataset_info(ref.name, revision=revision, files_metadata=True, timeout=TIMEOUT)
    return api.model_info(ref.name, revision=revision, files_metadata=True, timeout=TIMEOUT)


def _part(web: Web, ref: ModelRef, path: str, start: int, length: int) -> bytes:
    return web.part(f"/{ref.name}/resolve/{ref.revision}/{path}", path, start, length)


def _renamed(asked: ModelRef, found: Artifact) -> Artifact:
    if asked.name == found.ref.name:
        return found
    problem = Problem(what="renamed", message=f"{asked.name} is now called {found.ref.name}")
    return evolve(found, problems=(*found.problems, problem))


def _cut(text: TextFile) -> Problem:
    said = f"{text.path} has more than the {MAX_TEXT:,} bytes that are read"
    return Problem(what="too-large", message=said, path=text.path)


def _child(answer: dict[str, object], base: str) -> Child | None:
    """Return the model of a list's entry; None for the base itself, and for what is no model."""
    name, listed = answer.get("id"), answer.get("tags")
    tags = [tag for tag in listed if isinstance(tag, str)] if isinstance(listed, list) else []
    if not isinstance(name, str) or name == base:
        return None
    relation = next((r for r in Relation if f"base_model:{r}:{base}" in tags), None)
    licenses = tuple(t.removeprefix("license:") for t in tags if t.startswith("license:"))
    try:
        return Child(ref=ModelRef.hub(name), relation=relation, license=licenses)
    except BadReference:
        return None


def _files(info: ModelInfo | DatasetInfo) -> tuple[FileEntry, ...]:
    entries = []
    for sibling in (info.siblings or ())[:MAX_LISTED]:
        digest = getattr(sibling.lfs, "sha256", None)
        sha256, blob = str(digest) if digest else None, sibling.blob_id
        entries.append(FileEntry(path=sibling.rfilename, size=sibling.size, sha256=sha256, blob=blob))
    return tuple(sorted(entries, key=lambda e: e.path))


def _gate(info: ModelInfo | DatasetInfo) -> Gate:
    return Gate(info.gated) if info.gated in ("auto", "manual") else Gate.OPEN


def _day(written: object) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(written).date() if isinstance(written, str) else None
    except ValueError:
        return None


def _date(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
