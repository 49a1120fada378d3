"""What a license is called, without reading the whole of its entry: for output that must not wait."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files

from cleartitle.vocabulary.words import LicenseId


@functools.cache
def title(license_id: LicenseId) -> str:
    """Return the name and version of a license of the catalog; empty for any other.

    >>> title(LicenseId("Apache-2.0")), title(LicenseId("AFL-1.1"))
    ('Apache License 2.0', '')
    >>> title(LicenseId("LicenseRef-Alibaba-Qwen-2024-09-19"))
    'Qwen License Agreement, version 2024-09-19'
    """
    path = files("cleartitle.catalog") / "licenses" / f"{license_id}.toml"
    if "/" in license_id or not path.is_file():
        return ""
    head = tomllib.loads(path.read_text(encoding="utf-8").partition("\n[")[0])
    name, version = str(head.get("name", "")), str(head.get("version", ""))
    return name if version in name else f"{name}, version {version}"
