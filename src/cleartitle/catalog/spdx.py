"""The SPDX license list as facts: ids, names, categories, and what OSI and FSF say of them.

``spdx.json`` is made by ``python -m cleartitle.catalog.spdx licenses.json`` from the list that SPDX publishes
(https://spdx.org/licenses/licenses.json) and from the categories in license-expression's index.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.words import LicenseId

LICENSES = "https://spdx.org/licenses/licenses.json"


class Category(StrEnum):
    """The categories of ScanCode LicenseDB, which license-expression carries."""

    PERMISSIVE = "Permissive"
    PUBLIC_DOMAIN = "Public Domain"
    COPYLEFT = "Copyleft"
    COPYLEFT_LIMITED = "Copyleft Limited"
    FREE_RESTRICTED = "Free Restricted"
    SOURCE_AVAILABLE = "Source-available"
    PROPRIETARY_FREE = "Proprietary Free"
    UNSTATED = "Unstated License"
    NONE = ""
    """The index does not have the id yet."""


@frozen(kw_only=True)
class Listed:
    """A license of the SPDX list."""

    id: LicenseId
    name: str
    category: Category = Category.NONE
    osi: bool = False
    """Approved by the Open Source Initiative."""
    fsf: bool = False
    """Called free by the Free Software Foundation."""
    deprecated: bool = False

    @property
    def free(self) -> bool:
        """Whether OSI or FSF found that anybody may use, change and hand it on for any purpose."""
        return self.osi or self.fsf


def listed(said: str) -> Listed | None:
    """Return the license of an SPDX id, in whatever case; None for anything else.

    >>> listed("0bsd").osi
    True
    """
    return _by_id().get(said.casefold())


def every() -> tuple[Listed, ...]:
    """Return the whole list, in its order."""
    return tuple(_by_id().values())


def date() -> dt.date:
    """Return the date of the list."""
    return dt.date.fromisoformat(str(_data()["date"]))


@functools.cache
def _by_id() -> Mapping[str, Listed]:
    rows = mapping(_data()["licenses"], where="licenses")
    return {key.casefold(): _row(key, mapping(value, where=key)) for key, value in rows.items()}


def _row(key: str, row: Mapping[str, object]) -> Listed:
    return Listed(
        id=LicenseId(key),
        name=str(row["name"]),
        category=Category(str(row.get("category", ""))),
        osi=bool(row.get("osi")),
        fsf=bool(row.get("fsf")),
        deprecated=bool(row.get("deprecated")),
    )


@functools.cache
def _data() -> Mapping[str, object]:
    text = (files("cleartitle.catalog") / "spdx.json").read_text(encoding="utf-8")
    return mapping(json.loads(text), where="spdx.json")


def made(published: object) -> str:
    """Return ``spdx.json`` for the license list as SPDX publishes it."""
    source = mapping(published, where="licenses.json")
    rows, categories = source.get("licenses"), _categories()
    if not isinstance(rows, list):
        raise DataError("the SPDX license list has no list of licenses", advice=f"get it from {LICENSES}")
    lines = [_line(mapping(row, where=f"licenses[{n}]"), categories) for n, row in enumerate(rows)]
    head = {"version": source.get("licenseListVersion"), "date": str(source.get("releaseDate"))[:10]}
    start = "".join(f"{json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    return f'{{\n{start}"licenses": {{\n{_joined(lines)}\n}}\n}}\n'


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(sorted(lines, key=str.casefold))


def _line(row: Mapping[str, object], categories: Mapping[str, str]) -> str:
    key = str(row["licenseId"])
    flags = {"osi": "isOsiApproved", "fsf": "isFsfLibre", "deprecated": "isDeprecatedLicenseId"}
    kept: dict[str, object] = {"name": row["name"], "category": categories.get(key)}
    kept |= {short: row.get(flag) for short, flag in flags.items()}
    said = {short: value for short, value in kept.items() if value}
    return f"{json.dumps(key)}: {json.dumps(said, ensure_ascii=False)}"


def _categories() -> dict[str, str]:
    path = files("license_expression") / "data" / "scancode-licensedb-index.json"
    found: dict[str, str] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        for key in (row["spdx_license_key"], *row["other_spdx_license_keys"]):
            if key and not row["is_exception"]:
                found.setdefault(key, row["category"])
    return found


def main(arguments: list[str]) -> None:
    """Write ``spdx.json`` from the file given."""
    published = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    (Path(__file__).parent / "spdx.json").write_text(made(published), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
