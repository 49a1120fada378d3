"""Build ``models.json`` from collected facts: ``python -m cleartitle.atlas.build FACTS.json``.

Facts only: id, declared license, name, link, bases, relation, the date of the fact and the repository it was read in.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import TypeAlias

from cleartitle.errors import BadReference, DataError
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.reference import repo_id

HERE = Path(__file__).parent
Row: TypeAlias = list[object]
MAINTAINERS = "cleartitle maintainers"


class Builder:
    """Rows, with dates and sources written once."""

    def __init__(self) -> None:
        self.models: dict[str, Row] = {}
        self.dates: dict[str, int] = {}
        self.sources: dict[str, int] = {}

    def add(self, model: str, fact: dict[str, object], as_of: str, source: str) -> None:
        """Add a row unless the model is known; a self-reference is no base."""
        bases = [b for b in _strings(fact.get("base_models")) if b != model]
        row: Row = [
            self.dates.setdefault(as_of, len(self.dates)),
            self.sources.setdefault(source, len(self.sources)),
            _strings(fact.get("license")),
            fact.get("license_name") or "",
            fact.get("license_link") or "",
            bases,
            fact.get("relation") or "" if bases else "",
            fact.get("modality") or "",
        ]
        while row and row[-1] in ("", []):
            row.pop()
        self.models.setdefault(model, row)

    def dump(self) -> str:
        """Return the file, one model a line, so that a change of facts is a change of lines."""
        head = json.dumps({"dates": [*self.dates], "sources": [*self.sources]}, ensure_ascii=False, indent=0)
        rows = (f"{json.dumps(k)}:{json.dumps(v, ensure_ascii=False)}" for k, v in sorted(self.models.items()))
        return head.rstrip("}\n") + ',\n"models": {\n' + ",\n".join(rows) + "\n}}\n"


def build(facts: Path) -> str:
    """Return the atlas made from *facts* and from ``supplement.toml``."""
    builder = Builder()
    collected = mapping(json.loads(facts.read_text(encoding="utf-8")), where=str(facts))
    models = collected["models"]
    if not isinstance(models, list):
        raise DataError("expected a list", path="models")
    for entry in models:
        fact = mapping(entry, where="models")
        try:
            model = repo_id(str(fact["id"]))
        except BadReference:
            continue
        as_of = str(fact["as_of"]).partition(" (")[0]
        builder.add(model, dict(fact), as_of, str(fact["source"]).partition("@")[0])
    supplement(builder)
    return builder.dump()


def supplement(builder: Builder) -> None:
    """Add the models of ``supplement.toml`` that the collected facts do not hold."""
    data = tomllib.loads((HERE / "supplement.toml").read_text(encoding="utf-8"))
    as_of = str(data["as_of"])
    for license_id, kinds in mapping(data["licenses"], where="licenses").items():
        for modality, models in mapping(kinds, where=license_id).items():
            for model in _strings(models):
                builder.add(model, {"license": license_id, "modality": modality}, as_of, MAINTAINERS)
    for model, entry in mapping(data["named"], where="named").items():
        fact = mapping(entry, where=model)
        builder.add(model, {"license": fact["license"], "license_name": fact["name"]}, as_of, MAINTAINERS)
    for relation, models in mapping(data["relations"], where="relations").items():
        for model, entry in mapping(models, where=relation).items():
            fact = mapping(entry, where=model)
            row = {"license": fact["license"], "base_models": fact["base"], "relation": relation}
            builder.add(model, row, as_of, MAINTAINERS)


def _strings(value: object) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


if __name__ == "__main__":
    (HERE / "models.json").write_text(build(Path(sys.argv[1])), encoding="utf-8")
