"""The command. One module a command; only this package prints, reads the environment and exits."""

from __future__ import annotations

from collections.abc import Sequence

import click

from cleartitle.cli.group import cli
from cleartitle.cli.output import complain
from cleartitle.errors import ClearTitleError

INTERNAL = 70


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; no traceback reaches a user.

    >>> run(["--version"])
    cleartitle 0.1.0
    0
    """
    try:
        code = cli.main(list(arguments), prog_name="cleartitle", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return 2
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except ClearTitleError as error:
        complain(error)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort says that the fault is ours
        complain(ClearTitleError(f"a fault of cleartitle: {type(error).__name__}: {error}", advice="please report it"))
        return INTERNAL
    return code if isinstance(code, int) else 0
