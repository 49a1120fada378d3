"""``cleartitle trace``: the lineage of a model."""

from __future__ import annotations

import functools

import click
from attrs import evolve

from cleartitle.cli import options, output
from cleartitle.lineage.origins import origins
from cleartitle.pipeline import analyze
from cleartitle.sources.chain import Chain


@click.command()
@click.argument("ref")
@options.common
def command(ref: str, form: str, *, offline: bool, quiet: bool) -> None:
    """Show what a model was made from, back to its roots, with the license and the evidence of each step."""
    with output.progress(quiet=quiet) as progress:
        found = analyze(ref, source=Chain(offline=offline), progress=progress)
    if form == "json":
        output.dump(evolve(found.slim(), origins=origins(found.lineage)))
        return
    from cleartitle.report import terminal

    output.show(functools.partial(terminal.trace, found))
