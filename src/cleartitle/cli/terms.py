"""``cleartitle terms``: what a license says."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleartitle import catalog
from cleartitle.catalog import resolve
from cleartitle.cli import access, options, output
from cleartitle.decide import bindings
from cleartitle.errors import ClearTitleError, DataError, UsageError
from cleartitle.identification.decoding import MAX_BYTES, decode
from cleartitle.pipeline import analyze
from cleartitle.sources.heads import is_weights
from cleartitle.vocabulary.analysis import Bound, TermsAnswer
from cleartitle.vocabulary.statement import licenses, render

if TYPE_CHECKING:
    from rich.console import Console


class NoTerms(DataError):
    """No license is known for what was asked about."""

    exit_code = 3
    advice = "obtain the license text, or ask the publisher"


@click.command()
@click.argument("ref")
@click.option("--no-catalog", is_flag=True, help="Of a file: read the text alone, as if no license were known.")
@options.common
def command(ref: str, form: str, *, offline: bool, quiet: bool, no_catalog: bool) -> None:
    """Show the structured terms of a model with its ancestors, of a license text, or of a license id.

    Of a text that the catalog knows, the catalog's terms are shown, quoted from this copy. Any other text is read by
    the clause engine, each term with the sentence that says so; no person has checked that reading.
    """
    path = Path(ref)
    if no_catalog and not path.is_file():
        raise UsageError(f"--no-catalog reads a license text, and {ref} is no file", advice="name a file")
    answer = _of_file(path, known=not no_catalog) if path.is_file() and not is_weights(path.name) else None
    bound = answer or TermsAnswer(licenses=_of_id(ref) or _of_model(ref, offline=offline, quiet=quiet))
    if form == "json":
        output.dump(bound)
        return
    output.show(functools.partial(_print, bound))


def _print(answer: TermsAnswer, console: Console) -> None:
    from cleartitle.report import terminal, view

    if answer.remark:
        console.print(terminal.remark(answer.remark))
    for each in answer.licenses:
        via = f"by way of {view.path(each.path)}" if len(each.path) > 1 else ""
        terminal.terms(each.license, console, via=via)


def _of_file(path: Path, *, known: bool) -> TermsAnswer:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ClearTitleError(f"cannot read {path}: {error.strerror}", advice="check the permissions") from error
    text, problem = decode(data)
    from cleartitle.readings import of_text

    if problem and not text:
        raise NoTerms(f"{path}: {problem}")
    found = of_text(text, str(path), known=known)
    if found.problem:
        raise NoTerms(f"{path} {found.problem}")
    remark = "; ".join(filter(None, (problem, found.remark)))
    return TermsAnswer(licenses=tuple(Bound(license=each) for each in found.licenses), remark=remark)


def _of_id(ref: str) -> tuple[Bound, ...]:
    return tuple(Bound(license=catalog.whole(each)) for each in licenses(resolve.name(ref))) if "/" not in ref else ()


def _of_model(ref: str, *, offline: bool, quiet: bool) -> tuple[Bound, ...]:
    with output.progress(quiet=quiet) as progress:
        found = analyze(ref, source=access.source(offline=offline), progress=progress)
    bound = tuple(Bound(license=b.license, path=b.path) for b in bindings(found.lineage))
    if not bound:
        concluded = found.lineage.node(found.lineage.root).statements.concluded
        raise NoTerms(f"no license of the catalog is known for {ref}: {render(concluded)}")
    return bound
