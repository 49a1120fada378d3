"""What ``cleartitle.toml`` and the flags state together; a flag outweighs the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from attrs import evolve, frozen
from click.core import ParameterSource

from cleartitle.cli import options
from cleartitle.configuration import Configuration, baseline, find, load
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.policy import Policy


@frozen(kw_only=True)
class Settings:
    """The configuration, and the facts that flags state over it."""

    configuration: Configuration
    flags: Mapping[str, object]
    today: dt.date

    @property
    def policy(self) -> Policy:
        """The policy, with waivers and baseline."""
        return self.configuration.policy

    def deployment(self, model: str = "") -> Deployment:
        """Return the deployment of a model: of all, then its own in the file, then the flags."""
        return self.configuration.deployment(model, over=self.flags, today=self.today)


def configured(ctx: click.Context, flags: dict[str, Any]) -> Settings:
    """Return what file and flags state; every mistake in the file is named at once."""
    given = flags.get("config")
    path = Path(given) if given else find(Path())
    found = load(path, named=flags.get("policy"))
    if flags.get("baseline"):
        known = baseline.load(Path(flags["baseline"]))
        found = evolve(found, policy=evolve(found.policy, known=(*found.policy.known, *known)))
    explicit = {key: value for key, value in flags.items() if _stated(ctx, key)}
    return Settings(configuration=found, flags=options.stated(explicit), today=dt.datetime.now(tz=dt.UTC).date())


def _stated(ctx: click.Context, key: str) -> bool:
    return ctx.get_parameter_source(key) not in (ParameterSource.DEFAULT, None)
