"""ModelScope that serves a folder: each ``DIR/owner/name/`` is a repository.

What the site knows of a repository beyond its files stands in its ``.hub.json`` under ``extra``, by the names of its
own answer: ``{"extra": {"License": "MIT", "BaseModel": ["owner/base"], "BaseModelRelation": "finetune"}}``; ``private``
means what it means to the fixture Hub.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from attrs import evolve, frozen

from cleartitle.testing.questions import Question
from cleartitle.testing.replies import Reply, json_reply
from cleartitle.testing.repository import HubFile, Repository, Snapshot
from cleartitle.testing.served import FixtureServer, FolderDesk

BRANCH: Final = "master"
COMMITTED: Final = 1_735_689_600
"""When all files were committed: 2025-01-01, in seconds."""
_NOT_FOUND: Final = 10010205001
_PREFIX: Final = ("api", "v1", "models")


@frozen(kw_only=True)
class ModelScopeDesk(FolderDesk):
    """The site's answers."""

    def about(self, question: Question) -> str:
        """Return ``owner/name``."""
        parts = _parts(question)
        return "/".join(parts[3:5]) if parts[:3] == _PREFIX and len(parts) > 4 else ""

    def answer(self, question: Question, name: str) -> Reply:
        """Return what is said of a repository, its files, or one of them."""
        repository = self.shelf.get(name) if name else None
        if repository is None or (repository.facts.private and not self.access.opens(question.token, name)):
            return _not_found()
        revision = question.value("Revision") or BRANCH
        snapshot = repository.main if revision == BRANCH else repository.at(revision)
        if snapshot is None:
            return _not_found()
        match _parts(question)[5:]:
            case ():
                return _success(_info(repository, revision))
            case ("repo", "files"):
                return _success({"Files": [_entry(file, snapshot) for file in snapshot.files.values()]})
            case ("repo",) if question.value("FilePath") in snapshot.files:
                file = snapshot.files[question.value("FilePath")]
                return Reply(body=file, content_type="application/octet-stream")
            case _:
                return _not_found()


class FixtureModelScope(FixtureServer):
    """ModelScope, over a folder of repositories.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, FixtureModelScope(folder) as site:
    ...     site.endpoint.startswith("http://127.0.0.1:"), site.requests
    (True, ())
    """

    desk = ModelScopeDesk


def _parts(question: Question) -> tuple[str, ...]:
    return tuple(unquote(part) for part in question.path.split("/") if part)


def _info(repository: Repository, revision: str) -> dict[str, object]:
    owner, _, name = repository.id.rpartition("/")
    return {
        "Path": owner,
        "Name": name,
        "License": "",
        "Revision": revision,
        "Tags": [],
        "CreatedTime": COMMITTED,
        "LastUpdatedTime": COMMITTED,
        **repository.extra,
    }


def _entry(file: HubFile, snapshot: Snapshot) -> dict[str, object]:
    digest = hashlib.sha256()
    for piece in file.pieces(0, file.size):
        digest.update(piece)
    return {
        "Name": file.path.rpartition("/")[2],
        "Path": file.path,
        "Type": "blob",
        "Size": file.size,
        "Sha256": digest.hexdigest(),
        "IsLFS": file.sha256 is not None,
        "Revision": snapshot.sha,
        "CommittedDate": COMMITTED,
    }


def _success(data: object) -> Reply:
    return json_reply({"Code": 200, "Data": data, "Message": "success", "RequestId": "0" * 32, "Success": True})


def _not_found() -> Reply:
    said = {"Code": _NOT_FOUND, "Message": "record not found", "RequestId": "0" * 32, "Success": False}
    return evolve(json_reply(said), status=HTTPStatus.NOT_FOUND)
