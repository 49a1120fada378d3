"""Which files of an artifact matter: the card, license texts, notices, policies, configurations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleartitle.vocabulary.artifact import FileEntry

MAX_TEXTS = 24
"""Small files read of one artifact."""

_CONFIGS = ("config.json", "adapter_config.json", "mergekit_config.yml")
_LEGAL = re.compile(
    r"(?:^|[._ -])(?:un)?(?:license|licence|licens|copying|copyright|notice|use[_ -]?policy|acceptable[_ -]?use|aup"
    r"|usage[_ -]?policy|prohibited[_ -]?use|terms(?:[_ -]of[_ -]use)?|eula|legal)(?:$|[._ -])",
    re.IGNORECASE,
)
_TEXTUAL = re.compile(
    r"\.(?:txt|md|markdown|rst|html?|text|code|model|weights|data|en|zh|cn|ja|ko|fr|de|es|\d[\w.]*)$", re.IGNORECASE
)


def is_legal(path: str) -> bool:
    """Return whether a file of this name holds license terms, a notice or a use policy.

    >>> [p for p in ("LICENSE", "Licence.md", "USE_POLICY.md", "license.py", "model.safetensors") if is_legal(p)]
    ['LICENSE', 'Licence.md', 'USE_POLICY.md']
    """
    folder, _, name = path.rpartition("/")
    if folder.count("/") or not _LEGAL.search(name):
        return False
    return "." not in name.strip(".") or bool(_TEXTUAL.search(name))


def worth_reading(files: Iterable[FileEntry]) -> tuple[FileEntry, ...]:
    """Return the files to read, the card first, at most `MAX_TEXTS`."""
    found = [f for f in files if f.path.lower() == "readme.md" or f.path in _CONFIGS or is_legal(f.path)]
    return tuple(sorted(found, key=_urgency)[:MAX_TEXTS])


def _urgency(entry: FileEntry) -> tuple[bool, int, bool, str]:
    path = entry.path
    return path.lower() != "readme.md", path.count("/"), path not in _CONFIGS, path
