"""The Hugging Face Hub, through its own client: HF_ENDPOINT, HF_TOKEN, HF_HOME and HF_HUB_OFFLINE are obeyed.

Two metadata calls a model (its files with sizes and hashes; what the Hub infers of its base), then its few small
files, each at the resolved commit and kept in the Hub client's own cache.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cleartitle.errors import AccessDenied, ServerFailed, SourceError
from cleartitle.files import worth_reading
from cleartitle.sources.failures import pause_before_retry, wrap
from cleartitle.sources.interface import MAX_LISTED, MAX_TEXT
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Gate, Inferred, Origin, Problem, TextFile
from cleartitle.vocabulary.reference import ModelRef

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import ModelInfo

T = TypeVar("T")
TIMEOUT = 20.0
"""Seconds for one metadata call."""
MAX_WAIT = 60.0
"""Seconds waited in all for one answer, before the source counts as failed."""
MAX_TRIES = 4
PARALLEL = 4
"""Files of one model that are fetched at the same time."""
_COMMIT = 40


class Hub:
    """Reads repositories of a Hugging Face Hub."""

    def __init__(
        self,
        *,
        endpoint: str | None = None,
        token: str | None = None,
        cache: Path | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._token = token
        self._cache = cache
        self._wait = wait

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the repository at *ref*, at the commit its revision resolves to."""
        api = self._api()
        info = self._ask(
            ref, lambda: api.model_info(ref.name, revision=ref.revision, files_metadata=True, timeout=TIMEOUT)
        )
        if not info.sha or len(info.sha) != _COMMIT:
            raise ServerFailed(f"{self._at(ref)} gave no commit")
        resolved = ModelRef.hub(info.id, info.sha)
        problems = list(_renamed(ref, resolved))
        inferred, dropped = self._inferred(api, resolved)
        files = _files(info)
        texts, missing = self._texts(resolved, worth_reading(files))
        return Artifact(
            ref=resolved,
            origin=Origin.LIVE,
            source=self._endpoint or api.endpoint,
            files=files,
            complete=len(info.siblings or ()) <= MAX_LISTED,
            texts=texts,
            tags=tuple(map(str, info.tags or ()))[:500],
            inferred=inferred,
            gate=Gate(info.gated) if info.gated in ("auto", "manual") else Gate.OPEN,
            created=_date(info.created_at),
            modified=_date(info.last_modified),
            problems=(*problems, *dropped, *missing),
        )

    def _api(self) -> HfApi:
        from huggingface_hub import HfApi
        from huggingface_hub.utils.tqdm import disable_progress_bars

        disable_progress_bars()
        return HfApi(endpoint=self._endpoint, token=self._token, library_name="cleartitle")

    def _at(self, ref: ModelRef) -> str:
        return f"the Hub, asked for {ref.short},"

    def _inferred(self, api: HfApi, ref: ModelRef) -> tuple[Inferred | None, tuple[Problem, ...]]:
        """Return what the Hub infers of the base; a mirror that drops it is a problem, not a failure."""
        try:
            info = self._ask(
                ref,
                lambda: api.model_info(ref.name, revision=ref.revision, expand=["baseModels", "sha"], timeout=TIMEOUT),
            )
        except SourceError as error:
            return None, (Problem(what="dropped", message=f"the Hub's own inference of the base is missing: {error}"),)
        raw: object = getattr(info, "base_models", None)
        if isinstance(raw, dict):
            models = raw.get("models")
            ids = (
                [str(m["id"]) for m in models if isinstance(m, dict) and "id" in m] if isinstance(models, list) else []
            )
            return Inferred(relation=str(raw.get("relation", "")), models=tuple(ids)), ()
        if info.tags is not None:  # asked for two keys and got them all: `expand` was ignored
            said = "the mirror ignores `expand`: what the Hub infers of the base models is not known"
            return None, (Problem(what="dropped", message=said),)
        return None, ()

    def _texts(self, ref: ModelRef, entries: tuple[FileEntry, ...]) -> tuple[tuple[TextFile, ...], tuple[Problem, ...]]:
        with ThreadPoolExecutor(PARALLEL) as pool:
            found = list(pool.map(lambda entry: self._text(ref, entry), entries))
        problems = {p.what if p.what == "gated" else p.message: p for p in found if isinstance(p, Problem)}
        return tuple(t for t in found if isinstance(t, TextFile)), tuple(problems.values())

    def _text(self, ref: ModelRef, entry: FileEntry) -> TextFile | Problem:
        from huggingface_hub import hf_hub_download

        def download(*, dry_run: bool) -> object:
            return hf_hub_download(
                ref.name,
                entry.path,
                revision=ref.revision,
                endpoint=self._endpoint,
                token=self._token,
                cache_dir=self._cache,
                dry_run=dry_run,
            )

        try:
            size = entry.size
            if size is None:  # a mirror may not say
                size = int(getattr(self._ask(ref, lambda: download(dry_run=True)), "file_size", 0))
            if size > MAX_TEXT:
                said = f"{entry.path} has {size:,} bytes, more than the {MAX_TEXT:,} that are read"
                return Problem(what="too-large", message=said, path=entry.path)
            path = Path(str(self._ask(ref, lambda: download(dry_run=False))))
            return TextFile(path=entry.path, data=path.read_bytes())
        except AccessDenied as error:
            return Problem(what="gated", message=error.message, path=entry.path)
        except SourceError as error:
            return Problem(what="unread", message=f"{entry.path} could not be read: {error}", path=entry.path)
        except OSError as error:
            return Problem(what="unread", message=f"{entry.path} could not be read: {error.strerror}", path=entry.path)

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


def _renamed(asked: ModelRef, found: ModelRef) -> tuple[Problem, ...]:
    if asked.name == found.name:
        return ()
    return (Problem(what="renamed", message=f"{asked.name} is now called {found.name}"),)


def _files(info: ModelInfo) -> tuple[FileEntry, ...]:
    entries = []
    for sibling in (info.siblings or ())[:MAX_LISTED]:
        digest = getattr(sibling.lfs, "sha256", None)
        entries.append(FileEntry(path=sibling.rfilename, size=sibling.size, sha256=str(digest) if digest else None))
    return tuple(sorted(entries, key=lambda e: e.path))


def _date(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
