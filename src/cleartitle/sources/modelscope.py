"""ModelScope, through the HTTP API that its ``modelscope`` package uses; the package itself is not needed.

Two calls a model (what is said of it; its files with sizes and hashes), then one for each of its few small files and
one for the beginning of a weight file. ``MODELSCOPE_DOMAIN`` and ``MODELSCOPE_API_TOKEN`` are obeyed.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from cleartitle.errors import BadReference, NotFound, ServerFailed, SourceError
from cleartitle.files import worth_reading
from cleartitle.sources.heads import MAX_HEAD, is_weights, with_heads
from cleartitle.sources.interface import MAX_LISTED, MAX_TEXT
from cleartitle.sources.store import Store
from cleartitle.sources.web import Web
from cleartitle.vocabulary.artifact import Artifact, Declared, FileEntry, Origin, Problem, TextFile
from cleartitle.vocabulary.reference import ModelRef

DOMAIN = "www.modelscope.cn"
BRANCH = "master"
PARALLEL = 4
MAX_TAGS = 500
_NAME = re.compile(r"[A-Za-z0-9_][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}")
_PATH = re.compile(r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[^\x00-\x1f]{1,500}")
_SHA256, _COMMIT = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{40}")

Answer = Mapping[str, object]


@frozen(kw_only=True)
class _Listing:
    files: tuple[FileEntry, ...]
    complete: bool
    commit: str
    """The newest commit that touched one of the files."""
    modified: dt.date | None


class ModelScope:
    """Reads repositories of ModelScope; *endpoint* and *token* default to what the environment says."""

    def __init__(
        self,
        *,
        endpoint: str | None = None,
        token: str | None = None,
        store: Store | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._token = token
        self._store = store or Store()
        self._wait = wait

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the repository at *ref*, at the newest commit of its revision (the site's own unless one is named)."""
        if not _NAME.fullmatch(ref.name):
            raise BadReference(f"{ref.name!r} is not the name of a ModelScope repository", advice="write owner/name")
        web, base = self._web(), f"/api/v1/models/{ref.name}"
        info = _data(web.json(base, ref.short, {"Revision": ref.revision} if ref.revision else {}), ref)
        revision = ref.revision or (*_texts(info.get("Revision")), BRANCH)[0]
        query = {"Revision": revision, "Recursive": "True"}
        listing = _listing(_data(web.json(f"{base}/repo/files", ref.short, query), ref))
        resolved = ref.at(listing.commit or revision)
        kept = self._store.load(web.shown, resolved) if listing.commit else None
        if kept is not None and kept.files == listing.files and kept.declared == _declared(info):
            return kept
        found = self._read(web, resolved, revision, info, listing)
        if listing.commit and not found.problems:
            self._store.save(web.shown, found)
        return found

    def _read(self, web: Web, ref: ModelRef, revision: str, info: Answer, listing: _Listing) -> Artifact:
        heads = with_heads(listing.files)
        wanted = (*worth_reading(listing.files), *heads)
        with ThreadPoolExecutor(PARALLEL) as pool:
            read = list(pool.map(lambda entry: _text(web, ref, revision, entry), wanted))
        texts = tuple(t for t in read if isinstance(t, TextFile))
        problems = [p for p in read if isinstance(p, Problem)]
        problems += [_too_large(t) for t in texts if t.cut and not is_weights(t.path)]
        if not listing.complete:
            problems.append(Problem(what="cut", message=f"only the first {MAX_LISTED:,} files were listed"))
        return Artifact(
            ref=ref,
            origin=Origin.LIVE,
            source=web.shown,
            files=listing.files,
            complete=listing.complete,
            texts=texts,
            declared=_declared(info),
            tags=_texts(info.get("Tags"))[:MAX_TAGS],
            created=_date(info.get("CreatedTime")),
            modified=listing.modified,
            problems=tuple(problems),
        )

    def _web(self) -> Web:
        domain = os.environ.get("MODELSCOPE_DOMAIN", "").strip() or DOMAIN
        token = self._token if self._token is not None else os.environ.get("MODELSCOPE_API_TOKEN", "").strip()
        headers = {"Cookie": f"m_session_id={token}", "Authorization": f"Bearer {token}"} if token else {}
        return Web(endpoint=self._endpoint or f"https://{domain}", label="ModelScope", headers=headers, wait=self._wait)


