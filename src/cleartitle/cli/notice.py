"""``cleartitle notice``: the attribution file."""

from __future__ import annotations

from typing import Any

import click

from cleartitle.cli import access, options, output
from cleartitle.errors import SourceError
from cleartitle.pipeline import analyze
from cleartitle.report.interface import Failed
from cleartitle.report.notice import notices
from cleartitle.vocabulary.analysis import Analysis


@click.command()
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@options.output
@options.access
def command(refs: tuple[str, ...], **flags: Any) -> int:
    """Write the notices that the licenses of models and their ancestors ask for: words, holders, texts.

    Exit code 3 where they are not complete, because a license is unknown or an ancestor could not be read.
    """
    source = access.source(offline=flags["offline"])
    found: list[Analysis] = []
    failed: list[Failed] = []
    with output.progress(quiet=flags["quiet"]) as progress:
        for ref in refs:
            try:
                found.append(analyze(ref, source=source, progress=progress))
            except SourceError as error:
                output.complain(error)
                failed.append(Failed(ref=ref, message=str(error), advice=error.advice))
    written = notices(found, failed)
    output.write(written.text, flags["output"])
    return SourceError.exit_code if failed else 3 if written.gaps else 0
