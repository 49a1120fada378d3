"""From a name as written to what it refers to: a repository, a folder of the project, or why neither."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from cleartitle import atlas
from cleartitle.errors import BadReference
from cleartitle.formats.naming import named
from cleartitle.serial.convert import read
from cleartitle.vocabulary.reference import ModelRef, Scheme, repo_id

_PREFIX = re.compile(r"(?:hf|hf_hub|hf-hub|local-dir|huggingface)(?:://|:)", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://|ssh://)?(?:[^/@\s]{1,200}@)?(?:www\.)?(?:huggingface\.co|hf\.co)[/:](?P<data>datasets/)?(?:api/models/)?"
    r"(?P<name>[\w-][\w.-]{0,95}/[\w-][\w.-]{0,95}?)(?:\.git)?"
    r"(?:/(?:resolve|raw|blob|tree)/(?P<revision>[\w.-]{1,120}))?(?:[/?#:]\S*)?",
    re.ASCII,
)
_MODELSCOPE = re.compile(
    r"(?:https?://)?(?:www\.)?modelscope\.(?:cn|ai)/(?:models/)?(?P<name>[\w-][\w.-]{0,95}/[\w.-]{1,96}?)(?:\.git)?(?:/\S*)?",
    re.ASCII,
)
_OPEN = re.compile(r"\$\{?\w|\{\{|\{%|%\(|<[\w -]{1,60}>|\{\w{0,60}\}|\$\(|%s|\bYOUR[_-]", re.IGNORECASE)
_STORE = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
_QUANT = re.compile(r":[\w.-]{1,60}$")
_PATH = re.compile(r"[./~\\]|[A-Za-z]:[\\/]|file:")


@frozen(kw_only=True)
class _Words:
    """The words of ``naming.toml``, as its comments describe them."""

    folders: frozenset[str]
    media: frozenset[str]
    endings: frozenset[str]
    weights: frozenset[str]
    builders: frozenset[str]
    services: tuple[str, ...]


@functools.cache
def words() -> _Words:
    """Return the words that tell paths and media types from names."""
    text = files("cleartitle.discovery").joinpath("naming.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text), _Words, where="naming.toml", trusted=True)


@frozen(kw_only=True)
class Meant:
    """What a name refers to."""

    model: str = ""
    ref: ModelRef | None = None
    revision: str | None = None
    problem: str = ""
    dataset: bool = False


@frozen(kw_only=True)
class Around:
    """The folders in which a relative path may be meant; the last is that of the whole project."""

    folders: tuple[Path, ...] = ()

    def find(self, path: str) -> Path | None:
        """Return the folder or weight file of this name in the project, or None."""
        if not self.folders or len(path) > 400 or path.startswith("~"):
            return None
        for folder in self.folders:
            try:
                there = (folder / path).resolve()
                if there.is_relative_to(self.folders[-1].resolve()) and there.exists():
                    return there
            except (OSError, ValueError, RuntimeError):
                continue
        return None


def meant(said: str, scheme: Scheme = Scheme.HF, *, revision: str = "", bare: str = "", around: Around) -> Meant:
    """Return what *said* refers to; *bare* is what a name without an owner means.

    >>> meant("https://huggingface.co/Qwen/Qwen2.5-7B/resolve/v1/config.json", around=Around()).ref
    ModelRef(scheme=<Scheme.HF: 'hf'>, name='Qwen/Qwen2.5-7B', revision='v1')
    >>> meant("all-MiniLM-L6-v2", bare="sentence-transformers/{}", around=Around()).model
    'hf:sentence-transformers/all-MiniLM-L6-v2'
    >>> meant("./out/last", around=Around()).problem
    'a folder or file that is not in the project'
    """
    text = said.strip().strip("\"'")
    if link := _LINK.fullmatch(text):
        tag = _QUANT.search(text) if "/resolve/" not in text else None
        rest = link["name"].removesuffix(tag[0]) if tag else link["name"]
        found = _hub(rest, link["revision"] or revision)
        return Meant(model=found.model, problem="", revision=found.revision, dataset=True) if link["data"] else found
    if link := _MODELSCOPE.fullmatch(text):
        return _named(Scheme.MODELSCOPE, link["name"], revision)
    if _OPEN.search(text):
        return Meant(problem="filled in only when it runs")
    if _STORE.match(text) and not _PREFIX.match(text):
        return Meant(problem="kept in a place that cleartitle does not read")
    text = _PREFIX.sub("", text, count=1)
    match scheme:
        case Scheme.OLLAMA | Scheme.MODELSCOPE if not _PATH.match(text):
            return _named(scheme, text, revision)
        case _:
            return _hub_or_path(text, revision, bare, around)


def plausible(text: str) -> bool:
    """Return whether *text* has the form ``owner/name`` of a repository, and no sign of being something else.

    >>> [plausible(t) for t in ("Qwen/Qwen2.5-7B", "application/json", "src/main.py", "and/or", "out/model")]
    [True, False, False, True, False]
    """
    owner, slash, name = text.partition("/")
    if not slash or _is_folder(owner) or owner.lower() in words().media:
        return False
    if _ending(name) in words().endings or _is_weights(name) or text.startswith(words().services):
        return False
    try:
        return repo_id(text) == text and not name.isdigit()
    except BadReference:
        return False


def _is_folder(name: str) -> bool:
    return name.lower() in words().folders


def _is_weights(name: str) -> bool:
    return _ending(name) in words().weights


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def known(text: str) -> bool:
    """Return whether the atlas has a model of exactly this name."""
    return atlas.lookup(text) is not None


def _hub_or_path(text: str, revision: str, bare: str, around: Around) -> Meant:
    found = named(text, revision)
    if found is None:
        return Meant(problem="no name of a model")
    name = found.name.removesuffix("/")
    here = around.find(name) if "/" in name or _is_weights(name) else None
    if here is not None and not known(name):
        return Meant(model=f"file:{name}", ref=ModelRef.folder(here))
    if _PATH.match(name) or name.count("/") > 1 or "\\" in name:
        nested = _hub_file(name)
        return _hub(nested, found.revision or "") if nested else Meant(problem=_ABSENT)
    if "/" not in name and bare:
        name = bare.format(name)
    if not known(name) and (_is_weights(name) or ("/" in name and _is_folder(name.partition("/")[0]))):
        return Meant(problem=_ABSENT)
    return _hub(_QUANT.sub("", name), found.revision or "")


_ABSENT = "a folder or file that is not in the project"


def _hub_file(name: str) -> str:
    """Return the repository in ``owner/name/file.safetensors``; empty where it is a path."""
    parts = name.split("/")
    together = "/".join(parts[:2])
    return together if _is_weights(name) and (known(together) or (len(parts) == 3 and plausible(together))) else ""


def _hub(name: str, revision: str) -> Meant:
    try:
        ref = ModelRef.hub(name)
        parsed = ModelRef.parse(f"hf:{name}@{revision}") if revision else ref
    except BadReference as error:
        return Meant(problem=error.message)
    return Meant(model=f"hf:{ref.name}", ref=parsed, revision=parsed.revision)


def _named(scheme: Scheme, name: str, revision: str) -> Meant:
    try:
        ref = ModelRef.parse(f"{scheme}:{name}" + (f"@{revision}" if revision else ""))
    except BadReference as error:
        return Meant(problem=error.message)
    return Meant(model=f"{scheme}:{ref.name}", ref=ref, revision=ref.revision)


def hub_link(text: str) -> bool:
    """Return whether *text* is the address of a repository of a Hub, or of a file in it.

    >>> hub_link("https://huggingface.co/Qwen/Qwen2.5-7B"), hub_link("https://github.com/a/b")
    (True, False)
    """
    return bool(_LINK.fullmatch(text) or _MODELSCOPE.fullmatch(text))
