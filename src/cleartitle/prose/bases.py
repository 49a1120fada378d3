"""Models that this one is made from, as the prose names them."""

from __future__ import annotations

import functools
import re

from cleartitle.prose.patterns import first, saying
from cleartitle.prose.plain import Plain

MAX_BASES = 30
_NAME = re.compile(
    r"(?:[A-Za-z0-9][\w.-]*/)?[A-Za-z][\w.+-]*(?:[ -](?:v?[0-9][\w.+-]*|[A-Z][\w.+-]*))*(?: \[\w{2,10}\])?"
    r"(?: (?:series|base|large|small)\b)?",
    re.ASCII,
)
_LEAD = re.compile(
    r"(?:(?:from|with|of|on|upon|in|for|and|the|an?|by|to|as|is|model|uses?|using|our|its|this|my|own|pre-?trained"
    r"|original|base) )+"
)
_JOINED = re.compile(r"[\"')\]`]{0,2}(?:, and |, | and | & | ?\+ ?| 和 ?| ?、 ?|、| と )(?:the )?[\"'(\[`]{0,2}")
_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+)(?:[/?#]|$)")
_BARE_HUB = re.compile(
    r"(?<![(\w])https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]{1,96}/[\w.-]{1,96})(?=[\s,;)]|$)"
)
_NUMBERED = re.compile(r"[A-Z][A-Za-z]+(?:[ -][A-Z]\w*)*[ -]v?\d[\w.]*")
_NOT_A_MODEL = re.compile(
    r"(?i)\b(?:dataset|corpus|data|paper|library|framework|repo|architecture|space|license|wikipedia)s?\b"
)


def bases(said: Plain) -> list[tuple[int, int, str, str]]:
    """Return (start, end, name, address) for each base model that a sentence names.

    >>> from cleartitle.prose.plain import plain
    >>> text = "This model is fine-tuned from Llama-2-7B on our data."
    >>> [name for _, _, name, _ in bases(plain(text, 0, len(text)))]
    ['Llama-2-7B']
    """
    found: list[tuple[int, int, str, str]] = []
    for start, end, name, address in _candidates(said):
        named = _is_model(name, address)
        if not named and not _NUMBERED.fullmatch(name):
            continue  # most words: looked at before the slower patterns
        before = said.low[max(0, start - 90) : start]
        after = said.low[end : end + 24]
        behind = start < 200 and first("bases", after, "before")
        joined = bool(found) and _JOINED.fullmatch(said.low, found[-1][1], start) is not None
        leads = joined or bool(first("bases", before, "after") or behind)
        if leads and (named or behind) and not _NOT_A_MODEL.match(after.lstrip()):
            found.append((start, end, name, address))
        if len(found) >= MAX_BASES:
            break
    return found


def shortens(name: str, longer: str) -> bool:
    """Return whether a name is the bare family or the shorter form of another: ``Qwen`` of ``Qwen/Qwen3-4B``."""
    short, long = name.casefold(), longer.casefold()
    return short != long and re.search(rf"(?:^|/){re.escape(short)}(?:\b|\d)", long) is not None


def _candidates(said: Plain) -> list[tuple[int, int, str, str]]:
    linked = [(k.start, k.end, said.text[k.start : k.end].strip(), k.address) for k in said.links]
    linked += [(m.start(), m.end(), m[1], m[0]) for m in _BARE_HUB.finditer(said.text)]
    made = list(linked)
    for each in _NAME.finditer(said.text):
        if not any(start <= each.start() < end for start, end, _, _ in linked):
            lead = _LEAD.match(each[0])
            skip = lead.end() if lead else 0
            made.append((each.start() + skip, each.end(), each[0][skip:].rstrip("., "), ""))
    return sorted(made)[:200]


@functools.lru_cache(maxsize=4096)
def _is_model(name: str, address: str) -> bool:
    """Return whether a name is one of a model: a Hub address, a known family, or a number in a compound name."""
    if "/datasets/" in address or "/spaces/" in address or not name or len(name) > 100 or _NOT_A_MODEL.search(name):
        return False
    if _HUB.match(address):
        return True
    low = name.lower()
    known = any(each.matches.match(low) or each.matches.search("/" + low) for each in saying("bases", "family"))
    return (
        known
        or bool(re.fullmatch(r"[\w.-]+/[\w.-]+", name))
        or bool(re.search(r"[A-Za-z].*-?\d+(?:\.\d+)?[bB]\b", name))
    )
