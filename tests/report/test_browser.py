"""The HTML report in a real browser: Chromium, headless, from disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from attrs import evolve

from cleartitle.report.html import render
from cleartitle.report.interface import Report
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import One
from report.samples import ATTACK, MIT, REPORTS, blocked, edge, node, ref

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
Scheme = Literal["light", "dark"]


class Seen:
    """A page, and everything that happened while it was open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.happened: list[str] = []
        page.on("console", lambda message: self.happened.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.happened.append(f"error: {error}"))
        page.on("request", lambda request: self.happened.append(f"request: {request.url}"))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.happened.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox of Chromium does not start for root
    with api.sync_playwright() as started:
        launched: Browser = started.chromium.launch(executable_path=CHROMIUM, args=alone)
        yield launched
        launched.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    opened: list[Seen] = []

    def shown(report: Report, *, width: int = 1280, scheme: Scheme = "light") -> Seen:
        file = tmp_path / f"report{len(opened)}.html"
        file.write_text(render(report), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        seen = Seen(page)
        opened.append(seen)
        page.goto(file.as_uri())
        assert seen.happened == [f"request: {file.as_uri()}"]
        seen.happened.clear()
        return seen

    yield shown
    for seen in opened:
        assert not seen.happened
        seen.page.context.close()


def test_the_lineage_is_drawn_and_listed(show: Callable[..., Seen]) -> None:
    page = show(REPORTS["blocked"]).page
    names = page.locator("svg .name")
    assert names.all_text_contents() == ["poet-GGUF", "poet", "verse-nc", "sonnets"]
    tops = [box["y"] for box in (name.bounding_box() for name in names.all()) if box]
    assert tops[0] < tops[1] < tops[2] == tops[3]
    assert page.locator("svg .label").all_text_contents() == ["quantized from", "fine-tuned from", "trained on"]
    assert page.locator(".tree").is_visible()
    assert page.locator(".tree li").count() == 4


def test_a_wide_drawing_begins_at_the_model(show: Callable[..., Seen]) -> None:
    names = [f"a/m{n}" for n in range(12)]
    nodes = tuple(node(name, One(license=MIT)) for name in names)
    edges = tuple(edge(names[0], name, Relation.MERGE) for name in names[1:])
    check = evolve(blocked(), analysis=Analysis(lineage=Lineage(root=ref(names[0]), nodes=nodes, edges=edges)))
    page = show(Report(checks=(check,)), width=390).page
    picture, model = page.locator(".picture").bounding_box(), page.locator("svg .frame").first.bounding_box()
    assert picture
    assert model
    assert picture["x"] <= model["x"]
    assert model["x"] + model["width"] <= picture["x"] + picture["width"]


def test_no_text_sticks_out_of_its_box(show: Callable[..., Seen]) -> None:
    page = show(REPORTS["several"]).page
    for group in page.locator("svg .box").all():
        frame = group.locator(".frame").bounding_box()
        assert frame
        for text in group.locator("text").all():
            box = text.bounding_box()
            assert box
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_the_filters_work(show: Callable[..., Seen]) -> None:
    page = show(REPORTS["blocked"]).page
    visible = page.locator("[data-finding]:visible")
    assert visible.count() == 3
    page.get_by_label("Outcome").select_option("blocked")
    assert visible.count() == 1
    assert page.locator("#shown").inner_text() == "1 of 3 findings"
    page.get_by_label("Severity").select_option("note")
    assert visible.count() == 0
    assert page.get_by_text("No finding passes the filter.").is_visible()
    page.get_by_role("button", name="Show all").click()
    page.locator("#shown", has_text="3 of 3 findings").wait_for()
    page.get_by_label("License", exact=True).select_option("CC-BY-NC-4.0")
    assert visible.count() == 2


def test_it_works_by_keyboard_alone(show: Callable[..., Seen]) -> None:
    page = show(REPORTS["blocked"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.get_by_label("Outcome").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("[data-finding]:visible").count() == 1
    box = page.get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()


def test_a_reader_of_the_screen_finds_its_way(show: Callable[..., Seen]) -> None:
    page = show(REPORTS["several"]).page
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("img").count() == 2
    assert page.get_by_role("article", name="small/poet-GGUF").count() == 1
    assert page.get_by_role("heading", level=1).count() == 3
    for control in page.locator("select, input").all():
        assert control.evaluate("e => e.labels.length") == 1
    levels = page.locator("h1:visible, h2:visible, h3:visible, h4:visible").evaluate_all(
        "all => all.map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_has_to_be_scrolled_sideways(width: int, show: Callable[..., Seen]) -> None:
    for report in (*REPORTS.values(), ATTACK):
        page = show(report, width=width).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_light_and_dark_are_two_grounds(show: Callable[..., Seen]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (show(REPORTS["blocked"], scheme=s).page.evaluate(ground) for s in ("light", "dark"))
    assert light != dark


def test_a_hostile_card_runs_nothing_fetches_nothing_and_adds_nothing(show: Callable[..., Seen]) -> None:
    seen = show(ATTACK)
    page = seen.page
    page.locator("details").evaluate_all("all => { for (const each of all) each.open = true; }")
    page.mouse.move(400, 400)
    page.wait_for_load_state("networkidle")
    assert not seen.happened
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, [onerror], [onmouseover], [src]").count() == 0
    assert "<script>alert(1)</script>" in page.locator("main").inner_text()
    hosts = {page.evaluate("href => new URL(href).host", link) for link in _links(page)}
    assert "evil.example" not in hosts


def _links(page: Page) -> list[str]:
    found: list[str] = page.locator("a[href^='https:']").evaluate_all("all => all.map(a => a.href)")
    return found


def test_the_page_would_refuse_a_script_that_got_in(show: Callable[..., Seen]) -> None:
    seen = show(REPORTS["blocked"])
    seen.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.pwned = true";
        document.body.append(script);
    }""")
    assert seen.page.evaluate("window.pwned") is None
    assert all("Content Security Policy" in each for each in seen.happened)
    assert seen.happened
    seen.happened.clear()


def test_without_scripts_everything_is_there(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render(REPORTS["blocked"]), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("[data-finding]:visible").count() == 3
    assert not page.locator("#filters").is_visible()
    context.close()
