"""The value of a key such as ``License:``: a name that nobody knows, or an address and nothing else."""

from __future__ import annotations

import re

from cleartitle.prose.names import Mention, meaning, nothing_named
from cleartitle.prose.patterns import first
from cleartitle.prose.plain import Plain

_PLACEHOLDER = re.compile(
    r"(?i)^\W*(?:n/?a|none|unknown|tbd|todo|\[?more information needed\]?|information needed|other|see\b.*"
    r"|same as.*|-|\?|not specified|to be .*|in progress|coming soon|待定|无|暂无|未定)\W*$"
)
_SENTENCE = re.compile(
    r"[,。;]|请|需|联系|获取|\b(?:please|contact|if|you|your|must|may|can)\b|ください|하세요|바랍니다"
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]{4,300}")


def free_name(said: Plain, start: int, end: int | None = None) -> Mention | None:
    """Return the value of a license key that no pattern knows, if it could be a name."""
    words = said.text[start:end].strip(" .`'\"|*")
    low = words.lower()
    if len(words) > 60 or len(words.split()) > 6 or _PLACEHOLDER.match(words) or nothing_named(words):
        return None
    if first("binding", low, "stated") or not re.search(r"[A-Za-z\u3040-\u9fff\uac00-\ud7a3]", words) or "http" in low:
        return None
    if _SENTENCE.search(low):
        return None
    return Mention(start=start, end=start + len(words), said=words, license=meaning(words))


def address(said: Plain, start: int) -> Mention | None:
    """Return the value of a license key that is an address and nothing else."""
    link = next((k for k in said.links if k.start == start and not said.text[k.end :].strip(" .")), None)
    leads = link.address if link else said.text[start:].strip()
    if not _ADDRESS.fullmatch(leads) or (link and said.text[start : link.end].strip() != leads):
        return None
    return Mention(start=start, end=len(said.text), said="", address=leads)
