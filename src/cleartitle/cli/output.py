"""Printing: one console for answers, one for what is said about them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleartitle.errors import ClearTitleError
from cleartitle.progress import Progress, silent
from cleartitle.report.escape import terminal

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 120
"""Columns where the output is no terminal and COLUMNS does not say."""


def console(*, stderr: bool = False) -> Console:
    """Return a console; NO_COLOR and COLUMNS are obeyed, and what is no terminal gets plain text."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, soft_wrap=False, emoji=False, markup=False)
    if not made.is_terminal and "COLUMNS" not in made._environ:  # noqa: SLF001 - rich has no other way to ask
        made.width = PLAIN_WIDTH
    return made


def show(render: Callable[[Console], None]) -> None:
    """Print what *render* prints; without trailing blanks where it goes to no terminal."""
    made = console()
    if made.is_terminal:
        render(made)
        return
    with made.capture() as captured:
        render(made)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def complain(error: ClearTitleError) -> None:
    """Say an error in one line, and what to do next."""
    advice = f" ({error.advice})" if error.advice else ""
    for line in str(error).splitlines() or [""]:
        sys.stderr.write(f"cleartitle: {terminal(line)}{advice}\n")


def dump(value: object) -> None:
    """Print a value as JSON."""
    from cleartitle.serial.convert import plain

    sys.stdout.write(json.dumps(plain(value), indent=2, ensure_ascii=False) + "\n")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Show what is going on while it goes on, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    with console(stderr=True).status("…") as status:
        report: Callable[[str], None] = lambda message: status.update(terminal(message))  # noqa: E731
        yield report
