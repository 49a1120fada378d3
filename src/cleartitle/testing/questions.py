"""Requests to the fixture Hub as values: what is asked, of which repository, by whom."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from enum import Enum, auto
from typing import Final, TypeVar
from urllib.parse import parse_qsl, unquote, urlencode

from attrs import evolve, field, frozen

from cleartitle.testing.faults import EVERYWHERE
from cleartitle.testing.repository import DATASETS

T = TypeVar("T")
_API_WORDS: Final = frozenset({"revision", "tree", "paths-info", "refs", "commits"})
_FILE_WORDS: Final = frozenset({"resolve", "raw"})


class Kind(Enum):
    """What an address is about."""

    NOTHING = auto()
    WHOAMI = auto()
    MODELS = auto()
    MODEL = auto()
    """The API of one repository."""
    FILE = auto()


@frozen(kw_only=True)
class Target:
    """An address, taken apart: ``/api/models/NAME/WORD/REST...`` or ``/NAME/WORD/REST...``."""

    kind: Kind
    name: str = ""
    word: str = ""
    rest: tuple[str, ...] = ()

    @classmethod
    def of(cls, path: str) -> Target:
        """Read the path of a request; the parts are decoded one by one, a revision may hold slashes.

        >>> Target.of("/owner/name/resolve/refs%2Fpr%2F1/README.md").rest
        ('refs/pr/1', 'README.md')
        """
        match tuple(unquote(part) for part in path.split("/") if part):
            case ("api", "whoami-v2"):
                return cls(kind=Kind.WHOAMI)
            case ("api", "models"):
                return cls(kind=Kind.MODELS)
            case ("api", "models", *rest):
                return cls._named(Kind.MODEL, tuple(rest), _API_WORDS)
            case ("api", "datasets", *rest):
                return cls._named(Kind.MODEL, tuple(rest), _API_WORDS).of_data()
            case ("datasets", *rest):
                return cls._named(Kind.FILE, tuple(rest), _FILE_WORDS).of_data()
            case parts:
                return cls._named(Kind.FILE, parts, _FILE_WORDS)

    @classmethod
    def _named(cls, kind: Kind, parts: tuple[str, ...], words: Collection[str]) -> Target:
        for length in (1, 2):
            if parts[length : length + 1] and parts[length] in words:
                name = "/".join(parts[:length])
                return cls(kind=kind, name=name, word=parts[length], rest=parts[length + 1 :])
        if kind is Kind.MODEL and len(parts) <= 2:
            return cls(kind=kind, name="/".join(parts))
        return cls(kind=Kind.NOTHING)

    def of_data(self) -> Target:
        """Return the same, of a dataset."""
        return evolve(self, name=f"{DATASETS}/{self.name}") if self.name else self

    def revision(self) -> tuple[str, str]:
        """Split *rest* into revision and path; ``refs/pr/1`` may come undecoded, in three parts."""
        length = 3 if self.rest[:1] == ("refs",) else 1
        return "/".join(self.rest[:length]) or "main", "/".join(self.rest[length:])

    def renamed(self, name: str, path: str) -> str:
        """Return *path* with the name of the repository replaced."""
        before = 3 if self.kind is Kind.MODEL else 1
        parts = path.split("/")
        return "/".join([*parts[:before], name, *parts[before + self.name.count("/") + 1 :]])


@frozen(kw_only=True)
class Question:
    """One request."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    """Of a POST."""
    body_type: str = ""
    token: str | None = field(default=None, repr=False)

    def values(self, key: str) -> tuple[str, ...]:
        """Return all values of a parameter, of the query and of a form; also in the spelling ``key[]``."""
        form = self.body.decode(errors="replace") if "form" in self.body_type else ""
        return tuple(value for name, value in parse_qsl(f"{self.query}&{form}") if name in {key, f"{key}[]"})

    def value(self, key: str) -> str:
        """Return the last value of a parameter, or an empty string."""
        return (self.values(key) or ("",))[-1]

    def yes(self, key: str) -> bool:
        """Whether a parameter is true."""
        return self.value(key).lower() in {"true", "1"}

    def paths(self) -> tuple[str, ...]:
        """Return the ``paths`` asked for, which may stand in a JSON body, too."""
        return _paths(self.body) if "json" in self.body_type else self.values("paths")

    def page(self, items: Sequence[T], size: int) -> tuple[Sequence[T], str]:
        """Return the page of *items* that is asked for, and the query of the next page, empty for the last.

        Raises:
            ValueError: the limit is no number, or the cursor none of ours.

        """
        limit = min(size, int(self.value("limit") or size))
        if limit < 1:
            raise ValueError("limit must be positive")
        start = int(base64.urlsafe_b64decode(self.value("cursor") or b"MA=="))
        if start < 0:
            raise ValueError("no such cursor")
        stop = start + limit
        if stop >= len(items):
            return items[start:], ""
        kept = [(key, value) for key, value in parse_qsl(self.query) if key != "cursor"]
        cursor = base64.urlsafe_b64encode(str(stop).encode()).decode()
        return items[start:stop], urlencode([*kept, ("cursor", cursor)])


@frozen(kw_only=True)
class Access:
    """Who may read what: for each token the repositories that it opens; None lets any token sign in, and opens none."""

    tokens: Mapping[str, Collection[str]] | None = field(default=None, repr=False)

    def known(self, token: str) -> bool:
        """Whether *token* signs in at all."""
        return self.tokens is None or token in self.tokens

    def opens(self, token: str | None, name: str) -> bool:
        """Whether the owner of *token* was let in to the gated or private repository *name*."""
        opened = (self.tokens or {}).get(token or "", ())
        return name in opened or EVERYWHERE in opened


def _paths(body: bytes) -> tuple[str, ...]:
    try:
        data: object = json.loads(body)
    except ValueError:
        return ()
    asked = data.get("paths") if isinstance(data, dict) else None
    return tuple(path for path in asked if isinstance(path, str)) if isinstance(asked, list) else ()
