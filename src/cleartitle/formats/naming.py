"""How files name models: an id, a revision after ``@``, a path; a path into the Hub client's cache means an id."""

from __future__ import annotations

import re

from attrs import frozen

MAX_NAME = 400
_CACHED = re.compile(
    r"(?:^|[/\\])models--(?P<name>[\w.-]{1,96}(?:--[\w.-]{1,96})?)(?:[/\\]snapshots[/\\](?P<commit>[0-9a-f]{7,64}))?(?=[/\\]|$)"
)
_DOWNLOADED = re.compile(r"([A-Za-z][\w-]{1,60}?)_([A-Za-z][\w.]{0,60}-[\w.-]{1,60})")
_REVISION = re.compile(r"[\w./-]{1,120}")


@frozen(kw_only=True)
class Named:
    """A model as a file names it."""

    said: str
    """Verbatim."""
    name: str
    """The id or path meant, without a revision."""
    revision: str | None = None

    @property
    def target(self) -> str:
        """Name and revision, as ``owner/name@revision``."""
        return f"{self.name}@{self.revision}" if self.revision else self.name


def named(said: str, revision: str = "") -> Named | None:
    r"""Return the model that *said* names; None for what is no name at all.

    >>> named("Qwen/Qwen2.5-7B@v1.0").revision
    'v1.0'
    >>> named(r"D:\hub\models--Qwen--Qwen2.5-7B\snapshots\0123abc").target
    'Qwen/Qwen2.5-7B@0123abc'
    """
    text = said.strip()
    if not text or len(text) > MAX_NAME or not text.isprintable():
        return None
    if cached := _CACHED.search(text):
        return Named(said=text, name=cached["name"].replace("--", "/", 1), revision=cached["commit"])
    name, at, after = text.rpartition("@")
    if at and name and "://" not in text and _REVISION.fullmatch(after):
        return Named(said=text, name=name, revision=after)
    return Named(said=text, name=text, revision=revision.strip() or None)


def guess(name: str) -> str:
    r"""Return the id that a local folder's name may mean; empty for one that hints at none.

    Tools that download by hand name folders ``owner_name``. It is a hint, to be looked up, and no more.

    >>> guess("/data/models/WizardLM_WizardCoder-33B-V1.1"), guess("./merge_v2/out"), guess("owner/name")
    ('WizardLM/WizardCoder-33B-V1.1', '', '')
    """
    local = name.startswith((".", "/", "~")) or "/" not in name or name.count("/") > 1
    found = _DOWNLOADED.fullmatch(re.split(r"[/\\]", name.rstrip("/\\"))[-1]) if local else None
    return f"{found[1]}/{found[2]}" if found else ""
