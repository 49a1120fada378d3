"""``cleartitle trace``: the lineage of a model."""

from __future__ import annotations

import functools

import click
from attrs import evolve

from cleartitle.cli import access, options, output
from cleartitle.lineage.origins import origins
from cleartitle.lineage.walk import Limits
from cleartitle.pipeline import analyze

MAX_CHILDREN = 100


@click.command()
@click.argument("ref")
@click.option("--datasets", is_flag=True, help="Look up the datasets that the models were trained on, too.")
@click.option("--down", is_flag=True, help="Show what was made from it too, as far as the source knows.")
@options.history
@options.output
@options.common_with("mermaid", "dot", "svg")
def command(
    ref: str, form: str, *, down: bool, datasets: bool, history: bool, offline: bool, quiet: bool, **more: str | None
) -> None:
    """Show what a model was made from, back to its roots, with the license and the evidence of each step."""
    options.no_history_offline(offline=offline, history=history)
    source = access.source(offline=offline)
    with output.progress(quiet=quiet) as progress:
        found = analyze(ref, source=source, limits=Limits(datasets=datasets, history=history), progress=progress)
        if down:
            progress("asking what was made from it")
            found = evolve(found, children=source.children(found.lineage.root, MAX_CHILDREN))
    if form == "json":
        output.write(output.as_json(evolve(found.slim(), origins=origins(found.lineage))), more["output"])
    elif form == "text":
        from cleartitle.report import descent, terminal

        prints = (terminal.trace, descent.loose_ends, descent.children)
        renders = [functools.partial(each, found) for each in prints]
        output.write(renders, more["output"])
    else:
        from cleartitle.report.graph import WRITERS

        output.write(WRITERS[form](found), more["output"])
