"""The texts that the index is built from: those of the catalog's entries, and those that scancode-toolkit ships."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

from attrs import frozen

from cleartitle import catalog
from cleartitle.errors import DataError
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.words import LicenseId

MIN_WORDS = 12
_SCANCODE = "LicenseRef-scancode-"
MAX_NOTICE = 250
_NOTICE = re.compile(
    r"Licensed under the [A-Z][\w ]{3,60}, Version [\d.]+.{100,900}?limitations\s+under\s+the\s+License\."
    r"|This (?:program|library|file) is free software[:;].{200,900}?(?=\n[ \t]*\n[ \t]*(?:You should|Also add))"
    r"|This Source Code Form is subject to the terms of.{30,300}?(?:mozilla\.org/MPL/2\.0/?\.?)",
    re.DOTALL,
)
"""The notice that a license says to put into files."""
_LATER = re.compile(r"any\s+later\s+version", re.IGNORECASE)
_YES = ("yes", "true", "True")
_ABOUT_MODELS = re.compile(
    r"machine[ -]learning|artificial intelligence|neural network|weights|fine-tun|\btraining\b|\bLLaMA\b|\bGemma\b",
    re.IGNORECASE,
)
_FAMILIES = re.compile(
    r"llama|gemma|max-mojo|responsible-ai|salesforce-a|nvidia-(?:dlc|open|model)|octl|mgb-|c-uda|o-uda|cdla|open-weights|hfoil|openai"
)
"""Keys of licenses of models and data whose text does not say so."""


@frozen(kw_only=True)
class Source:
    """One text and the license that it is."""

    license: LicenseId
    key: str
    """Where it came from: the key in the corpus or in scancode-toolkit."""
    text: str
    known: bool
    """Whether the license is of the catalog or of SPDX."""
    notice: bool = False
    """Whether it is the notice by which files refer to the license."""


def gather(
    texts: Path, manifest: Path, licenses: Path, spdx: Path | None = None, copies: Path | None = None
) -> list[Source]:
    """Return all texts: those of the catalog first, then SPDX, then what has no id of its own yet.

    *spdx* is a JSON file of SPDX licenses with their texts, as osslili ships one: for the ids that are nowhere else.
    *copies* holds texts of entries that have none in *texts*: an ``ID.txt`` each, ``ID~2.txt`` for a second one.
    """
    corpus, twins = _corpus(texts, manifest)
    corpus += _copied(copies) if copies else []
    others = scancode(licenses, twins)
    others += _listed(spdx, {source.license for source in (*corpus, *others)}) if spdx else []
    found = [*(s for s in corpus if s.known), *(s for s in others if s.known), *corpus, *others]
    return list(dict.fromkeys(found))


def _corpus(texts: Path, manifest: Path) -> tuple[list[Source], dict[str, LicenseId]]:
    """Return the texts of the corpus, and which of scancode's texts are one of the catalog's."""
    entries: dict[str, LicenseId] = {}
    for entry in catalog.every():
        for key in filter(None, (entry.text, *entry.copies)):
            entries[key] = entry.id
    rows = [mapping(row, where="manifest") for row in json.loads(manifest.read_text(encoding="utf-8"))]
    original = {str(row["key"]): str(row.get("same_as") or row["key"]) for row in rows}
    for key, first in original.items():
        if key in entries:
            entries.setdefault(first, entries[key])
    found: list[Source] = []
    twins = {alias.removeprefix(_SCANCODE): entry.id for entry in catalog.every() for alias in _named(entry)}
    for row in rows:
        key = str(row["key"])
        path = texts / f"{key}.txt"
        if not path.is_file():
            continue
        first = original[key]
        known = entries.get(key) or entries.get(first)
        license_id = known or LicenseId(f"LicenseRef-{first}")
        if known and row.get("scancode_key"):
            twins[str(row["scancode_key"])] = known
        found.append(Source(license=license_id, key=key, text=path.read_text(encoding="utf-8"), known=bool(known)))
    return found, twins


def _copied(folder: Path) -> list[Source]:
    """Return the texts of a folder, each named by the entry it belongs to."""
    found: list[Source] = []
    for path in sorted(folder.glob("*.txt")):
        license_id = LicenseId(path.stem.partition("~")[0])
        if license_id not in catalog.ids():
            raise DataError(f"{path}: the catalog has no entry of this name")
        found.append(Source(license=license_id, key=path.stem, text=path.read_text(encoding="utf-8"), known=True))
    return found


def _named(entry: License) -> list[str]:
    """Return the names of a license that are ids of scancode-toolkit."""
    return [alias for alias in entry.aliases if alias.startswith(_SCANCODE)]


def scancode(folder: Path, twins: Mapping[str, LicenseId]) -> list[Source]:
    """Return the texts of scancode-toolkit's folder of licenses: those that SPDX lists, and those about models."""
    found: list[Source] = []
    for path in sorted(folder.glob("*.LICENSE")):
        about, text = read(path)
        key = about.get("key", [path.stem])[0]
        spdx = about.get("spdx_license_key", ["LicenseRef"])[0]
        if any(
            about.get(flag, [""])[0] in _YES for flag in ("is_deprecated", "is_exception", "is_generic", "is_unknown")
        ):
            continue
        listed = not spdx.startswith("LicenseRef")
        if not text.split() or not (listed or key in twins or _FAMILIES.match(key) or _is_about_models(text)):
            continue
        license_id = LicenseId(spdx) if listed else twins.get(key) or LicenseId(f"{_SCANCODE}{key}")
        found.append(Source(license=license_id, key=key, text=text, known=listed or key in twins))
        found += _notices(license_id, key, "\n".join(about.get("standard_notice", [])), text) if listed else []
    if not found:
        raise DataError(f"{folder} has no license texts of scancode-toolkit")
    return found


