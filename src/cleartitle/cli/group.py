"""The command's root: its name, its help, and where each command lives."""

from __future__ import annotations

from importlib import import_module

import click

from cleartitle._version import __version__

COMMANDS = {
    "check": "Verdict for a deployment, every finding with its evidence.",
    "diff": "What changed upstream since the lock was written.",
    "explain": "All that is known of a license, or what a rule means.",
    "identify": "Which license a text is, and what was changed in it.",
    "licenses": "The catalog as a list, by any term; the check of private licenses.",
    "lock": "What was approved, on record: commits, texts, terms, lineage, verdicts.",
    "scan": "The models that a project uses, each with its own verdict.",
    "notice": "The attribution file that the licenses of models and their ancestors ask for.",
    "policy": "A policy in words; the check of a configuration.",
    "snapshot": "All that an analysis reads, in one file, to analyze again without a network.",
    "terms": "The structured terms of a model, a license text or a license id.",
    "trace": "The lineage as a tree, with the licenses on it.",
}


class LazyGroup(click.Group):
    """Loads a command when it is called, so that the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return the command of this name, from the module of this name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"cleartitle.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cleartitle", message="%(prog)s %(version)s")
def cli() -> None:
    """License and provenance analysis of AI models: do we hold clear title to run this?

    REF is owner/name[@revision] on the Hugging Face Hub, or a folder. cleartitle states what
    licenses say; it gives no legal advice.

    Exit codes: 0 clear or duties only, 1 blocked, 2 wrong usage, 3 review needed, 4 a source
    failed, 70 a fault of ours.
    """
