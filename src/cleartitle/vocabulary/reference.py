"""Names of artifacts: ``owner/name@revision``, ``ollama:name:tag``, ``ms:owner/name``, ``./folder``, ``./a.gguf``."""

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
    """A folder, or a single weight file, on this machine."""
    OLLAMA = "ollama"
    """A model of Ollama: ``name``, ``owner/name`` or ``host/owner/name``, with its tag after a colon."""
    MODELSCOPE = "ms"
    """A repository of ModelScope."""
    DATASET = "dataset"
    """A dataset of a Hugging Face Hub."""


_WEIGHTS = (".gguf", ".safetensors")
_MODELSCOPE = re.compile(r"[A-Za-z0-9_][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}", re.ASCII)
_PIECE = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}"
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]{0,200}(?::\d{1,5})?"
_OLLAMA = re.compile(rf"(?:(?:{_HOST}/)?{_PIECE}/)?{_PIECE}(?::{_PIECE})?")


@frozen
class ModelRef:
    """Which artifact is meant: scheme, name, revision.

    A bare ``owner/name`` means the Hugging Face Hub; what starts with ``.``, ``/`` or ``~``, is an existing weight
    file, or is an existing folder and no Hub name, means what is there on this machine.

    >>> ModelRef.parse("Qwen/Qwen2.5-7B@main")
    ModelRef(scheme=<Scheme.HF: 'hf'>, name='Qwen/Qwen2.5-7B', revision='main')
    >>> str(ModelRef.parse("Qwen/Qwen2.5-7B"))
    'hf:Qwen/Qwen2.5-7B'
    >>> ModelRef.parse("ollama:llama3.2:1b").name, ModelRef.parse("ms:qwen/Qwen-7B@v1.0").revision
    ('llama3.2:1b', 'v1.0')
    """

    scheme: Scheme
    name: str
    revision: str | None = None

    @classmethod
    def parse(cls, text: str) -> ModelRef:
        """Read a reference as a user writes it.

        Raises:
            BadReference: *text* names no artifact; the message says why.

        """
        stripped = text.strip()
        word, _, rest = stripped.partition(":")
        scheme = next((s for s in Scheme if s == word), None)
        if scheme is Scheme.FILE:
            return cls.folder(rest)
        if scheme is None and _looks_like_path(stripped):
            return cls.folder(stripped)
        name, _, revision = (stripped if scheme is None else rest).strip().partition("@")
        if revision and not _REVISION.fullmatch(revision):
            raise BadReference(f"{revision!r} is not a revision (a commit, branch or tag)")
        match scheme:
            case Scheme.OLLAMA:
                return cls.ollama(name, revision or None)
            case Scheme.MODELSCOPE:
                return cls.modelscope(name, revision or None)
            case Scheme.DATASET:
                return cls(Scheme.DATASET, repo_id(name), revision or None)
            case _:
                return cls(Scheme.HF, repo_id(name), revision or None)

    @classmethod
    def folder(cls, path: str | Path) -> ModelRef:
        """Return the reference to a folder, or a weight file, of this machine.

        Raises:
            BadReference: *path* begins with the home of a user that this machine does not have.

        """
        try:
            return cls(Scheme.FILE, str(Path(path).expanduser()))
        except RuntimeError as error:
            raise BadReference(f"{str(path)!r}: nobody of this name has a home folder here") from error

    @classmethod
    def hub(cls, name: str, revision: str | None = None) -> ModelRef:
        """Return the reference to a repository of the Hub.

        Raises:
            BadReference: *name* is not the name of a repository.

        """
        return cls(Scheme.HF, repo_id(name), revision)

    @classmethod
    def dataset(cls, name: str, revision: str | None = None) -> ModelRef:
        """Return the reference to a dataset of the Hub.

        Raises:
            BadReference: *name* is not the name of a dataset.

        """
        return cls(Scheme.DATASET, repo_id(name), revision)

    @classmethod
    def ollama(cls, name: str, revision: str | None = None) -> ModelRef:
        """Return the reference to a model of Ollama; *name* may have a tag, *revision* is the SHA-256 of a manifest.

        Raises:
            BadReference: *name* is not the name of a model of Ollama.

        """
        if not _OLLAMA.fullmatch(name) or ".." in name:
            raise BadReference(f"{name!r} is not the name of an Ollama model", advice="write ollama:name:tag")
        return cls(Scheme.OLLAMA, name, revision)

    @classmethod
    def modelscope(cls, name: str, revision: str | None = None) -> ModelRef:
        """Return the reference to a repository of ModelScope.

        Raises:
            BadReference: *name* is not ``owner/name``.

        """
        if not _MODELSCOPE.fullmatch(name) or ".." in name:
            raise BadReference(f"{name!r} is not the name of a ModelScope repository", advice="write ms:owner/name")
        return cls(Scheme.MODELSCOPE, name, revision)

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
    """Return *text* as a Hub repository id.

    The rules are the Hub's: at most ``owner/name``, 96 characters a part, letters, digits, ``-``, ``_`` and ``.``.

    >>> repo_id("openai-community/gpt2")
    'openai-community/gpt2'

    Raises:
        BadReference: *text* is not the name of a repository.

    """
    name = text.strip().strip("/")
    if not _REPO.fullmatch(name) or ".." in name or "--" in name.partition("/")[0]:
        raise BadReference(f"{text!r} is not the name of a Hub repository")
    return RepoId(name)


def _looks_like_path(text: str) -> bool:
    if text.startswith((".", "/", "~", "\\")) or re.match(r"[A-Za-z]:[\\/]", text):
        return True
    path = Path(text)
    try:
        if path.suffix.lower() in _WEIGHTS and path.is_file():
            return True
        return bool(text) and not _REPO.fullmatch(text.partition("@")[0]) and path.is_dir()
    except (OSError, ValueError):  # longer than any name can be, or with a null byte
        return False
