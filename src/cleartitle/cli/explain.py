"""``cleartitle explain``: all that is known of a license, or what a rule means."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping

import click

from cleartitle import catalog
from cleartitle.catalog import resolve, spdx
from cleartitle.cli import output
from cleartitle.cli.licenses import described
from cleartitle.errors import DataError
from cleartitle.vocabulary.listing import ExplainAnswer
from cleartitle.vocabulary.rule import RuleInfo
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown, licenses
from cleartitle.vocabulary.words import LicenseId


class NothingKnown(DataError):
    """Neither a license nor a rule has this name."""

    advice = "see `cleartitle licenses` for the ids; of a license text, `cleartitle identify FILE` says which it is"


@click.command()
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(name: str, form: str) -> None:
    """Explain a license, by its id or any name or address that people use for it, or a rule, by its id.

    Of a license: what it means and what to do, its terms, how open it is and why, its names, when a person last
    verified it and how. Of a rule: what its findings mean and what to do instead.
    """
    answer = explain(name)
    if form == "json":
        output.dump(answer)
        return
    from cleartitle.report.licenses import explanation

    output.show(functools.partial(explanation, answer))


def explain(name: str) -> ExplainAnswer:
    """Return what is known of *name*; `NothingKnown` says what may have been meant."""
    exact = _exact(name)
    rule = None if exact else rules().get(name)
    if rule is not None:
        return ExplainAnswer(asked=name, rule=rule)
    found: Expression = One(license=exact) if exact else resolve.name(name)
    if isinstance(found, Unknown):
        raise NothingKnown(f"{found.reason}{_alike(name)}")
    entries = tuple(described(license_id) for license_id in licenses(found))
    return ExplainAnswer(asked=name, means=_means(found), licenses=entries)


def rules() -> Mapping[str, RuleInfo]:
    """Return the documentation of the rules, which loads them all."""
    from cleartitle.rules.registry import documents

    return documents()


def _exact(name: str) -> LicenseId | None:
    """Return *name* where it is an id as it stands: an id asked for is not replaced by a successor."""
    row = spdx.listed(name)
    wanted = row.id if row else LicenseId(name)
    return wanted if catalog.has(wanted) else None


def _means(found: Expression) -> str:
    match found:
        case Unclear(reason=reason):
            return reason
        case Every():
            return "all of these hold"
        case Choice():
            return "any one of these, as you choose"
        case _:
            return ""


def _alike(name: str) -> str:
    known = {key: ids[0] for key, ids in resolve.spellings().items()}
    known |= {catalog.fold(row.id): row.id for row in spdx.every()}
    known |= {catalog.fold(rule): LicenseId(rule) for rule in rules()}
    close = difflib.get_close_matches(catalog.fold(name[:100]), known, n=3, cutoff=0.75)
    found = dict.fromkeys(known[each] for each in close)
    return f"; did you mean {', '.join(found)}?" if found else ""
