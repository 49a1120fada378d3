"""Asking servers that are no Hub: bounded in bytes, time and tries, through the HTTP client that the Hub's client has.

A token is sent to the server it is for, and to nobody it redirects to; it is in no message and in no answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Protocol
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from attrs import field, frozen

from cleartitle._version import __version__
from cleartitle.errors import (
    AccessDenied,
    NotFound,
    RateLimited,
    ServerFailed,
    SourceError,
    TimedOut,
    TooLarge,
    Unreachable,
)
from cleartitle.sources.failures import pause_before_retry

TIMEOUT = 20.0
"""Seconds without a byte before a call has failed."""
DEADLINE = 60.0
"""Seconds for one answer as a whole."""
MAX_WAIT = 60.0
"""Seconds waited in all before asking again."""
MAX_TRIES = 4
MAX_ANSWER = 16 * 1024 * 1024
"""Bytes of an answer in JSON."""
MAX_PAGES = 40
"""Pages of one list."""
_NONE: Final[Mapping[str, str]] = {}


class _Response(Protocol):
    """What is used of an answer; the library that it comes from has changed before, and is not ours to import."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def links(self) -> Mapping[str | None, Mapping[str, str]]: ...

    def iter_raw(self) -> Iterator[bytes]: ...


@frozen
class _Answer:
    data: bytes
    following: str
    """The address of the next page, as the server gave it."""


