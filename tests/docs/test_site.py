"""The site: complete, strict, and with pictures that are what the code draws."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

import cleartitle
from cleartitle import errors
from cleartitle.report.interface import FORMATS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if not {"generated", "examples"} & set(page.parts))
_TREE = re.compile(r"^```\{toctree\}\n(.*?)^```", re.DOTALL | re.MULTILINE)
_PYTHON = re.compile(r"^```python[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
sys.path.append(str(DOCS))


def public() -> set[str]:
    """Return the modules that have a place in the API pages."""
    generate = importlib.import_module("generate")
    return {module for part in generate.PUBLIC for module in generate.modules(part)}


def test_every_page_is_in_a_table_of_contents() -> None:
    named = {
        line.strip()
        for page in PAGES
        for tree in _TREE.findall(page.read_text(encoding="utf-8"))
        for line in tree.splitlines()
        if line.strip() and not line.startswith(":")
    }
    assert {str(page.relative_to(DOCS).with_suffix("")) for page in PAGES} - named == {"index"}


def test_the_api_pages_have_every_name_that_the_package_offers() -> None:
    assert set(cleartitle.HOMES.values()) | {"cleartitle.facts"} <= public()


def test_the_api_pages_have_every_module_that_a_page_imports() -> None:
    blocks = (
        code for page in PAGES for code in _PYTHON.findall(page.read_text(encoding="utf-8")) if "def find(" not in code
    )
    nodes = (node for code in blocks for node in ast.walk(ast.parse(code)))
    used = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    walks = ("cleartitle.rules", "cleartitle.report.escape", "cleartitle.lineage.clues")
    wanted = {name for name in used if name.startswith("cleartitle.") and not name.startswith(walks)}
    assert wanted <= public()


@pytest.mark.parametrize("name", sorted(public()))
def test_what_the_api_pages_show_is_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for public_name, value in vars(module).items():
        if not public_name.startswith("_") and getattr(value, "__module__", None) == name and callable(value):
            assert value.__doc__, f"{name}.{public_name} has no docstring"


def test_every_picture_can_be_drawn_and_fetches_nothing() -> None:
    pictures = importlib.import_module("pictures")
    for draw in (*pictures.PICTURES.values(), pictures.terminal):
        drawn = draw()
        ElementTree.fromstring(drawn)  # noqa: S314 - our own
        assert "http" not in re.sub(r'<!--.*?-->|xmlns(:\w+)?="[^"]*"|>[^<]*<', "", drawn)


def test_the_picture_of_the_terminal_is_what_the_command_prints() -> None:
    drawn = (DOCS / "pictures" / "terminal.svg").read_text(encoding="utf-8")
    assert importlib.import_module("pictures").terminal() == drawn, "draw it anew: python docs/pictures.py"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    find_spec("sphinx") is None or find_spec("furo") is None, reason="the site's tools are not installed"
)
def test_the_site_builds_strictly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(DOCS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    pages = {path.relative_to(tmp_path).with_suffix("") for path in tmp_path.rglob("*.html")}
    assert {page.relative_to(DOCS).with_suffix("") for page in PAGES} <= pages
    external = re.compile(r'<(?:script|link|img)\b[^>]*(?:src|href)="https?://')
    assert not [path.name for path in tmp_path.glob("*.html") if external.search(path.read_text(encoding="utf-8"))]


def test_the_page_on_formats_names_every_schema_and_format() -> None:
    page = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8")
    assert {path.name for path in (DOCS / "reference" / "schema").glob("*.json")} == set(
        re.findall(r"\(schema/(.+?)\)", page)
    )
    assert set(FORMATS) <= set(re.findall(r"`([a-z0-9.-]+)`", page))


def test_the_page_on_exit_codes_has_those_of_all_errors() -> None:
    page = (DOCS / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    named = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    raised = {each.exit_code for each in vars(errors).values() if isinstance(each, type) and hasattr(each, "exit_code")}
    assert raised <= named
