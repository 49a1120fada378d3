"""What a card says in words that its model was made from: where it names no repository, nobody can look the base up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from cleartitle.vocabulary.lineage import Node

_MAX_TOLD = 200
_LEAD = re.compile(
    r"\b(?:fine-? ?tun(?:es?|ed|ing)|(?:instruction|instruct)-? ?tun(?:ed|ing)|tuned|(?:pre-?)?trained|based|built"
    r"|derived|adapted|initiali[sz]ed|starts?|started|merge[ds]?|version|base(?: model)?) ?(?:version |model )?"
    r"(?:from|on|upon|of|with|:)|\bfine-? ?tuned\b|基于|源自|微调自|在(?=[^。\n]{0,30}(?:基础|微调|训练))",
    re.IGNORECASE,
)
"""What leads to the name of a base in a card."""
_AHEAD = re.compile(r"(?:(?!\.\s|\n\s*\n|[。;]).){0,70}", re.DOTALL)
_OF_TOKENS = re.compile(
    r"\d+(?:\.\d+)?[bm] (?:\w+ )?(?:tokens|words|samples|pairs|images|parameters?)\b", re.IGNORECASE
)
_TUNING = re.compile(r"(?:tune[ds]?|initiali[sz]ed)\b.{0,20} ?(?:from|of)$|微调自")
"""Leads that speak of weights: others may lead to an idea, an architecture or data."""
_OF_DATA = re.compile(r"(?:train|tun)\w+ ?(?:version |model )?(?:on|with)$")
_NAME = r"[A-Z][A-Za-z\d_.+-]{1,40}"
_SIZED = re.compile(
    rf"(?<![\w/-])(?:{_NAME}[- ])?{_NAME}[- ]\d{{1,3}}(?:\.\d{{1,2}})?[bB](?![a-z\d])|(?<![\w/-])[A-Z][a-z]+-?\d+[bB]\b"
)
_NAMED = re.compile(
    rf"\s*(?:(?:version|variant|model) )?(?:from|of|on)?\s*(?:the |an? |our )?[\"'`*_\[(]{{0,3}}"
    rf"(?P<name>{_NAME})(?![\w/])"
)
_LICENSED = re.compile(
    rf"\s*(?:the |an? |our )?[\"'`*_\[(]{{0,3}}(?P<name>{_NAME}(?: [A-Z\d][\w.-]{{0,30}}){{0,3}})[\"'`*_\])]{{0,3}}\s?"
    r"[(（][^()（）]{0,40}?(?:\bCC[ -]BY|\bA?GPL|[Ll]icen[cs]e|[Nn]on-?[Cc]ommercial|[Rr]esearch[- ][Oo]nly"
    r"|协议|许可|非商用)"
)


@frozen(kw_only=True)
class Words:
    """A place of a card that speaks of what the model was made from."""

    lead: str
    ahead: str
    """What follows in the same sentence."""

    @property
    def low(self) -> str:
        """What follows, in lower case and without amounts of data."""
        return _OF_TOKENS.sub(" ", " ".join(self.ahead.lower().split()))

    @property
    def quote(self) -> str:
        """Both, as they stand in the card."""
        return f"{self.lead}{self.ahead}".strip()[:200]

    @property
    def name(self) -> str | None:
        """The model that is named: with its size, behind a word of tuning, or with a license in brackets.

        >>> [Words(lead="based on", ahead=a).name for a in (" Fox-7B", " Fox (CC BY-NC 4.0)", " the Transformer")]
        ['Fox-7B', 'Fox', None]
        """
        lead, said = self.lead.lower(), _OF_TOKENS.sub(" ", f" {' '.join(self.ahead.split())}")
        if _OF_DATA.search(lead):
            return None
        sized = _SIZED.search(said)
        named = _LICENSED.match(said) or (_NAMED.match(said) if _TUNING.search(lead) else None)
        return sized[0] if sized else named["name"] if named else None


def words(node: Node) -> Iterator[Words]:
    """Yield the places of a model's card that speak of what it was made from."""
    texts = node.artifact.texts if node.artifact else ()
    card = next((text.text for text in texts if text.path.lower() == "readme.md"), "")
    for lead in islice(_LEAD.finditer(card), _MAX_TOLD):
        ahead = _AHEAD.match(card, lead.end())
        yield Words(lead=lead[0], ahead=ahead[0] if ahead else "")
