"""``cleartitle terms``: what a license says."""

from __future__ import annotations

import functools
from pathlib import Path

import click

from cleartitle import catalog
from cleartitle.catalog import resolve
from cleartitle.cli import options, output
from cleartitle.decide import bindings
from cleartitle.errors import ClearTitleError, DataError
from cleartitle.identification.decoding import MAX_BYTES, decode
from cleartitle.pipeline import analyze
from cleartitle.sources.chain import Chain
from cleartitle.texts import stated
from cleartitle.vocabulary.analysis import Bound, TermsAnswer
from cleartitle.vocabulary.statement import Every, Unknown, licenses, render


class NoTerms(DataError):
    """No license is known for what was asked about."""

    exit_code = 3
    advice = "obtain the license text, or ask the publisher"


@click.command()
@click.argument("ref")
@options.common
def command(ref: str, form: str, *, offline: bool, quiet: bool) -> None:
    """Show the structured terms of a model with its ancestors, of a license text, or of a license id."""
    bound = _of_text(ref) or _of_id(ref) or _of_model(ref, offline=offline, quiet=quiet)
    if form == "json":
        output.dump(TermsAnswer(licenses=bound))
        return
    from cleartitle.report import terminal, view

    for each in bound:
        via = f"by way of {view.path(each.path)}" if len(each.path) > 1 else ""
        output.show(functools.partial(terminal.terms, each.license, via=via))


def _of_text(ref: str) -> tuple[Bound, ...]:
    path = Path(ref)
    if not path.is_file():
        return ()
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ClearTitleError(f"cannot read {ref}: {error.strerror}", advice="check the permissions") from error
    text, problem = decode(data)
    if problem:
        raise NoTerms(f"{ref}: {problem}")
    found = stated(text, ref)
    for part in found.of if isinstance(found, Every) else (found,):
        if isinstance(part, Unknown):
            raise NoTerms(part.reason)
    return tuple(Bound(license=catalog.whole(each)) for each in licenses(found))


def _of_id(ref: str) -> tuple[Bound, ...]:
    return tuple(Bound(license=catalog.whole(each)) for each in licenses(resolve.name(ref))) if "/" not in ref else ()


def _of_model(ref: str, *, offline: bool, quiet: bool) -> tuple[Bound, ...]:
    with output.progress(quiet=quiet) as progress:
        found = analyze(ref, source=Chain(offline=offline), progress=progress)
    bound = tuple(Bound(license=b.license, path=b.path) for b in bindings(found.lineage))
    if not bound:
        concluded = found.lineage.node(found.lineage.root).statements.concluded
        raise NoTerms(f"no license of the catalog is known for {ref}: {render(concluded)}")
    return bound
