"""Where a sentence names models: by a link to a Hub, by ``owner/name``, by a name that only one repository has."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

from attrs import frozen

from cleartitle import atlas
from cleartitle.errors import BadReference
from cleartitle.prose.plain import Plain
from cleartitle.vocabulary.reference import repo_id

MAX_MENTIONS = 120
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.(?:cn|ai)/models)/(?P<path>[\w.-]{1,96}(?:/[\w.-]{1,96}){0,4})",
    re.ASCII,
)
_BARE_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/[\w./-]{1,250}|https?://\S{1,400}", re.ASCII
)
_PAGES = frozenset([
    "api", "blog", "chat", "collections", "datasets", "docs", "enterprise", "inference", "join", "learn", "login",
    "models", "new", "organizations", "papers", "posts", "pricing", "search", "settings", "spaces", "tasks",
    "transformers",
])  # fmt: skip
_NOWHERE = re.compile(r"(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co)/?)?|#\S*")
"""An address that says less than the words that lead there."""
_FILES = ("tree", "blob", "resolve", "raw", "discussions", "commit", "commits")
_ID = re.compile(r"(?<![\w./@#-])[A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95}(?<![.-])(?![\w/-])", re.ASCII)
_NAME = re.compile(
    r"(?<![\w./@#-])(?:[A-Za-z][\w.]{0,40}(?:-[\w.]{1,40}){1,10}(?<![.-])|(?:distil)?gpt2)(?![\w/@-])", re.ASCII
)
_TELLING = re.compile(r"[0-9_-]")
_NOT_A_MODEL = re.compile(
    r"\.(?:py|md|json|jsonl|txt|csv|ya?ml|sh|ipynb|pdf|png|jpe?g|html?|cpp|c|h|js|ts|zip|gz|com|org|io|ai|net|gguf|bin"
    r"|safetensors|ckpt|pt|pth)$|^(?:and/or|either/or|input/output|n/a|https?/.*|[\d.,-]+/[\d.,-]+)$",
    re.IGNORECASE,
)


@frozen(kw_only=True)
class Mention:
    """A model that is named, and where in the plain text."""

    start: int
    end: int
    name: str
    """Its id on the Hub."""
    spelled: bool = True
    """Whether all of the id is written; else it is what the name stands for."""
    firm: bool = True
    """Whether a repository is meant without doubt: by a link, or with its owner. A name may mean an architecture."""


def mentions(said: Plain) -> list[Mention]:
    """Return the models that a sentence names, in order.

    >>> from cleartitle.prose.plain import plain
    >>> text = "[Poet](https://hf.co/ann/Poet-7B), bob/bard-1, bert-base-uncased; see [c/code](https://github.com/c/code)"
    >>> [m.name for m in mentions(plain(text, 0, len(text)))]
    ['ann/Poet-7B', 'bob/bard-1', 'bert-base-uncased']
    """
    taken: list[tuple[int, int]] = []
    found: list[Mention] = []

    def take(start: int, end: int, name: str | None, *, spelled: bool = True, firm: bool = True) -> None:
        if not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            if name is not None:
                found.append(Mention(start=start, end=end, name=name, spelled=spelled, firm=firm))

    for link in said.links:
        words = said.text[link.start : link.end]
        if words and not _NOWHERE.fullmatch(link.address) and link.address.strip("/") != words:
            name = addressed(link.address)
            bare = known(words) if name is None else None  # a name that one repository has, linked to its paper
            take(link.start, link.end, name or bare, spelled=bare is None or "/" not in bare, firm=bare is None)
    for address in _BARE_ADDRESS.finditer(said.text):
        take(address.start(), address.end(), addressed(address[0]))
    for each in _ID.finditer(said.text):
        take(each.start(), each.end(), _repository(each[0]) if _telling(each[0]) else None)
    for each in _NAME.finditer(said.text):
        if name := known(each[0]):
            take(each.start(), each.end(), name, spelled="/" not in name, firm=False)
    return sorted(found, key=lambda m: m.start)[:MAX_MENTIONS]


def addressed(address: str) -> str | None:
    """Return the id of the model that an address leads to, or None.

    >>> addressed("https://huggingface.co/gpt2"), addressed("https://huggingface.co/datasets/a/b")
    ('gpt2', None)
    """
    found = _ADDRESS.match(address.strip())
    if found is None:
        return None
    parts = found["path"].rstrip(".").split("/")
    if parts[0].lower() in _PAGES or (len(parts) > 2 and parts[2] not in _FILES):
        return None
    if len(parts) == 1 and known(parts[0]) is None:  # the page of an owner
        return None
    return _repository("/".join(parts[:2]) if len(parts) > 1 and parts[1] not in _FILES else parts[0])


def known(name: str) -> str | None:
    """Return the one repository that a name without an owner stands for, or None.

    >>> known("XLM-RoBERTa-base"), known("Mistral-7B-v0.1"), known("my-model")
    ('xlm-roberta-base', 'mistralai/Mistral-7B-v0.1', None)
    """
    return _legacy().get(name.casefold().replace("_", "-")) or _atlas().get(name.casefold())


@functools.cache
def _legacy() -> dict[str, str]:
    """Return the repositories of the Hub that have no owner in their name, by what people write."""
    data = tomllib.loads((files("cleartitle.prose") / "patterns" / "bare_names.toml").read_text(encoding="utf-8"))
    return {str(name).casefold(): str(name) for name in data["names"]}


@functools.cache
def _atlas() -> dict[str, str]:
    """Return the models of the atlas by their name without owner, where no two have the same."""
    found: dict[str, str] = {}
    for name in atlas.names():
        last = name.rpartition("/")[2].casefold()
        if "/" in name and "-" in last and any(c.isdigit() for c in last):
            found[last] = "" if last in found else name
    return {last: name for last, name in found.items() if name}


def _telling(text: str) -> bool:
    """Whether words with a stroke between them look like an id: a path, a fraction or two names do not."""
    name = text.partition("/")[2]
    if name.isdecimal() or _NOT_A_MODEL.search(text):
        return False
    return bool(_TELLING.search(text)) or atlas.lookup(text) is not None


def _repository(text: str) -> str | None:
    try:
        return repo_id(text)
    except BadReference:
        return None
