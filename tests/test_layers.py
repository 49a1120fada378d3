"""The import rules of cleartitle, checked from its source: data flows one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleartitle

ROOT = Path(cleartitle.__file__).parent
LAYERS: tuple[set[str], ...] = (
    {"_version", "errors", "progress"},
    {"vocabulary"},
    {"serial", "files", "facts"},
    {"territory", "card", "policies", "atlas"},
    {"catalog", "formats", "publishers"},
    {"clauses"},
    {"identification"},
    {"prose", "texts"},
    {"readings"},
    {"statements", "modality", "sources"},
    {"lineage", "discovery"},
    {"judgment"},
    {"rules", "openness"},
    {"decide", "configuration"},
    {"pipeline", "locking"},
    {"report", "guard"},
    {"cli", "testing"},
    {"__init__", "__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ONLY = {
    "huggingface_hub": {"sources"},
    "yaml": {"card", "testing"},
    "click": {"cli"},
    "rich": {"report", "cli"},
    "pycountry": {"territory"},
    "license_expression": {"catalog"},
    "http": {"testing"},
    "socket": {"testing"},
}
MODULES = sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (package, part) for each import, in functions too: ``cleartitle.terms`` -> its pair."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names = [f"{module}.{a.name}" for a in node.names] if module == "cleartitle" else [module]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            yield package, rest.partition(".")[0] or "__init__"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    here = path.relative_to(ROOT).with_suffix("").parts[0]
    for package, part in imported(path):
        if package == "cleartitle" and part != here:
            assert RANK[part] < RANK[here], f"{here} may not import {part}"
        assert here in ONLY.get(package, {here}), f"{here} may not import {package}"


def test_judgment_and_reports_never_touch_a_source() -> None:
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] in ("judgment", "rules", "report", "vocabulary"):
            assert "sources" not in {part for package, part in imported(path) if package == "cleartitle"}, path
