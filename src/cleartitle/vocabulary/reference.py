"""Names of artifacts: ``owner/name``, ``hf:owner/name@revision``, ``./folder``."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import NewType

from attrs import frozen

from cleartitle.errors import BadReference

RepoId = NewType("RepoId", str)
"""A Hub repository ``owner/name`` (or a bare legacy ``name``) of valid shape: proof that it went through `repo_id`."""

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
_REPO = re.compile(rf"(?:{_PART}/)?[A-Za-z0-9_][A-Za-z0-9._-]{{0,95}}")
_REVISION = re.compile(r"[A-Za-z0-9._/-]{1,120}")


class Scheme(StrEnum):
    """Where an artifact lives."""

    HF = "hf"
    """A repository of a Hugging Face Hub."""
    FILE = "file"
    """A folder on this machine."""


@frozen
class ModelRef:
    """Which artifact is meant: scheme, name, revision.

    A bare ``owner/name`` means the Hugging Face Hub; what starts with ``.``, ``/`` or ``~``, or is an existing folder
    and no Hub name, means a folder.

    >>> ModelRef.parse("Qwen/Qwen2.5-7B@main")
    ModelRef(scheme=<Scheme.HF: 'hf'>, name='Qwen/Qwen2.5-7B', revision='main')
    >>> str(ModelRef.parse("Qwen/Qwen2.5-7B"))
    'hf:Qwen/Qwen2.5-7B'
    """

    scheme: Scheme
    name: str
    revision: str | None = None

    @classmethod
    def parse(cls, text: str) -> ModelRef:
        """Read a reference as a user writes it; :exc:`~cleartitle.errors.BadReference` says what is wrong."""
        stripped = text.strip()
        scheme, _, rest = stripped.partition(":")
        if scheme == Scheme.FILE:
            return cls.folder(rest)
        if scheme != Scheme.HF and _looks_like_path(stripped):
            return cls.folder(stripped)
        name, _, revision = (rest if scheme == Scheme.HF else stripped).partition("@")
        if revision and not _REVISION.fullmatch(revision):
            raise BadReference(f"{revision!r} is not a revision (a commit, branch or tag)")
        return cls(Scheme.HF, repo_id(name), revision or None)

    @classmethod
    def folder(cls, path: str | Path) -> ModelRef:
        """Return the reference to a folder of this machine."""
        try:
            return cls(Scheme.FILE, str(Path(path).expanduser()))
        except RuntimeError as error:
            raise BadReference(f"{str(path)!r}: nobody of this name has a home folder here") from error

    @classmethod
    def hub(cls, name: str, revision: str | None = None) -> ModelRef:
        """Return the reference to a repository of the Hub."""
        return cls(Scheme.HF, repo_id(name), revision)

    def at(self, revision: str | None) -> ModelRef:
        """Return the same artifact at another revision."""
        return ModelRef(self.scheme, self.name, revision)

    @property
    def short(self) -> str:
        """The name without scheme and revision, as people say it."""
        return self.name

    def __str__(self) -> str:
        return f"{self.scheme}:{self.name}" + (f"@{self.revision}" if self.revision else "")


def repo_id(text: str) -> RepoId:
    """Return *text* as a Hub repository id, or raise with what is wrong.

    The rules are the Hub's: at most ``owner/name``, 96 characters a part, letters, digits, ``-``, ``_`` and ``.``.

    >>> repo_id("openai-community/gpt2")
    'openai-community/gpt2'
    """
    name = text.strip().strip("/")
    if not _REPO.fullmatch(name) or ".." in name or "--" in name.partition("/")[0]:
        raise BadReference(f"{text!r} is not the name of a Hub repository")
    return RepoId(name)


def _looks_like_path(text: str) -> bool:
    if text.startswith((".", "/", "~", "\\")) or re.match(r"[A-Za-z]:[\\/]", text):
        return True
    return bool(text) and not _REPO.fullmatch(text.partition("@")[0]) and _is_folder(text)


def _is_folder(text: str) -> bool:
    try:
        return Path(text).is_dir()
    except OSError:  # longer than any name can be
        return False
