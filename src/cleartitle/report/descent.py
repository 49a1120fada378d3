"""What stands below the tree of a lineage, in the terminal: its loose ends, and what was made from the model."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from cleartitle.report.escape import terminal
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.statement import render

MAX_LINES = 30


def loose_ends(analysis: Analysis, console: Console) -> None:
    """Print what was left out, the bases that are named and cannot be looked up, and what ancestors were before."""
    lineage = analysis.lineage
    said = [f"left out: {cut}" for cut in lineage.cuts]
    for node in lineage.nodes:
        said += [
            f"{node.ref.short} names {clue.said!r} as its base, which cannot be looked up" for clue in node.unresolved
        ]
        if then := node.former:
            terms = render(then.statements.concluded)
            said.append(f"{node.ref.short} was under {terms} when {then.child.short} was made from it ({then.day})")
    for line in said[:MAX_LINES]:
        console.print(Text(f"? {terminal(line)}", style="yellow"))
    if said:
        console.print()


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
