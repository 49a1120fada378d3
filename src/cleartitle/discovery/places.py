"""Which files are read, and by which reader: a new kind of place is one more line here."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from attrs import frozen

from cleartitle.discovery.commands import read_shell
from cleartitle.discovery.commands import table as commands
from cleartitle.discovery.config import read_config, read_lines
from cleartitle.discovery.docker import read_dockerfile
from cleartitle.discovery.environment import read_environment
from cleartitle.discovery.keys import keys
from cleartitle.discovery.makefile import read_makefile
from cleartitle.discovery.modelfile import read_model
from cleartitle.discovery.notebook import read_notebook
from cleartitle.discovery.python import read_python
from cleartitle.discovery.requirements import read_requirements
from cleartitle.discovery.sighting import Sighting, stated
from cleartitle.discovery.triton import read_triton
from cleartitle.discovery.values import Project
from cleartitle.discovery.walk import MAX_BYTES, MAX_NOTEBOOK


@functools.cache
def hint() -> re.Pattern[str]:
    """Return what a configuration or a script must have for it to be worth reading: a key, a program or an option."""
    table = keys()
    named = sorted(table.certain | table.likely | table.weak - {"path"} | table.ollama | set(table.endings))
    known = "|".join(re.escape(word).replace("_", "[_-]?") for word in named)
    programs = "|".join(map(re.escape, sorted(commands().programs)))
    words = "model|checkpoint|tokenizer|adapter|lora|repo|llm|reranker|embed"
    options = "|".join(map(re.escape, sorted(commands().any.options)))
    return re.compile(
        rf"(?:{known})[\"']?[ \t]{{0,8}}[:?]{{0,2}}[:=]|\b(?:{programs})\b|(?:{options})\b"
        rf"|--[\w-]{{0,40}}(?:{words})|/resolve/|cleartitle:"
        r"|name[\"']?[ \t]{0,8}:[ \t]{0,8}[\"']?\w{0,40}model|[_-](?:sm|md|lg|trf)\b|silero|python[\d.]*[ \t]+-",
        re.IGNORECASE,
    )


Read = Callable[[str, str, Project], Iterator[Sighting]]


@frozen(kw_only=True)
class Kind:
    """A kind of file: by which names it is known, and how it is read."""

    names: tuple[str, ...]
    """Patterns on the last part of the path, in small letters."""
    read: Read
    limit: int = MAX_BYTES
    """Bytes that are read at most."""
    data: bool = False
    """Whether a longer one is data, and passed over without a word."""


def _plain(read: Callable[[str], Iterator[Sighting]]) -> Read:
    """Return a reader that needs no other file, with what comments say."""

    def reading(text: str, file: str, project: Project) -> Iterator[Sighting]:  # noqa: ARG001 - as all readers
        yield from read(text)
        yield from stated(text)

    return reading


def _hinted(read: Callable[[str], Iterator[Sighting]]) -> Read:
    """Return a reader that passes over a text that cannot name a model: most configurations do not."""
    plain = _plain(read)

    def reading(text: str, file: str, project: Project) -> Iterator[Sighting]:
        if hint().search(text):
            yield from plain(text, file, project)

    return reading


def _python(text: str, file: str, project: Project) -> Iterator[Sighting]:
    yield from read_python(text, file, project)
    yield from stated(text)


_SKIPPED = (
    "package-lock.json", "tokenizer.json", "vocab.json", "merges.txt", "*.min.json", "*.lock", "pnpm-lock.yaml",
    "composer.lock", "*.schema.json", "added_tokens.json", "special_tokens_map.json", "*.index.json", "tsconfig*.json",
    "mkdocs.yml", "*.md", "*.rst", "*.html", "*.map", "trainer_state.json",
)  # fmt: skip
KINDS = (
    Kind(names=("*.py", "*.pyw"), read=_python),
    Kind(names=("*.ipynb",), read=read_notebook, limit=MAX_NOTEBOOK),
    Kind(names=("dockerfile*", "*.dockerfile", "containerfile*"), read=_plain(read_dockerfile)),
    Kind(names=("modelfile*", "*.modelfile"), read=_plain(read_model)),
    Kind(names=("requirements*.txt", "requirements*.in", "constraints*.txt"), read=_plain(read_requirements)),
    Kind(names=(".env", ".env.*", "*.env", ".envrc"), read=_plain(read_environment)),
    Kind(names=("config.pbtxt",), read=_plain(read_triton)),
    Kind(names=("makefile", "gnumakefile", "*.mk", "justfile", "makefile.*"), read=_hinted(read_makefile)),
    Kind(
        names=("*.sh", "*.bash", "*.zsh", "*.ksh", "*.command", "procfile", "*.slurm", "*.sbatch"),
        read=_hinted(read_shell),
    ),
    Kind(names=("*.tf", "*.tfvars", "*.hcl", "*.ini", "*.cfg", "*.properties"), read=_hinted(read_lines)),
    Kind(names=("*.toml",), read=_hinted(functools.partial(read_config, toml=True))),
    Kind(
        names=("*.yaml", "*.yml", "*.json", "*.jsonc", "*.yml.j2", "*.yaml.j2", "*.tpl"),
        read=_hinted(read_config),
        data=True,
    ),
)
_SCRIPTS = {"python": _python, "sh": _hinted(read_shell)}
_MARK = re.compile(r"#![^\n]{0,100}?\b(?P<program>python|bash|zsh|ksh|sh)")


def kind_of(name: str) -> Kind | None:
    """Return how a file of this path is read; None for one that is not.

    >>> [bool(kind_of(n)) for n in ("a/app.py", "Dockerfile.gpu", "docs/logo.png", "tokenizer.json")]
    [True, True, False, False]
    """
    last = name.rpartition("/")[2].lower()
    if any(fnmatchcase(last, pattern) for pattern in _SKIPPED):
        return None
    if "requirements/" in name.lower() and last.endswith(".txt"):
        last = "requirements.txt"
    found = next((kind for kind in KINDS if any(fnmatchcase(last, pattern) for pattern in kind.names)), None)
    if found is None and "." not in last:
        return Kind(names=(), read=_script)
    return found


def _script(text: str, file: str, project: Project) -> Iterator[Sighting]:
    """Read a file without an ending, if its first line says what it is."""
    mark = _MARK.match(text)
    if mark:
        yield from _SCRIPTS.get(mark["program"], _SCRIPTS["sh"])(text, file, project)
