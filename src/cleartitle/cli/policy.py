"""``cleartitle policy``: what a policy says, in words; and whether a configuration is right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from cleartitle import policies
from cleartitle.cli import output
from cleartitle.configuration import FILES, Configuration, find, load
from cleartitle.errors import UsageError


@click.group()
def command() -> None:
    """Explain and check policies: presets, and what cleartitle.toml or pyproject.toml says."""


@command.command()
@click.argument("name", required=False, metavar="[NAME|FILE]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def explain(name: str | None, form: str) -> int:
    """Print a policy in words: a preset, a file, or that of this folder."""
    from cleartitle.report import policy as report

    found = _configuration(name)
    if form == "json":
        output.dump(found.policy)
        return 0
    for line in report.explain(found, dt.datetime.now(tz=dt.UTC).date()):
        output.say(line)
    return 0


@command.command()
@click.argument("file", required=False, metavar="[FILE]")
def check(file: str | None) -> int:
    """Say whether a configuration is right; every mistake is named at once, with its key."""
    path = Path(file) if file else _here()
    found = load(path)
    today = dt.datetime.now(tz=dt.UTC).date()
    ended = [waiver for waiver in found.policy.waivers if waiver.expires < today]
    for waiver in ended:
        output.say(f"the waiver of {waiver.rule} for {waiver.model} ended on {waiver.expires}")
    output.say(f"{path} is right" + (f", but for {len(ended)} waivers that have ended" if ended else ""))
    return 0


@command.command("list")
def names() -> int:
    """Print the presets."""
    for name in policies.names():
        output.say(f"{name}: {load(None, named=name).policy.summary}")
    return 0


def _configuration(name: str | None) -> Configuration:
    if name is None:
        return load(_here())
    path = Path(name)
    return load(path) if path.name in FILES else load(None, named=name)


def _here() -> Path:
    path = find(Path())
    if path is None:
        raise UsageError(
            f"there is neither a {FILES[0]} nor a [tool.cleartitle] in {FILES[1]} here",
            advice=f"name a file, or one of {', '.join(policies.names())}",
        )
    return path