@frozen(kw_only=True)
class Web:
    """A server: its address, what to call it, and the headers that are sent along."""

    endpoint: str
    label: str
    """As it stands in a sentence: ``the Ollama registry``."""
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    wait: Callable[[float], None] = time.sleep

    @property
    def shown(self) -> str:
        """The address without a user's name and password."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def json(self, path: str, about: str, query: Mapping[str, str] = _NONE) -> dict[str, object]:
        """Return the object that is the answer; *about* is what is asked for, for the sentence of an error."""
        found = self._parsed(self.get(path, about, most=MAX_ANSWER, query=query), about)
        if not isinstance(found, dict):
            raise ServerFailed(f"the answer of {self.label} about {about} makes no sense")
        return found

    def objects(self, path: str, about: str, query: Mapping[str, str] = _NONE) -> list[dict[str, object]]:
        """Return the list of objects that is the answer."""
        return self._listed(self.get(path, about, most=MAX_ANSWER, query=query), about)

    def pages(self, path: str, about: str) -> Iterator[list[dict[str, object]]]:
        """Yield a list of objects page by page; the next one is asked for when it is wanted.

        Of the address of a next page only the path is followed: whatever a server says, no other is asked. A list of
        more than `MAX_PAGES`, or one that comes back to itself, is :exc:`~cleartitle.errors.TooLarge`: who looks for
        something in it does not take it for a whole list.
        """
        url, seen = self._url(path, {}), set[str]()
        while url:
            if url in seen or len(seen) == MAX_PAGES:
                raise TooLarge(f"{self.label} lists {about} on more than {MAX_PAGES} pages")
            seen.add(url)
            answer = self._patiently(url, about, part=None, most=MAX_ANSWER)
            yield self._listed(answer.data, about)
            url = self._here(answer.following)

    def _here(self, address: str) -> str:
        home, there = urlsplit(self.endpoint), urlsplit(address)
        return urlunsplit((home.scheme, home.netloc, there.path, there.query, "")) if address else ""

    def _listed(self, data: bytes, about: str) -> list[dict[str, object]]:
        found = self._parsed(data, about)
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise ServerFailed(f"the answer of {self.label} about {about} makes no sense")
        return found

    def _parsed(self, data: bytes, about: str) -> object:
        if len(data) > MAX_ANSWER:
            raise TooLarge(f"the answer of {self.label} about {about} has more than {MAX_ANSWER:,} bytes")
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            return None

    def get(self, path: str, about: str, *, most: int, query: Mapping[str, str] = _NONE) -> bytes:
        """Return *most* bytes of the answer, and one more where there are more."""
        return self._patiently(self._url(path, query), about, part=None, most=most).data

    def part(self, path: str, about: str, start: int, length: int, query: Mapping[str, str] = _NONE) -> bytes:
        """Return *length* bytes from *start* on; none where there are none, or the server sends no parts."""
        return self._patiently(self._url(path, query), about, part=start, most=length).data[:length]

    def _url(self, path: str, query: Mapping[str, str]) -> str:
        return self.endpoint.rstrip("/") + quote(path, safe="/:") + (f"?{urlencode(query)}" if query else "")

    def _patiently(self, url: str, about: str, *, part: int | None, most: int) -> _Answer:
        waited = 0.0
        for attempt in range(1, MAX_TRIES + 1):
            try:
                return self._once(url, about, part=part, most=most)
            except SourceError as error:
                pause = pause_before_retry(error, attempt)
                if pause is None or attempt == MAX_TRIES or waited + pause > MAX_WAIT:
                    raise
                waited += pause
                self.wait(pause)
        raise AssertionError("the loop returns or raises")

    def _once(self, url: str, about: str, *, part: int | None, most: int) -> _Answer:
        from huggingface_hub.utils import get_session

        agent = {"User-Agent": f"cleartitle/{__version__}", "Accept-Encoding": "identity"}
        headers = {**agent, **self.headers}
        if part is not None:
            headers["Range"] = f"bytes={part}-{part + most - 1}"
        try:
            with get_session().stream("GET", url, headers=headers, follow_redirects=True, timeout=TIMEOUT) as response:
                if part is not None and response.status_code == 416:  # the file ends before that
                    return _Answer(b"", "")
                self._check(response, about)
                if part and not response.headers.get("Content-Range", "").startswith(f"bytes {part}-"):
                    return _Answer(b"", "")  # the whole file, from its start
                return _Answer(self._body(response, about, most), response.links.get("next", {}).get("url", ""))
        except Exception as error:
            wrapped = self._wrap(error, about)
            if wrapped is None:
                raise
            raise wrapped from None

    def _body(self, response: _Response, about: str, most: int) -> bytes:
        data, ends = bytearray(), time.monotonic() + DEADLINE
        for piece in response.iter_raw():
            data += piece
            if len(data) > most:
                break
            if time.monotonic() > ends:
                raise TimedOut(f"{self.label} takes too long to send {about}")
        return bytes(data[: most + 1])

    def _check(self, response: _Response, about: str) -> None:
        match status := response.status_code:
            case 200 | 206:
                return
            case 401 | 403:
                raise AccessDenied(f"{self.label} denies access to {about} ({status})")
            case 404 | 410:
                raise NotFound(f"{self.label} has no {about}")
            case 429:
                after = response.headers.get("Retry-After", "")
                seconds = float(after) if after.isdecimal() and len(after) < 10 else None
                raise RateLimited(f"{self.label} limits how often it is asked (at {about})", retry_after=seconds)
            case _:
                raise ServerFailed(f"{self.label} failed on {about} ({status})")

    def _wrap(self, error: Exception, about: str) -> SourceError | None:
        """Return the error of ours for one of the HTTP client's, told by its name."""
        if isinstance(error, SourceError):
            return error
        kinds = {kind.__name__ for kind in type(error).__mro__}
        if "OfflineModeIsEnabled" in kinds:
            return Unreachable(f"{about} was not asked for: HF_HUB_OFFLINE is set")
        if kinds & {"TimeoutException", "TimeoutError"}:
            return TimedOut(f"{self.label} did not answer in time about {about}")
        if "LocalProtocolError" in kinds:
            return AccessDenied(f"the token for {self.label} is malformed", advice="check the token")
        if kinds & {"InvalidURL", "UnsupportedProtocol"}:
            return Unreachable(f"{self.shown!r} is no address of a server", advice="write it as https://...")
        if kinds & {"RequestError", "TransportError", "ConnectionError"}:
            return Unreachable(
                f"{self.label} cannot be reached (asked for {about})", advice="check the network and the address"
            )
        return ServerFailed(f"the answer about {about} makes no sense") if isinstance(error, ValueError) else None
