"""The HTML report as text: whole, self-contained, and nothing of a card's own in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from cleartitle.report.drawing import MOST, draw
from cleartitle.report.html import render
from cleartitle.report.interface import Failed, Report
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import One
from cleartitle.vocabulary.verdict import Verdict
from report.samples import ATTACK, MIT, REPORTS, duties, edge, node, ref

VOID = {"meta", "input", "br"}
ALL = {**REPORTS, "attack": ATTACK, "nothing": Report(checks=(), failed=(Failed(ref="a/b", message="gone"),))}


class Page(HTMLParser):
    """Reads a page and fails where a tag is left open or closed twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, name: str) -> Iterator[str]:
        """Yield every value of an attribute."""
        yield from (value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name)


@pytest.mark.parametrize("name", ALL)
def test_it_is_well_formed_and_every_id_stands_once(name: str) -> None:
    page = Page(render(ALL[name]))
    ids = list(page.values("id"))
    assert len(ids) == len(set(ids))
    assert {v.removeprefix("#") for v in page.values("href") if v.startswith("#")} <= set(ids)
    assert {part for value in page.values("aria-labelledby") for part in value.split()} <= set(ids)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_fetched_and_nothing_but_our_own_script_runs(name: str) -> None:
    page = Page(render(ALL[name]))
    kinds = [tag for tag, _ in page.tags]
    assert not {"img", "link", "iframe", "object", "embed", "base", "image", "use", "audio", "video"} & set(kinds)
    assert kinds.count("script") == kinds.count("style") == 1
    assert not list(page.values("src"))
    assert not list(page.values("style"))
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")]
    assert all(link.startswith(("#", "https://")) and "evil.example" not in link for link in page.values("href"))


def test_the_policy_of_the_page_lets_just_our_style_and_script_through() -> None:
    text = render(REPORTS["blocked"])
    policy = next(value for value in Page(text).values("content") if "default-src" in value)
    assert policy.startswith("default-src 'none';")
    for tag, source in (("style", "style-src"), ("script", "script-src")):
        found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert found
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy


def test_it_shows_verdict_lineage_findings_duties_terms_and_the_question() -> None:
    text = render(REPORTS["blocked"])
    for part in (
        '<section class="banner blocked">',
        "quantized from",
        "prohibits commercial use",
        "What states its license",
        "<mark>No money is to be made with it.</mark>",
        "Verse by Base",
        "pinned in the image",
        "Terms of the licenses that bind",
        "Creative Commons Attribution Non Commercial 4.0 International",
        "Not stated, and so unknown:",
    ):
        assert part in text
    assert text.count('type="checkbox"') == 1


def test_a_term_is_quoted_by_the_words_that_find_it_where_no_copy_is_at_hand() -> None:
    text = render(Report(checks=(duties(),)))
    assert "prominently display" in text
    assert "section 1.b.i of the official text" in text
    assert "No copy of the text was at hand" in text


def test_several_models_have_an_overview_with_what_could_not_be_checked() -> None:
    text = render(REPORTS["several"])
    assert '<a href="#m1">own/Llama-poet-lora</a>' in text
    assert '<a href="#m2">small/poet-GGUF</a>' in text
    assert re.search(r"no/body</th>.*not checked.*no such repository", text)


def test_what_changes_no_verdict_is_never_marked_as_an_all_clear() -> None:
    assert '"card finding clear"' not in render(REPORTS["blocked"])
    assert '"card finding known"' in render(REPORTS["blocked"])


def test_a_cycle_and_a_crowd_are_drawn_within_bounds() -> None:
    names = [f"a/m{n}" for n in range(MOST + 20)]
    nodes = tuple(node(name, One(license=MIT)) for name in names)
    edges = [edge(one, other, Relation.MERGE) for one, other in pairwise(names)]
    edges += [edge(names[5], names[2], Relation.FINETUNE), edge(names[3], names[0], Relation.FINETUNE)]
    lineage = Lineage(root=ref(names[0]), nodes=nodes, edges=tuple(edges))
    drawn = draw(lineage, Verdict(outcome=Outcome.CLEAR))
    assert len(drawn.boxes) == MOST
    assert drawn.left_out == 20
    assert len({(box.x, box.y) for box in drawn.boxes}) == MOST
    assert all(0 <= box.x < drawn.width and 0 <= box.y < drawn.height for box in drawn.boxes)


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_on_their_ground(*, dark: bool) -> None:
    css = (files("cleartitle.report") / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", blocks[int(dark)]))
    pairs = [
        ("ink", "paper"),
        ("ink", "card"),
        ("faint", "paper"),
        ("faint", "card"),
        ("link", "card"),
        ("ink", "mark"),
    ]
    for tone in ("clear", "duties", "review", "blocked", "failed"):
        pairs += [(tone, f"{tone}-tint"), (tone, "card"), ("ink", f"{tone}-tint"), ("faint", f"{tone}-tint")]
    for ink, ground in pairs:
        assert _contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio as WCAG 2 defines it."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * c for c in color[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
