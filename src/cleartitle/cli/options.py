"""Options that several commands share, and the facts of a deployment as flags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import click

from cleartitle.cli.access import snapshot_option
from cleartitle.configuration.facts import READERS
from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, Metric, Organization, Role, UseCategory

F = TypeVar("F", bound=Callable[..., object])


def common(command: F) -> F:
    """Add the options that every command about a model has."""
    return common_with()(command)


def common_with(*forms: str) -> Callable[[F], F]:
    """Return a decorator that adds the options that every command about a model has, and more formats."""
    choice = click.Choice(["text", "json", *forms])

    def add(command: F) -> F:
        form = click.option("--format", "form", type=choice, default="text", show_default=True)
        return form(access(command))

    return add


def access(command: F) -> F:
    """Add the options that say what may be asked, and whether its progress is shown."""
    for option in (
        snapshot_option,
        click.option(
            "--offline", is_flag=True, envvar="HF_HUB_OFFLINE", help="Ask no Hub: only the local cache and the atlas."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show no progress."),
    ):
        command = option(command)
    return command


def history(command: F) -> F:
    """Add the option to look at what ancestors were when something was made from them."""
    said = "Look up ancestors that changed since as they were when something was made from them, too."
    return click.option("--history", is_flag=True, help=said)(command)


def no_history_offline(*, offline: bool, history: bool) -> None:
    """Refuse what would look like an answer: without a Hub nobody knows what its repositories were."""
    if offline and history:
        raise click.UsageError("--offline asks no Hub, and nobody else knows the --history of a repository.")


def output(command: F) -> F:
    """Add the option to write the answer to a file."""
    return click.option("-o", "--output", metavar="FILE", help="Write the answer to a file.")(command)


def deployment(command: F) -> F:
    """Add the facts of a deployment as flags; what is not stated is unknown."""
    for option in reversed(_FACTS):
        command = option(command)
    return command


def governed(command: F) -> F:
    """Add the options that say which policy and which configuration hold."""
    for option in (
        click.option(
            "--config", metavar="FILE", help="Facts and policy; cleartitle.toml, or pyproject.toml, if not given."
        ),
        click.option("--policy", metavar="NAME|FILE", help="A preset, or a TOML file with a [policy] table."),
    ):
        command = option(command)
    return command


def _choice(words: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([word.value for word in words])


def _flag(name: str, text: str, **more: Any) -> Callable[[F], F]:
    return click.option(name, help=text, **more)


def _many(name: str, metavar: str, text: str) -> Callable[[F], F]:
    return click.option(name, metavar=metavar, multiple=True, help=text)


def _words(name: str, words: type[StrEnum], text: str) -> Callable[[F], F]:
    return click.option(name, multiple=True, type=_choice(words), help=text)


_USERS = "N[@YYYY-MM]"
_EVERYBODY = "Monthly active users: of the product, the licensee and its whole group, unless stated apart."
_FACTS = (
    _flag("--commercial/--non-commercial", "For commercial advantage; a company's internal use counts.", default=None),
    _flag("--research/--no-research", "Research, education or evaluation and nothing else.", default=None),
    _flag("--production/--no-production", "In production, as opposed to testing.", default=None),
    _words("--channel", Channel, "How it reaches people."),
    _flag("--domicile", "Where the licensee has its principal place of business.", metavar="COUNTRY"),
    _many("--hosted-in", "REGION", "Where the model runs."),
    _many("--offered-in", "REGION", "Where it is offered and its outputs are used; WORLD for everywhere."),
    _many("--users", _USERS, _EVERYBODY),
    _many("--product-users", _USERS, "Monthly active users of the product."),
    _many("--licensee-users", _USERS, "Monthly active users of all that the licensee offers."),
    _many("--group-users", _USERS, "Monthly active users of the licensee and its affiliates."),
    _many("--revenue", "N [CUR][@YYYY-MM]", "Annual revenue of the whole group; USD if no currency is given."),
    _many("--figure", "METRIC/WHO=N", f"Another figure. METRIC: {', '.join(Metric)}. WHO: {', '.join(Counted)}."),
    _flag("--fine-tune/--no-fine-tune", "You make a derivative of it.", default=False),
    _flag("--derivative-name", "The name of your derivative.", metavar="NAME"),
    _flag("--train-on-outputs/--no-train-on-outputs", "It, or its outputs, train other models.", default=False),
    _words("--purpose", UseCategory, "A restricted field of use that it serves."),
    _many("--agreement", "KIND:LICENSE[:REF]", f"An agreement that is held. KIND: {', '.join(AgreementKind)}."),
    _flag("--role", "Licensee, or end user of somebody's product.", type=_choice(Role), default=Role.LICENSEE.value),
    _flag("--organization", "What the licensee is.", type=_choice(Organization)),
    _words("--recipient", Organization, "To whom weights are handed."),
    _flag("--sanctions-screened", "Licensee, places and users were screened, without a hit.", is_flag=True),
)


def stated(flags: Mapping[str, Any]) -> dict[str, object]:
    """Return the facts among *flags* that somebody stated, as `cleartitle.configuration.facts` reads them."""
    return {key: value for key, value in flags.items() if key in READERS and value not in (None, ())}
