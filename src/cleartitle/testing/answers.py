"""The answers of the fixture Hub: a question in, a reply out."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import Final

from attrs import evolve, frozen

from cleartitle.testing import replies
from cleartitle.testing.faults import FaultBoard
from cleartitle.testing.hubfile import Relation
from cleartitle.testing.listing import matches, path_entries, references, siblings, sort_models, tree_entries
from cleartitle.testing.metadata import Answer, metadata, model_answer
from cleartitle.testing.questions import Access, Kind, Question, Target
from cleartitle.testing.replies import Reply, json_reply
from cleartitle.testing.repository import Repository, Shelf, Snapshot

_EXPAND: Final = frozenset([
    "author", "baseModels", "cardData", "childrenModelCount", "config", "createdAt", "disabled", "downloads",
    "downloadsAllTime", "evalResults", "gated", "gguf", "inference", "inferenceProviderMapping", "lastModified",
    "library_name", "likes", "mask_token", "model-index", "pipeline_tag", "private", "resourceGroup",
    "safetensors", "sha", "siblings", "spaces", "tags", "transformersInfo", "trendingScore", "usedStorage",
    "widgetData", "xetEnabled",
])  # fmt: skip
_ALWAYS: Final = frozenset({"_id", "id"})
_NOT_IN_LISTS: Final = frozenset({"baseModels", "childrenModelCount", "usedStorage"})
_ONLY_EXPANDED: Final = frozenset({"baseModels", "childrenModelCount", "downloadsAllTime", "trendingScore"})
_LISTED: Final = frozenset(
    [
        "_id",
        "id",
        "modelId",
        "likes",
        "trendingScore",
        "private",
        "downloads",
        "tags",
        "pipeline_tag",
        "library_name",
        "createdAt",
    ]
)
_LISTED_IN_FULL: Final = frozenset({"author", "sha", "lastModified", "siblings", "gated"})
_DETAILED_PAGE: Final = 50


@frozen(kw_only=True)
class Desk:
    """All that an answer depends on."""

    shelf: Shelf
    access: Access
    faults: FaultBoard
    endpoint: str
    """Own address, for the links to further pages."""
    page_size: int

    def reply(self, question: Question) -> Reply:
        """Answer *question*, with the fault that is set for it."""
        target = Target.of(question.path)
        repository = self.shelf.get(target.name) if target.name else None
        declared = repository.facts.faults if repository else ()
        signed_in = question.token is not None and self.access.known(question.token)
        rule = self.faults.strike(target.name, question.path, declared, head=question.method == "HEAD")
        if rule is None:
            return self._answer(question, target, repository, signed_in=signed_in)
        wrong = replies.stricken(rule, target.name, signed_in=signed_in)
        return wrong or replies.spoiled(self._answer(question, target, repository, signed_in=signed_in), rule)

    def _answer(self, question: Question, target: Target, repository: Repository | None, *, signed_in: bool) -> Reply:
        if question.token is not None and not signed_in:
            return replies.bad_token()
        match target.kind:
            case Kind.NOTHING:
                return replies.page_not_found()
            case Kind.WHOAMI:
                return _whoami(signed_in=signed_in)
            case Kind.MODELS:
                return self._models(question)
            case Kind.MODEL | Kind.FILE:
                if repository is None:
                    return self._moved(question, target, signed_in=signed_in)
                return self._of(question, target, repository, signed_in=signed_in)

    def _moved(self, question: Question, target: Target, *, signed_in: bool) -> Reply:
        name = self.shelf.moved(target.name)
        if name is None:
            return replies.repo_not_found(signed_in=signed_in)
        query = f"?{question.query}" if question.query else ""
        return replies.moved(target.renamed(name, question.path) + query)

    def _of(self, question: Question, target: Target, repository: Repository, *, signed_in: bool) -> Reply:
        facts, opened = repository.facts, self.access.opens(question.token, repository.id)
        if facts.private and not opened:
            return replies.repo_not_found(signed_in=signed_in)
        if target.kind is Kind.FILE or target.word == "commits":
            if facts.disabled:
                return replies.disabled()
            if facts.gated and not opened:
                return replies.gated(repository.id, signed_in=signed_in)
        if target.word == "refs":
            return json_reply(references(repository, pull_requests=question.yes("include_prs")))
        revision, path = target.revision()
        snapshot = repository.at(revision)
        if snapshot is None:
            return replies.revision_not_found(revision)
        if target.kind is Kind.FILE:
            return _file(snapshot, path, raw=target.word == "raw")
        return self._at(question, target.word, repository, snapshot, path)

    def _at(self, question: Question, word: str, repository: Repository, snapshot: Snapshot, path: str) -> Reply:
        detailed = question.yes("expand")
        match word:
            case "paths-info":
                return json_reply(path_entries(snapshot, question.paths(), detailed=detailed))
            case "commits":
                commits = [_commit(past) for past in repository.history(snapshot)]
                return self._page(question, commits, self.page_size)
            case "tree":
                entries = tree_entries(snapshot, path, deep=question.yes("recursive"), detailed=detailed)
                if entries is None:
                    return replies.entry_not_found(sha=snapshot.sha)
                size = min(self.page_size, _DETAILED_PAGE) if detailed else self.page_size
                return self._page(question, entries, size)
            case _:
                return self._model(question, repository, snapshot)

    def _model(self, question: Question, repository: Repository, snapshot: Snapshot) -> Reply:
        asked = frozenset(question.values("expand"))
        if asked - _EXPAND:
            return replies.bad_request(f"Invalid option: expected one of {'|'.join(sorted(_EXPAND))}")
        known = model_answer(repository, snapshot)
        known["siblings"] = siblings(snapshot, blobs=question.yes("blobs"))
        if "childrenModelCount" in asked:
            known["childrenModelCount"] = self._children(repository)
        wanted = asked | _ALWAYS if asked else known.keys() - _ONLY_EXPANDED
        return json_reply({key: value for key, value in known.items() if key in wanted})

    def _children(self, repository: Repository) -> dict[str, int]:
        names = {repository.id, *repository.facts.renamed_from}
        counts: Counter[Relation] = Counter()
        for other in self.shelf.all():
            base = metadata(other, other.main).base
            if base and names & set(base.models):
                counts[base.relation] += 1
        return {relation.value: counts[relation] for relation in Relation}

    def _models(self, question: Question) -> Reply:
        asked = frozenset(question.values("expand"))
        if asked - (_EXPAND - _NOT_IN_LISTS):
            return replies.bad_request(f"Invalid option: expected one of {'|'.join(sorted(_EXPAND - _NOT_IN_LISTS))}")
        wanted = asked | _ALWAYS if asked else _LISTED
        for switch, more in (("full", _LISTED_IN_FULL), ("cardData", {"cardData"}), ("config", {"config"})):
            wanted |= more if question.yes(switch) else set()
        found: list[Answer] = []
        for repository in self.shelf.all():
            if repository.facts.private and not self.access.opens(question.token, repository.id):
                continue
            known = model_answer(repository, repository.main)
            if matches(question, known):
                found.append(known | {"siblings": siblings(repository.main, blobs=False)})
        ordered = sort_models(found, question)
        return self._page(question, [{k: v for k, v in m.items() if k in wanted} for m in ordered], self.page_size)

    def _page(self, question: Question, items: list[Answer], size: int) -> Reply:
        try:
            page, following = question.page(items, size)
        except ValueError as error:
            return replies.bad_request(str(error))
        link = (("Link", f'<{self.endpoint}{question.path}?{following}>; rel="next"'),) if following else ()
        return json_reply(page, headers=link)


def _file(snapshot: Snapshot, path: str, *, raw: bool) -> Reply:
    file = snapshot.files.get(path)
    if file is None:
        return replies.entry_not_found(sha=snapshot.sha)
    headers = (("X-Repo-Commit", snapshot.sha), ("Accept-Ranges", "bytes"), ("ETag", f'"{file.oid}"'))
    text = Reply(headers=headers, body=file, content_type="text/plain; charset=utf-8")
    if file.sha256 is None:
        return text
    if raw:
        return evolve(text, body=file.pointer)
    linked = (("X-Linked-ETag", f'"{file.sha256}"'), ("X-Linked-Size", str(file.size)))
    return Reply(headers=(*headers, *linked), body=file, content_type="application/octet-stream")


def _commit(snapshot: Snapshot) -> Answer:
    return {
        "id": snapshot.sha,
        "title": snapshot.title,
        "message": "",
        "authors": [{"user": "fixture", "avatar": ""}],
        "date": snapshot.date,
    }


def _whoami(*, signed_in: bool) -> Reply:
    if not signed_in:
        return replies.error(HTTPStatus.UNAUTHORIZED, "Invalid username or password.")
    token = {"displayName": "fixture", "role": "read"}
    return json_reply(
        {
            "type": "user",
            "id": "000000000000000000000000",
            "name": "fixture",
            "fullname": "Reader of the fixture Hub",
            "orgs": [],
            "auth": {"type": "access_token", "accessToken": token},
        }
    )