def _listed(spdx: Path, known: Collection[LicenseId]) -> list[Source]:
    """Return the licenses of an SPDX list that are not *known*."""
    rows = mapping(mapping(json.loads(spdx.read_text(encoding="utf-8")), where=spdx.name)["licenses"], where="licenses")
    found: list[Source] = []
    for key, row in rows.items():
        fields = mapping(row, where=key)
        text = str(fields.get("text") or fields.get("licenseText") or "")
        old = any(fields.get(flag) for flag in ("isDeprecatedLicenseId", "deprecated", "is_deprecated"))
        if LicenseId(key) not in known and not old and len(text.split()) >= MIN_WORDS:
            found.append(Source(license=LicenseId(key), key=key, text=text, known=True))
    return found


def _notices(license_id: LicenseId, key: str, notice: str, text: str) -> list[Source]:
    """Return the notices by which a file refers to a license, those that its text says to use among them."""
    own = [found[0] for found in _NOTICE.finditer(text)]
    made: list[Source] = []
    for said in (notice, *own):
        later = (
            license_id.removesuffix("-only") + "-or-later"
            if _LATER.search(said) and license_id.endswith("-only")
            else license_id
        )
        if MIN_WORDS <= len(said.split()) <= MAX_NOTICE:
            made.append(Source(license=LicenseId(later), key=key, text=said, known=True, notice=True))
    return made


def read(path: Path) -> tuple[dict[str, list[str]], str]:
    """Return the fields above a text of scancode-toolkit, each as its lines, and the text."""
    whole = path.read_text(encoding="utf-8")
    parts = re.match(r"---\n(.*?)\n---\n?(.*)\Z", whole, re.DOTALL)
    if not parts:
        return {}, whole
    fields: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in parts[1].split("\n"):
        if field := re.match(r"([a-z_]+):\s*(.*)$", line):
            name = field[1]
            if field[2] and field[2] not in ("|", "|-", ">"):
                fields[name].append(field[2].strip().strip("'\""))
        elif name:
            fields[name].append(re.sub(r"^- ", "", line.strip()).strip("'\""))
    return dict(fields), parts[2].strip("\n") + "\n"


def _is_about_models(text: str) -> bool:
    return len(re.findall(r"\bmodels?\b", text, re.IGNORECASE)) >= 3 and bool(_ABOUT_MODELS.search(text))
