"""The site: complete, strict, and with pictures that are what the code draws."""

from __future__ import annotations

import ast
import html
import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

import cleartitle
from cleartitle import errors
from cleartitle.report.interface import FORMATS

if TYPE_CHECKING:
    from playwright.sync_api import Page

Test = TypeVar("Test", bound=Callable[..., None])
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
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


def test_every_picture_can_be_drawn_and_fetches_nothing() -> None:
    pictures = importlib.import_module("pictures")
    for draw in (*pictures.PICTURES.values(), pictures.terminal):
        drawn = draw()
        ElementTree.fromstring(drawn)  # noqa: S314 - our own
        assert "http" not in re.sub(r'<!--.*?-->|xmlns(:\w+)?="[^"]*"|>[^<]*<', "", drawn)


def test_the_picture_of_the_terminal_is_what_the_command_prints() -> None:
    drawn = (DOCS / "pictures" / "terminal.svg").read_text(encoding="utf-8")
    assert importlib.import_module("pictures").terminal() == drawn, "draw it anew: python docs/pictures.py"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site, strictly."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(DOCS), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    return out


@pytest.fixture
def phone() -> Iterator[Page]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox of Chromium does not start for root
    with api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=alone)
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


def built(test: Test) -> Test:
    """Mark a test of the built site."""
    missing = find_spec("sphinx") is None or find_spec("furo") is None
    marks = (
        pytest.mark.slow,
        pytest.mark.timeout(900),
        pytest.mark.skipif(missing, reason="the site's tools are not installed"),
    )
    for mark in marks:
        test = mark(test)
    return test


@built
def test_the_site_has_every_page_and_fetches_nothing(site: Path) -> None:
    pages = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}
    assert {page.relative_to(DOCS).with_suffix("") for page in PAGES} <= pages
    external = re.compile(r'<(?:script|link|img)\b[^>]*(?:src|href)="https?://')
    assert not [path.name for path in site.glob("*.html") if external.search(path.read_text(encoding="utf-8"))]


@built
def test_every_link_inside_the_site_leads_to_its_anchor(site: Path) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    places = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    broken = []
    for path, text in texts.items():
        for link in set(re.findall(r'<a\b[^>]*?href="(?![a-z]+:)([^"]*)"', text)):
            name, _, anchor = unquote(html.unescape(link)).partition("#")
            target = (path.parent / name).resolve() if name else path
            if not target.exists() or (anchor and target in places and anchor not in places[target]):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


@built
def test_the_signatures_are_those_that_people_write(site: Path) -> None:
    pages = (path.read_text(encoding="utf-8") for path in (site / "generated" / "api").glob("*.html"))
    assert not [found for page in pages for found in re.findall("attr_dict|NOTHING", page)]


@built
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
def test_no_page_is_wider_than_a_phone(site: Path, phone: Page) -> None:
    wide = []
    licenses = sorted((site / "generated" / "licenses").glob("*.html"))
    for path in sorted({*site.rglob("*.html")} - {*licenses} | {*licenses[::40]}):
        phone.goto(path.as_uri())
        if phone.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(str(path.relative_to(site)))
    assert wide == []


@built
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
def test_the_table_of_licenses_keeps_its_head_and_the_names_in_view(site: Path, phone: Page) -> None:
    phone.goto((site / "generated" / "licenses" / "index.html").as_uri())
    phone.evaluate("document.querySelector('.wide').scrollTo(300, 600)")
    inside = """([query, side]) => Math.abs(document.querySelector(query).getBoundingClientRect()[side]
        - document.querySelector('.wide').getBoundingClientRect()[side])"""
    assert phone.evaluate("document.querySelector('.wide').scrollTop") > 0
    assert phone.evaluate(inside, [".wide th", "top"]) <= 2
    assert phone.evaluate(inside, [".wide td", "left"]) <= 2


def test_the_page_of_rules_shows_what_is_found_in_an_example_and_what_is_not() -> None:
    lines = list(importlib.import_module("ruling").shown("relicensed"))
    said = "\n".join(lines)
    assert [line.partition(":")[0].rpartition(">")[2] for line in lines if "<summary>" in line] == [
        "Found",
        "Not found",
    ]
    assert "  license: llama3.1" in lines
    assert "tuner/poet declares MIT, but its base meta/Llama-3.1-8B is under" in said.replace("\\", "")


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
