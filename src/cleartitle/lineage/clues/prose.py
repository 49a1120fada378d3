"""What the card says in words (``fine-tuned from``, ``GGUF of``, a list of merged models, ``基于...微调``) and in code.

Words name parents that nobody may have checked: such a parent must exist before it becomes one. The card of a
conversion is mostly a copy of the card of its source; then what it says of fine-tuning is said of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from cleartitle.formats.blocks import fenced
from cleartitle.lineage.clues.naming import hint, parent, stem
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
from cleartitle.vocabulary.lineage import Clue
from cleartitle.vocabulary.relations import Relation

if TYPE_CHECKING:
    from cleartitle.card import Card
    from cleartitle.prose.parents import NamedParent

MAX_CLUES = 60
MAX_IDS = 2_000
_BASES = (None, Relation.FINETUNE, Relation.ADAPTER)
_ID = re.compile(
    r"(?<![\w.@#-])(?:(?:huggingface\.co|hf\.co)/)?(?P<id>[A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95})(?<![.-])(?![\w-])",
    re.ASCII,
)
_ATTACHED = re.compile(
    r"PeftModel\w{0,40}\.from_pretrained|PeftConfig|load_lora_weights|load_adapter|load_attn_procs|load_textual_inversion"
)
_LOADED = re.compile(
    r"from_pretrained\(\s{0,40}(?P<q>[\"'])(?P<id>[^\"'\s]{3,200})(?P=q)"
    r"|\b\w{0,20}(?:base|model)\w{0,20}\s{0,4}=\s{0,4}(?P<p>[\"'])(?P<named>[^\"'\s]{3,200})(?P=p)",
    re.IGNORECASE,
)


def find(artifact: Artifact, card: Card | None) -> tuple[Clue, ...]:
    """Return a clue for each model that the card's words or code name as the source of this one."""
    if card is None:
        return ()
    from cleartitle.prose.parents import parents

    own = artifact.ref.name
    said = [each for each in parents(card.body, own) if not _made_from(each.name, own)]
    worded = [_said(artifact, each) for each in said]
    if _conversion(artifact):
        sources = [clue for clue, p in zip(worded, said, strict=True) if p.source]
        alike = [_clue(artifact, name, Relation.QUANTIZED, span, name) for name, span in _namesakes(card.body, own)]
        worded = sources or alike or worded
    if not any(clue.relation in _BASES for clue in worded):
        worded += [_clue(artifact, name, Relation.ADAPTER, span, name) for name, span in _loaded(card, own)]
    return tuple(islice((clue for clue in worded if clue.parent is not None), MAX_CLUES))


def _said(artifact: Artifact, found: NamedParent) -> Clue:
    """Return the clue of a sentence; where it leaves out the owner, its name may be another's too."""
    place = found.evidence
    sure = Confidence.MEDIUM if found.spelled else Confidence.LOW
    return _clue(artifact, found.name, found.relation, place.span, place.quote, sure=sure)


def _clue(
    artifact: Artifact,
    name: str,
    relation: Relation | None,
    span: Span | None,
    quote: str,
    *,
    sure: Confidence = Confidence.MEDIUM,
) -> Clue:
    evidence = Evidence(
        method=Method.PROSE,
        artifact=artifact.ref,
        path=next((t.path for t in artifact.texts if t.path.lower() == "readme.md"), "README.md"),
        span=span,
        quote=quote[:400],
        confidence=sure,
    )
    return Clue(parent=parent(name), said=name, relation=relation, evidence=evidence)


def _conversion(artifact: Artifact) -> bool:
    """Whether the files are another format of some other model's."""
    return hint(artifact.ref.name) is Relation.QUANTIZED or any(
        file.path.lower().endswith(".gguf") for file in artifact.files
    )


def _made_from(name: str, own: str) -> bool:
    """Whether a name is that of a conversion of this very model: a child of it, and no parent."""
    return hint(name) is Relation.QUANTIZED and stem(name) == stem(own) and hint(own) is not Relation.QUANTIZED


def _namesakes(text: str, own: str) -> Iterator[tuple[str, Span]]:
    """Yield the one model that is called as this one, but for the words of a format; if there are several, none."""
    from cleartitle.prose.mentions import addressed

    wanted = stem(own)
    found: dict[str, Span] = {}
    for each in islice(_ID.finditer(text), MAX_IDS):
        name = each["id"]
        same = stem(name) == wanted or name.replace("/", "-").casefold() == wanted.replace("_", "-", 1)
        if same and hint(name) is None and name.casefold() != own.casefold() and addressed(f"huggingface.co/{name}"):
            found.setdefault(name.casefold(), Span.of(text, each.start("id"), each.end("id")))
    if len(found) == 1:
        ((_, span),) = found.items()
        yield text[span.start : span.end], span


def _loaded(card: Card, own: str) -> Iterator[tuple[str, Span]]:
    """Yield the one model that the card's code loads before it attaches this adapter; if there are several, none."""
    found: dict[str, Span] = {}
    for block in fenced(card.text):
        if _ATTACHED.search(card.text, block.start, block.end):
            for each in _LOADED.finditer(card.text, block.start, block.end):
                group = "id" if each["id"] else "named"
                name = each[group]
                if _ID.fullmatch(name) and name.casefold() != own.casefold() and stem(name) != stem(own):
                    attached = _ATTACHED.search(card.text, max(each.start() - 40, block.start), each.end())
                    if attached is None:
                        found.setdefault(name.casefold(), Span.of(card.text, each.start(group), each.end(group)))
    if len(found) == 1:
        ((_, span),) = found.items()
        yield card.text[span.start : span.end], span
