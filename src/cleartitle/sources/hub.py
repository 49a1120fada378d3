"""The Hugging Face Hub, through its own client: HF_ENDPOINT, HF_TOKEN, HF_HOME and HF_HUB_OFFLINE are obeyed.

Two metadata calls a model (its files with sizes and hashes; what the Hub infers of its base), then one request for
each of its few small files, at the resolved commit. What was read is kept by commit: the next time one call says that
the commit is still the same.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

from cleartitle.errors import AccessDenied, ServerFailed, SourceError
from cleartitle.files import worth_reading
from cleartitle.sources.failures import pause_before_retry, wrap
from cleartitle.sources.interface import MAX_LISTED, MAX_TEXT
from cleartitle.sources.store import Store
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Gate, Inferred, Origin, Problem, TextFile
from cleartitle.vocabulary.reference import ModelRef

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import ModelInfo

T = TypeVar("T")
TIMEOUT = 20.0
"""Seconds without an answer before a call has failed."""
MAX_WAIT = 60.0
"""Seconds waited in all for one answer, as the Hub asks (Retry-After), before the source has failed."""
MAX_TRIES = 4
PARALLEL = 4
"""Files of one model that are fetched at the same time."""
_COMMIT = 40


class Hub:
    """Reads repositories of a Hugging Face Hub; *endpoint* and *token* default to what the environment says."""

    def __init__(
        self,
        *,
        endpoint: str | None = None,
        token: str | Literal[False] | None = None,
        store: Store | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._token = token
        self._store = store or Store()
        self._wait = wait

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the repository at *ref*, at the commit its revision resolves to."""
        api = self._api()
        revision = ref.revision or "main"  # a mirror tells failures of a call without revision wrongly
        info = self._ask(ref, lambda: api.model_info(ref.name, revision=revision, files_metadata=True, timeout=TIMEOUT))
        if not info.sha or len(info.sha) != _COMMIT:
            raise ServerFailed(f"the Hub gave no commit for {ref.short}")
        resolved = ModelRef.hub(info.id, info.sha)
        kept = self._store.load(api.endpoint, resolved)
        found = kept or self._read(api, info, resolved)
        if kept is None and all(p.what == "dropped" for p in found.problems):
            self._store.save(api.endpoint, found)
        return _renamed(ref, found)

    def _read(self, api: HfApi, info: ModelInfo, ref: ModelRef) -> Artifact:
        files = _files(info)
        inferred, dropped = self._inferred(api, ref)
        texts, missing = self._texts(ref, worth_reading(files))
        return Artifact(
            ref=ref,
            origin=Origin.LIVE,
            source=api.endpoint,
            files=files,
            complete=len(info.siblings or ()) <= MAX_LISTED,
            texts=texts,
            tags=tuple(map(str, info.tags or ()))[:500],
            inferred=inferred,
            gate=Gate(info.gated) if info.gated in ("auto", "manual") else Gate.OPEN,
            created=_date(info.created_at),
            modified=_date(info.last_modified),
            problems=(*dropped, *missing),
        )

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

        url = hf_hub_url(ref.name, path, revision=ref.revision, endpoint=self._endpoint)
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


def _renamed(asked: ModelRef, found: Artifact) -> Artifact:
    from attrs import evolve

    if asked.name == found.ref.name:
        return found
    problem = Problem(what="renamed", message=f"{asked.name} is now called {found.ref.name}")
    return evolve(found, problems=(*found.problems, problem))


def _cut(text: TextFile) -> Problem:
    said = f"{text.path} has more than the {MAX_TEXT:,} bytes that are read"
    return Problem(what="too-large", message=said, path=text.path)


def _files(info: ModelInfo) -> tuple[FileEntry, ...]:
    entries = []
    for sibling in (info.siblings or ())[:MAX_LISTED]:
        digest = getattr(sibling.lfs, "sha256", None)
        sha256, blob = str(digest) if digest else None, sibling.blob_id
        entries.append(FileEntry(path=sibling.rfilename, size=sibling.size, sha256=sha256, blob=blob))
    return tuple(sorted(entries, key=lambda e: e.path))


def _date(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
