"""Printing: one console for answers, one for what is said about them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cleartitle.errors import ClearTitleError, UsageError
from cleartitle.progress import Progress, silent
from cleartitle.report.escape import document, terminal

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 120
"""Columns where the output is no terminal and COLUMNS does not say."""


def console(*, stderr: bool = False, plain: bool = False) -> Console:
    """Return a console; NO_COLOR and COLUMNS are obeyed, and what is no terminal gets plain text."""
    from rich.console import Console

    made = Console(
        stderr=stderr,
        highlight=False,
        soft_wrap=False,
        emoji=False,
        markup=False,
        force_terminal=False if plain else None,
    )
    if not made.is_terminal and "COLUMNS" not in made._environ:  # noqa: SLF001 - rich has no other way to ask
        made.width = PLAIN_WIDTH
    return made


Written: TypeAlias = "str | Sequence[Callable[[Console], None]]"
"""A document, or what prints itself on a console."""


def show(render: Callable[[Console], None]) -> None:
    """Print what *render* prints."""
    write((render,))


def write(written: Written, path: str | None = None) -> None:
    """Write an answer to a file or to standard output; what is no terminal gets plain text, without trailing blanks."""
    if not isinstance(written, str):
        made = console()
        if path is None and made.is_terminal:
            for render in written:
                render(made)
            return
        written = _plain(written)
    if path is None:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(written.encode(encoding, errors="replace").decode(encoding))
        return
    try:
        Path(path).write_bytes(written.encode(errors="replace"))
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}", advice="name a file in a folder that exists"
        ) from error


def _plain(renders: Sequence[Callable[[Console], None]]) -> str:
    made = console(plain=True)
    with made.capture() as captured:
        for render in renders:
            render(made)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def complain(error: ClearTitleError) -> None:
    """Say an error in one line, and what to do next."""
    advice = f" ({error.advice})" if error.advice else ""
    for line in str(error).splitlines() or [""]:
        sys.stderr.write(f"cleartitle: {terminal(line)}{advice}\n")


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{terminal(text)}\n")


def dump(value: object) -> None:
    """Print a value as JSON."""
    write(as_json(value))


def as_json(value: object) -> str:
    """Return a value as a JSON document."""
    from cleartitle.serial.convert import plain

    return document(plain(value))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Show what is going on while it goes on, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    with console(stderr=True).status("…") as status:
        report: Callable[[str], None] = lambda message: status.update(terminal(message))  # noqa: E731
        yield report
