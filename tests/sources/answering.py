"""A server whose every answer is the same, chosen by a test; it remembers the headers that it was sent."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import huggingface_hub
from attrs import define, field


@define
class Answering:
    """What is answered, and what was asked."""

    address: str = ""
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(factory=dict)
    endless: bool = False
    """Whether the body comes again and again, until the client has enough."""
    asked: list[Mapping[str, str]] = field(factory=list)


@contextmanager
def answering() -> Iterator[Answering]:
    """Serve on loopback."""
    chosen = Answering()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            chosen.asked.append(dict(self.headers.items()))
            self.send_response(chosen.status)
            if chosen.endless:
                self.end_headers()
                with contextlib.suppress(OSError):
                    while True:
                        self.wfile.write(chosen.body)
            for name, value in {**chosen.headers, "Content-Length": str(len(chosen.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(chosen.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    chosen.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield chosen
    finally:
        huggingface_hub.close_session()
        server.shutdown()
        thread.join()
        server.server_close()
