"""A Hub that serves a folder: for tests without network, of this package and of those who build on it.

Each ``DIR/owner/name/`` (and ``DIR/name/``, if it holds files itself) is a repository, ``DIR/datasets/owner/name/`` one
of data. It answers over real HTTP, as huggingface_hub expects it, through ``HF_ENDPOINT``; what a repository is beyond
its files stands in its ``.hub.json`` (see :mod:`cleartitle.testing.hubfile`). Files are sent directly, where the Hub
redirects to its cache or another host.

As a context manager, or by hand::

    with FixtureHub("tests/data/hub") as hub:
        HfApi(endpoint=hub.endpoint).model_info("owner/name")

    $ python -m cleartitle.testing.hub tests/data/hub --port 8099
    export HF_ENDPOINT=http://127.0.0.1:8099
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from cleartitle.errors import ClearTitleError, UsageError
from cleartitle.testing.answers import Desk
from cleartitle.testing.faults import EVERYWHERE, Fault, FaultBoard, FaultRule
from cleartitle.testing.questions import Access
from cleartitle.testing.repository import Shelf
from cleartitle.testing.wire import SeenRequest, Server

__all__ = ["EVERYWHERE", "Fault", "FixtureHub", "SeenRequest"]

_PAGE: Final = 1000
_POLL: Final = 0.01
"""Seconds until the server notices that it shall stop."""


class FixtureHub:
    """A Hub on this machine that serves the repositories in a folder.

    *tokens* says for each token which gated or private repositories it opens (``"*"``: all); a token that is not among
    them is refused everywhere. Without *tokens* any token signs in, and opens nothing. The folder is read anew at every
    request.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     card = Path(folder, "owner", "poet", "README.md")
    ...     card.parent.mkdir(parents=True)
    ...     _ = card.write_text("A poet.")
    ...     with FixtureHub(folder) as hub:
    ...         hub.repositories
    ('owner/poet',)

    Raises:
        UsageError: there is no such folder.
        DataError: a ``.hub.json`` in it is wrong.

    """

    def __init__(
        self,
        root: str | Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tokens: Mapping[str, Collection[str]] | None = None,
        page_size: int = _PAGE,
    ) -> None:
        shelf = Shelf(Path(root))
        if not shelf.root.is_dir():
            raise UsageError(f"{root} is not a folder")
        self.repositories = tuple(repository.id for repository in shelf.all())
        """The names of what is served, as found at the start."""
        self._faults = FaultBoard()
        self._server = Server((host, port))
        self.endpoint = f"http://{host}:{self._server.server_port}"
        """The address, for ``HF_ENDPOINT``."""
        self._server.desk = Desk(
            shelf=shelf,
            access=Access(tokens=tokens),
            faults=self._faults,
            endpoint=self.endpoint,
            page_size=page_size,
        )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), name="fixture-hub")

    @property
    def requests(self) -> tuple[SeenRequest, ...]:
        """All requests so far, in the order of their answers."""
        return tuple(self._server.seen)

    def fault(
        self,
        repository: str,
        kind: Fault,
        *,
        times: int | None = None,
        only: str = "",
        retry_after: int = 1,
        delay: float = 30.0,
    ) -> None:
        """Let requests about *repository* (or `EVERYWHERE`) fail: the first *times*, those whose path has *only* in it.

        *retry_after* and *delay* are in seconds.
        """
        rule = FaultRule(kind=kind, times=times, only=only, retry_after=retry_after, delay=delay)
        self._faults.add(repository, rule)

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

    def __enter__(self) -> FixtureHub:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a folder until interrupted (``python -m cleartitle.testing.hub --help``); return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m cleartitle.testing.hub", description="Serve a folder as a Hub.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="holds owner/name folders")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--token", action="append", metavar="TOKEN", help="opens gated and private repositories")
    given = parser.parse_args(arguments)
    tokens = dict.fromkeys(given.token, (EVERYWHERE,)) if given.token else None
    try:
        hub = FixtureHub(given.folder, host=given.host, port=given.port, tokens=tokens)
    except (ClearTitleError, OSError) as error:
        parser.error(str(error))
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with hub:
        sys.stdout.write(f"# {len(hub.repositories)} repositories of {given.folder}; Ctrl-C to stop\n")
        sys.stdout.write(f"export HF_ENDPOINT={hub.endpoint}\n")
        sys.stdout.flush()
        stopped.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
