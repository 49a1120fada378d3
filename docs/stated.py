"""Tables of what people state and what it means: facts, closed sets, and license families by publisher."""

from __future__ import annotations

from collections.abc import Mapping

import click
from writing import cell, stacked, table, write

from cleartitle import catalog
from cleartitle.cli import check
from cleartitle.configuration.facts import READERS
from cleartitle.report import view
from cleartitle.serial.convert import mapping
from cleartitle.serial.schema import schema
from cleartitle.territory import listed
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.words import Action

FAMILIES = ("Baidu", "Alibaba", "Tencent", "NVIDIA")
"""Publishers whose licenses the page on origins compares."""
EXAMPLES = {
    "channel": '["hosted"]', "domicile": '"DE"', "hosted_in": '["DE", "US"]', "offered_in": '["EU"]',
    "users": '"2M"', "product_users": '"150k"', "licensee_users": '"2M@2026-10"', "group_users": '"3.5M"',
    "revenue": '"40M EUR"', "figure": '["employees/group=250"]', "derivative_name": '"Llama-Acme-70B"',
    "purpose": '["medical"]', "agreement": '["separate-license:llama3.1:contract 12"]', "role": '"licensee"',
    "organization": '"company"', "recipient": '["academic"]',
}  # fmt: skip
"""How a fact is written in ``cleartitle.toml``; those that are not here are true or false."""


def facts() -> None:
    """Write the table of the facts of a deployment: key, flag, meaning."""
    rows = []
    for key in READERS:
        option = next(each for each in check.command.params if each.name in {key, f"{key}s", key.rstrip("s")})
        if isinstance(option, click.Option):
            flags = "<br>".join(f"`{flag}`" for flag in (*option.opts, *option.secondary_opts))
            rows.append((f"`{key}`", flags, cell(option.help or ""), f"`{EXAMPLES.get(key, 'true')}`"))
    write("facts.md", *stacked("facts", ("key", "flag", "meaning", "written"), rows))


def words() -> None:
    """Write the page of all closed sets: every word that may stand in a file or an answer, and what it means."""
    lines = ["# Words", "", "Every word of a closed set, as it stands in files, flags and JSON, and what it means.", ""]
    for name, said in sorted(_defs().items()):
        if isinstance(allowed := said.get("enum"), list) and len(allowed) > 1:
            head, *rest = str(said.get("description", "")).split("\n")
            meant = dict(line.split(": ", 1) for line in rest if ": " in line)
            rows = ((f"`{word}`", cell(meant.get(str(word), ""))) for word in allowed)
            lines += [f"## {name}", "", cell(head), "", *table(("word", "meaning"), rows), ""]
    write("words.md", *lines)


def _defs() -> Mapping[str, Mapping[str, object]]:
    found = mapping(schema("check")["$defs"], where="$defs")
    return {name: mapping(said, where=name) for name, said in found.items()}


def families() -> None:
    """Write the licenses of some publishers side by side: commercial use, regions, lines that are drawn."""
    entries = [catalog.whole(each) for each in catalog.ids()]
    lines = []
    for publisher in FAMILIES:
        own = [entry for entry in entries if publisher.lower() in (entry.publisher or "").lower()]
        lines += [f"### {publisher}", "", "::::{container} wide", *table(_HEAD, map(_family, own)), "::::", ""]
    write("families.md", *lines)


_HEAD = ("license", "commercial use", "not in", "lines that are drawn")


def _family(entry: License) -> tuple[str, ...]:
    rows = view.term_rows(entry.terms)
    commercial = next((row.answer for row in rows if row.what == view.words_of(Action.USE_COMMERCIALLY)), "")
    regions = listed(region for each in entry.terms.territories for region in each.excluded)
    drawn = dict.fromkeys(row.answer for row in rows if row.what == "condition" and "more than" in row.answer)
    return (
        f"[{cell(entry.name)}](/generated/licenses/{entry.id}.md)",
        cell(commercial.partition(" (")[0]),
        ", ".join(regions),
        cell("; ".join(drawn)),
    )


def main() -> None:
    """Write all tables."""
    for each in (facts, words, families):
        each()
