"""The links of README and docs: those to files lead somewhere, those to other hosts to hosts that were looked at.

Whether another host still answers is for a machine with a network: ``python -m sphinx -b linkcheck docs site/links``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from cleartitle import catalog

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GENERATED = DOCS / "generated"
PAGES = (
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md")),
    *sorted(page for page in DOCS.rglob("*.md") if not {"generated", "examples"} & set(page.parts)),
)
HOSTS = frozenset({"github.com", "huggingface.co", "llama.meta.com", "www.llama.com"})
"""Other hosts that pages may name: add one after a look at it. Addresses of licenses stand in the catalog."""
MADE_UP = re.compile(r"127\.0\.0\.1|localhost|(?:[\w-]+\.)*example(?:\.(?:com|org|net|internal))?")
"""Hosts of examples; their names belong to nobody."""
OURS = re.compile(r"https://github\.com/cleartitle/cleartitle/(?:blob|tree|raw)/main/(?P<path>[^#?]*)")
_ADDRESS = re.compile(r"\bhttps?:[^\s<>\"'`|)\]}]*")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
_IMAGE = re.compile(r"^```\{image\} (\S+)$", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}).*?^\1$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,4} (.+)$", re.MULTILINE)


def addresses(page: Path) -> Iterator[str]:
    """Yield the addresses of a page, those in its blocks too."""
    for found in _ADDRESS.findall(page.read_text(encoding="utf-8")):
        yield html.unescape(found).rstrip(".,;:!?")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as the site and GitHub make them."""
    headings = _HEADING.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_addresses_are_well_formed_and_of_hosts_that_were_looked_at(page: Path) -> None:
    for address in addresses(page):
        parts = urlsplit(address)
        host = parts.hostname or ""
        if MADE_UP.fullmatch(host):
            continue
        assert parts.scheme == "https", address
        assert _HOST.fullmatch(host), address
        assert host in HOSTS, f"{address}: look at the host, and add it to HOSTS"
        assert "//" not in parts.path, address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_our_own_repository_name_files_of_it(page: Path) -> None:
    for address in addresses(page):
        if own := OURS.match(address):
            assert (ROOT / unquote(own["path"])).exists(), address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_to_files_and_their_headings(page: Path) -> None:
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    for link in (*_LINK.findall(text), *_IMAGE.findall(page.read_text(encoding="utf-8"))):
        path, _, anchor = link.partition("#")
        place = (page.parent / unquote(path)).resolve() if path else page
        if place.is_relative_to(GENERATED):
            continue  # made with the site, whose strict build follows it
        assert place.exists(), link
        if anchor and place.suffix == ".md":
            assert anchor in anchors(place), link


def test_the_hosts_are_those_that_are_named() -> None:
    named = {urlsplit(address).hostname for page in PAGES for address in addresses(page)}
    assert named >= HOSTS, "no page names it any more: take it out"


def test_the_addresses_of_the_catalog_are_well_formed() -> None:
    for entry in catalog.every():
        for address in filter(None, (entry.url, *entry.links)):
            parts = urlsplit(address)
            assert parts.scheme in {"https", "http"}, f"{entry.id}: {address}"
            assert _HOST.fullmatch(parts.hostname or ""), f"{entry.id}: {address}"
