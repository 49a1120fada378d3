"""Failures that the fixture Hub shows when asked to."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from attrs import define, field, frozen
from attrs.validators import ge, optional

EVERYWHERE: Final = "*"
"""Instead of a repository: every request, those about no repository (lists, whoami) too."""


class Fault(StrEnum):
    """What goes wrong."""

    GATED = "gated"
    """401 without a token, 403 with one, ``X-Error-Code: GatedRepo``; metadata too, unlike a gated repository."""
    PRIVATE = "private"
    """As if it were private: 401 without a token, 404 with one, ``RepoNotFound``."""
    BAD_TOKEN = "bad-token"  # noqa: S105 - the name of a failure
    """401, the message of an expired or mistyped token, no ``X-Error-Code``."""
    REPO_NOT_FOUND = "repo-not-found"
    REVISION_NOT_FOUND = "revision-not-found"
    ENTRY_NOT_FOUND = "entry-not-found"
    RATE_LIMITED = "rate-limited"
    """429 with ``Retry-After``, ``RateLimit`` and ``RateLimit-Policy``."""
    SERVER_ERROR = "server-error"
    BAD_GATEWAY = "bad-gateway"
    UNAVAILABLE = "unavailable"
    SLOW = "slow"
    """The right answer, but every kilobyte of it comes *delay* seconds late."""
    TRUNCATED = "truncated"
    """The right headers, half of the body, and the connection is closed."""
    GARBAGE = "garbage"
    """200, and a body that is no JSON and not the file."""


_SPOILS_THE_BODY: Final = frozenset({Fault.SLOW, Fault.TRUNCATED})


@frozen(kw_only=True)
class FaultRule:
    """When a fault shows: the first *times* requests (None: all) whose path has *only* in it.

    >>> FaultRule(kind=Fault.RATE_LIMITED, times=2, retry_after=1).delay
    30.0
    """

    kind: Fault
    times: int | None = field(default=None, validator=optional(ge(1)))
    only: str = ""
    retry_after: int = field(default=1, validator=ge(0))
    """Seconds, for `Fault.RATE_LIMITED`."""
    delay: float = field(default=30.0, validator=ge(0))
    """Seconds, for `Fault.SLOW`."""


@define
class _Armed:
    repository: str
    rule: FaultRule
    hits: int = 0


class FaultBoard:
    """The faults in force, counted down as requests come in. Safe to use from many threads.

    >>> board = FaultBoard()
    >>> board.add("owner/poet", FaultRule(kind=Fault.SERVER_ERROR, times=1))
    >>> [bool(board.strike("owner/poet", "/api", (), head=False)) for _ in range(2)]
    [True, False]
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set: list[_Armed] = []
        self._declared: dict[tuple[str, int], _Armed] = {}

    def add(self, repository: str, rule: FaultRule) -> None:
        """Let *rule* hold for *repository* (or `EVERYWHERE`) from now on."""
        with self._lock:
            self._set.append(_Armed(repository, rule))

    def clear(self) -> None:
        """Drop what was added; what the repositories declare in their files stays."""
        with self._lock:
            self._set.clear()

    def strike(self, repository: str, path: str, declared: Iterable[FaultRule], *, head: bool) -> FaultRule | None:
        """Return the fault that this request meets, and count it; a HEAD has no body that could be spoiled."""
        with self._lock:
            own = [
                self._declared.setdefault((repository, index), _Armed(repository, rule))
                for index, rule in enumerate(declared)
            ]
            for armed in (*self._set, *own):
                passed = head and armed.rule.kind in _SPOILS_THE_BODY
                if armed.repository in {repository, EVERYWHERE} and not passed and _holds(armed, path):
                    armed.hits += 1
                    return armed.rule
        return None


def _holds(armed: _Armed, path: str) -> bool:
    left = armed.rule.times is None or armed.hits < armed.rule.times
    return left and armed.rule.only in path
