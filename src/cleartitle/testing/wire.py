"""HTTP/1.1 under the fixture Hub: requests to questions, replies to bytes."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from attrs import evolve, frozen

from cleartitle.errors import ClearTitleError
from cleartitle.testing import replies
from cleartitle.testing.answers import Desk
from cleartitle.testing.questions import Question
from cleartitle.testing.replies import Reply
from cleartitle.testing.repository import HubFile

_MOST_BODY: Final = 1 << 20
_SLOW_PIECE: Final = 1 << 10
_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))")


@frozen(kw_only=True)
class SeenRequest:
    """A request that was answered. The token itself is never kept."""

    method: str
    path: str
    query: str
    has_authorization: bool
    range: str
    """The ``Range`` header, or an empty string."""
    status: int


class Server(ThreadingHTTPServer):
    """A server that can be closed while clients keep their connections open."""

    daemon_threads = False
    request_queue_size = 128
    desk: Desk

    def __init__(self, address: tuple[str, int]) -> None:
        self.seen: list[SeenRequest] = []
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without the look-up of the host's name that http.server makes, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Remember the connection, so that it can be cut."""
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Forget the connection."""
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Say what went wrong, except that a client went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close(self, *, running: bool) -> None:
        """Stop, cut what is open, and wait for the threads."""
        self.stopping.set()
        if running:
            self.shutdown()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "FixtureHub"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Stay silent: what was asked is recorded."""

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        body = self._body()
        authorization = self.headers.get("Authorization", "")
        question = Question(
            method=self.command,
            path=path,
            query=query,
            body=body or b"",
            body_type=self.headers.get("Content-Type", ""),
            token=re.sub(r"(?i)^bearer\s+", "", authorization) or None,
        )
        reply = self._reply(question) if body is not None else replies.bad_request("The body is too large")
        requested = self.headers.get("Range", "")
        reply, start, stop = _ranged(reply, requested)
        self.server.seen.append(
            SeenRequest(
                method=self.command,
                path=path,
                query=query,
                has_authorization=bool(authorization),
                range=requested,
                status=int(reply.status),
            )
        )
        self._send(reply, start, stop)

    def _body(self) -> bytes | None:
        """Read the body; None, and the connection is given up, if it is of no length or too long."""
        length = self.headers.get("Content-Length", "0")
        if length.isdecimal() and len(length) < 10 and int(length) <= _MOST_BODY:
            return self.rfile.read(int(length))
        self.close_connection = True
        return None

    def _reply(self, question: Question) -> Reply:
        try:
            return self.server.desk.reply(question)
        except (ClearTitleError, OSError) as error:
            return replies.error(HTTPStatus.INTERNAL_SERVER_ERROR, f"fixture Hub: {error}")

    def _send(self, reply: Reply, start: int, stop: int) -> None:
        self.send_response(reply.status)
        headers = (*reply.headers, ("Content-Type", reply.content_type), ("Content-Length", str(stop - start)))
        for name, value in headers:
            self.send_header(name, re.sub(r"[^ -~]", "?", value))
        self.end_headers()
        if self.command == "HEAD":
            return
        if reply.truncated:
            stop = start + (stop - start) // 2
            self.close_connection = True
        for piece in _pieces(reply, start, stop):
            if reply.delay and self.server.stopping.wait(reply.delay):
                self.close_connection = True
                return
            self.wfile.write(piece)


def _ranged(reply: Reply, requested: str) -> tuple[Reply, int, int]:
    """Return the reply to a request with a ``Range`` header, and the bytes to send; several ranges get all of it."""
    size = reply.body.size if isinstance(reply.body, HubFile) else len(reply.body)
    match = _RANGE.fullmatch(requested.strip())
    if not match or not isinstance(reply.body, HubFile):
        return reply, 0, size
    first, last, suffix = match.groups()
    start = int(first) if first else max(0, size - int(suffix))
    stop = min(size, int(last) + 1) if last else size
    if start >= stop:
        refused = replies.error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "Range Not Satisfiable")
        refused = evolve(refused, headers=(*refused.headers, ("Content-Range", f"bytes */{size}")))
        return refused, 0, len(refused.body) if isinstance(refused.body, bytes) else 0
    content_range = ("Content-Range", f"bytes {start}-{stop - 1}/{size}")
    return evolve(reply, status=HTTPStatus.PARTIAL_CONTENT, headers=(*reply.headers, content_range)), start, stop


def _pieces(reply: Reply, start: int, stop: int) -> Iterator[bytes]:
    pieces = reply.body.pieces(start, stop) if isinstance(reply.body, HubFile) else iter([reply.body[start:stop]])
    for piece in pieces:
        step = _SLOW_PIECE if reply.delay else len(piece) or 1
        yield from (piece[at : at + step] for at in range(0, len(piece), step))
