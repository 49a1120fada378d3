"""Reading model cards (the README of a Hub repository): bytes in, a `Card` with positions out.

`read_card` never raises on content: a card is written by strangers, often by tools, and what was mended in it
is part of the answer (`Card.repairs`). `parse` reads any YAML with the same bounds; only this package uses PyYAML.
"""

from cleartitle.card.nodes import Field, ListNode, MapNode, Node, Scalar
from cleartitle.card.reader import Card, read_card
from cleartitle.card.repairs import Repair, RepairKind
from cleartitle.card.tree import Refused, Tree, parse

__all__ = [
    "Card",
    "Field",
    "ListNode",
    "MapNode",
    "Node",
    "Refused",
    "Repair",
    "RepairKind",
    "Scalar",
    "Tree",
    "parse",
    "read_card",
]
