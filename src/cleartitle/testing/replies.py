"""Replies of the fixture Hub as values, with the Hub's error codes and messages."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from attrs import evolve, frozen

from cleartitle.testing.faults import Fault, FaultRule
from cleartitle.testing.repository import HubFile

Headers = tuple[tuple[str, str], ...]
JSON_TYPE: Final = "application/json; charset=utf-8"
_WINDOW: Final = 300


@frozen(kw_only=True)
class Reply:
    """A status, headers, and a body: bytes, or the content of a file (the only one that knows of ranges)."""

    status: HTTPStatus = HTTPStatus.OK
    headers: Headers = ()
    body: bytes | HubFile = b""
    content_type: str = JSON_TYPE
    delay: float = 0.0
    """Seconds before every kilobyte of the body."""
    truncated: bool = False
    """Whether the connection ends half way through the body."""


def json_reply(value: object, *, headers: Headers = ()) -> Reply:
    """Return *value* as JSON; dates of a card become ISO strings."""
    return Reply(body=json.dumps(value, default=str, ensure_ascii=False).encode(), headers=headers)


def error(status: HTTPStatus, message: str, *, code: str = "", headers: Headers = ()) -> Reply:
    """Return an error as the Hub tells it: in two headers and in the body."""
    named = (("X-Error-Code", code),) if code else ()
    return evolve(
        json_reply({"error": message}, headers=(*named, ("X-Error-Message", message), *headers)), status=status
    )


def page_not_found() -> Reply:
    """No such endpoint."""
    return error(HTTPStatus.NOT_FOUND, "Sorry, we can't find the page you are looking for.")


def bad_request(message: str) -> Reply:
    """A parameter makes no sense."""
    return error(HTTPStatus.BAD_REQUEST, message)


def bad_token() -> Reply:
    """Answer an unknown token: the Hub refuses it everywhere, for public repositories too, and names no code."""
    return error(HTTPStatus.UNAUTHORIZED, "Invalid credentials in Authorization header")


def repo_not_found(*, signed_in: bool) -> Reply:
    """No such repository, or a private one: to a stranger it is the same.

    The Hub sends a stranger no code. huggingface_hub then goes by the address, but only by one with ``https``: here the
    code stands in for that, so that the same exception comes out of it.
    """
    if signed_in:
        return error(HTTPStatus.NOT_FOUND, "Repository not found", code="RepoNotFound")
    return error(HTTPStatus.UNAUTHORIZED, "Invalid username or password.", code="RepoNotFound")


def gated(name: str, *, signed_in: bool) -> Reply:
    """The files of a gated repository, to one who was not let in."""
    restricted = f"Access to model {name} is restricted"
    if signed_in:
        message = f"{restricted} and you are not in the authorized list. Visit its page to ask for access."
        return error(HTTPStatus.FORBIDDEN, message, code="GatedRepo")
    message = f"{restricted}. You must have access to it and be authenticated to access it. Please log in."
    return error(HTTPStatus.UNAUTHORIZED, message, code="GatedRepo")


def disabled() -> Reply:
    """The files of a repository that the Hub has taken away; huggingface_hub goes by the message."""
    return error(HTTPStatus.FORBIDDEN, "Access to this resource is disabled.")


def revision_not_found(revision: str) -> Reply:
    """No such branch, tag or commit."""
    return error(HTTPStatus.NOT_FOUND, f"Invalid rev id: {revision}", code="RevisionNotFound")


def entry_not_found(*, sha: str = "") -> Reply:
    """No such file; huggingface_hub remembers that for the commit."""
    commit = (("X-Repo-Commit", sha),) if sha else ()
    return error(HTTPStatus.NOT_FOUND, "Entry not found", code="EntryNotFound", headers=commit)


def rate_limited(seconds: int) -> Reply:
    """Too many requests; ask again in *seconds*."""
    headers = (
        ("Retry-After", str(seconds)),
        ("RateLimit", f'"api";r=0;t={seconds}'),
        ("RateLimit-Policy", f'"fixed window";"api";q=500;w={_WINDOW}'),
    )
    return error(HTTPStatus.TOO_MANY_REQUESTS, "We had to rate limit your IP.", headers=headers)


def moved(location: str) -> Reply:
    """The repository has another name now; *location* is a path of this host, as the Hub sends it."""
    return Reply(
        status=HTTPStatus.TEMPORARY_REDIRECT,
        headers=(("Location", location),),
        content_type="text/plain; charset=utf-8",
    )


def stricken(rule: FaultRule, name: str, *, signed_in: bool) -> Reply | None:
    """Return what a fault answers in place of the right reply, or None for those that spoil the right one."""
    match rule.kind:
        case Fault.GATED:
            return gated(name, signed_in=signed_in)
        case Fault.PRIVATE | Fault.REPO_NOT_FOUND:
            return repo_not_found(signed_in=signed_in)
        case Fault.BAD_TOKEN:
            return bad_token()
        case Fault.REVISION_NOT_FOUND:
            return revision_not_found("main")
        case Fault.ENTRY_NOT_FOUND:
            return entry_not_found()
        case Fault.RATE_LIMITED:
            return rate_limited(rule.retry_after)
        case Fault.SERVER_ERROR:
            return error(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Error - We're working hard to fix this")
        case Fault.BAD_GATEWAY:
            return error(HTTPStatus.BAD_GATEWAY, "Bad Gateway")
        case Fault.UNAVAILABLE:
            return error(HTTPStatus.SERVICE_UNAVAILABLE, "Service Unavailable")
        case Fault.GARBAGE:
            return Reply(body=b'{"id": "garb\xff\x00age')
        case Fault.SLOW | Fault.TRUNCATED:
            return None


def spoiled(reply: Reply, rule: FaultRule) -> Reply:
    """Return the right reply, late or cut short."""
    if rule.kind is Fault.SLOW:
        return evolve(reply, delay=rule.delay)
    return evolve(reply, truncated=rule.kind is Fault.TRUNCATED)
