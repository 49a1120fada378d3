"""What was made from a model, in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from cleartitle.report.escape import terminal
from cleartitle.vocabulary.analysis import Analysis


def children(analysis: Analysis, console: Console) -> None:
    """Print the models that name this one as their base, each with its relation and the license it is tagged with."""
    found = analysis.children
    if found is None:
        return
    count = f"{len(found.models)}{' and more' if found.more else ''}"
    console.print(Text.assemble(("Made from it: ", "bold"), f"{count}, by {terminal(found.source)}"))
    for child in found.models:
        relation = child.relation.value if child.relation else "relation not said"
        tagged = ", ".join(child.license) or "no license tag"
        console.print(Text.assemble("  ", terminal(child.ref.short), (f"  {relation}  {terminal(tagged)}", "dim")))
    console.print()
