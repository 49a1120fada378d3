"""Where the commands read models: the chain of sources, or a snapshot instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleartitle.sources.interface import Catalog

    F = TypeVar("F", bound=Callable[..., object])

_PLACE = "cleartitle.snapshot"


def snapshot_option(command: F) -> F:
    """Add the option that names a snapshot; `source` knows of it."""
    return click.option(
        "--snapshot",
        metavar="FILE",
        expose_value=False,
        callback=lambda ctx, _, value: ctx.meta.update({_PLACE: value}),
        help="Read models from a snapshot, and ask nobody.",
    )(command)


def source(*, offline: bool) -> Catalog:
    """Return the source that the options of the running command ask for."""
    ctx = click.get_current_context(silent=True)
    path = ctx.meta.get(_PLACE) if ctx else None
    if isinstance(path, str):
        from cleartitle.sources.snapshot import Replay

        return Replay.of(path)
    from cleartitle.sources.chain import Chain

    return Chain(offline=offline)
