"""A model card's bytes to a `Card`."""

from __future__ import annotations

import re
from typing import assert_never

from attrs import frozen

from cleartitle.card.decoding import decode
from cleartitle.card.fields import Values
from cleartitle.card.keys import GATED, PROMPT
from cleartitle.card.locating import Block, Place, locate
from cleartitle.card.nodes import Field, MapNode, Scalar
from cleartitle.card.recovery import recover
from cleartitle.card.repairs import Repair, RepairKind, Repairs
from cleartitle.card.tree import Refused, Tree, parse
from cleartitle.vocabulary.evidence import Span

_HEADING = re.compile(r"\n[ \t]*\n(?P<heading>#{1,6} .+)\n[ \t]*\n")
_MARKDOWN = re.compile(r"^(?:#{1,6}|[-*]) |\]\(", re.MULTILINE)


@frozen(kw_only=True)
class Card:
    """What a model card states, each value with its place in `text`."""

    license: tuple[Scalar, ...]
    """What the card declares; what several mean together (and, or, code and weights) the Hub leaves open. It may be
    more than the Hub has read: see the repairs ``unclosed``, ``script`` and ``invalid-yaml``."""
    stray_licenses: tuple[Scalar, ...]
    """Licenses stated where the Hub does not look: a misspelt key, a second front matter."""
    license_name: Scalar | None
    license_link: Scalar | None
    license_details: Scalar | None
    base_models: tuple[Scalar, ...]
    """Ids, as written: URLs, revisions and local paths occur."""
    base_model_relation: Scalar | None
    tags: tuple[Scalar, ...]
    datasets: tuple[Scalar, ...]
    languages: tuple[Scalar, ...]
    library_name: Scalar | None
    pipeline_tag: Scalar | None
    new_version: Scalar | None
    quantized_by: Scalar | None
    gated_prompt: Scalar | None
    """``extra_gated_prompt``; in some cards a whole license text."""
    gated: tuple[Field, ...]
    """The other ``extra_gated_`` fields."""
    fields: tuple[Field, ...]
    """All fields of the front matter, repeated ones too; only those that matter, where it is not YAML."""
    text: str
    """The whole card as decoded, at most `cleartitle.card.decoding.MAX_BYTES` bytes of it."""
    body: str
    """The text with the front matter blanked out, so that places in it are places in `text`; the text itself, where it
    is unclear what belongs to the front matter."""
    front_matter: Span | None
    repairs: tuple[Repair, ...]

    def field(self, name: str) -> Field | None:
        """Return the front matter field of this name, the last if there are several."""
        return next((field for field in reversed(self.fields) if field.name == name), None)


def read_card(data: bytes) -> Card:
    r"""Read a model card; bad content is never an error, but noted in `Card.repairs`.

    >>> card = read_card(b"---\nlicense: MIT\nlanguage: [no]\n---\n# A model\n")
    >>> card.license[0].text, card.license[0].normal, card.license[0].span.line
    ('MIT', 'mit', 2)
    >>> [str(repair) for repair in card.repairs]
    ['line 3: `no` is kept as written; many readers take it for a truth value']
    """
    repairs = Repairs()
    text = decode(data, repairs)
    place = locate(text, repairs)
    fields, body = _parted(text, place.block, repairs)
    _note_lacks(text, body, place.block, repairs)
    values = Values(text, fields, repairs)
    return Card(
        license=values.licenses(),
        stray_licenses=(*values.stray_licenses(), *_repeated(text, place, repairs)),
        license_name=values.one("license_name"),
        license_link=values.one("license_link"),
        license_details=values.one("license_details"),
        base_models=values.many("base_model"),
        base_model_relation=values.one("base_model_relation"),
        tags=values.many("tags"),
        datasets=values.many("datasets"),
        languages=values.languages(),
        library_name=values.one("library_name"),
        pipeline_tag=values.one("pipeline_tag"),
        new_version=values.one("new_version"),
        quantized_by=values.one("quantized_by"),
        gated_prompt=values.one(PROMPT),
        gated=tuple(field for field in fields if field.name.startswith(GATED) and field.name != PROMPT),
        fields=fields,
        text=text,
        body=body,
        front_matter=Span.of(text, place.block.start, place.block.end) if place.block else None,
        repairs=repairs.all(),
    )


def _parted(text: str, block: Block | None, repairs: Repairs) -> tuple[tuple[Field, ...], str]:
    if block is None:
        return (), text
    fields, understood = _fields(text, block, repairs)
    headed = understood and _has_heading(text, block, repairs)
    return fields, _blanked(text, block) if understood and not headed else text


def _fields(text: str, block: Block, repairs: Repairs) -> tuple[tuple[Field, ...], bool]:
    """Return the fields, and whether the block was understood as a whole."""
    parsed = parse(text, block.inside, block.until)
    if isinstance(parsed, Refused) and "\t" in text[block.inside : block.until]:
        spaced = parse(text, block.inside, block.until, tabs=False)
        if isinstance(spaced, Tree):
            repairs.add(RepairKind.TABS, parsed.span, "tabs were read as spaces")
            parsed = spaced
    match parsed:
        case Tree(root=MapNode(fields=fields), aliases=aliases):
            for alias in aliases:
                repairs.add(RepairKind.ALIAS, alias.span, f"the YAML alias `{alias.text}` was not followed")
            return fields, True
        case Tree(root=root):
            repairs.add(RepairKind.NOT_A_MAPPING, root.span, "the front matter has no keys and values")
        case Refused(kind=kind, why=why, span=span):
            repairs.add(kind, span, f"the front matter was read line by line: {why}")
        case _:
            assert_never(parsed)
    return recover(text, block.inside, block.until), False


def _repeated(text: str, place: Place, repairs: Repairs) -> tuple[Scalar, ...]:
    if place.repeated is None:
        return ()
    block = place.repeated
    span = Span.of(text, block.start, block.end)
    repairs.add(RepairKind.REPEATED, span, "a second front matter follows; the Hub does not read it")
    fields, _ = _fields(text, block, Repairs())
    values = Values(text, fields, Repairs())
    return (*values.licenses(), *values.stray_licenses())


def _blanked(text: str, block: Block) -> str:
    blank = re.sub(r"[^\n]+", lambda line: " " * len(line[0]), text[block.start : block.end])
    return text[: block.start] + blank + text[block.end :]


def _has_heading(text: str, block: Block, repairs: Repairs) -> bool:
    found = _HEADING.search(text, block.inside, block.until)
    if found:
        span = Span.of(text, found.start("heading"), found.end("heading"))
        repairs.add(RepairKind.UNCLOSED, span, "a heading stands in the front matter; is it closed too late?")
    return found is not None


def _note_lacks(text: str, body: str, block: Block | None, repairs: Repairs) -> None:
    top, prose = Span.of(text, 0, 0), body.strip()
    if not text.strip():
        repairs.add(RepairKind.EMPTY, top, "the card is empty")
    elif block is None:
        repairs.add(RepairKind.NO_FRONT_MATTER, top, "the card has no front matter")
    if prose.startswith("<") and prose.endswith(">") and not _MARKDOWN.search(prose):
        start = body.index("<")
        repairs.add(RepairKind.HTML_BODY, Span.of(text, start, start + len(prose)), "the body is HTML")