def _data(answer: Answer, ref: ModelRef) -> Answer:
    """Return what is in the envelope; a failure may come with the status of a success."""
    code, data = answer.get("Code"), answer.get("Data")
    if code in (404, 10010205001, 10010204001):
        raise NotFound(f"ModelScope has no {ref.short}, or it is private", advice="check the spelling and the revision")
    if code not in (200, "200") or not isinstance(data, dict):
        raise ServerFailed(f"the answer of ModelScope about {ref.short} makes no sense")
    return data


def _listing(data: Answer) -> _Listing:
    listed = data.get("Files")
    found = [f for f in listed if isinstance(f, dict)] if isinstance(listed, list) else []
    blobs = [f for f in found if f.get("Type") != "tree" and _path(f)]
    newest = max(blobs, key=_when, default={})
    commit = str(newest.get("Revision", "")).lower()
    entries = (
        FileEntry(path=_path(f), size=_size(f.get("Size")), sha256=_sha256(f.get("Sha256"))) for f in blobs[:MAX_LISTED]
    )
    return _Listing(
        files=tuple(sorted(entries, key=lambda entry: entry.path)),
        complete=len(blobs) <= MAX_LISTED,
        commit=commit if _COMMIT.fullmatch(commit) else "",
        modified=_date(newest.get("CommittedDate")),
    )


def _text(web: Web, ref: ModelRef, revision: str, entry: FileEntry) -> TextFile | Problem:
    path, about = f"/api/v1/models/{ref.name}/repo", f"{entry.path} of {ref.short}"
    query = {"Revision": revision, "FilePath": entry.path}
    try:
        if is_weights(entry.path):
            data = web.part(path, about, 0, MAX_HEAD, query)
            return TextFile(path=entry.path, data=data, cut=len(data) == MAX_HEAD)
        data = web.get(path, about, most=MAX_TEXT, query=query)
    except SourceError as error:
        return Problem(what="unread", message=f"{entry.path} could not be read: {error}", path=entry.path)
    return TextFile(path=entry.path, data=data[:MAX_TEXT], cut=len(data) > MAX_TEXT)


def _declared(info: Answer) -> Declared:
    relation = info.get("BaseModelRelation")
    return Declared(
        license=_texts(info.get("License")),
        base_models=_texts(info.get("BaseModel")),
        relation=relation.strip().lower() or None if isinstance(relation, str) else None,
    )


def _texts(said: object) -> tuple[str, ...]:
    """Return one text or a list of them as a tuple, without blanks."""
    found = said if isinstance(said, list) else [said]
    return tuple(text.strip()[:400] for text in found if isinstance(text, str) and text.strip())


def _too_large(text: TextFile) -> Problem:
    said = f"{text.path} has more than the {MAX_TEXT:,} bytes that are read"
    return Problem(what="too-large", message=said, path=text.path)


def _path(file: Answer) -> str:
    """Return the path of a file; empty for one that leads out of the repository."""
    said = file.get("Path")
    return said if isinstance(said, str) and _PATH.fullmatch(said) else ""


def _when(file: Answer) -> int:
    return _size(file.get("CommittedDate")) or 0


def _size(said: object) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None


def _sha256(said: object) -> str | None:
    return said if isinstance(said, str) and _SHA256.fullmatch(said) else None


def _date(said: object) -> dt.date | None:
    """Return the day of a time in seconds since 1970; none for what is no time of this age."""
    if not isinstance(said, int) or not 0 < said < 1 << 33:
        return None
    return dt.datetime.fromtimestamp(said, dt.UTC).date()
