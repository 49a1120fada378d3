"""``cleartitle snapshot``: all that an analysis needs, in one file."""

from __future__ import annotations

import datetime as dt
import hashlib

import click

from cleartitle.cli import access, options, output
from cleartitle.pipeline import analyze


@click.command()
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@click.option("-o", "--output", "path", metavar="FILE", required=True, help="Where to write it.")
@options.access
def command(refs: tuple[str, ...], path: str, *, offline: bool, quiet: bool) -> None:
    """Record what is read of models and all their ancestors, with hashes.

    `cleartitle check REF --snapshot FILE` then gives the same answer on a machine without a network.
    """
    from cleartitle.sources.snapshot import Recorder, render

    recorder = Recorder(access.source(offline=offline))
    with output.progress(quiet=quiet) as progress:
        for ref in refs:
            analyze(ref, source=recorder, progress=progress)
    made = recorder.snapshot(refs, made=dt.datetime.now(dt.UTC).date())
    text = render(made)
    output.write(text, path)
    files = sum(len(each.files) for each in made.recorded)
    digest = hashlib.sha256(text.encode()).hexdigest()
    click.echo(f"{path}: {len(made.recorded)} repositories, {files} files; SHA-256 {digest}")
