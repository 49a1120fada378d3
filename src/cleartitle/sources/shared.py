"""One answer for all who ask: what several models have in common is fetched once."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from cleartitle.sources.interface import Historian

if TYPE_CHECKING:
    import datetime as dt

    from cleartitle.sources.interface import Source
    from cleartitle.vocabulary.artifact import Artifact
    from cleartitle.vocabulary.reference import ModelRef


class Shared:
    """A source that remembers its answers, failures too; for one run, not for a service that lives on.

    Many threads may ask: who asks for what another thread is fetching waits for its answer.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._answers: dict[ModelRef, Future[Artifact]] = {}
        self._lock = Lock()

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return what the source has, as it was answered the first time."""
        with self._lock:
            known = self._answers.get(ref)
            answer = known or self._answers.setdefault(ref, Future())
        if known is None:
            try:
                answer.set_result(self._source.fetch(ref))
            except BaseException as error:
                answer.set_exception(error)
                raise
        return answer.result()

    def before(self, ref: ModelRef, day: dt.date) -> ModelRef | None:
        """Return *ref* at the revision of that day, where the source knows it."""
        return self._source.before(ref, day) if isinstance(self._source, Historian) else None
