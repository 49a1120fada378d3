"""Make the pages that are drawn from the code: API, command line, rules, licenses, travel table.

Run by ``docs/conf.py`` before each build, into ``docs/generated/``, which is not committed: every page is written from
what the code says, so that none can fall behind it.
"""

from __future__ import annotations

from importlib import import_module

import click
import pictures
import ruling
import stated
from writing import cell, stacked, sweep, table, write

import cleartitle
from cleartitle import catalog
from cleartitle.cli.group import COMMANDS, cli
from cleartitle.judgment.travel import TABLE
from cleartitle.openness import openness
from cleartitle.report import view
from cleartitle.territory import listed
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.words import Action

PUBLIC = {
    "cleartitle.facts": (),
    "cleartitle.vocabulary": (
        *("analysis", "artifact", "conditions", "deployment", "discovery", "evidence", "identification", "identified"),
        *("license", "lineage", "listing", "lock", "openness", "outcomes", "policy", "prose", "publisher", "reference"),
        *("relations", "rule", "statement", "terms", "verdict", "words"),
    ),
    "cleartitle.errors": (),
    "cleartitle.pipeline": (),
    "cleartitle.guard": (),
    "cleartitle.serial.saving": (),
    "cleartitle.readings": (),
    "cleartitle.catalog": ("expressions", "resolve"),
    "cleartitle.openness": (),
    "cleartitle.identification": (),
    "cleartitle.clauses.reader": (),
    "cleartitle.territory": (),
    "cleartitle.publishers": (),
    "cleartitle.configuration": ("file", "facts", "baseline"),
    "cleartitle.sources.interface": (),
    "cleartitle.sources.chain": (),
    "cleartitle.lineage.walk": (),
    "cleartitle.discovery.scan": (),
    "cleartitle.locking": ("file", "record", "compare", "verify"),
    "cleartitle.report.interface": (),
    "cleartitle.testing": ("hub", "ollama", "modelscope", "served", "hubfile", "faults", "plugin"),
}
"""What users and those who extend cleartitle import: a page each, with the modules below it that are shown there.

`cleartitle` itself has a page of its own. How the parts work inside may change; it is read in the code.
"""
FACTS = "cleartitle.facts"
"""It defines nothing, and is where most users take their words from: its page shows all of them."""
SHOWN = (
    Action.USE_COMMERCIALLY,
    Action.MODIFY,
    Action.REDISTRIBUTE,
    Action.DISTRIBUTE_DERIVATIVES,
    Action.HOST,
    Action.USE_OUTPUTS_COMMERCIALLY,
    Action.TRAIN_OTHER_MODELS,
)


# Licenses


def license_page(entry: License) -> list[str]:
    """Return the page of a license: what it means, its terms, its names."""
    level = openness(entry)
    facts = [
        ("id", f"`{entry.id}`"),
        ("kind", entry.kind.value),
        ("publisher", cell(entry.publisher or "not known")),
        ("published", cell(str(entry.published or entry.dated))),
        ("official text", f"<{entry.url}>" if entry.url else "no public address known"),
        ("openness", cell(view.words_of(level.level))),
        ("checked", f"{entry.checked.value}, {entry.verified}"),
    ]
    if entry.includes:
        facts.append(("includes", ", ".join(f"[{each}]({each}.md)" for each in entry.includes)))
    names = dict.fromkeys((*entry.hub, *entry.aliases))
    rows = view.term_rows(entry.terms)
    return [
        "---",
        "orphan: true  # the table leads here; 300 entries in the sidebar of every page would not",
        "---",
        f"# {cell(entry.name)}",
        "",
        cell(entry.summary),
        "",
        *table(("", ""), iter(facts)),
        "",
        "## Terms",
        "",
        *stacked(
            "terms",
            ("what", "the text says", "section", "in its words"),
            ((cell(r.what), cell(r.answer), cell(r.place), f"“{cell(r.words)}”" if r.words else "") for r in rows),
        ),
        "",
        *(["## Also written", "", ", ".join(f"`{name}`" for name in names), ""] if names else []),
        *(["## Remarks", "", *(f"- {cell(remark)}" for remark in entry.remarks), ""] if entry.remarks else []),
    ]


