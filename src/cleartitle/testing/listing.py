"""Lists of the fixture Hub: files of a repository, its revisions, the models that match a search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from cleartitle.testing.hubfile import RevisionKind
from cleartitle.testing.metadata import Answer
from cleartitle.testing.questions import Question
from cleartitle.testing.repository import HubFile, Repository, Snapshot


def siblings(snapshot: Snapshot, *, blobs: bool) -> list[Answer]:
    """Return the files as the answer about a model has them."""
    return [_sibling(file, blobs=blobs) for file in snapshot.files.values()]


def _sibling(file: HubFile, *, blobs: bool) -> Answer:
    found: Answer = {"rfilename": file.path}
    if blobs:
        found |= {"size": file.size, "blobId": file.oid}
        if file.sha256:
            found["lfs"] = {"sha256": file.sha256, "size": file.size, "pointerSize": len(file.pointer)}
    return found


def tree_entries(snapshot: Snapshot, path: str, *, deep: bool, detailed: bool) -> list[Answer] | None:
    """Return the entries of the folder *path* (all below it if *deep*), or None if there is no such folder."""
    prefix = f"{path.strip('/')}/" if path.strip("/") else ""
    inside = [file for file in snapshot.files.values() if file.path.startswith(prefix)]
    if prefix and not inside:
        return None
    folders = {str(parent) for file in inside for parent in PurePosixPath(file.path).parents if str(parent) != "."}
    names = sorted(folder for folder in folders if folder.startswith(prefix))
    entries = [*(_folder_entry(snapshot, name) for name in names), *map(_file_entry, inside)]
    level = [e for e in entries if deep or "/" not in str(e["path"]).removeprefix(prefix)]
    return [_detailed(entry, snapshot) if detailed else entry for entry in level]


def path_entries(snapshot: Snapshot, paths: Iterable[str], *, detailed: bool) -> list[Answer]:
    """Return the entries of just these paths; what does not exist is left out."""
    found: list[Answer] = []
    for path in dict.fromkeys(paths):
        if path in snapshot.files:
            found.append(_file_entry(snapshot.files[path]))
        elif any(name.startswith(f"{path}/") for name in snapshot.files):
            found.append(_folder_entry(snapshot, path))
    return [_detailed(entry, snapshot) if detailed else entry for entry in found]


def _file_entry(file: HubFile) -> Answer:
    entry: Answer = {"type": "file", "oid": file.oid, "size": file.size, "path": file.path}
    if file.sha256:
        entry["lfs"] = {"oid": file.sha256, "size": file.size, "pointerSize": len(file.pointer)}
    return entry


def _folder_entry(snapshot: Snapshot, path: str) -> Answer:
    inside = "".join(f"{file.oid} {name}\n" for name, file in snapshot.files.items() if name.startswith(f"{path}/"))
    oid = hashlib.sha1(inside.encode(), usedforsecurity=False).hexdigest()
    return {"type": "directory", "oid": oid, "size": 0, "path": path}


def _detailed(entry: Answer, snapshot: Snapshot) -> Answer:
    return entry | {"lastCommit": {"id": snapshot.sha, "title": snapshot.title, "date": snapshot.date}}


def references(repository: Repository, *, pull_requests: bool) -> Answer:
    """Return branches and tags; a branch named ``refs/pr/1`` is a pull request."""
    pulls = [s for s in repository.snapshots if s.name.startswith("refs/pr/")]
    branches = [s for s in repository.snapshots if s.kind is RevisionKind.BRANCH and s not in pulls]
    tags = [s for s in repository.snapshots if s.kind is RevisionKind.TAG]
    found: Answer = {
        "branches": [_reference(s, f"refs/heads/{s.name}") for s in branches],
        "tags": [_reference(s, f"refs/tags/{s.name}") for s in tags],
        "converts": [],
    }
    return found | ({"pullRequests": [_reference(s, s.name) for s in pulls]} if pull_requests else {})


def _reference(snapshot: Snapshot, ref: str) -> Answer:
    return {"name": snapshot.name, "ref": ref, "targetCommit": snapshot.sha}


def matches(question: Question, model: Answer) -> bool:
    """Whether a model is among what a list was asked for."""
    name, tags = str(model["id"]), model["tags"]
    asked = [tag for value in question.values("filter") for tag in value.split(",")]
    pipeline, gated = question.value("pipeline_tag"), question.value("gated")
    return (
        isinstance(tags, list)
        and all(tag in tags for tag in asked)
        and (not question.value("author") or name.lower().startswith(f"{question.value('author').lower()}/"))
        and question.value("search").lower() in name.lower()
        and (not pipeline or model.get("pipeline_tag") == pipeline)
        and (not gated or bool(model["gated"]) is question.yes("gated"))
    )


def sort_models(models: Sequence[Answer], question: Question) -> list[Answer]:
    """Return the models in the order asked for: the greatest first, by name where they are equal."""
    key = question.value("sort") or "trendingScore"
    numeric = key in {"likes", "downloads", "trendingScore"}

    def rank(model: Answer) -> tuple[int, str]:
        value = model.get(key)
        return (value if isinstance(value, int) else 0, "") if numeric else (0, str(value or ""))

    return sorted(models, key=rank, reverse=question.value("direction") != "1")
