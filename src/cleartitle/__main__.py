"""``python -m cleartitle`` and the ``cleartitle`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; ``--version`` alone answers without loading anything."""
    if sys.argv[1:] == ["--version"]:
        from cleartitle._version import __version__

        print(f"cleartitle {__version__}")  # noqa: T201 - the fast path has no console
        return
    from cleartitle.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