def licenses() -> None:
    """Write a page for each license of the catalog, and the table of all of them."""
    entries = [catalog.whole(each) for each in catalog.ids()]
    for entry in entries:
        write(f"licenses/{entry.id}.md", *license_page(entry))
    head = ("license", "kind", *(view.words_of(action) for action in SHOWN), "regions", "openness")
    write(
        "licenses/index.md",
        "# Licenses",
        "",
        "What each license of the catalog decides. Type to filter, or choose above a column; all words of a row count,",
        "such as `EU` or `Tencent`. The page of a license has its terms with their sections.",
        "`silent`: the text says nothing of it; `conditional`: allowed once its conditions hold;",
        "`unknown`: not determined, or the text contradicts itself. [All words](../words.md#decision).",
        "",
        '<input class="filter" type="search" placeholder="filter the table" aria-label="filter the table">',
        "",
        "::::{container} wide",
        *table(head, map(license_row, entries)),
        "::::",
    )


def license_row(entry: License) -> tuple[str, ...]:
    """Return the row of a license in the table of all."""
    answers = {row.what: row.answer.partition(" (")[0].partition(";")[0] for row in view.term_rows(entry.terms)}
    places = entry.terms.territories
    regions = [f"not {each}" for each in listed(region for t in places for region in t.excluded)]
    regions += [f"only {each}" for each in listed(region for t in places for region in t.allowed)]
    publisher = f"<br><small>{cell(entry.publisher)}</small>" if entry.publisher else ""
    link = f"[{cell(entry.name)}]({entry.id}.md){publisher}"
    decided = (cell(answers.get(view.words_of(action), "")) for action in SHOWN)
    return (link, entry.kind.value, *decided, cell(", ".join(regions)), cell(view.words_of(openness(entry).level)))


# How terms travel


def travel() -> None:
    """Write the table of how terms travel along the lineage."""
    rows = ((f"`{relation}`", row.carries.value, cell(row.reason)) for relation, row in TABLE.items())
    write(
        "travel.md",
        "# How terms travel",
        "",
        "What an artifact takes over from what it was made from. The judgment reads this table and no other.",
        "",
        *table(("relation", "carries", "because"), rows),
    )


# Command line


def command_line() -> None:
    """Write the page of every command, as ``--help`` says it."""
    lines = ["# Command line", "", "```text", _help(cli, "cleartitle"), "```", ""]
    for name in COMMANDS:
        command = import_module(f"cleartitle.cli.{name.replace('-', '_')}").command
        lines += [f"## {name}", "", "```text", _help(command, f"cleartitle {name}"), "```", ""]
        if isinstance(command, click.Group):
            for inner, sub in command.commands.items():
                lines += [f"### {name} {inner}", "", "```text", _help(sub, f"cleartitle {name} {inner}"), "```", ""]
    write("command-line.md", *lines)


def _help(command: click.Command, name: str) -> str:
    with click.Context(command, info_name=name, max_content_width=100, terminal_width=100) as context:
        return command.get_help(context)


# API


def api() -> None:
    """Write a page for the names of the package itself, and one for each public part below it."""
    lines = ["# cleartitle", "", "```{eval-rst}", ".. automodule:: cleartitle", "   :no-members:", ""]
    for name, home in cleartitle.HOMES.items():
        value = getattr(cleartitle, name)
        kind = "autoclass" if isinstance(value, type) else "autofunction" if callable(value) else "autodata"
        lines += [f".. {kind}:: {home}.{name}", "   :no-index:", *(["   :members:"] if kind == "autoclass" else []), ""]
    write("api/index.md", *lines, "```", "", "```{toctree}", ":hidden:", "", *PUBLIC, "```")
    for part in PUBLIC:
        write(f"api/{part}.md", *(line for name in modules(part) for line in shown(name, below=name != part)))


def shown(module: str, *, below: bool) -> list[str]:
    """Return the lines that show a module; what `FACTS` offers is indexed where it is defined."""
    return [
        f"{'##' if below else '#'} {module}",
        "",
        "```{eval-rst}",
        f".. automodule:: {module}",
        f"   {_members(module)}",
        *(["   :no-index:"] if module == FACTS else []),
        "```",
        "",
    ]


def _members(module: str) -> str:
    """Return the option that shows what a module defines, once: what it takes from another is shown there."""
    value = import_module(module)
    offered = getattr(value, "__all__", None)
    if offered is None or module == FACTS:
        return ":members:"
    own = [name for name in offered if getattr(getattr(value, name), "__module__", "") == module]
    return f":members: {', '.join(own)}" if own else ":no-members:"


def modules(part: str) -> tuple[str, ...]:
    """Return the public modules of a part: itself, and those below it."""
    return (part, *(f"{part}.{name}" for name in PUBLIC[part]))


def main() -> None:
    """Write all pages."""
    licenses()
    ruling.main()
    travel()
    command_line()
    api()
    stated.main()
    for name, draw in pictures.PICTURES.items():
        write(f"pictures/{name}", draw().rstrip("\n"))
    sweep()
