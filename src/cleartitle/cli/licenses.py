"""``cleartitle licenses``: the catalog as a list, and the check of private licenses."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from attrs import frozen

from cleartitle import catalog, publishers, territory
from cleartitle.catalog import checks, private, spdx
from cleartitle.cli import output
from cleartitle.errors import DataError
from cleartitle.openness import openness
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.listing import Entry, LicensesAnswer
from cleartitle.vocabulary.openness import OpennessLevel
from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.words import (
    EMBARGOED,
    WORLD,
    Action,
    Decision,
    DutyKind,
    Kind,
    LicenseId,
    Region,
    RestrictionKind,
)

F = TypeVar("F", bound=Callable[..., object])
_ACTIONS = {
    "commercial": (Action.USE_COMMERCIALLY, "Commercial use."),
    "modify": (Action.MODIFY, "Fine-tuning, merging, quantizing."),
    "redistribute": (Action.REDISTRIBUTE, "Handing on the unmodified weights."),
    "derivatives": (Action.DISTRIBUTE_DERIVATIVES, "Handing on a derivative."),
    "host": (Action.HOST, "Offering the model as a service."),
    "outputs": (Action.USE_OUTPUTS_COMMERCIALLY, "Commercial use of outputs."),
    "train": (Action.TRAIN_OTHER_MODELS, "Training other models with it or its outputs."),
    "sublicense": (Action.SUBLICENSE, "Granting one's own rights on."),
    "patents": (Action.PRACTICE_PATENTS, "Practicing the licensor's patents."),
}
_DECISIONS = click.Choice([word.value for word in Decision])


@frozen(kw_only=True)
class Wanted:
    """What a license of the list must have."""

    decisions: dict[Action, Decision]
    region: Region | None = None
    kinds: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    family: str = ""
    publisher: str = ""
    duties: frozenset[str] = frozenset()
    restrictions: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    """Kinds of duties or restrictions that it must not have."""


def _by_action(command: F) -> F:
    for name, (_, text) in reversed(_ACTIONS.items()):
        command = click.option(f"--{name}", type=_DECISIONS, help=text)(command)
    return command


def _words(*kinds: type[Kind | OpennessLevel | DutyKind | RestrictionKind]) -> click.Choice[str]:
    return click.Choice([word.value for kind in kinds for word in kind])


@click.group(invoke_without_command=True)
@_by_action
@click.option("--region", metavar="REGION", help="No territory limit keeps it from there.")
@click.option("--kind", "kinds", multiple=True, type=_words(Kind), help="The sort of license.")
@click.option("--openness", "levels", multiple=True, type=_words(OpennessLevel), help="How open it is.")
@click.option("--family", default="", metavar="NAME", help="GPL, CC, Llama...")
@click.option("--publisher", default="", metavar="NAME", help="Who wrote it; a part of the name will do.")
@click.option("--duty", "duties", multiple=True, type=_words(DutyKind), help="It has this duty.")
@click.option("--restriction", "restrictions", multiple=True, type=_words(RestrictionKind), help="It has this limit.")
@click.option("--without", multiple=True, type=_words(DutyKind, RestrictionKind), help="It has no such duty or limit.")
@click.option("--spdx", "with_spdx", is_flag=True, help="Also the SPDX ids that are known by their category only.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, /, *, with_spdx: bool, form: str, **flags: object) -> int:
    """List the licenses of the catalog, all or those with the terms asked for.

    A decision is allowed, conditional, prohibited, silent or unknown. What a text does not name but covers by a general
    grant counts as allowed. A region is a country code, a country, EU, EEA or EFTA.
    """
    if ctx.invoked_subcommand is not None:
        return 0
    wanted = _wanted(flags)
    found = (described(license_id) for license_id in _ids(with_spdx=with_spdx))
    answer = LicensesAnswer(licenses=tuple(entry for entry in found if _fits(entry, wanted)))
    if form == "json":
        output.dump(answer)
        return 0
    from cleartitle.report import licenses

    output.show(functools.partial(licenses.listing, answer))
    return 0


@command.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def check(folder: Path | None) -> int:
    """Check the private licenses in FOLDER, and say every mistake at once.

    Without FOLDER: the folder that CLEARTITLE_LICENSES names, else cleartitle/licenses in the configuration folder of
    the user (~/.config). Exit codes: 0 all are sound, 2 something must be mended.
    """
    place = folder or private.folder()
    if not place.is_dir():
        raise DataError(f"{place} is no folder", advice="make it, or name another with CLEARTITLE_LICENSES")
    looked = private.look(place)
    today = dt.datetime.now(tz=dt.UTC).date()
    for each in looked:
        for mistake in each.mistakes:
            output.say(f"{each.path.name}: {mistake}")
        if each.license and not each.mistakes:
            old = " (verified long ago: go through it again)" if checks.stale(each.license, today) else ""
            output.say(f"{each.path.name}: sound{old}")
    wrong = sum(bool(each.mistakes) for each in looked)
    output.say(f"{len(looked)} licenses in {place}, {wrong} with mistakes")
    return 2 if wrong else 0


def described(license_id: LicenseId) -> Entry:
    """Return a license with all that is derived from it."""
    found = catalog.whole(license_id)
    today = dt.datetime.now(tz=dt.UTC).date()
    return Entry(
        license=found,
        openness=openness(found),
        seat=seat(found.publisher or ""),
        stale=checks.stale(found, today),
        private=license_id in private.entries(),
    )


def seat(publisher: str) -> Region | None:
    """Return the country of a publisher named as people do: where all entities of that name have their seat.

    >>> seat("NVIDIA"), seat("Nobody Knows")
    ('US', None)
    """
    said = publisher.casefold().split()
    named = [(entity, country) for entity, country in _seats() if entity[: len(said)] == said] if said else []
    exact = {country for entity, country in named if entity == said}
    found = exact or {country for _, country in named}
    return found.pop() if len(found) == 1 else None


@functools.cache
def _seats() -> tuple[tuple[list[str], Region | None], ...]:
    return tuple((found.entity.casefold().replace(",", "").split(), found.country) for found in publishers.every())


def _ids(*, with_spdx: bool) -> Iterator[LicenseId]:
    yield from sorted({*catalog.ids(), *private.entries(), *(row.id for row in spdx.every() if with_spdx)})


def _wanted(flags: dict[str, object]) -> Wanted:
    said = {name: value for name, value in flags.items() if isinstance(value, str)}
    many = {name: frozenset(map(str, value)) for name, value in flags.items() if isinstance(value, tuple)}
    return Wanted(
        decisions={action: Decision(said[name]) for name, (action, _) in _ACTIONS.items() if name in said},
        region=territory.parse(said["region"]) if "region" in said else None,
        family=said["family"],
        publisher=said["publisher"],
        kinds=many["kinds"],
        levels=many["levels"],
        duties=many["duties"],
        restrictions=many["restrictions"],
        without=many["without"],
    )


def _fits(entry: Entry, wanted: Wanted) -> bool:
    found = entry.license
    has: set[str] = {duty.kind for duty in found.terms.duties} | {limit.kind for limit in found.terms.restrictions}
    return (
        _decided(found.terms, wanted.decisions)
        and (wanted.region is None or reaches(found.terms, wanted.region))
        and (not wanted.kinds or found.kind in wanted.kinds)
        and (not wanted.levels or entry.openness.level in wanted.levels)
        and _named(found, wanted)
        and wanted.duties | wanted.restrictions <= has
        and not wanted.without & has
    )


def _decided(terms: Terms, decisions: dict[Action, Decision]) -> bool:
    from cleartitle.report.licenses import decision

    return all(decision(terms, action) is wanted for action, wanted in decisions.items())


def _named(found: License, wanted: Wanted) -> bool:
    publisher = (found.publisher or "").casefold()
    same = not wanted.family or catalog.fold(found.family) == catalog.fold(wanted.family)
    return same and wanted.publisher.casefold() in publisher


def reaches(terms: Terms, region: Region) -> bool:
    """Return whether no territory limit, of whatever part of the model, keeps a license from any part of *region*.

    >>> llama = catalog.whole(LicenseId("LicenseRef-Meta-Llama-3.2-Community"))
    >>> reaches(llama.terms, Region("DE")), reaches(llama.terms, Region("US"))
    (False, True)
    """
    places = territory.codes() if region == WORLD else territory.spell_out({region})
    for limit in terms.territories:
        allowed, excluded = territory.spell_out(limit.allowed), territory.spell_out(limit.excluded)
        if WORLD not in allowed and allowed and not places <= allowed:
            return False
        if excluded & places or (WORLD in excluded) or (region == EMBARGOED and EMBARGOED in excluded):
            return False
    return True
