"""Facts and policy from ``cleartitle.toml``, under the flags."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from cleartitle.cli import options
from cleartitle.errors import DataError, UsageError
from cleartitle.serial.convert import mapping, read
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.policy import Policy

FILE = "cleartitle.toml"
MAX_CONFIG = 1_000_000


def settings(ctx: click.Context, flags: dict[str, Any]) -> tuple[Deployment, Policy]:
    """Return the deployment and the policy that flags and file state together; a flag outweighs the file."""
    path = Path(flags["config"] or FILE)
    data = _load(path) if flags["config"] or path.is_file() else {}
    unknown = set(data) - {"deployment", "policy"}
    if unknown:
        raise DataError(
            f"{path}: unknown table {', '.join(sorted(unknown))}", advice="known are [deployment], [policy]"
        )
    stated = mapping(data.get("deployment", {}), where="deployment")
    merged = {**flags, **{key: _as_flag(key, value, flags, path) for key, value in stated.items() if _open(ctx, key)}}
    return options.facts(merged), _policy(flags["policy"], data, path)


def _open(ctx: click.Context, key: str) -> bool:
    return ctx.get_parameter_source(key) in (ParameterSource.DEFAULT, None)


def _as_flag(key: str, value: object, flags: dict[str, Any], path: Path) -> object:
    """Return a value of the file in the shape of the flag of the same name."""
    if key not in flags or key in ("config", "policy", "form", "offline", "quiet"):
        raise DataError(f"{path}: unknown fact {key!r}", advice="the facts are named like the flags, with underscores")
    if isinstance(flags[key], tuple):
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return value


def _policy(named: str | None, data: dict[str, Any], path: Path) -> Policy:
    if named is None:
        return read(data["policy"], Policy, where=f"{path} [policy]") if "policy" in data else Policy()
    preset = files("cleartitle.policies") / f"{named}.toml"
    if named.isidentifier() or ("/" not in named and not named.endswith(".toml")):
        if preset.is_file():
            return read(tomllib.loads(preset.read_text(encoding="utf-8")), Policy, where=named)
        known = sorted(
            p.name.removesuffix(".toml") for p in files("cleartitle.policies").iterdir() if p.name.endswith(".toml")
        )
        raise UsageError(f"there is no policy {named!r}", advice=f"known are {', '.join(known)}; or give a TOML file")
    loaded = _load(Path(named))
    return read(loaded.get("policy", loaded), Policy, where=named)


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.loads(stream.read(MAX_CONFIG).decode("utf-8"))
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not TOML: {error}") from error
