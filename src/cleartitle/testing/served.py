"""What the fixture servers beside the fixture Hub have in common: a folder, faults, and what was asked."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from attrs import frozen

from cleartitle.errors import UsageError
from cleartitle.testing import replies
from cleartitle.testing.answers import Desk
from cleartitle.testing.faults import Fault, FaultBoard, FaultRule
from cleartitle.testing.questions import Access, Question
from cleartitle.testing.replies import Reply
from cleartitle.testing.repository import Shelf
from cleartitle.testing.wire import SeenRequest, Server

_POLL: Final = 0.01
"""Seconds until a server notices that it shall stop."""


@frozen(kw_only=True)
class FolderDesk(Desk, ABC):
    """Answers from a folder, with the faults that are set."""

    def reply(self, question: Question) -> Reply:
        """Answer *question*, with the fault that is set for it."""
        name = self.about(question)
        signed_in = question.token is not None and self.access.known(question.token)
        rule = self.faults.strike(name, question.path, (), head=question.method == "HEAD")
        if rule is None:
            return self.answer(question, name)
        wrong = replies.stricken(rule, name, signed_in=signed_in)
        return wrong or replies.spoiled(self.answer(question, name), rule)

    @abstractmethod
    def about(self, question: Question) -> str:
        """Return the name of the model that is asked about, or an empty string."""

    @abstractmethod
    def answer(self, question: Question, name: str) -> Reply:
        """Return the right answer."""


class FixtureServer:
    """A server on this machine that serves a folder; as a context manager, or by `start` and `close`.

    *tokens* says for each token which private models it opens. The folder is read anew at every request.

    >>> import tempfile
    >>> from cleartitle.testing.ollama import FixtureOllama
    >>> with tempfile.TemporaryDirectory() as folder, FixtureOllama(folder) as registry:
    ...     isinstance(registry, FixtureServer), registry.requests
    (True, ())

    Raises:
        UsageError: there is no such folder.

    """

    desk: type[FolderDesk]
    """Of each server its own."""

    def __init__(
        self,
        root: str | Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tokens: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        shelf = Shelf(Path(root))
        if not shelf.root.is_dir():
            raise UsageError(f"{root} is not a folder")
        self._faults = FaultBoard()
        self._server = Server((host, port))
        self.endpoint = f"http://{host}:{self._server.server_port}"
        """The address."""
        access = Access(tokens=tokens)
        self._server.desk = self.desk(
            shelf=shelf, access=access, faults=self._faults, endpoint=self.endpoint, page_size=1000
        )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), name="fixture-server")

    @property
    def requests(self) -> tuple[SeenRequest, ...]:
        """All requests so far, in the order of their answers."""
        return tuple(self._server.seen)

    def fault(
        self,
        name: str,
        kind: Fault,
        *,
        times: int | None = None,
        only: str = "",
        retry_after: int = 1,
        delay: float = 30.0,
    ) -> None:
        """Let requests about *name* fail: the first *times*, those whose path has *only* in it."""
        self._faults.add(name, FaultRule(kind=kind, times=times, only=only, retry_after=retry_after, delay=delay))

    def clear_faults(self) -> None:
        """Let everything that `fault` broke work again."""
        self._faults.clear()

    def start(self) -> None:
        """Begin to serve, in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """Stop: connections are cut, all threads have ended and the port is free when this returns."""
        running = self._thread.is_alive()
        self._server.close(running=running)
        if running:
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
